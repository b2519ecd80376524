package main

import (
	"context"
	"errors"

	"github.com/codesight/codesight/internal/pipeline"
	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store"
)

// feedAtOnce bounds how many waiting sessions are moved into the queue at once, so that the writer stays free for appends.
const feedAtOnce = 200

type workerCmd struct{}

// Help shows an example.
func (workerCmd) Help() string {
	return "On the embedded database it must run on the same machine as serve.\n\nExample:\n\n  codesight serve --workers=false &\n  codesight worker --worker-concurrency 4"
}

// Run works until the context ends.
func (workerCmd) Run(ctx context.Context, a *app) error {
	a.endInTime(ctx)
	a.warnUnknown()
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	w := a.newWorker(n, func(string, string, int, int) {}) // the server's clients are elsewhere
	if err := w.Start(ctx); err != nil {
		return err
	}
	a.log.Info("the worker is ready", "concurrency", a.config.WorkerConcurrency)
	<-ctx.Done()
	a.log.Info("stopping: finishing or giving back what is under way")
	w.Stop()
	return nil
}

// newWorker returns the node's worker: it processes sessions, and once a second does the rounds of everything that
// waits for room or was interrupted.
func (a *app) newWorker(n *node, progress func(session, stage string, done, total int)) *queue.Worker {
	p := pipeline.New(n.records)
	return queue.NewWorker(n.store.Queue(), map[string]queue.Handler{queue.Process: p.Handler(progress)}, queue.WorkerOptions{
		Concurrency: a.config.WorkerConcurrency,
		Scrub:       redact.Default().LogValue,
		Feed:        n.feed,
		Burying: func(ctx context.Context, j queue.Job) error {
			a.log.Error("a session could not be processed", "session", j.Session, "attempts", j.Attempt, "error", j.LastError)
			return p.Burying(ctx, j)
		},
		OnError: func(err error) { a.log.Warn("the queue does not work", "error", err) },
	})
}

// feed moves sessions that wait for room into the queue, and finishes erasures that were interrupted.
func (n *node) feed(ctx context.Context) error {
	_, err := n.store.EnqueueAwaiting(ctx, feedAtOnce, func(s store.Session) queue.NewJob {
		return queue.NewJob{Kind: queue.Process, Session: s.ID, Participant: s.Participant}
	})
	_, swept := n.records.Sweep(ctx)
	return errors.Join(err, swept)
}
