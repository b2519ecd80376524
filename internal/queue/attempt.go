package queue

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	// backoffBase and backoffCap bound the wait before another attempt: a random time up to the base, doubled with each
	// attempt, up to the cap (full jitter; Brooker, "Exponential Backoff And Jitter", 2015).
	backoffBase = 2 * time.Second
	backoffCap  = 5 * time.Minute

	// heartbeats is how often a lease is extended within its length: two may fail before it is lost.
	heartbeats = 3

	// settleTimeout bounds the words with the queue after a job, which must come through though the worker stops.
	settleTimeout = 10 * time.Second
)

type permanentError struct{ error }

func (e permanentError) Unwrap() error { return e.error }

// Permanent marks an error that another attempt would only repeat.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanentError{err}
}

// Backoff returns the wait before the next attempt, after the one that counts from 1.
func Backoff(attempt int64) time.Duration {
	most := backoffCap
	if shift := attempt - 1; shift < 8 { // 2^8 bases are beyond the cap
		most = min(backoffCap, backoffBase<<max(shift, 0))
	}
	return rand.N(most) //nolint:gosec // jitter, not a secret
}

// runJob runs one attempt and tells the queue how it ended.
func (w *Worker) runJob(ctx context.Context, j Job) {
	err := errors.New("out of attempts: its workers died")
	if j.Attempt <= w.options.MaxAttempts {
		err = w.attempt(ctx, j)
	}
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := w.settle(settle, j, err, ctx.Err() != nil); err != nil {
		w.options.OnError(fmt.Errorf("queue: job %d: %w", j.ID, err))
	}
}

// attempt runs the handler while a heartbeat keeps the lease. Where the lease is lost, the handler's context ends:
// another worker may have the job.
func (w *Worker) attempt(ctx context.Context, j Job) error {
	ctx, cancel := context.WithCancelCause(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		if w.heartbeat(ctx, j) {
			cancel(ErrLost)
		}
	}()
	err := protect(ctx, w.handlers[j.Kind], j)
	lost := errors.Is(context.Cause(ctx), ErrLost)
	cancel(nil)
	<-stopped
	if lost {
		return ErrLost
	}
	return err
}

// heartbeat extends the lease until the context ends, and returns whether the lease was lost, be it that the queue says so
// or that it could not be asked for as long as the lease lasts.
func (w *Worker) heartbeat(ctx context.Context, j Job) bool {
	tick := time.NewTicker(w.options.Lease / heartbeats)
	defer tick.Stop()
	extended := time.Now()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		asked := time.Now()
		one, cancel := context.WithTimeout(ctx, w.options.Lease/heartbeats)
		err := w.queue.Extend(one, j, w.options.Lease)
		cancel()
		switch {
		case err == nil:
			extended = asked
		case errors.Is(err, ErrLost), time.Since(extended) >= w.options.Lease:
			return ctx.Err() == nil
		}
	}
}

// protect turns a panic into an error: one bad session must not end the server.
func protect(ctx context.Context, h Handler, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return h(ctx, j)
}

// settle gives the job back, buries or finishes it. A lost job is another's to settle.
func (w *Worker) settle(ctx context.Context, j Job, err error, stopping bool) error {
	var permanent permanentError
	switch {
	case err == nil:
		err = w.queue.Finish(ctx, j)
	case errors.Is(err, ErrLost):
		return nil
	case errors.As(err, &permanent) || j.Attempt >= w.options.MaxAttempts && !stopping:
		j.LastError = w.scrub(err)
		if err = w.options.Burying(ctx, j); err == nil {
			err = w.queue.Bury(ctx, j, j.LastError)
		}
	case stopping:
		err = w.queue.Release(ctx, j)
	default:
		err = w.queue.Retry(ctx, j, w.scrub(err), time.Now().Add(Backoff(j.Attempt)))
	}
	if errors.Is(err, ErrLost) {
		return nil // its session was erased, or the lease ran out while it ended
	}
	return err
}

func (w *Worker) scrub(err error) string { return LimitError(w.options.Scrub(err.Error())) }
