package api

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/danielgtaylor/huma/v2"
)

const (
	// subprotocol is this version of the WebSocket's protocol.
	subprotocol = "codesight.v1"
	// bearerPrefix begins the second subprotocol, which carries the key: a browser can set no header.
	bearerPrefix = "bearer."
	// maxStreams bounds the open WebSockets: about 50 KB each with their buffers and goroutines.
	maxStreams = 2_000
	// maxMessage bounds one message, in bytes; the same as a body on its way.
	maxMessage = MaxCompressed
	// maxWatched bounds how many completed sessions one connection is told about. The oldest is let go.
	maxWatched = 16
)

const streamRoute = "GET /v1/stream"

// goingAway is the reason of the close when the server stops.
const goingAway = "the server is stopping"

func (a *API) bindStream() {
	a.rules[streamRoute] = participants
	a.mux.HandleFunc(streamRoute, a.openStream)
	a.huma.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "stream", Method: http.MethodGet, Path: "/v1/stream", Tags: []string{tagEvents},
		Summary: "The WebSocket: the same as starting, appending and completing, over one connection",
		Description: "Scope: " + participants.String() + ". Subprotocol " + subprotocol + "; the key comes as a second subprotocol " + bearerPrefix +
			"KEY or in the Authorization header. Text frames, one JSON object each. The client sends session.start {session}, " +
			"events {session_id, events}, session.complete {session_id, last_seq} and ping; the server sends ready, " +
			"session.started {session_id, acked}, ack {session_id, acked, accepted, duplicates, rejected, redactions}, " +
			"session.status {session_id, stage, progress}, error {session_id, problem}, slow_down {retry_after_ms} and pong.",
		Security: []map[string][]string{{"key": {}}},
		Responses: map[string]*huma.Response{
			"101":     {Description: "The connection is a WebSocket now."},
			"default": {Description: "Error", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: ref("Problem")}}},
		},
	})
}

// openStream lets a client in by the same rules as any route, and serves it until it goes.
func (a *API) openStream(w http.ResponseWriter, r *http.Request) {
	infoOf(r.Context()).route = streamRoute
	key, err := a.handshake(r)
	if err == nil {
		// The guard of all routes reads the header, so the key from the subprotocol is put there.
		r.Header.Set("Authorization", "Bearer "+key)
		err = a.authorise(r, a.rules[streamRoute])
	}
	if err != nil {
		a.problem(r.Context(), err).write(w, r)
		return
	}
	if !a.streams.reserve() {
		problem(CodeBusy, "").write(w, r)
		return
	}
	defer a.streams.done.Done()
	// The origin was checked above, exactly; the library would only match patterns.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}, InsecureSkipVerify: true})
	if err != nil {
		a.streams.free()
		return // answered by the library, and not the handshake of any client that we checked
	}
	// The request's own context ends in ways that net/http does not define once the connection is taken over.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	s := &stream{api: a, conn: conn, who: identity(ctx), cancel: cancel, news: make(chan statusFrame, maxNews)}
	a.streams.add(s)
	defer a.streams.remove(s)
	s.run(ctx)
}

// handshake checks what stands in the opening request, and returns the key.
func (a *API) handshake(r *http.Request) (string, error) {
	if origin := r.Header.Get("Origin"); origin != "" && !a.allowedOrigin(origin) {
		return "", problem(CodeOriginNotAllowed, "")
	}
	if !r.ProtoAtLeast(1, 1) || !hasToken(r, "Connection", "upgrade") || !hasToken(r, "Upgrade", "websocket") ||
		r.Header.Get("Sec-WebSocket-Version") != "13" || r.Header.Get("Sec-WebSocket-Key") == "" {
		return "", problem(CodeUpgradeRequired, "")
	}
	key, offered, known := bearer(r), 0, false
	for _, p := range tokens(r, "Sec-WebSocket-Protocol") {
		if k, ok := strings.CutPrefix(p, bearerPrefix); ok && key == "" {
			key = k
			continue
		}
		offered++
		known = known || p == subprotocol
	}
	if offered > 0 && !known {
		return "", problem(CodeInvalidRequest, "the subprotocol must be "+subprotocol)
	}
	return key, nil
}

func tokens(r *http.Request, header string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.Join(r.Header.Values(header), ","), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func hasToken(r *http.Request, header, token string) bool {
	for _, t := range tokens(r, header) {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

// streams are the open WebSockets, and who of them waits for news of which session.
type streams struct {
	mu       sync.Mutex
	places   int // taken, of maxStreams
	open     map[*stream]struct{}
	watchers map[string]map[*stream]struct{}
	stopping bool
	done     sync.WaitGroup
}

func (s *streams) init() {
	s.open = map[*stream]struct{}{}
	s.watchers = map[string]map[*stream]struct{}{}
}

// reserve takes a place before the connection is accepted; false where there is none.
func (s *streams) reserve() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping || s.places == maxStreams {
		return false
	}
	s.places++
	s.done.Add(1)
	return true
}

func (s *streams) free() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.places--
}

func (s *streams) add(c *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[c] = struct{}{}
	if s.stopping { // since the place was taken
		go c.leave(websocket.StatusGoingAway, goingAway)
	}
}

func (s *streams) remove(c *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range c.watched {
		s.forget(c, session)
	}
	delete(s.open, c)
	s.places--
}

func (s *streams) forget(c *stream, session string) {
	delete(s.watchers[session], c)
	if len(s.watchers[session]) == 0 {
		delete(s.watchers, session)
	}
}

// watch tells the connection about the session from now on.
func (s *streams) watch(c *stream, session string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.watchers[session][c]; ok {
		return
	}
	if len(c.watched) == maxWatched {
		s.forget(c, c.watched[0])
		c.watched = c.watched[1:]
	}
	c.watched = append(c.watched, session)
	if s.watchers[session] == nil {
		s.watchers[session] = map[*stream]struct{}{}
	}
	s.watchers[session][c] = struct{}{}
}

// publish never waits: a connection that is behind misses a step of the progress and gets the next one.
func (s *streams) publish(session, stage string, done, total int) {
	frame := statusFrame{Type: "session.status", SessionID: session, Stage: stage}
	if total > 0 {
		frame.Progress = float64(done) / float64(total)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.watchers[session] {
		c.tell(frame)
	}
}

// stop closes every connection after what it is doing, and returns when all are gone.
func (s *streams) stop() {
	s.mu.Lock()
	s.stopping = true
	for c := range s.open {
		go c.leave(websocket.StatusGoingAway, goingAway)
	}
	s.mu.Unlock()
	s.done.Wait()
}

// The times of a connection.
const (
	// keyCheckEvery and the age of the key cache (access) together keep a revoked key's connection below one second.
	keyCheckEvery = 400 * time.Millisecond
	// pingEvery finds connections that are gone without a word, and keeps those alive that a proxy would cut.
	pingEvery = 30 * time.Second
	// pingTimeout is longer than a message may take: a pong cannot overtake it.
	pingTimeout = messageTimeout + 10*time.Second
	// messageTimeout bounds the arrival of one message, from its first byte: 8 MiB at 1 Mbit/s.
	messageTimeout = 70 * time.Second
	// silence bounds how long a client may send nothing at all but pongs.
	silence = 15 * time.Minute
	// sendTimeout bounds the sending of one answer to a client that does not read.
	sendTimeout = 10 * time.Second
	// maxNews bounds the news of sessions that wait to be sent on a connection.
	maxNews = 16
)
