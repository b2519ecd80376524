package simulate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// shelf is a server that keeps events in memory and does one thing wrong.
type shelf struct {
	mu     sync.Mutex
	events map[string][]json.RawMessage

	// before may answer a request instead; it gets the number of requests so far.
	before func(n int, w http.ResponseWriter, r *http.Request) bool
	// reading may change what is read back.
	reading func([]json.RawMessage) []json.RawMessage
	n       int
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	if s.before != nil && s.before(s.n, w, r) {
		return
	}
	parts := strings.Split(r.URL.Path, "/") // /v1/sessions/{id}/…
	body, _ := io.ReadAll(r.Body)
	switch {
	case r.Method == http.MethodGet:
		s.read(w, r, parts[3])
	case len(parts) == 3:
		var session struct{ ID string }
		_ = json.Unmarshal(body, &session)
		say(w, `{"id":%q,"acked":%d}`, session.ID, len(s.events[session.ID]))
	case parts[4] == "events":
		s.append(w, parts[3], body)
	default:
		w.WriteHeader(http.StatusAccepted)
		say(w, `{"status":"queued"}`)
	}
}

func (s *shelf) append(w http.ResponseWriter, id string, body []byte) {
	var batch struct{ Events []json.RawMessage }
	_ = json.Unmarshal(body, &batch)
	var first struct{ Seq int }
	_ = json.Unmarshal(batch.Events[0], &first)
	have := len(s.events[id])
	if first.Seq > have+1 {
		problem(w, http.StatusConflict, fmt.Sprintf(`,"expected_seq":%d`, have+1))
		return
	}
	fresh := batch.Events[min(have+1-first.Seq, len(batch.Events)):]
	s.events[id] = append(s.events[id], fresh...)
	say(w, `{"acked":%d,"accepted":%d,"duplicates":%d,"rejected":[],"redactions":{}}`, len(s.events[id]), len(fresh), len(batch.Events)-len(fresh))
}

func (s *shelf) read(w http.ResponseWriter, r *http.Request, id string) {
	after, _ := strconv.Atoi(r.URL.Query().Get("after"))
	events := slices.Clone(s.events[id])
	if s.reading != nil {
		events = s.reading(events)
	}
	page := []json.RawMessage{}
	for _, e := range events {
		var head struct{ Seq int }
		_ = json.Unmarshal(e, &head)
		if head.Seq > after {
			page = append(page, e)
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"events": page})
}

func say(w io.Writer, format string, a ...any) { _, _ = fmt.Fprintf(w, format, a...) }

func problem(w http.ResponseWriter, status int, more string) {
	w.WriteHeader(status)
	say(w, `{"status":%d,"title":"No","code":"no"%s}`, status, more)
}

// against runs two sessions of 250 events against the server.
func against(t *testing.T, s *shelf) (Result, error) {
	t.Helper()
	s.events = map[string][]json.RawMessage{}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	return Run(ctx, Options{
		URL: server.URL, Key: "cs_test", Sessions: 2, Events: 250, Transport: "http", EventBytes: 400, Connections: 2, Patience: 10 * time.Second,
	})
}

func TestAnHonestServerIsFoundHonest(t *testing.T) {
	t.Parallel()
	r, err := against(t, &shelf{})
	require.NoError(t, err)
	require.True(t, r.OK())
	require.EqualValues(t, 500, r.Acknowledged)
	require.EqualValues(t, 500, r.Read)
	require.Zero(t, r.Retries)
	require.Positive(t, r.P99MS)
}

func TestAServerThatFailsForAWhileIsTriedAgain(t *testing.T) {
	t.Parallel()
	r, err := against(t, &shelf{before: func(n int, w http.ResponseWriter, _ *http.Request) bool {
		switch {
		case n%3 == 1:
			w.Header().Set("Retry-After", "0")
			problem(w, http.StatusServiceUnavailable, "")
		case n%5 == 2:
			panic(http.ErrAbortHandler) // the connection breaks
		default:
			return false
		}
		return true
	}})
	require.NoError(t, err)
	require.True(t, r.OK())
	require.EqualValues(t, 500, r.Acknowledged)
	require.Positive(t, r.Retries)
}

