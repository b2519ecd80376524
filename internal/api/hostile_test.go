package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/access"
)

// scenario is a request with what its answer must and must not be.
type scenario struct {
	name   string
	call   call
	status int
	code   Code
	with   []string // must be in the body
}

// check holds for every problem, whatever its cause.
func (b *testBundle) check(t *testing.T, s scenario) {
	t.Helper()
	a := b.do(s.call)
	require.Equal(t, s.status, a.status, a.body)
	require.NotContains(t, strings.ToLower(a.body), strings.ToLower(canary))
	require.NotContains(t, strings.ToLower(fmt.Sprint(a.header)), strings.ToLower(canary))
	if s.status >= 400 {
		require.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
		v := a.decode(t)
		require.EqualValues(t, s.status, v["status"])
		require.Equal(t, string(s.code), v["code"], a.body)
		require.Equal(t, docsErrors+string(s.code), v["type"])
		require.NotEmpty(t, v["title"])
		require.Equal(t, a.header.Get("X-Request-Id"), v["request_id"])
	}
	if s.status == http.StatusTooManyRequests || s.status == http.StatusServiceUnavailable {
		require.NotEmpty(t, a.header.Get("Retry-After"))
	}
	for _, part := range s.with {
		require.Contains(t, a.body, part)
	}
}

