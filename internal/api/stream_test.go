package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// socket is a WebSocket client.
type socket struct {
	t    *testing.T
	conn *websocket.Conn
}

func (b *testBundle) dial(header http.Header, protocols ...string) (*websocket.Conn, *http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return websocket.Dial(ctx, b.server.URL+"/v1/stream", &websocket.DialOptions{HTTPHeader: header, Subprotocols: protocols})
}

// connect opens a socket as a browser does, and takes its greeting.
func (b *testBundle) connect(key string) *socket {
	b.t.Helper()
	conn, _, err := b.dial(http.Header{"Origin": {extensionOrigin}}, subprotocol, bearerPrefix+key)
	require.NoError(b.t, err)
	require.Equal(b.t, subprotocol, conn.Subprotocol())
	conn.SetReadLimit(-1)
	b.t.Cleanup(func() { _ = conn.CloseNow() })
	s := &socket{t: b.t, conn: conn}
	require.Equal(b.t, "ready", s.read()["type"])
	return s
}

func (s *socket) send(message string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	require.NoError(s.t, s.conn.Write(ctx, websocket.MessageText, []byte(message)))
}

func (s *socket) read() map[string]any {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, body, err := s.conn.Read(ctx)
	require.NoError(s.t, err)
	require.NotContains(s.t, string(body), canary)
	var v map[string]any
	require.NoError(s.t, json.Unmarshal(body, &v))
	return v
}

func (s *socket) ask(message string) map[string]any {
	s.t.Helper()
	s.send(message)
	return s.read()
}

// closed waits for the end of the connection and returns its code.
func (s *socket) closed() websocket.StatusCode {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for {
		if _, _, err := s.conn.Read(ctx); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func startFrame(id string) string {
	return `{"type":"session.start","session":` + sessionJSON(id) + `}`
}

func eventsFrame(id string, from, to int) string {
	return `{"type":"events","session_id":"` + id + `",` + batchJSON(from, to)[1:]
}

func TestTheWebSocketTakesASessionAsHTTPDoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s, id := b.connect(b.anna), newID()
	require.Equal(t, map[string]any{"type": "pong"}, s.ask(`{"type":"ping"}`))
	require.Equal(t, map[string]any{"type": "session.started", "session_id": id, "acked": 0.0}, s.ask(startFrame(id)))
	require.Equal(t, map[string]any{
		"type": "ack", "session_id": id, "acked": 2.0, "accepted": 2.0, "duplicates": 0.0, "rejected": []any{}, "redactions": map[string]any{},
	}, s.ask(eventsFrame(id, 1, 2)))

	// The client goes over to HTTP and back at any moment.
	require.EqualValues(t, 4, b.append(b.anna, id, 2, 4).decode(t)["acked"])
	require.EqualValues(t, 6, s.ask(eventsFrame(id, 3, 6))["acked"])
	require.EqualValues(t, 6, s.ask(startFrame(id))["acked"])

	gap := s.ask(eventsFrame(id, 9, 9))
	require.Equal(t, id, gap["session_id"])
	require.EqualValues(t, 7, gap["problem"].(map[string]any)["expected_seq"])

	done := s.ask(`{"type":"session.complete","session_id":"` + id + `","last_seq":6}`)
	require.Equal(t, map[string]any{"type": "session.status", "session_id": id, "stage": "queued", "progress": 0.0}, done)
	b.api.Progress(id, "score", 3, 6)
	require.Equal(t, map[string]any{"type": "session.status", "session_id": id, "stage": "score", "progress": 0.5}, s.read())
	b.api.Progress(newID(), "score", 3, 6) // of somebody else: not told
	require.Equal(t, "pong", s.ask(`{"type":"ping"}`)["type"])
}

func TestABadMessageGetsAProblemAndTheConnectionGoesOn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s, id := b.connect(b.anna), b.start(b.anna)
	foreign := b.start(b.ben)
	for name, c := range map[string]struct {
		message string
		code    Code
	}{
		"not JSON":            {canary, CodeInvalidJSON},
		"no object":           {`["` + canary + `"]`, CodeValidationFailed},
		"deep nesting":        {strings.Repeat("[", 100_000), CodeInvalidJSON},
		"no type":             {`{}`, CodeValidationFailed},
		"an unknown type":     {`{"type":"` + canary + `"}`, CodeValidationFailed},
		"an unknown field":    {`{"type":"ping","` + canary + `":1}`, CodeValidationFailed},
		"a field too many":    {`{"type":"ping","last_seq":1}`, CodeValidationFailed},
		"a field twice":       {`{"type":"ping","type":"ping"}`, CodeValidationFailed},
		"a field too few":     {`{"type":"events","session_id":"` + id + `"}`, CodeValidationFailed},
		"a bad session id":    {`{"type":"events","session_id":"` + canary + `","events":[{}]}`, CodeValidationFailed},
		"an unknown session":  {eventsFrame(newID(), 1, 1), CodeSessionNotFound},
		"a foreign session":   {eventsFrame(foreign, 1, 1), CodeSessionNotFound},
		"too many events":     {eventsFrame(id, 1, 501), CodeValidationFailed},
		"no events":           {`{"type":"events","session_id":"` + id + `","events":[]}`, CodeValidationFailed},
		"a gap":               {eventsFrame(id, 2, 3), CodeSequenceGap},
		"a bad session":       {`{"type":"session.start","session":{"id":"` + canary + `"}}`, CodeValidationFailed},
		"a foreign start":     {startFrame(foreign), CodeSessionConflict},
		"a bad last_seq":      {`{"type":"session.complete","session_id":"` + id + `","last_seq":"` + canary + `"}`, CodeValidationFailed},
		"last_seq and a gap":  {`{"type":"session.complete","session_id":"` + id + `","last_seq":5}`, CodeSequenceGap},
		"a foreign complete":  {`{"type":"session.complete","session_id":"` + foreign + `","last_seq":0}`, CodeSessionNotFound},
		"text that is no UTF": {`{"type":"` + canary + "\xff" + `"}`, CodeValidationFailed},
	} {
		v := s.ask(c.message)
		require.Equal(t, "error", v["type"], name)
		problem := v["problem"].(map[string]any)
		require.Equal(t, string(c.code), problem["code"], name)
		require.NotEmpty(t, problem["request_id"], name)
	}
	require.EqualValues(t, 1, s.ask(eventsFrame(id, 1, 1))["acked"])
	require.NoError(t, s.conn.Write(context.Background(), websocket.MessageBinary, []byte(eventsFrame(id, 2, 2))))
	require.Equal(t, "invalid_request", s.read()["problem"].(map[string]any)["code"])
	b.api.Progress(foreign, "score", 1, 2)
	require.Equal(t, "pong", s.ask(`{"type":"ping"}`)["type"], "no news of a foreign session")
	require.NotContains(t, b.log.String(), canary)
}

