package console_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/console"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/record/recordtest"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

const (
	sessionID = "01993c5e-7a10-7c3b-8d4e-0123456789ab"
	hostile   = `<script>alert("captured")</script>`
	began     = 1795336560000
)

type testBundle struct {
	server  *httptest.Server
	keys    *access.Keys
	records *record.Records
	browser *http.Client
}

func setup(t *testing.T) *testBundle {
	t.Helper()
	records := recordtest.Open(t, t.TempDir())
	b := &testBundle{records: records, keys: access.New(records.Store(), time.Now)}
	b.server = httptest.NewServer(console.New(console.Options{
		Records: b.records, Keys: b.keys, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: time.Now,
	}))
	t.Cleanup(b.server.Close)
	jar := newJar(t)
	b.browser = &http.Client{Jar: jar}
	return b
}

// record stores a processed session of the participant whose page was hostile.
func (b *testBundle) record(t *testing.T, participant string) {
	t.Helper()
	ctx := t.Context()
	_, _, err := b.records.Create(ctx, event.Session{
		ID: sessionID, StartedAt: began,
		Consent: event.Consent{Policy: "1", GrantedAt: began, Scopes: []string{"events"}},
		Client:  event.Client{Name: "test", Version: "1"},
		Task:    &event.Task{Title: "Buy a chair", Steps: []string{hostile}},
	}, participant, "k", began)
	require.NoError(t, err)
	element := 0
	require.NoError(t, b.records.PutStage(ctx, sessionID, trajectory.StageNormalise, 1, trajectory.Normalised{
		Steps: []trajectory.Step{{
			Number: 1, Time: began + 65_000,
			Before: trajectory.Observation{
				URL: "javascript:alert(1)", Title: hostile, Snapshot: "s1", Viewport: event.Viewport{Width: 1280, Height: 720},
				Screenshot: &event.ScreenshotRef{ID: "shot1"},
			},
			Action: trajectory.Action{Kind: trajectory.Click, Element: &element},
			Target: &trajectory.Target{Tag: "button", Role: "button", Name: hostile},
		}},
		Snapshots: []trajectory.Snapshot{{ID: "s1", Elements: []event.Element{{Role: "button", Tag: "button", Box: &event.Box{X: 10, Y: 20, Width: 30, Height: 40}}}}},
	}))
	require.NoError(t, b.records.Store().SetStatus(ctx, sessionID, store.Ready, began))
}

func (b *testBundle) login(t *testing.T, scopes ...access.Scope) (string, store.Key) {
	t.Helper()
	key, row, err := b.keys.Create(t.Context(), access.NewKey{Scopes: scopes})
	require.NoError(t, err)
	status, _ := b.post(t, "login", url.Values{"key": {key}})
	require.Equal(t, http.StatusOK, status)
	return key, row
}

func (b *testBundle) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := b.browser.Get(b.server.URL + console.Path + path)
	require.NoError(t, err)
	return read(t, response)
}

func (b *testBundle) post(t *testing.T, path string, form url.Values) (int, string) {
	t.Helper()
	response, err := b.browser.PostForm(b.server.URL+console.Path+path, form)
	require.NoError(t, err)
	return read(t, response)
}

func read(t *testing.T, response *http.Response) (int, string) {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	policy := response.Header.Get("Content-Security-Policy")
	require.Contains(t, policy, "default-src 'none'", "every answer has the policy")
	require.NotContains(t, policy, "unsafe")
	return response.StatusCode, string(body)
}

func TestNothingIsShownWithoutALogin(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.record(t, "p_1")
	for _, path := range []string{"", "sessions/" + sessionID, "sessions/" + sessionID + "/screenshots/shot1"} {
		status, body := b.get(t, path)
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, body, `action="/console/login"`)
		require.NotContains(t, body, "Buy a chair")
	}
}

func TestAWrongKeyIsToldSoAndNotRepeated(t *testing.T) {
	t.Parallel()
	b := setup(t)
	status, body := b.post(t, "login", url.Values{"key": {"cs_canary_canary"}})
	require.Equal(t, http.StatusUnauthorized, status)
	require.Contains(t, body, "not valid")
	require.NotContains(t, body, "canary")
}

func TestAResearcherSeesASessionStepByStep(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.record(t, "p_1")
	b.login(t, access.Read)

	_, list := b.get(t, "")
	require.Contains(t, list, "Buy a chair")
	_, page := b.get(t, "sessions/"+sessionID)
	require.Contains(t, page, "Step 1")
	require.Contains(t, page, "1:05")
	require.Contains(t, page, `<rect class="target" x="7.0" y="17.0" width="36.0" height="46.0"`)
	require.NotContains(t, page, "Approve", "the key may read and not review")
}

func TestCapturedContentIsNeverMarkup(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.record(t, "p_1")
	b.login(t, access.Read)
	_, page := b.get(t, "sessions/"+sessionID)
	require.Contains(t, page, "&lt;script&gt;alert(")
	require.NotContains(t, page, "<script>alert")
	require.NotContains(t, page, `href="javascript:`)
}

func TestAParticipantSeesOnlyTheirOwnSessions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.record(t, "p_somebody_else")
	b.login(t, access.Ingest)
	_, list := b.get(t, "")
	require.NotContains(t, list, "Buy a chair")
	status, page := b.get(t, "sessions/"+sessionID)
	require.Equal(t, http.StatusNotFound, status)
	require.NotContains(t, page, "Buy a chair")
}

func TestAReviewIsKeptAndComesFromTheConsoleOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.record(t, "p_1")
	b.login(t, access.Read, access.Review)

	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.server.URL+console.Path+"sessions/"+sessionID+"/review",
		strings.NewReader("verdict=approved"))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", "https://elsewhere.example")
	response, err := b.browser.Do(request)
	require.NoError(t, err)
	status, _ := read(t, response)
	require.Equal(t, http.StatusForbidden, status)

	status, page := b.post(t, "sessions/"+sessionID+"/review", url.Values{"verdict": {"rejected"}, "note": {"the cart was empty"}})
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, page, "This session was rejected on")
	require.Contains(t, page, "the cart was empty")
	row, err := b.records.Store().Session(t.Context(), sessionID)
	require.NoError(t, err)
	require.Equal(t, "rejected", row.Verdict)

	status, _ = b.post(t, "sessions/"+sessionID+"/review", url.Values{"verdict": {"splendid"}})
	require.Equal(t, http.StatusUnprocessableEntity, status)
}

func TestARevokedKeyEndsItsLogin(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.record(t, "p_1")
	_, row := b.login(t, access.Read)
	_, list := b.get(t, "")
	require.Contains(t, list, "Buy a chair")
	require.NoError(t, b.keys.Revoke(t.Context(), row.ID))
	require.Eventually(t, func() bool {
		_, list := b.get(t, "")
		return !strings.Contains(list, "Buy a chair") && strings.Contains(list, `action="/console/login"`)
	}, 5*time.Second, 50*time.Millisecond)
}

func TestLoggingOutEndsTheLoginOnTheServerToo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.login(t, access.Read)
	at, err := url.Parse(b.server.URL + console.Path)
	require.NoError(t, err)
	cookies := b.browser.Jar.Cookies(at)
	require.Len(t, cookies, 1)
	b.post(t, "logout", nil)

	b.browser.Jar.SetCookies(at, []*http.Cookie{{Name: cookies[0].Name, Value: cookies[0].Value, Path: console.Path}})
	_, page := b.get(t, "")
	require.Contains(t, page, `action="/console/login"`)
}

func newJar(t *testing.T) http.CookieJar {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return jar
}
