package simulate

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/go-json-experiment/json"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
)

// maxFrame bounds one frame from the server, in bytes: answers are small.
const maxFrame = 1 << 20

// wsLink records over a WebSocket, one question at a time.
type wsLink struct{ conn *websocket.Conn }

// frame is whatever the server may say.
type frame struct {
	ack
	Type         string   `json:"type"`
	SessionID    string   `json:"session_id"`
	Problem      *refusal `json:"problem"`
	RetryAfterMS int64    `json:"retry_after_ms"`
}

func dialWebSocket(ctx context.Context, c *client) (*wsLink, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	conn, res, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(c.base, "http")+"/v1/stream", &websocket.DialOptions{ //nolint:bodyclose // the library closes it
		HTTPHeader:   http.Header{"Authorization": {"Bearer " + c.key}},
		Subprotocols: []string{"codesight.v1"},
		HTTPClient:   &http.Client{Transport: c.http.Transport}, // a time-out of the client would end the connection
	})
	if err != nil {
		if res != nil && res.StatusCode >= 300 {
			return nil, decodeRefusal(res.StatusCode, res.Header.Get("Retry-After"), nil)
		}
		return nil, err
	}
	conn.SetReadLimit(maxFrame)
	return &wsLink{conn: conn}, nil
}

func (l *wsLink) start(ctx context.Context, s *event.Session) (int64, error) {
	body, err := wire.Marshal(s)
	if err != nil {
		return 0, err
	}
	f, err := l.ask(ctx, append(append([]byte(`{"type":"session.start","session":`), body...), '}'), s.ID, "session.started")
	return f.Acked, err
}

func (l *wsLink) send(ctx context.Context, session string, lines [][]byte) (ack, error) {
	head := []byte(`"type":"events","session_id":"` + session + `",`)
	f, err := l.ask(ctx, batchBody(head, lines), session, "ack")
	return f.ack, err
}

func (l *wsLink) complete(ctx context.Context, session string, last int64) error {
	body := `{"type":"session.complete","session_id":"` + session + `","last_seq":` + strconv.FormatInt(last, 10) + `}`
	_, err := l.ask(ctx, []byte(body), session, "session.status")
	return err
}

// ask sends a frame and waits for the answer of the given type. What the server says on its own meanwhile (the state of a
// session) is passed over.
func (l *wsLink) ask(ctx context.Context, body []byte, session, want string) (frame, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	if err := l.conn.Write(ctx, websocket.MessageText, body); err != nil {
		return frame{}, err
	}
	var slow time.Duration // what the server asked for, before it says why
	for {
		_, got, err := l.conn.Read(ctx)
		if err != nil {
			return frame{}, err
		}
		var f frame
		if err := json.Unmarshal(got, &f); err != nil {
			return frame{}, protocol("a frame cannot be read")
		}
		switch {
		case f.Type == "error" && f.Problem != nil:
			f.Problem.retryAfter = slow
			return frame{}, f.Problem
		case f.Type == "error":
			return frame{}, protocol("an error frame without a problem")
		case f.Type == "slow_down":
			slow = time.Duration(f.RetryAfterMS) * time.Millisecond
		case f.Type == want && f.SessionID == session:
			return f, nil
		}
	}
}

func (l *wsLink) close() { _ = l.conn.CloseNow() }
