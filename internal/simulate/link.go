package simulate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/codesight/codesight/internal/event"
)

// link is one recorder's way to the server. Every method returns a *refusal where the server answered with a problem,
// and any other error where it did not answer.
type link interface {
	start(ctx context.Context, s *event.Session) (acked int64, err error)
	send(ctx context.Context, session string, lines [][]byte) (ack, error)
	complete(ctx context.Context, session string, last int64) error
	close()
}

// ack is the answer to a batch.
type ack struct {
	Acked      int64          `json:"acked"`
	Accepted   int            `json:"accepted"`
	Duplicates int            `json:"duplicates"`
	Rejected   []rejection    `json:"rejected"`
	Redactions map[string]int `json:"redactions"`
}

type rejection struct {
	Seq    int64              `json:"seq"`
	Errors []event.FieldError `json:"errors"`
}

// refusal is a problem that the server answered (RFC 9457).
type refusal struct {
	Status   int    `json:"status"`
	Code     string `json:"code"`
	Title    string `json:"title"`
	Detail   string `json:"detail"`
	Expected int64  `json:"expected_seq"`

	Errors []event.FieldError `json:"errors"`

	retryAfter time.Duration
}

func (r *refusal) Error() string {
	text := fmt.Sprintf("the server answered %d %s", r.Status, r.Title)
	if r.Detail != "" {
		text += ": " + r.Detail
	}
	if len(r.Errors) > 0 {
		text += ": " + r.Errors[0].Location + " " + r.Errors[0].Message
	}
	return text
}

// passing says that the refusal is about the moment and not about the request.
func (r *refusal) passing() bool {
	return r.Status >= 500 || r.Status == http.StatusTooManyRequests || r.Status == http.StatusRequestTimeout
}

// decodeRefusal reads a problem; an answer that is none (of a proxy) counts by its status alone.
func decodeRefusal(status int, retryAfter string, body []byte) *refusal {
	r := &refusal{}
	if err := json.Unmarshal(body, r); err != nil || r.Status == 0 {
		r = &refusal{Status: status, Title: http.StatusText(status)}
	}
	if seconds, err := strconv.Atoi(retryAfter); err == nil {
		r.retryAfter = time.Duration(seconds) * time.Second
	}
	return r
}

// errProtocol says that the server's answer is not what the protocol promises. Trying again will not help.
var errProtocol = errors.New("the server does not keep to the protocol")

func protocol(format string, a ...any) error {
	return fmt.Errorf("%w: %s", errProtocol, fmt.Sprintf(format, a...))
}

// number reads the number of an event.
func number(e []byte) (int64, error) {
	var head struct {
		Seq int64 `json:"seq"`
	}
	if err := json.Unmarshal(e, &head); err != nil || head.Seq < 1 {
		return 0, protocol("an event without a number")
	}
	return head.Seq, nil
}
