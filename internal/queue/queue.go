// Package queue is the interface to the durable job queue, and the worker that takes jobs from it.
//
// A job is a claim with a lease: whoever leases it holds a token, must finish or extend before the lease ends, and loses
// the job otherwise; a result under a lost token is refused. So a job whose worker died runs again, and never twice at
// once with effect. A job carries ids, never content.
//
// Adapters pass one conformance suite, queuetest.
package queue

import (
	"context"
	"errors"
	"time"
)

// Errors that every adapter returns, wrapped or bare.
var (
	ErrEmpty    = errors.New("queue: no job is due")
	ErrFull     = errors.New("queue: at its bound")
	ErrLost     = errors.New("queue: the lease was lost")
	ErrNotFound = errors.New("queue: no such job")
)

// State of a job. A finished job is deleted: what it made is its record.
type State string

// The states.
const (
	Waiting State = "waiting" // due at RunAt
	Leased  State = "leased"
	Dead    State = "dead" // out of attempts; kept with its error, re-runnable
)

// NewJob is a job to be enqueued. At most one job of a kind exists for a session.
type NewJob struct {
	Kind        string // such as process
	Session     string
	Participant string // for fairness
	Priority    int64  // higher first
	RunAt       int64  // milliseconds since the Unix epoch; 0 is now
}

// Job is a job in the queue.
type Job struct {
	NewJob
	ID          int64
	State       State
	Attempt     int64 // counts from 1 at the first lease
	Token       string
	LeasedUntil int64
	LastError   string // scrubbed, at most MaxErrorBytes
	CreatedAt   int64
}

// MaxErrorBytes bounds the error text that is kept with a job.
const MaxErrorBytes = 1000

// Stats is the state of the queue at a moment.
type Stats struct {
	Waiting, Leased, Dead int64
	OldestAge             time.Duration // of the oldest waiting job that is due
}

// Queue is a durable, bounded queue. Every method is safe for concurrent use, and every change is durable when it
// returns nil.
type Queue interface {
	// Enqueue adds a job. False where one of the kind exists for the session already (a dead one is revived); ErrFull at
	// the bound.
	Enqueue(ctx context.Context, j NewJob) (bool, error)
	// Lease claims the next due job: highest priority, then in turn between the participants that wait, then oldest.
	// Jobs whose lease ran out are due again. ErrEmpty.
	Lease(ctx context.Context, kinds []string, lease time.Duration) (Job, error)
	// Extend prolongs the lease; ErrLost.
	Extend(ctx context.Context, j Job, lease time.Duration) error
	// Finish deletes a done job; ErrLost.
	Finish(ctx context.Context, j Job) error
	// Release gives the job back to run again at once, and does not count the attempt: its worker was stopped. ErrLost.
	Release(ctx context.Context, j Job) error
	// Retry gives the job back to run again at the time; ErrLost.
	Retry(ctx context.Context, j Job, cause string, at time.Time) error
	// Bury marks the job dead with its cause; ErrLost.
	Bury(ctx context.Context, j Job, cause string) error
	// ListDead returns up to limit dead jobs with an id beyond after, oldest first.
	ListDead(ctx context.Context, after int64, limit int) ([]Job, error)
	// Revive makes a dead job due again with fresh attempts; ErrNotFound.
	Revive(ctx context.Context, id int64) error
	// Stats counts.
	Stats(ctx context.Context) (Stats, error)
}

// Process is the kind of job that runs the pipeline over a completed session.
const Process = "process"