func TestAnAnswerThatWasLostIsNotADouble(t *testing.T) {
	t.Parallel()
	broken := false
	s := &shelf{}
	s.before = func(_ int, _ http.ResponseWriter, r *http.Request) bool {
		if broken || !strings.HasSuffix(r.URL.Path, "/events") {
			return false
		}
		broken = true
		body, _ := io.ReadAll(r.Body)
		s.append(httptest.NewRecorder(), strings.Split(r.URL.Path, "/")[3], body)
		panic(http.ErrAbortHandler)
	}
	r, err := against(t, s)
	require.NoError(t, err)
	require.True(t, r.OK())
	require.EqualValues(t, 500, r.Read)
}

func TestWhatAServerDidWrongIsCounted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reading                func([]json.RawMessage) []json.RawMessage
		lost, doubled, changed int64
	}{
		"the last one is lost": {
			func(e []json.RawMessage) []json.RawMessage { return e[:len(e)-1] }, 2, 0, 0,
		},
		"one in between is lost": {
			func(e []json.RawMessage) []json.RawMessage { return slices.Delete(e, 10, 11) }, 2, 0, 0,
		},
		"all are lost": {
			func([]json.RawMessage) []json.RawMessage { return nil }, 500, 0, 0,
		},
		"one is there twice": {
			func(e []json.RawMessage) []json.RawMessage { return slices.Insert(e, 20, e[19]) }, 0, 2, 0,
		},
		"one was changed": {
			func(e []json.RawMessage) []json.RawMessage {
				e[5] = json.RawMessage(strings.Replace(string(e[5]), `"tab":1`, `"tab":2`, 1))
				return e
			}, 0, 0, 2,
		},
		"one lost a field": {
			func(e []json.RawMessage) []json.RawMessage {
				e[5] = json.RawMessage(strings.Replace(string(e[5]), `"tab":1,`, ``, 1))
				return e
			}, 0, 0, 2,
		},
		"only white space is different": {
			func(e []json.RawMessage) []json.RawMessage {
				e[5] = json.RawMessage(strings.Replace(string(e[5]), `"tab":1`, `"tab": 1`, 1))
				return e
			}, 0, 0, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := against(t, &shelf{reading: c.reading})
			require.NoError(t, err)
			require.Equal(t, [3]int64{c.lost, c.doubled, c.changed}, [3]int64{r.Lost, r.Doubled, r.Changed})
			require.Equal(t, c.lost+c.doubled+c.changed == 0, r.OK())
		})
	}
}

func TestAServerThatForgetsWhatItAcknowledgedIsCaught(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	s.before = func(n int, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 5 {
			clear(s.events) // a restart without what was not flushed
		}
		return false
	}
	r, err := against(t, s)
	require.ErrorIs(t, err, errProtocol)
	require.False(t, r.OK())
}

func TestARefusalThatWillNotPassEndsAtOnce(t *testing.T) {
	t.Parallel()
	r, err := against(t, &shelf{before: func(_ int, w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost {
			problem(w, http.StatusForbidden, `,"detail":"needs the scope admin"`)
		}
		return r.Method == http.MethodPost
	}})
	require.ErrorContains(t, err, "403 No: needs the scope admin")
	require.Equal(t, 2, r.Failed)
	require.Zero(t, r.Retries)
}

func TestPercentilesAreNearestRanks(t *testing.T) {
	t.Parallel()
	var ms []time.Duration
	for i := range 100 {
		ms = append(ms, time.Duration(i+1)*time.Millisecond)
	}
	require.InDelta(t, 50, percentile(ms, 50), 0)
	require.InDelta(t, 99, percentile(ms, 99), 0)
	require.InDelta(t, 1, percentile(ms[:1], 99), 0)
	require.Zero(t, percentile(nil, 50))
}
