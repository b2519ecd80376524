package sqlstore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

// jobs is the queue in the store's database.
//
// # Leases
//
// A leased job holds a random token and the time until which it is leased. Every result names the token and must come
// before that time, so a worker that was taken for dead changes nothing when it comes back.
//
// # Fairness
//
// A participant with a thousand sessions must not keep another from being served. Each job gets a turn when it is
// enqueued, and jobs of one kind and priority are leased by turn: start-time fair queueing (Goyal, Vin, Cheng, 1996) with
// jobs of equal weight. The clock of the class is the turn that was leased last. A participant's next job gets the turn
// after the participant's last one, but never one before the clock:
//
//	turn = max(clock, last turn of the participant + 1)
//
// So a backlog of one participant takes the turns 1, 2, 3 …, a newcomer's job gets the present turn, and both are served
// alternately from then on, however the enqueueing was ordered. A job that is retried takes a new turn: failures cost
// their participant, not the others. A last turn that the clock has passed tells nothing and is deleted.
type jobs struct{ s *Store }

// The states in the database. Both of the first are queue.Waiting.
const (
	ready     = "ready"
	scheduled = "scheduled"
	leased    = string(queue.Leased)
	dead      = string(queue.Dead)
)

// Enqueue adds a job; see queue.Queue.
func (j jobs) Enqueue(ctx context.Context, n queue.NewJob) (bool, error) {
	added := false
	err := j.s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		var err error
		added, err = j.s.insertJob(ctx, q, n)
		return err
	})
	return added && err == nil, err
}

// insertJob adds a job in the writer's transaction.
func (s *Store) insertJob(ctx context.Context, q *query.Queries, n queue.NewJob) (bool, error) {
	old, err := q.GetJobOf(ctx, query.GetJobOfParams{Session: n.Session, Kind: n.Kind})
	switch {
	case err == nil && old.State != dead:
		return false, nil
	case err == nil:
		return false, s.revive(ctx, q, old)
	case !errors.Is(err, sql.ErrNoRows):
		return false, err
	}
	if err := s.grow(ctx, q); err != nil {
		return false, err
	}
	turn, err := takeTurn(ctx, q, n)
	if err != nil {
		return false, err
	}
	now := s.nowMS()
	state, runAt := dueState(n.RunAt, now)
	return true, q.InsertJob(ctx, query.InsertJobParams{
		Kind: n.Kind, Session: n.Session, Participant: n.Participant, Priority: n.Priority,
		Turn: turn, RunAt: runAt, State: state, CreatedAt: now,
	})
}

// grow counts one more job, if there is room.
func (s *Store) grow(ctx context.Context, q *query.Queries) error {
	depth, err := q.GetDepth(ctx)
	if err != nil {
		return err
	}
	if depth >= s.options.MaxJobs {
		return queue.ErrFull
	}
	return q.AddDepth(ctx, 1)
}

func dueState(runAt, now int64) (string, int64) {
	if runAt > now {
		return scheduled, runAt
	}
	return ready, max(runAt, now) // its age counts from when it could run
}

// takeTurn gives out the participant's next turn.
func takeTurn(ctx context.Context, q *query.Queries, n queue.NewJob) (int64, error) {
	clock, err := orZero(q.GetClock(ctx, query.GetClockParams{Kind: n.Kind, Priority: n.Priority}))
	if err != nil {
		return 0, err
	}
	last, err := orZero(q.GetTurn(ctx, query.GetTurnParams{Kind: n.Kind, Priority: n.Priority, Participant: n.Participant}))
	if err != nil {
		return 0, err
	}
	turn := max(clock, last+1)
	return turn, q.PutTurn(ctx, query.PutTurnParams{
		Kind: n.Kind, Priority: n.Priority, Participant: n.Participant, Turn: turn,
	})
}

// advanceClock moves the clock to a turn that is being leased.
func advanceClock(ctx context.Context, q *query.Queries, j query.Job) error {
	clock, err := orZero(q.GetClock(ctx, query.GetClockParams{Kind: j.Kind, Priority: j.Priority}))
	if err != nil || j.Turn <= clock {
		return err
	}
	if err := q.PutClock(ctx, query.PutClockParams{Kind: j.Kind, Priority: j.Priority, Turn: j.Turn}); err != nil {
		return err
	}
	return q.ForgetTurns(ctx, query.ForgetTurnsParams{Kind: j.Kind, Priority: j.Priority, Turn: j.Turn})
}