func TestOneBadEventNeverSpoilsItsFrame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s, id := b.connect(b.anna), b.start(b.anna)
	v := s.ask(`{"type":"events","session_id":"` + id + `","events":[` + eventJSON(1) + `,{"seq":2,"type":"` + canary + "\xff" + `"},` + eventJSON(3) + `]}`)
	require.EqualValues(t, 3, v["acked"])
	require.Len(t, v["rejected"], 1)
}

func TestAMessageBeyondTheLimitEndsTheConnection(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s := b.connect(b.anna)
	s.send(strings.Repeat(" ", maxMessage+1))
	require.Equal(t, "body_too_large", s.read()["problem"].(map[string]any)["code"])
	require.Equal(t, websocket.StatusMessageTooBig, s.closed())
	require.Eventually(t, func() bool { return b.api.bodies.used.Load() == 0 }, 10*time.Second, time.Millisecond)
}

func TestTheWebSocketLetsInOnlyWhoMay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	revoked := b.revokedKey()
	auth := func(key string) http.Header { return http.Header{"Authorization": {"Bearer " + key}} }
	for name, c := range map[string]struct {
		header    http.Header
		protocols []string
		status    int
		code      Code
	}{
		"no key":               {nil, []string{subprotocol}, 401, CodeUnauthorized},
		"no key of ours":       {nil, []string{subprotocol, bearerPrefix + canary}, 401, CodeUnauthorized},
		"a wrong key":          {nil, []string{subprotocol, bearerPrefix + b.wrongSecret()}, 401, CodeUnauthorized},
		"a revoked key":        {auth(revoked), []string{subprotocol}, 401, CodeUnauthorized},
		"without the scope":    {auth(b.reader), []string{subprotocol}, 403, CodeInsufficientScope},
		"another origin":       {http.Header{"Origin": {"https://" + canary + ".example"}}, []string{subprotocol, bearerPrefix + b.anna}, 403, CodeOriginNotAllowed},
		"a longer origin":      {http.Header{"Origin": {extensionOrigin + ".example"}}, []string{subprotocol, bearerPrefix + b.anna}, 403, CodeOriginNotAllowed},
		"the origin null":      {http.Header{"Origin": {"null"}}, []string{subprotocol, bearerPrefix + b.anna}, 403, CodeOriginNotAllowed},
		"another subprotocol":  {auth(b.anna), []string{canary}, 400, CodeInvalidRequest},
		"another in the query": {auth(b.anna), []string{"codesight.v2"}, 400, CodeInvalidRequest},
	} {
		_, res, err := b.dial(c.header, c.protocols...)
		require.Error(t, err, name)
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.Equal(t, c.status, res.StatusCode, name)
		require.Contains(t, string(body), `"code":"`+string(c.code)+`"`, name)
		require.NotContains(t, string(body), canary)
	}
	conn, _, err := b.dial(auth(b.anna), subprotocol) // a client that is no browser
	require.NoError(t, err)
	require.NoError(t, conn.CloseNow())
	require.NotContains(t, b.log.String(), canary)
	require.NotContains(t, b.log.String(), b.anna)
}

func TestARevokedKeysConnectionIsClosedWithinASecond(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s := b.connect(b.anna)
	id := strings.Split(b.anna, "_")[1]
	require.NoError(t, b.records.Store().RevokeKey(context.Background(), id, time.Now().UnixMilli())) // by another process
	start := time.Now()
	require.Equal(t, closeUnauthorized, s.closed())
	require.Less(t, time.Since(start), time.Second+500*time.Millisecond) // half a second for a machine under load
}

func TestStoppingSaysGoodbyeAndTakesNoneAnymore(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s := b.connect(b.anna)
	go b.api.Stop()
	require.Equal(t, websocket.StatusGoingAway, s.closed())
	b.api.Stop()
	_, res, err := b.dial(http.Header{"Authorization": {"Bearer " + b.anna}}, subprotocol)
	require.Error(t, err)
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	require.NotEmpty(t, res.Header.Get("Retry-After"))
}

func TestNewsNeverWaitForAClientThatDoesNotRead(t *testing.T) {
	t.Parallel()
	s := &stream{news: make(chan statusFrame, maxNews)}
	for i := range 10 * maxNews {
		s.tell(statusFrame{Progress: float64(i)})
	}
	for i := range maxNews {
		require.Equal(t, 9*maxNews+i, int((<-s.news).Progress))
	}
}
