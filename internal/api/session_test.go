package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/store"
)

func TestASessionGoesFromItsStartToItsErasure(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)

	again := b.do(call{method: "POST", path: "/v1/sessions", key: b.anna, body: sessionJSON(id)})
	require.Equal(t, http.StatusOK, again.status)
	require.JSONEq(t, `{"id":"`+id+`","acked":0}`, again.body)

	ack := b.append(b.anna, id, 1, 3)
	require.Equal(t, http.StatusOK, ack.status, ack.body)
	require.JSONEq(t, `{"acked":3,"accepted":3,"duplicates":0,"rejected":[],"redactions":{}}`, ack.body)

	overlap := b.append(b.anna, id, 2, 5)
	require.JSONEq(t, `{"acked":5,"accepted":2,"duplicates":2,"rejected":[],"redactions":{}}`, overlap.body)

	all := b.append(b.anna, id, 1, 5)
	require.JSONEq(t, `{"acked":5,"accepted":0,"duplicates":5,"rejected":[],"redactions":{}}`, all.body)

	gap := b.append(b.anna, id, 7, 8)
	require.Equal(t, http.StatusConflict, gap.status)
	require.EqualValues(t, 6, gap.decode(t)["expected_seq"])
	require.Equal(t, "sequence_gap", gap.decode(t)["code"])

	early := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":6}`})
	require.Equal(t, http.StatusConflict, early.status)
	require.EqualValues(t, 6, early.decode(t)["expected_seq"])

	for range 2 { // idempotent
		done := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":5}`})
		require.Equal(t, http.StatusAccepted, done.status, done.body)
		require.JSONEq(t, `{"status":"queued"}`, done.body)
		<-b.woken
	}
	require.Equal(t, "session_completed", b.append(b.anna, id, 6, 6).decode(t)["code"])
	require.Equal(t, http.StatusOK, b.append(b.anna, id, 1, 5).status, "a repetition of what is stored is always acknowledged")

	got := b.do(call{method: "GET", path: "/v1/sessions/" + id, key: b.reader})
	require.Equal(t, http.StatusOK, got.status, got.body)
	require.Equal(t, "queued", got.decode(t)["status"])
	require.EqualValues(t, 5, got.decode(t)["last_seq"])
	require.Contains(t, got.body, `"codesight-extension"`)

	events := b.do(call{method: "GET", path: "/v1/sessions/" + id + "/events?limit=2&after=1", key: b.reader})
	require.Equal(t, http.StatusOK, events.status)
	require.Contains(t, events.body, eventJSON(2))
	require.Contains(t, events.body, eventJSON(3))
	require.EqualValues(t, 3, events.decode(t)["next"])

	missing := b.do(call{method: "GET", path: "/v1/sessions/" + id + "/quality", key: b.reader})
	require.Equal(t, "not_processed", missing.decode(t)["code"])

	approved := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/review", key: b.reviewer, body: `{"verdict":"approved","note":"good"}`})
	require.Equal(t, http.StatusNoContent, approved.status, approved.body)

	for range 2 {
		erased := b.do(call{method: "DELETE", path: "/v1/sessions/" + id, key: b.anna})
		require.Equal(t, http.StatusNoContent, erased.status, erased.body)
	}
	for _, gone := range []answer{
		b.do(call{method: "GET", path: "/v1/sessions/" + id, key: b.anna}),
		b.append(b.anna, id, 1, 1),
		b.do(call{method: "POST", path: "/v1/sessions", key: b.anna, body: sessionJSON(id)}),
		b.do(call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":5}`}),
	} {
		require.Equal(t, http.StatusGone, gone.status, gone.body)
		require.Equal(t, "session_erased", gone.decode(t)["code"])
	}
}

func TestSomebodyElsesSessionLooksLikeNone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, none := b.start(b.anna), newID()
	for _, c := range []call{
		{method: "POST", path: "/events", body: batchJSON(1, 1)},
		{method: "POST", path: "/complete", body: `{"last_seq":0}`},
		{method: "GET", path: ""},
		{method: "GET", path: "/events"},
		{method: "GET", path: "/screenshots"},
		{method: "GET", path: "/screenshots/s1"},
		{method: "GET", path: "/quality"},
		{method: "GET", path: "/examples"},
		{method: "DELETE", path: ""},
	} {
		c.key = b.ben
		suffix := c.path
		c.path = "/v1/sessions/" + id + suffix
		foreign := b.do(c)
		c.path = "/v1/sessions/" + none + suffix
		unknown := b.do(c)
		require.Equal(t, http.StatusNotFound, foreign.status, c.method+suffix)
		require.Equal(t, withoutRequestID(t, unknown), withoutRequestID(t, foreign), c.method+suffix)
	}
	taken := b.do(call{method: "POST", path: "/v1/sessions", key: b.ben, body: sessionJSON(id)})
	require.Equal(t, "session_conflict", taken.decode(t)["code"])
	list := b.do(call{method: "GET", path: "/v1/sessions", key: b.ben})
	require.JSONEq(t, `{"sessions":[]}`, list.body)
	require.Contains(t, b.do(call{method: "GET", path: "/v1/sessions", key: b.anna}).body, id)
}