func orZero(n int64, err error) (int64, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

// Lease claims the next due job; see queue.Queue.
func (j jobs) Lease(ctx context.Context, kinds []string, lease time.Duration) (queue.Job, error) {
	var claimed queue.Job
	err := j.s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		now := j.s.nowMS()
		if err := errors.Join(q.ReadyScheduled(ctx, now), q.ReadyExpired(ctx, now)); err != nil {
			return err
		}
		next, err := nextJob(ctx, q, kinds)
		if err != nil {
			return err
		}
		next.Attempt++
		next.State, next.Token, next.LeasedUntil = leased, rand.Text(), now+lease.Milliseconds()
		claim := query.LeaseJobParams{ID: next.ID, Token: next.Token, LeasedUntil: next.LeasedUntil}
		if n, err := q.LeaseJob(ctx, claim); err != nil || n == 0 {
			return errors.Join(err, queue.ErrEmpty) // another node was faster
		}
		claimed = job(next)
		return advanceClock(ctx, q, next)
	})
	if err != nil {
		return queue.Job{}, err
	}
	return claimed, nil
}

// nextJob picks among the first jobs of each kind: the higher priority, then the older. Turns are counted per kind.
func nextJob(ctx context.Context, q *query.Queries, kinds []string) (query.Job, error) {
	var best query.Job
	for _, kind := range kinds {
		next, err := q.NextJob(ctx, kind)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return best, err
		}
		if best.ID == 0 || next.Priority > best.Priority || next.Priority == best.Priority && next.ID < best.ID {
			best = next
		}
	}
	if best.ID == 0 {
		return best, queue.ErrEmpty
	}
	return best, nil
}

// Extend prolongs the lease; see queue.Queue.
func (j jobs) Extend(ctx context.Context, held queue.Job, lease time.Duration) error {
	return j.settle(ctx, 0, func(ctx context.Context, q *query.Queries, now int64) (int64, error) {
		return q.ExtendJob(ctx, query.ExtendJobParams{
			ID: held.ID, Token: held.Token, Now: now, Until: now + lease.Milliseconds(),
		})
	})
}

// Finish deletes a done job; see queue.Queue.
func (j jobs) Finish(ctx context.Context, held queue.Job) error {
	return j.settle(ctx, -1, func(ctx context.Context, q *query.Queries, now int64) (int64, error) {
		return q.FinishJob(ctx, query.FinishJobParams{ID: held.ID, Token: held.Token, Now: now})
	})
}

// Release gives the job back; see queue.Queue.
func (j jobs) Release(ctx context.Context, held queue.Job) error {
	return j.settle(ctx, 0, func(ctx context.Context, q *query.Queries, now int64) (int64, error) {
		return q.ReleaseJob(ctx, query.ReleaseJobParams{ID: held.ID, Token: held.Token, Now: now})
	})
}

// Retry gives the job back for later; see queue.Queue.
func (j jobs) Retry(ctx context.Context, held queue.Job, cause string, at time.Time) error {
	return j.settle(ctx, 0, func(ctx context.Context, q *query.Queries, now int64) (int64, error) {
		turn, err := takeTurn(ctx, q, held.NewJob)
		if err != nil {
			return 0, err
		}
		return q.RetryJob(ctx, query.RetryJobParams{
			ID: held.ID, Token: held.Token, Now: now,
			RunAt: at.UnixMilli(), Turn: turn, LastError: queue.LimitError(cause),
		})
	})
}

// Bury marks the job dead; see queue.Queue.
func (j jobs) Bury(ctx context.Context, held queue.Job, cause string) error {
	return j.settle(ctx, -1, func(ctx context.Context, q *query.Queries, now int64) (int64, error) {
		return q.BuryJob(ctx, query.BuryJobParams{
			ID: held.ID, Token: held.Token, Now: now, LastError: queue.LimitError(cause),
		})
	})
}

// settle runs a change that only the holder of the lease may make, and counts what it does to the depth.
func (j jobs) settle(
	ctx context.Context, depth int64, change func(ctx context.Context, q *query.Queries, now int64) (int64, error),
) error {
	return j.s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		n, err := change(ctx, q, j.s.nowMS())
		if err != nil {
			return err
		}
		if n == 0 {
			return queue.ErrLost
		}
		if depth == 0 {
			return nil
		}
		return q.AddDepth(ctx, depth)
	})
}
