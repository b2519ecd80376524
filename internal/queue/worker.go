package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Handler does the work of one job. It may run again after it has run (its worker died before saying so), so it must be
// idempotent, and it must return soon after its context ends. An error gives the job back for a later attempt, one made
// by Permanent buries it at once.
type Handler func(ctx context.Context, j Job) error

// The defaults of WorkerOptions.
const (
	// DefaultConcurrency suits two cores: the pipeline computes, it hardly waits.
	DefaultConcurrency = 2

	// DefaultLease is how long a dead worker's job waits for another: half of the minute that is promised. It is
	// extended three times as often.
	DefaultLease = 30 * time.Second

	// DefaultPoll is how often an idle worker looks for jobs that other processes enqueued, and for retries that are
	// due. Wake makes it look at once.
	DefaultPoll = time.Second

	// DefaultMaxAttempts buries a job after about a minute of trying, and longer where attempts are long.
	DefaultMaxAttempts = 5
)

// WorkerOptions has a useful zero value.
type WorkerOptions struct {
	Concurrency int
	Lease       time.Duration
	Poll        time.Duration
	MaxAttempts int64

	// Scrub takes private values out of an error text before it is kept with the job; nil keeps the text.
	Scrub func(string) string
	// Feed, where set, is called once per Poll: it moves what had no room in the queue into it.
	Feed func(ctx context.Context) error
	// Burying, where set, is called before a job is buried, with its last error, perhaps more than once: its session
	// has failed.
	Burying func(ctx context.Context, j Job) error
	// OnError, where set, is told what went wrong with the queue itself. Errors of jobs are kept with the jobs.
	OnError func(error)
}

func (o WorkerOptions) withDefaults() WorkerOptions {
	if o.Concurrency <= 0 {
		o.Concurrency = DefaultConcurrency
	}
	if o.Lease <= 0 {
		o.Lease = DefaultLease
	}
	if o.Poll <= 0 {
		o.Poll = DefaultPoll
	}
	if o.MaxAttempts <= 0 {
		o.MaxAttempts = DefaultMaxAttempts
	}
	if o.Scrub == nil {
		o.Scrub = func(s string) string { return s }
	}
	if o.Feed == nil {
		o.Feed = func(context.Context) error { return nil }
	}
	if o.Burying == nil {
		o.Burying = func(context.Context, Job) error { return nil }
	}
	if o.OnError == nil {
		o.OnError = func(error) {}
	}
	return o
}

// Worker takes jobs from a queue and runs their handlers, a bounded number at once. Many workers, in many processes, may
// share one queue.
type Worker struct {
	queue    Queue
	handlers map[string]Handler
	kinds    []string
	options  WorkerOptions
	wake     chan struct{}

	mu     sync.Mutex
	cancel context.CancelFunc // nil while stopped
	done   chan struct{}
}

// NewWorker makes a worker for the kinds of jobs that have a handler.
func NewWorker(q Queue, handlers map[string]Handler, o WorkerOptions) *Worker {
	w := &Worker{queue: q, handlers: handlers, options: o.withDefaults(), wake: make(chan struct{}, 1)}
	for kind := range handlers {
		w.kinds = append(w.kinds, kind)
	}
	return w
}

// Start begins to take jobs, until the context ends or Stop is called. It does nothing where the worker runs already.
func (w *Worker) Start(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cancel != nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, w.cancel = context.WithCancel(ctx)
	done := make(chan struct{})
	w.done = done
	go func() {
		defer close(done)
		w.run(ctx)
	}()
	return nil
}

// Stop ends the contexts of the handlers and returns when all have returned and their jobs are given back. It is
// harmless twice and without a start.
func (w *Worker) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cancel == nil {
		return
	}
	w.cancel()
	<-w.done
	w.cancel = nil
}

// Wake makes an idle worker look for jobs at once. It never blocks.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// run leases while there are jobs and a free place, and waits otherwise.
func (w *Worker) run(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	places := make(chan struct{}, w.options.Concurrency)
	poll := time.NewTicker(w.options.Poll)
	defer poll.Stop()
	w.feed(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
			w.feed(ctx)
			continue
		case places <- struct{}{}:
		}
		j, err := w.queue.Lease(ctx, w.kinds, w.options.Lease)
		if err == nil {
			running.Go(func() {
				defer func() { <-places }()
				w.runJob(ctx, j)
			})
			continue
		}
		<-places
		if !errors.Is(err, ErrEmpty) && ctx.Err() == nil {
			w.options.OnError(fmt.Errorf("queue: lease: %w", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
		case <-poll.C:
			w.feed(ctx)
		}
	}
}

func (w *Worker) feed(ctx context.Context) {
	if err := w.options.Feed(ctx); err != nil && ctx.Err() == nil {
		w.options.OnError(fmt.Errorf("queue: feed: %w", err))
	}
}
