package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
)

func TestKeysAreMadeListedAndRevoked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	made := b.do(call{method: "POST", path: "/v1/keys", key: b.admin, body: `{"scopes":["ingest"],"name":"lab","expires_in":3600,"rate":"50/s"}`})
	require.Equal(t, http.StatusCreated, made.status, made.body)
	v := made.decode(t)
	key, id := v["key"].(string), v["id"].(string)
	require.Regexp(t, `^cs_`+id+`_[a-z2-7]+$`, key)
	require.Regexp(t, `^p_`, v["participant"])
	require.NotZero(t, v["expires_at"])

	session := newID()
	require.Equal(t, http.StatusCreated, b.do(call{method: "POST", path: "/v1/sessions", key: key, body: sessionJSON(session)}).status)
	list := b.do(call{method: "GET", path: "/v1/keys", key: b.admin})
	require.Contains(t, list.body, id)
	require.NotContains(t, list.body, strings.Split(key, "_")[2])

	require.Equal(t, http.StatusNoContent, b.do(call{method: "DELETE", path: "/v1/keys/" + id, key: b.admin}).status)
	b.check(t, scenario{call: call{method: "GET", path: "/v1/sessions/" + session, key: key}, status: 401, code: CodeUnauthorized})
	require.NotContains(t, b.log.String(), key)
}

func TestReadinessTellsItsPartsToAnAdminOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, key := range []string{"", b.anna, canary} {
		require.JSONEq(t, `{"status":"ready"}`, b.do(call{method: "GET", path: "/readyz", key: key}).body)
	}
	require.Contains(t, b.do(call{method: "GET", path: "/readyz", key: b.admin}).body, `{"name":"database","ok":true,"needed":true,"latency_ms":`)
}

func TestEveryRouteHasARuleAndIsClosedWithoutAKey(t *testing.T) {
	t.Parallel()
	b := setup(t)
	open := map[string]bool{"GET /healthz": true, "GET /readyz": true, "GET /openapi.json": true, "GET /docs": true}
	for route, ru := range b.api.rules {
		method, path, _ := strings.Cut(route, " ")
		a := b.do(call{method: method, path: strings.ReplaceAll(strings.ReplaceAll(path, "{id}", newID()), "{screenshot_id}", "s")})
		if open[route] {
			require.Empty(t, ru, route)
			require.Equal(t, http.StatusOK, a.status, route)
			continue
		}
		require.NotEmpty(t, ru, route)
		if route == streamRoute {
			continue // answers that it is a WebSocket; its own tests show that it is closed
		}
		require.Equal(t, http.StatusUnauthorized, a.status, route)
		require.NotEmpty(t, a.header.Get("WWW-Authenticate"))
	}
	for path, item := range b.api.huma.OpenAPI().Paths {
		for method, op := range map[string]any{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete} {
			data, err := json.Marshal(op)
			require.NoError(t, err)
			if string(data) != "null" {
				require.Contains(t, b.api.rules, method+" "+path, "a documented route without a rule")
			}
		}
	}
}

