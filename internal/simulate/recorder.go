package simulate

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/codesight/codesight/internal/event"
)

const (
	// batchEvents is how many events one batch holds, as the extension sends them.
	batchEvents = 100
	// firstPause and longestPause bound the wait before another try; it doubles in between, with full jitter.
	firstPause   = 100 * time.Millisecond
	longestPause = 5 * time.Second
)

// recorder records one session, whatever happens to the server.
type recorder struct {
	*run
	*session

	offered time.Time // when the batch under way was first sent
	heard   time.Time // when the server last got us further
	pause   time.Duration
}

// record returns when the session is complete, or when going on makes no sense.
func (r *recorder) record(ctx context.Context) error {
	r.heard = time.Now()
	for {
		err := r.attempt(ctx)
		if err == nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		var answered *refusal
		switch {
		case errors.Is(err, errProtocol), errors.As(err, &answered) && !answered.passing():
			return err
		case time.Since(r.heard)+asked(answered) > r.o.Patience:
			return fmt.Errorf("gave up after %s without progress: %w", r.o.Patience, err)
		}
		r.result.retried()
		if err := r.wait(ctx, answered); err != nil {
			return err
		}
	}
}

// attempt goes over one connection as far as it carries.
func (r *recorder) attempt(ctx context.Context) error {
	l, err := r.dial(ctx)
	if err != nil {
		return err
	}
	defer l.close()
	acked, err := l.start(ctx, r.header(r.o.Transport))
	if err != nil {
		return err
	}
	if err := r.advance(acked); err != nil {
		return err
	}
	last := int64(r.o.Events)
	for r.acked < last {
		if err := r.send(ctx, l, r.acked+1, min(r.acked+batchEvents, last)); err != nil {
			return err
		}
	}
	return l.complete(ctx, r.id, last)
}

// send offers one batch and takes in the answer.
func (r *recorder) send(ctx context.Context, l link, first, last int64) error {
	if err := r.limit.WaitN(ctx, int(last-first+1)); err != nil {
		return err
	}
	lines, err := r.lines(first, last)
	if err != nil {
		return err
	}
	if r.offered.IsZero() {
		r.offered = time.Now()
	}
	a, err := l.send(ctx, r.id, lines)
	var answered *refusal
	if errors.As(err, &answered) && answered.Expected > 0 {
		return r.advance(answered.Expected - 1) // where the server says it is
	}
	switch {
	case err != nil:
		return err
	case len(a.Rejected) > 0:
		return protocol("event %d was refused: %s", a.Rejected[0].Seq, reason(a.Rejected[0]))
	case a.Acked < last:
		return protocol("a batch up to %d was acknowledged only up to %d", last, a.Acked)
	}
	r.result.acknowledged(time.Since(r.offered))
	return r.advance(a.Acked)
}

// advance moves to what the server says it has. It may be ahead of us, when an answer was lost on its way, but never
// behind: that would be a broken promise.
func (r *recorder) advance(acked int64) error {
	switch {
	case acked < r.acked:
		return protocol("session %s: events up to %d were acknowledged, and now the server has them up to %d only", r.id, r.acked, acked)
	case acked > int64(r.o.Events):
		return protocol("session %s: the server acknowledges %d of %d events", r.id, acked, r.o.Events)
	case acked > r.acked:
		r.result.add(acked - r.acked)
		r.acked, r.heard, r.pause, r.offered = acked, time.Now(), 0, time.Time{}
	}
	return nil
}

// asked is how long the server asked to be left alone.
func asked(answered *refusal) time.Duration {
	if answered == nil {
		return 0
	}
	return answered.retryAfter
}

// wait pauses with full jitter, at least as long as the server asked for.
func (r *recorder) wait(ctx context.Context, answered *refusal) error {
	r.pause = min(max(2*r.pause, firstPause), longestPause)
	pause := time.Duration(rand.Int64N(int64(r.pause))) //nolint:gosec // jitter
	pause += asked(answered)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}

// header is what the session is started with.
func (s script) header(transport string) *event.Session {
	return &event.Session{
		ID: s.id, StartedAt: s.started,
		Consent: event.Consent{Policy: "1", GrantedAt: s.started - 1000, Scopes: []string{"events"}},
		Client:  event.Client{Name: "codesight-simulate", Version: "1", Transport: transport},
		Task:    &event.Task{Title: "Find furniture and put it in the cart", Site: "shop.example"},
	}
}

func reason(r rejection) string {
	if len(r.Errors) == 0 {
		return "no reason given"
	}
	return r.Errors[0].Location + " " + r.Errors[0].Message
}