func withoutRequestID(t *testing.T, a answer) map[string]any {
	t.Helper()
	v := a.decode(t)
	require.NotEmpty(t, v["request_id"])
	delete(v, "request_id")
	return v
}

func TestSessionsAreListedInPagesAndByFilter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var ids []string
	for range 3 {
		ids = append([]string{b.start(b.anna)}, ids...)
	}
	first := b.do(call{method: "GET", path: "/v1/sessions?limit=2", key: b.reader}).decode(t)
	require.Len(t, first["sessions"], 2)
	second := b.do(call{method: "GET", path: "/v1/sessions?limit=2&cursor=" + first["next"].(string), key: b.reader}).decode(t)
	require.Len(t, second["sessions"], 1)
	require.Equal(t, ids[2], second["sessions"].([]any)[0].(map[string]any)["id"])
	none := b.do(call{method: "GET", path: "/v1/sessions?status=ready&quality=60&from=1&to=4102444800000", key: b.reader})
	require.JSONEq(t, `{"sessions":[]}`, none.body)
}

func TestOneBadEventNeverSpoilsItsBatch(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)
	body := `{"events":[` + eventJSON(1) + `,{"seq":2,"time":1795336560124,"type":"` + canary + `","page":{"url":7}},` +
		`"` + canary + `",{"seq":4,"seq":4},` + eventJSON(5) + `]}`
	a := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/events", key: b.anna, body: body})
	require.Equal(t, http.StatusOK, a.status, a.body)
	v := a.decode(t)
	require.EqualValues(t, 5, v["acked"])
	require.EqualValues(t, 2, v["accepted"])
	require.Len(t, v["rejected"], 3)
	require.NotContains(t, a.body, canary)
	require.Contains(t, a.body, `"location":"events[1].type"`)

	stored := b.do(call{method: "GET", path: "/v1/sessions/" + id + "/events", key: b.reader})
	require.Contains(t, stored.body, `"seq":2,"time":1795336560124,"type":"refused"`)
	require.Contains(t, stored.body, `"location":"type"`)
	require.NotContains(t, stored.body, canary)
	require.NotContains(t, b.log.String(), canary)
	require.Contains(t, b.log.String(), "events refused")
}

func TestPrivateValuesAreTakenOutAndCounted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)
	e := `{"seq":1,"time":1795336560123,"type":"submit","tab":1,"frame":"0","page":{"url":"https://shop.example/","title":"Write to anna.canary7xqz@mail.example","viewport":{"width":1280,"height":720,"dpr":1,"zoom":1},"scroll":{"x":0,"y":0}},"submit":{}}`
	a := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/events", key: b.anna, body: `{"events":[` + e + `]}`})
	require.Equal(t, map[string]any{"EMAIL": 1.0}, a.decode(t)["redactions"])
	stored := b.do(call{method: "GET", path: "/v1/sessions/" + id + "/events", key: b.reader})
	require.Contains(t, stored.body, "Write to [EMAIL]")
	require.NotContains(t, stored.body, "canary7xqz")
}

func TestErasingAParticipantEndsItsSessionsAndKeys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)
	me := b.do(call{method: "GET", path: "/v1/sessions/" + id, key: b.anna}).decode(t)["participant"].(string)
	require.Equal(t, http.StatusNotFound, b.do(call{method: "DELETE", path: "/v1/participants/" + me, key: b.ben}).status)
	a := b.do(call{method: "DELETE", path: "/v1/participants/" + me, key: b.anna})
	require.JSONEq(t, `{"sessions":1,"keys":1}`, a.body)
	require.Equal(t, http.StatusUnauthorized, b.do(call{method: "GET", path: "/v1/sessions/" + id, key: b.anna}).status)
	require.Equal(t, http.StatusGone, b.do(call{method: "GET", path: "/v1/sessions/" + id, key: b.admin}).status)
}

func TestADatabaseThatCannotWriteIsAReasonToTryAgain(t *testing.T) {
	t.Parallel()
	p, ours := problemOf(fmt.Errorf("record: append: %w", store.ErrUnavailable))
	require.True(t, ours, "it belongs in the log")
	w := httptest.NewRecorder()
	p.write(w, httptest.NewRequest(http.MethodPost, "/v1/sessions", nil))
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	require.NotEmpty(t, w.Header().Get("Retry-After"))
}
