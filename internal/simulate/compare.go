package simulate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	// readers is how many sessions are read back at once: it is a check, not a load.
	readers = 4
	// pageEvents is how many events are asked for at once.
	pageEvents = 500
)

// compare reads a session back and compares each event with what was sent, byte for byte in canonical form.
func (r *run) compare(ctx context.Context, s *session) error {
	if s.acked == 0 {
		return nil // nothing was promised
	}
	c := comparison{script: s.script, next: 1, last: int64(r.o.Events), promised: s.acked}
	after := int64(0)
	for {
		events, err := r.page(ctx, s.id, after)
		var answered *refusal
		if errors.As(err, &answered) && answered.Status == http.StatusNotFound {
			events, err = nil, nil // the session itself is gone, or never was
		}
		if err != nil {
			return fmt.Errorf("reading session %s back: %w", s.id, err)
		}
		seq := after
		for _, e := range events {
			if seq, err = c.take(e); err != nil {
				return err
			}
		}
		if len(events) == 0 || seq <= after {
			break
		}
		after = seq
	}
	c.finish()
	r.result.compared(c.read, c.lost, c.doubled, c.changed)
	return nil
}

// page reads events behind a number, with patience for a server that is just starting again.
func (r *run) page(ctx context.Context, session string, after int64) ([]jsontext.Value, error) {
	begun := time.Now()
	again := &recorder{run: r}
	for {
		var answer struct {
			Events []jsontext.Value `json:"events"`
		}
		err := r.client.ask(ctx, http.MethodGet, fmt.Sprintf("/v1/sessions/%s/events?after=%d&limit=%d", session, after, pageEvents), nil, &answer)
		var answered *refusal
		switch {
		case err == nil:
			return answer.Events, nil
		case errors.Is(err, errProtocol), errors.As(err, &answered) && !answered.passing(), time.Since(begun)+asked(answered) > r.o.Patience:
			return nil, err
		}
		if err := again.wait(ctx, answered); err != nil {
			return nil, err
		}
	}
}

// comparison goes along what should be there.
type comparison struct {
	script                       script
	next                         int64 // the number that should come
	last, promised               int64 // the last of all, and the last that was acknowledged
	read, lost, doubled, changed int64
}

// take compares one event and returns its number.
func (c *comparison) take(e jsontext.Value) (int64, error) {
	seq, err := number(e)
	if err != nil {
		return 0, err
	}
	c.read++
	switch {
	case seq < c.next, seq > c.last:
		c.doubled++ // a second time, or never sent
		return seq, nil
	case seq > c.next:
		c.lost += seq - c.next
	}
	c.next = seq + 1
	want, err := c.script.line(seq)
	if err != nil {
		return 0, err
	}
	if !same(e, want) {
		c.changed++
	}
	return seq, nil
}

// finish counts what was promised and did not come. What was never acknowledged may be missing.
func (c *comparison) finish() { c.lost += max(0, c.promised-c.next+1) }

// same compares two JSON values; where the bytes differ, in the canonical form of RFC 8785.
func same(got jsontext.Value, want []byte) bool {
	if bytes.Equal(got, want) {
		return true
	}
	a, b := got.Clone(), jsontext.Value(want).Clone()
	return a.Canonicalize() == nil && b.Canonicalize() == nil && bytes.Equal(a, b)
}
