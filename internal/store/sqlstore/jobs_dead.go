package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

// ListDead returns a page of dead jobs; see queue.Queue.
func (j jobs) ListDead(ctx context.Context, after int64, limit int) ([]queue.Job, error) {
	rows, err := j.s.reads.ListDead(ctx, query.ListDeadParams{After: after, Page: page(limit)})
	if err != nil {
		return nil, err
	}
	list := make([]queue.Job, len(rows))
	for i, r := range rows {
		list[i] = job(r)
	}
	return list, nil
}

// Revive makes a dead job due again; see queue.Queue.
func (j jobs) Revive(ctx context.Context, id int64) error {
	return j.s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		old, err := q.GetJob(ctx, id)
		if errors.Is(err, sql.ErrNoRows) || err == nil && old.State != dead {
			return queue.ErrNotFound
		}
		if err != nil {
			return err
		}
		return j.s.revive(ctx, q, old)
	})
}

func (s *Store) revive(ctx context.Context, q *query.Queries, old query.Job) error {
	if err := s.grow(ctx, q); err != nil {
		return err
	}
	turn, err := takeTurn(ctx, q, job(old).NewJob)
	if err != nil {
		return err
	}
	_, err = q.ReviveJob(ctx, query.ReviveJobParams{ID: old.ID, State: ready, RunAt: s.nowMS(), Turn: turn})
	return err
}

// Stats counts; see queue.Queue.
func (j jobs) Stats(ctx context.Context) (queue.Stats, error) {
	q := j.s.reads
	readyJobs, err1 := q.CountReady(ctx)
	scheduledJobs, err2 := q.CountScheduled(ctx)
	leasedJobs, err3 := q.CountLeased(ctx)
	deadJobs, err4 := q.CountDead(ctx)
	age, err5 := j.oldestAge(ctx)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return queue.Stats{}, err
	}
	return queue.Stats{Waiting: readyJobs + scheduledJobs, Leased: leasedJobs, Dead: deadJobs, OldestAge: age}, nil
}

// oldestAge looks at both kinds of waiting jobs: a scheduled one whose time has come turns ready at the next lease.
func (j jobs) oldestAge(ctx context.Context) (time.Duration, error) {
	now := j.s.nowMS()
	oldest := now
	for _, first := range []func(context.Context) (int64, error){j.s.reads.OldestReady, j.s.reads.OldestScheduled} {
		runAt, err := first(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return 0, err
		}
		oldest = min(oldest, runAt)
	}
	return time.Duration(now-oldest) * time.Millisecond, nil
}

func (s *Store) nowMS() int64 { return s.options.Now().UnixMilli() }

func job(r query.Job) queue.Job {
	state := queue.State(r.State)
	if r.State == ready || r.State == scheduled {
		state = queue.Waiting
	}
	return queue.Job{
		NewJob: queue.NewJob{
			Kind: r.Kind, Session: r.Session, Participant: r.Participant, Priority: r.Priority, RunAt: r.RunAt,
		},
		ID: r.ID, State: state, Attempt: r.Attempt, Token: r.Token, LeasedUntil: r.LeasedUntil,
		LastError: r.LastError, CreatedAt: r.CreatedAt,
	}
}
