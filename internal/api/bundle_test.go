package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/record/recordtest"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/telemetry"
)

const extensionOrigin = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"

// canary is put wherever a client can put something. No answer and no log line may hold it.
const canary = "canary7XqZ"

// testBundle is a whole node without its pipeline, on the real store.
type testBundle struct {
	t       *testing.T
	api     *API
	server  *httptest.Server
	records *record.Records
	keys    *access.Keys
	log     *syncBuffer
	woken   chan struct{}

	admin, reader, reviewer, anna, ben string // keys; anna and ben are participants
}

func setup(t *testing.T) *testBundle {
	t.Helper()

	b := &testBundle{t: t, log: &syncBuffer{}, woken: make(chan struct{}, 100)}
	b.records = recordtest.Open(t, t.TempDir())
	b.keys = access.New(b.records.Store(), time.Now)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(b.log.String())
		}
	})
	log := telemetry.NewLogger(b.log, slog.LevelDebug, true, redact.Default())
	service := ingest.New(b.records, redact.Default(), ingest.Options{Wake: func() { b.woken <- struct{}{} }})
	b.api = New(Options{
		Records: b.records, Ingest: service, Keys: b.keys, Log: log, Version: "test",
		Health:         telemetry.NewHealth(log, telemetry.Check{Name: "database", Needed: true, Probe: b.records.Store().Ping}),
		AllowedOrigins: []string{extensionOrigin},
	})
	b.server = httptest.NewUnstartedServer(nil)
	b.server.Config = NewServer("", b.api, log)
	b.server.Start()
	t.Cleanup(func() {
		b.api.Stop()
		b.server.Close()
	})
	b.admin, b.reader, b.reviewer = b.key(access.Admin), b.key(access.Read), b.key(access.Read, access.Review)
	b.anna, b.ben = b.key(access.Ingest), b.key(access.Ingest)
	return b
}

func (b *testBundle) key(scopes ...access.Scope) string {
	key, _, err := b.keys.Create(context.Background(), access.NewKey{Scopes: scopes})
	require.NoError(b.t, err)
	return key
}

// call is a request; answer is what came back.
type call struct {
	method, path, key string
	body              string
	header            map[string]string
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (b *testBundle) do(c call) answer {
	b.t.Helper()
	r, err := http.NewRequest(c.method, b.server.URL+c.path, strings.NewReader(c.body))
	require.NoError(b.t, err)
	if c.key != "" {
		r.Header.Set("Authorization", "Bearer "+c.key)
	}
	if c.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	res, err := b.server.Client().Do(r)
	require.NoError(b.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(b.t, err)
	return answer{status: res.StatusCode, header: res.Header, body: string(body)}
}

func (a answer) decode(t *testing.T) map[string]any {
	t.Helper()
	var v map[string]any
	require.NoError(t, json.Unmarshal([]byte(a.body), &v), a.body)
	return v
}

// start makes a session of the key's participant and returns its id.
func (b *testBundle) start(key string) string {
	b.t.Helper()
	id := newID()
	a := b.do(call{method: "POST", path: "/v1/sessions", key: key, body: sessionJSON(id)})
	require.Equal(b.t, http.StatusCreated, a.status, a.body)
	return id
}

func (b *testBundle) append(key, session string, from, to int) answer {
	b.t.Helper()
	return b.do(call{method: "POST", path: "/v1/sessions/" + session + "/events", key: key, body: batchJSON(from, to)})
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func sessionJSON(id string) string {
	return fmt.Sprintf(`{"id":%q,"started_at":1795336560000,"consent":{"policy":"1","granted_at":1795336550000,"scopes":["events","screenshots"]},"client":{"name":"codesight-extension","version":"1.0.0"}}`, id)
}

func eventJSON(seq int) string {
	return fmt.Sprintf(`{"seq":%d,"time":1795336560123,"type":"click","tab":1,"frame":"0","page":{"url":"https://shop.example/p/42","title":"Oak chair","viewport":{"width":1280,"height":720,"dpr":1,"zoom":1},"scroll":{"x":0,"y":0}},"target":{"tag":"button","role":"button","name":"Add to cart"},"click":{"x":950,"y":430,"button":"left"}}`, seq)
}

func batchJSON(from, to int) string {
	var events []string
	for seq := from; seq <= to; seq++ {
		events = append(events, eventJSON(seq))
	}
	return `{"events":[` + strings.Join(events, ",") + `]}`
}

// syncBuffer is a log that tests can read while it is written.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *syncBuffer) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(b)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}
