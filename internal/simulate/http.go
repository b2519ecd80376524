package simulate

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
)

const (
	// answerTimeout bounds one question. A server that flushes is an order of magnitude faster.
	answerTimeout = 30 * time.Second
	// maxAnswer bounds one answer, in bytes: a page of events is the largest.
	maxAnswer = 128 << 20
)

// client speaks HTTP to the server, for all recorders together.
type client struct {
	base string // without a slash at its end
	key  string
	http *http.Client
}

func newClient(base, key string, connections int) *client {
	t := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // it is what the standard library makes
	t.MaxIdleConnsPerHost, t.MaxIdleConns = connections, connections
	return &client{base: base, key: key, http: &http.Client{Transport: t, Timeout: answerTimeout}}
}

// ask sends a request and decodes a successful answer.
func (c *client) ask(ctx context.Context, method, path string, body []byte, answer any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	got, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		return decodeRefusal(res.StatusCode, res.Header.Get("Retry-After"), got)
	}
	if err := json.Unmarshal(got, answer); err != nil {
		return protocol("%s %s: the answer cannot be read", method, path)
	}
	return nil
}

// httpLink records over HTTP.
type httpLink struct{ *client }

func (l httpLink) start(ctx context.Context, s *event.Session) (int64, error) {
	body, err := wire.Marshal(s)
	if err != nil {
		return 0, err
	}
	var a struct {
		Acked int64 `json:"acked"`
	}
	err = l.ask(ctx, http.MethodPost, "/v1/sessions", body, &a)
	return a.Acked, err
}

func (l httpLink) send(ctx context.Context, session string, lines [][]byte) (ack, error) {
	var a ack
	err := l.ask(ctx, http.MethodPost, "/v1/sessions/"+session+"/events", batchBody(nil, lines), &a)
	return a, err
}

func (l httpLink) complete(ctx context.Context, session string, last int64) error {
	body, err := wire.Marshal(struct {
		LastSeq int64 `json:"last_seq"`
	}{last})
	if err != nil {
		return err
	}
	var a struct{}
	return l.ask(ctx, http.MethodPost, "/v1/sessions/"+session+"/complete", body, &a)
}

func (httpLink) close() {}

// batchBody writes {…head,"events":[…]} around events that are JSON already.
func batchBody(head []byte, lines [][]byte) []byte {
	body := append([]byte{'{'}, head...)
	body = append(body, `"events":[`...)
	body = append(body, bytes.Join(lines, []byte{','})...)
	return append(body, "]}"...)
}