func TestBadInputGetsAProblemAndTheServerGoesOn(t *testing.T) { //nolint:tparallel // one after the other: the last ones show that the server goes on
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)
	events := func(body string, header ...string) call {
		c := call{method: "POST", path: "/v1/sessions/" + id + "/events", key: b.anna, body: body, header: map[string]string{}}
		for i := 0; i < len(header); i += 2 {
			c.header[header[i]] = header[i+1]
		}
		return c
	}
	sessions := func(body string) call { return call{method: "POST", path: "/v1/sessions", key: b.anna, body: body} }
	with := func(c call, key string) call { c.key = key; return c }
	revoked := b.revokedKey()

	for _, s := range []scenario{
		{"not JSON", events(canary), 400, CodeInvalidJSON, nil},
		{"JSON that ends early", events(`{"events":[{"seq":1`), 400, CodeInvalidJSON, nil},
		{"two values", events(batchJSON(1, 1) + "{}"), 400, CodeInvalidJSON, nil},
		{"no body", events(""), 400, CodeInvalidJSON, nil},
		{"another type", events(`["` + canary + `"]`), 422, CodeValidationFailed, []string{`"must be an object"`}},
		{"events is no list", events(`{"events":"` + canary + `"}`), 422, CodeValidationFailed, []string{`"must be an array"`}},
		{"no events", events(`{"events":[]}`), 422, CodeValidationFailed, nil},
		{"events missing", events(`{}`), 422, CodeValidationFailed, []string{`"is required"`}},
		{"too many events", events(batchJSON(1, 501)), 422, CodeValidationFailed, nil},
		{"an unknown field", events(`{"events":[` + eventJSON(1) + `],"` + canary + `":1}`), 422, CodeValidationFailed, nil},
		{"a name that stands twice", events(`{"events":[],"events":[` + eventJSON(1) + `]}`), 422, CodeValidationFailed, nil},
		{"deep nesting", events(strings.Repeat("[", 100_000)), 400, CodeInvalidJSON, nil},
		{"deep nesting in an event", events(`{"events":[` + strings.Repeat(`{"a":`, 100_000)), 400, CodeInvalidJSON, nil},
		{"no number can be read", events(`{"events":[{"seq":"` + canary + `"}]}`), 422, CodeValidationFailed, nil},
		{"a number out of range", events(`{"events":[{"seq":1e300}]}`), 422, CodeValidationFailed, nil},
		{"a gap", events(batchJSON(3, 4)), 409, CodeSequenceGap, []string{`"expected_seq":1`}},
		{"a gap inside", events(`{"events":[` + eventJSON(1) + `,` + eventJSON(3) + `]}`), 409, CodeSequenceGap, []string{`"expected_seq":1`}},
		{"huge", events(strings.Repeat("x", MaxCompressed+1)), 413, CodeBodyTooLarge, nil},
		{"a gzip bomb", events(gzipped(t, MaxBody+1), "Content-Encoding", "gzip"), 413, CodeBodyTooLarge, nil},
		{"a zstd bomb", events(zstded(t, MaxBody+1), "Content-Encoding", "zstd"), 413, CodeBodyTooLarge, nil},
		{"a zstd bomb without its size", events(zstdStream(t, 20*MaxBody), "Content-Encoding", "zstd"), 413, CodeBodyTooLarge, nil},
		{"not gzip", events(canary, "Content-Encoding", "gzip"), 400, CodeInvalidEncoding, nil},
		{"not zstd", events(canary, "Content-Encoding", "zstd"), 400, CodeInvalidEncoding, nil},
		{"gzip that ends early", events(gzipped(t, 1000)[:20], "Content-Encoding", "gzip"), 400, CodeInvalidEncoding, nil},
		{"an unknown encoding", events(batchJSON(1, 1), "Content-Encoding", canary), 415, CodeUnsupportedCoding, nil},
		{"two encodings", events(batchJSON(1, 1), "Content-Encoding", "gzip, gzip"), 415, CodeUnsupportedCoding, nil},
		{"another content type", events(batchJSON(1, 1), "Content-Type", "text/"+canary), 415, CodeUnsupportedMedia, nil},
		{"another charset", events(batchJSON(1, 1), "Content-Type", "application/json; charset=utf-16"), 415, CodeUnsupportedMedia, nil},

		{"no key", with(events(batchJSON(1, 1)), ""), 401, CodeUnauthorized, nil},
		{"no key at all of ours", with(events(batchJSON(1, 1)), canary), 401, CodeUnauthorized, nil},
		{"a wrong key", with(events(batchJSON(1, 1)), b.wrongSecret()), 401, CodeUnauthorized, nil},
		{"a revoked key", with(events(batchJSON(1, 1)), revoked), 401, CodeUnauthorized, nil},
		{"a key without the scope", with(events(batchJSON(1, 1)), b.reader), 403, CodeInsufficientScope, nil},
		{"a participant lists keys", call{method: "GET", path: "/v1/keys", key: b.anna}, 403, CodeInsufficientScope, nil},
		{"a participant reviews", call{method: "POST", path: "/v1/sessions/" + id + "/review", key: b.anna, body: `{"verdict":"approved"}`}, 403, CodeInsufficientScope, nil},
		{"a reader reviews", call{method: "POST", path: "/v1/sessions/" + id + "/review", key: b.reader, body: `{"verdict":"approved"}`}, 403, CodeInsufficientScope, nil},

		{"an unknown session", call{method: "POST", path: "/v1/sessions/" + newID() + "/events", key: b.anna, body: batchJSON(1, 1)}, 404, CodeSessionNotFound, nil},
		{"an id that is none", call{method: "GET", path: "/v1/sessions/" + canary, key: b.reader}, 404, CodeSessionNotFound, nil},
		{"an id with NUL", call{method: "GET", path: "/v1/sessions/a%00" + canary, key: b.reader}, 404, CodeSessionNotFound, nil},
		{"an id that is long", call{method: "GET", path: "/v1/sessions/" + strings.Repeat(canary, 100), key: b.reader}, 422, CodeValidationFailed, nil},
		{"no such route", call{method: "GET", path: "/v1/" + canary}, 404, CodeNotFound, nil},
		{"no such page", call{method: "GET", path: "/" + canary}, 404, CodeNotFound, nil},
		{"a path with dots", call{method: "GET", path: "/v1/../" + canary}, 404, CodeNotFound, nil},
		{"a path with slashes", call{method: "GET", path: "/v1//sessions/" + canary}, 404, CodeNotFound, nil},
		{"no such method", call{method: "PATCH", path: "/v1/sessions", key: b.anna}, 405, CodeMethodNotAllowed, nil},
		{"an invented method", call{method: strings.ToUpper(canary), path: "/v1/sessions", key: b.anna}, 405, CodeMethodNotAllowed, nil},

		{"a session that is not JSON", sessions(canary), 400, CodeInvalidJSON, nil},
		{"a session of another type", sessions(`[]`), 422, CodeValidationFailed, nil},
		{"a session with an unknown field", sessions(strings.Replace(sessionJSON(newID()), `{`, `{"`+canary+`":1,`, 1)), 422, CodeValidationFailed, nil},
		{"a session with a bad id", sessions(sessionJSON(canary)), 422, CodeValidationFailed, []string{`"session.id"`}},
		{"a session with NUL", sessions(strings.Replace(sessionJSON(newID()), "1.0.0", canary+`\u0000`, 1)), 422, CodeValidationFailed, []string{`"session.client.version"`}},
		{"a session with text that is not UTF-8", sessions(strings.Replace(sessionJSON(newID()), "1.0.0", canary+"\xff", 1)), 422, CodeValidationFailed, nil},
		{"a session that consents to nothing", sessions(strings.Replace(sessionJSON(newID()), `"events",`, ``, 1)), 403, CodeConsentMissing, nil},
		{"a session that is huge", sessions(`{"id":"` + strings.Repeat("x", 300<<10) + `"}`), 413, CodeBodyTooLarge, nil},

		{"an unknown parameter", call{method: "GET", path: "/v1/sessions?" + canary + "=1", key: b.reader}, 422, CodeValidationFailed, nil},
		{"a parameter that is no number", call{method: "GET", path: "/v1/sessions?quality=" + canary, key: b.reader}, 422, CodeValidationFailed, []string{`"query.quality"`}},
		{"a parameter out of range", call{method: "GET", path: "/v1/sessions?limit=100000", key: b.reader}, 422, CodeValidationFailed, nil},
		{"a parameter that is none of its values", call{method: "GET", path: "/v1/sessions?status=" + canary, key: b.reader}, 422, CodeValidationFailed, nil},
		{"a body that ends early", call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":`}, 400, CodeInvalidJSON, nil},
		{"a number that is text", call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":"` + canary + `"}`}, 422, CodeValidationFailed, nil},
		{"a number below its range", call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":-1}`}, 422, CodeValidationFailed, nil},
		{"an unknown verdict", call{method: "POST", path: "/v1/sessions/" + id + "/review", key: b.reviewer, body: `{"verdict":"` + canary + `"}`}, 422, CodeValidationFailed, nil},
		{"an unknown scope", call{method: "POST", path: "/v1/keys", key: b.admin, body: `{"scopes":["` + canary + `"]}`}, 422, CodeValidationFailed, nil},
		{"a rate that is none", call{method: "POST", path: "/v1/keys", key: b.admin, body: `{"scopes":["ingest"],"rate":"5/` + canary[:3] + `"}`}, 422, CodeValidationFailed, nil},
		{"a name with a line break", call{method: "POST", path: "/v1/keys", key: b.admin, body: `{"scopes":["ingest"],"name":"` + canary + `\n"}`}, 422, CodeValidationFailed, nil},
		{"no such key", call{method: "DELETE", path: "/v1/keys/" + canary, key: b.admin}, 404, CodeKeyNotFound, nil},
		{"the WebSocket without an upgrade", call{method: "GET", path: "/v1/stream", key: b.anna}, 426, CodeUpgradeRequired, nil},

		{"and then an honest batch", events(batchJSON(1, 2)), 200, "", []string{`"acked":2`}},
		{"a compressed one", events(gzipText(t, batchJSON(3, 4)), "Content-Encoding", "gzip"), 200, "", []string{`"acked":4`}},
		{"another way", events(zstdText(t, batchJSON(5, 6)), "Content-Encoding", "zstd"), 200, "", []string{`"acked":6`}},
	} {
		t.Run(s.name, func(t *testing.T) { b.check(t, s) })
	}
	require.NotContains(t, strings.ToLower(b.log.String()), strings.ToLower(canary))
}

func TestABadEventIsRefusedAloneWhateverIsWrongWithIt(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]string{
		"text that is not UTF-8":   strings.Replace(eventJSON(2), "Oak chair", canary+"\xff\xfe", 1),
		"a name that stands twice": strings.Replace(eventJSON(2), `"tab":1`, `"tab":1,"tab":2`, 1),
		"NUL":                      strings.Replace(eventJSON(2), "Oak chair", canary+`\u0000`, 1),
		"an unknown field":         strings.Replace(eventJSON(2), `"tab":1`, `"tab":1,"`+canary+`":1`, 1),
		"a number out of range":    strings.Replace(eventJSON(2), `"tab":1`, `"tab":-1`, 1),
		"a number beyond 64 bits":  strings.Replace(eventJSON(2), `"tab":1`, `"tab":1e999`, 1),
		"an unknown type":          strings.Replace(eventJSON(2), `"click",`, `"`+canary+`",`, 1),
		"a tombstone of its own":   `{"seq":2,"time":1795336560123,"type":"refused","refused":{"errors":[]}}`,
		"null":                     `null`,
		"no object":                `"` + canary + `"`,
		"an empty object":          `{}`,
		"deep nesting":             strings.Replace(eventJSON(2), `"tab":1`, `"x":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000), 1),
		"too large":                strings.Replace(eventJSON(2), "Oak chair", strings.Repeat("x", 2<<20), 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			id := b.start(b.anna)
			body := `{"events":[` + eventJSON(1) + `,` + bad + `,` + eventJSON(3) + `]}`
			a := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/events", key: b.anna, body: body})
			require.Equal(t, http.StatusOK, a.status, a.body)
			v := a.decode(t)
			require.EqualValues(t, 3, v["acked"])
			require.EqualValues(t, 2, v["accepted"])
			require.Len(t, v["rejected"], 1)
			require.EqualValues(t, 2, v["rejected"].([]any)[0].(map[string]any)["seq"])
			require.NotContains(t, a.body+b.log.String(), canary)
			whole, err := b.records.Verify(context.Background(), id)
			require.NoError(t, err)
			require.True(t, whole.Whole(), whole)
		})
	}
}

func TestAPanicIsAProblemAndTheServerGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.api.mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic(canary) })
	b.check(t, scenario{call: call{method: "GET", path: "/panic"}, status: 500, code: CodeInternal})
	b.check(t, scenario{call: call{method: "GET", path: "/healthz"}, status: 200, with: []string{`{"status":"ok"}`}})
	require.NotContains(t, b.log.String(), canary)
	require.Contains(t, b.log.String(), `"msg":"panic"`)
}

func (b *testBundle) revokedKey() string {
	key, stored, err := b.keys.Create(context.Background(), access.NewKey{Scopes: []access.Scope{access.Ingest}})
	require.NoError(b.t, err)
	require.NoError(b.t, b.keys.Revoke(context.Background(), stored.ID))
	return key
}

// wrongSecret is a well-formed key with the id of a real one.
func (b *testBundle) wrongSecret() string {
	other := b.key(access.Ingest)
	return b.anna[:20] + other[20:len(other)-7] + b.anna[len(b.anna)-7:]
}

func gzipText(t *testing.T, s string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write([]byte(s))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.String()
}

func zstdText(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	return string(w.EncodeAll([]byte(s), nil))
}

func gzipped(t *testing.T, n int) string {
	t.Helper()
	return gzipText(t, strings.Repeat(" ", n))
}

func zstded(t *testing.T, n int) string {
	t.Helper()
	return zstdText(t, strings.Repeat(" ", n))
}

// zstdStream is a frame that does not say how large it is.
func zstdStream(t *testing.T, n int) string {
	t.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out)
	require.NoError(t, err)
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range n / len(chunk) {
		_, err = w.Write(chunk)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.String()
}