func TestTheDocumentHoldsTheEventsOwnSchema(t *testing.T) {
	t.Parallel()
	b := setup(t)
	a := b.do(call{method: "GET", path: "/openapi.json"})
	require.Contains(t, a.header.Get("Content-Type"), "application/vnd.oai.openapi+json")
	document := a.decode(t)
	require.Equal(t, "3.1.0", document["openapi"])
	schemas := document["components"].(map[string]any)["schemas"].(map[string]any)
	own, err := event.JSONSchema()
	require.NoError(t, err)
	var definitions struct {
		Defs map[string]any `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal([]byte(strings.ReplaceAll(string(own), "#/$defs/", "#/components/schemas/")), &definitions))
	for name, schema := range definitions.Defs {
		require.Equal(t, schema, schemas[name], name)
	}
	for _, ref := range references(document) {
		require.Contains(t, schemas, strings.TrimPrefix(ref, "#/components/schemas/"), "a reference to nothing")
	}
	body := document["paths"].(map[string]any)["/v1/sessions"].(map[string]any)["post"].(map[string]any)["requestBody"]
	require.Contains(t, references(body), "#/components/schemas/Session")
}

func references(v any) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if text, ok := member.(string); ok && name == "$ref" {
				out = append(out, text)
			}
			out = append(out, references(member)...)
		}
	case []any:
		for _, item := range v {
			out = append(out, references(item)...)
		}
	}
	return out
}

func TestTheDocumentationPageRunsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	a := b.do(call{method: "GET", path: "/docs"})
	require.Equal(t, http.StatusOK, a.status)
	require.NotContains(t, a.body, "<script")
	require.NotContains(t, a.body, "src=")
	require.NotContains(t, a.body, "ZgotmplZ")
	require.Contains(t, a.header.Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-")
	for _, k := range kinds {
		require.Contains(t, a.body, string(k.Code))
		require.Contains(t, string(ErrorsMarkdown()), "## "+string(k.Code)+"\n")
	}
}

func TestOnlyAllowedOriginsGetCORS(t *testing.T) {
	t.Parallel()
	b := setup(t)
	preflight := func(origin string) answer {
		return b.do(call{method: "OPTIONS", path: "/v1/sessions", header: map[string]string{
			"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type",
		}})
	}
	allowed := preflight(extensionOrigin)
	require.Equal(t, extensionOrigin, allowed.header.Get("Access-Control-Allow-Origin"))
	require.Empty(t, allowed.header.Get("Access-Control-Allow-Credentials"))
	for _, origin := range []string{"https://" + canary + ".example", "null", extensionOrigin + ".example", strings.ToUpper(extensionOrigin)} {
		require.Empty(t, preflight(origin).header.Get("Access-Control-Allow-Origin"), origin)
	}
}

func TestTheAccessLogHasNoQueryNoPathAndNoAddress(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)
	b.do(call{method: "GET", path: "/v1/sessions/" + id + "?" + canary + "=" + canary, key: b.reader})
	b.do(call{method: "GET", path: "/" + canary, header: map[string]string{"User-Agent": canary, "Referer": canary, "Cookie": canary}})
	log := b.log.String()
	require.NotContains(t, log, canary)
	require.NotContains(t, log, "127.0.0.1")
	require.Contains(t, log, `"network":"127.0.0.0/24"`)
	require.Contains(t, log, `"route":"GET /v1/sessions/{id}"`)
}

func TestMountedHandlersAreServedBehindTheSameGate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mounted := New(Options{
		Records: b.records, Ingest: b.api.o.Ingest, Keys: b.keys, Health: b.api.o.Health, Log: b.api.o.Log, Version: "test",
		Mounts: map[string]http.Handler{"/console/": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })},
	})
	for path, status := range map[string]int{"/console/x": http.StatusTeapot, "/other": http.StatusNotFound} {
		w := httptest.NewRecorder()
		mounted.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		require.Equal(t, status, w.Code)
		require.NotEmpty(t, w.Header().Get("X-Request-Id"))
	}
}

func TestMoreBodiesThanTheMemoryBearsAreSentAway(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.start(b.anna)
	require.True(t, b.api.bodies.take(maxBodies))
	b.check(t, scenario{
		call:   call{method: "POST", path: "/v1/sessions/" + id + "/events", key: b.anna, body: batchJSON(1, 1)},
		status: 503, code: CodeBusy,
	})
	b.api.bodies.used.Add(-maxBodies)
	require.Equal(t, http.StatusOK, b.append(b.anna, id, 1, 1).status)
	require.EqualValues(t, 0, b.api.bodies.used.Load())
}

func TestAStoreThatIsGoneIsOurFaultAndIsLogged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.api.problem(context.Background(), context.DeadlineExceeded)
	require.Equal(t, CodeUnavailable, p.Code)
	require.Contains(t, b.log.String(), "request failed")
}

func TestTheCommittedPageOfErrorsIsTheGeneratedOne(t *testing.T) {
	t.Parallel()
	committed, err := os.ReadFile("../../docs/errors.md")
	require.NoError(t, err)
	require.Equal(t, string(ErrorsMarkdown()), string(committed), "docs/errors.md is stale: run go generate ./internal/api")
}
