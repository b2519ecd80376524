package api

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/ingest"
)

// closeUnauthorized is the close code of a connection whose key was revoked or has expired; 4000 to 4999 are free for
// applications, and it reads like the status.
const closeUnauthorized websocket.StatusCode = 4401

// stream is one WebSocket. Its messages are worked off one after the other, so that batches keep their order and a
// client that sends faster than the disk writes is slowed down by its own connection.
type stream struct {
	api     *API
	conn    *websocket.Conn
	who     access.Identity
	cancel  context.CancelFunc
	news    chan statusFrame
	watched []string // guarded by streams.mu

	working sync.Mutex // held from the arrival of a message to its answer
	leaving sync.Once
}

func (s *stream) run(ctx context.Context) {
	s.conn.SetReadLimit(-1) // the limit is ours, so that the answer to what is beyond it is ours too
	defer func() { _ = s.conn.CloseNow() }()
	var beside sync.WaitGroup
	beside.Go(func() { s.watchKey(ctx) })
	beside.Go(func() { s.ping(ctx) })
	beside.Go(func() { s.sendNews(ctx) })
	defer beside.Wait()
	defer s.cancel()
	if s.send(ctx, readyFrame{Type: "ready", MaxEvents: ingest.MaxBatch, MaxEventBytes: ingest.MaxEvent, MaxMessageBytes: maxMessage}) != nil {
		return
	}
	for s.next(ctx) {
	}
}

// next serves one message; false ends the connection.
func (s *stream) next(ctx context.Context) bool {
	silent := time.AfterFunc(silence, func() { s.leave(websocket.StatusGoingAway, "nothing was sent for too long") })
	kind, in, err := s.conn.Reader(ctx)
	silent.Stop()
	if err != nil {
		return false
	}
	s.working.Lock()
	defer s.working.Unlock()
	late := time.AfterFunc(messageTimeout, func() { _ = s.conn.CloseNow() })
	body := lease{from: &s.api.bodies}
	defer body.release()
	message, err := body.readAll(in, maxMessage)
	late.Stop()
	switch {
	case errors.Is(err, ingest.ErrTooLarge):
		return s.end(ctx, err, websocket.StatusMessageTooBig)
	case errors.As(err, new(*Problem)): // no memory to spare
		return s.end(ctx, err, websocket.StatusTryAgainLater)
	case err != nil:
		return false
	case kind != websocket.MessageText:
		return s.fail(ctx, "", problem(CodeInvalidRequest, "must be a text frame")) == nil
	}
	return s.serve(ctx, message) == nil
}

// end answers a message that was not read to its end, after which the connection is of no use.
func (s *stream) end(ctx context.Context, err error, code websocket.StatusCode) bool {
	if s.fail(ctx, "", err) == nil {
		_ = s.conn.Close(code, "")
	}
	return false
}

// watchKey closes the connection when its key does not hold any more. A database that does not answer is no reason to.
func (s *stream) watchKey(ctx context.Context) {
	tick := time.NewTicker(keyCheckEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if errors.Is(s.api.o.Keys.StillValid(ctx, s.who.KeyID), access.ErrUnauthorized) {
				s.leave(closeUnauthorized, "the key is not valid any more")
				return
			}
		}
	}
}

func (s *stream) ping(ctx context.Context) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			alive, cancel := context.WithTimeout(ctx, pingTimeout)
			err := s.conn.Ping(alive)
			cancel()
			if err != nil {
				_ = s.conn.CloseNow()
				return
			}
		}
	}
}

func (s *stream) sendNews(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case frame := <-s.news:
			if s.send(ctx, frame) != nil {
				return
			}
		}
	}
}

// tell puts news in line, in place of the oldest where the line is full. Only publish calls it, one at a time.
func (s *stream) tell(frame statusFrame) {
	for {
		select {
		case s.news <- frame:
			return
		default:
		}
		select {
		case <-s.news:
		default:
		}
	}
}

// leave says goodbye after the message that is being worked on was answered. The library waits five seconds for the
// client's own goodbye and then breaks off.
func (s *stream) leave(code websocket.StatusCode, reason string) {
	s.leaving.Do(func() {
		s.working.Lock()
		defer s.working.Unlock()
		_ = s.conn.Close(code, reason) // the client may be gone already
		s.cancel()
	})
}

func (s *stream) send(ctx context.Context, frame any) error {
	body, err := wire.Marshal(frame)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, body)
}
