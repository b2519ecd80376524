package queue_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/queue"
)

// fake is a queue of a few jobs that remembers what was said about them. What it is not asked in these tests it lacks.
type fake struct {
	queue.Queue

	mu     sync.Mutex
	jobs   []queue.Job
	said   []string
	causes []string
	extend func() error
	lease  func() error
}

func (f *fake) Lease(context.Context, []string, time.Duration) (queue.Job, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lease != nil {
		if err := f.lease(); err != nil {
			return queue.Job{}, err
		}
	}
	if len(f.jobs) == 0 {
		return queue.Job{}, queue.ErrEmpty
	}
	j := f.jobs[0]
	f.jobs = f.jobs[1:]
	j.Attempt++
	return j, nil
}

func (f *fake) Extend(ctx context.Context, _ queue.Job, _ time.Duration) error {
	f.mu.Lock()
	extend := f.extend
	f.mu.Unlock()
	if extend == nil {
		return ctx.Err()
	}
	return extend()
}

func (f *fake) say(ctx context.Context, what string, j queue.Job, cause string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said = append(f.said, fmt.Sprintf("%s %s %d", what, j.Session, j.Attempt))
	if cause != "" {
		f.causes = append(f.causes, cause)
	}
	return ctx.Err()
}

func (f *fake) Finish(ctx context.Context, j queue.Job) error { return f.say(ctx, "finish", j, "") }

func (f *fake) Release(ctx context.Context, j queue.Job) error { return f.say(ctx, "release", j, "") }

func (f *fake) Bury(ctx context.Context, j queue.Job, cause string) error {
	return f.say(ctx, "bury", j, cause)
}

func (f *fake) Retry(ctx context.Context, j queue.Job, cause string, at time.Time) error {
	if wait := time.Until(at); wait < 0 || wait > 5*time.Minute {
		return errors.New("waits too long")
	}
	f.mu.Lock()
	f.jobs = append(f.jobs, j)
	f.mu.Unlock()
	return f.say(ctx, "retry", j, cause)
}

func (f *fake) log() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string{}, f.said...)
}

func job(session string) queue.Job {
	return queue.Job{NewJob: queue.NewJob{Kind: queue.Process, Session: session}}
}

// work runs a worker in a bubble of virtual time until the bubble has been still for the time given.
func work(t *testing.T, f *fake, o queue.WorkerOptions, d time.Duration, h queue.Handler) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := queue.NewWorker(f, map[string]queue.Handler{queue.Process: h}, o)
		require.NoError(t, w.Start(t.Context()))
		time.Sleep(d)
		w.Stop()
	})
}

func TestAJobThatSucceedsIsFinished(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a"), job("b")}}
	work(t, f, queue.WorkerOptions{Concurrency: 1}, time.Second, func(context.Context, queue.Job) error { return nil })
	require.Equal(t, []string{"finish a 1", "finish b 1"}, f.log())
}

func TestAJobThatFailsIsRetriedAndBuriedAfterItsLastAttempt(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	var failed []string
	work(t, f, queue.WorkerOptions{
		MaxAttempts: 3,
		Scrub:       func(s string) string { return strings.ReplaceAll(s, "secret", "[SECRET]") },
		Burying: func(_ context.Context, j queue.Job) error {
			failed = append(failed, j.Session)
			require.Contains(t, j.LastError, "a [SECRET]")
			return nil
		},
	}, time.Minute, func(context.Context, queue.Job) error { return errors.New("a secret " + strings.Repeat("x", 2000)) })
	require.Equal(t, []string{"retry a 1", "retry a 2", "bury a 3"}, f.log())
	require.Equal(t, []string{"a"}, failed)
	for _, cause := range f.causes {
		require.NotContains(t, cause, "secret")
		require.Len(t, cause, queue.MaxErrorBytes)
	}
}

func TestAPermanentErrorBuriesAtOnce(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	cause := errors.New("no such thing")
	require.ErrorIs(t, queue.Permanent(cause), cause)
	require.NoError(t, queue.Permanent(nil))
	work(t, f, queue.WorkerOptions{}, time.Minute, func(context.Context, queue.Job) error {
		return fmt.Errorf("wrapped: %w", queue.Permanent(cause))
	})
	require.Equal(t, []string{"bury a 1"}, f.log())
	require.Equal(t, []string{"wrapped: no such thing"}, f.causes)
}

func TestAPanicIsAnError(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	work(t, f, queue.WorkerOptions{MaxAttempts: 1}, time.Minute, func(context.Context, queue.Job) error { panic("boom") })
	require.Equal(t, []string{"bury a 1"}, f.log())
	require.Equal(t, []string{"panic: boom"}, f.causes)
}

func TestAJobWhoseWorkersDiedTooOftenIsBuriedUnrun(t *testing.T) {
	t.Parallel()
	j := job("a")
	j.Attempt = 5
	f := &fake{jobs: []queue.Job{j}}
	work(t, f, queue.WorkerOptions{}, time.Minute, func(context.Context, queue.Job) error {
		t.Error("it ran")
		return nil
	})
	require.Equal(t, []string{"bury a 6"}, f.log())
}

func TestStoppingGivesTheJobBackUncounted(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	work(t, f, queue.WorkerOptions{MaxAttempts: 1}, time.Second, func(ctx context.Context, _ queue.Job) error {
		<-ctx.Done()
		return ctx.Err()
	})
	require.Equal(t, []string{"release a 1"}, f.log())
}

func TestAJobThatEndsWellWhileStoppingIsFinished(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	work(t, f, queue.WorkerOptions{}, time.Second, func(ctx context.Context, _ queue.Job) error {
		<-ctx.Done()
		return nil
	})
	require.Equal(t, []string{"finish a 1"}, f.log())
}

func TestALongJobKeepsItsLease(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	extended := 0
	f.extend = func() error { extended++; return nil }
	work(t, f, queue.WorkerOptions{}, 11*time.Minute, func(context.Context, queue.Job) error {
		time.Sleep(10 * time.Minute)
		return nil
	})
	require.Equal(t, []string{"finish a 1"}, f.log())
	require.InDelta(t, 60, extended, 1)
}

func TestALostLeaseEndsTheHandlerAndSettlesNothing(t *testing.T) {
	t.Parallel()
	for name, extend := range map[string]func() error{
		"the queue says so":         func() error { return queue.ErrLost },
		"the queue does not answer": func() error { return errors.New("down") },
	} {
		f := &fake{jobs: []queue.Job{job("a")}, extend: extend}
		var ended time.Duration
		work(t, f, queue.WorkerOptions{}, time.Hour, func(ctx context.Context, _ queue.Job) error {
			began := time.Now()
			<-ctx.Done()
			ended = time.Since(began)
			return nil
		})
		require.Empty(t, f.log(), name)
		require.LessOrEqual(t, ended, queue.DefaultLease, name)
		require.Positive(t, ended, name)
	}
}

func TestAPassingFailureOfTheQueueLosesNoLease(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	asked := 0
	f.extend = func() error {
		if asked++; asked%3 != 0 {
			return errors.New("down")
		}
		return nil
	}
	work(t, f, queue.WorkerOptions{}, time.Hour, func(ctx context.Context, _ queue.Job) error {
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Minute):
		}
		return ctx.Err()
	})
	require.Equal(t, []string{"finish a 1"}, f.log())
}

func TestConcurrencyIsBounded(t *testing.T) {
	t.Parallel()
	f := &fake{}
	for i := range 20 {
		f.jobs = append(f.jobs, job(strconv.Itoa(i)))
	}
	var mu sync.Mutex
	running, most := 0, 0
	work(t, f, queue.WorkerOptions{Concurrency: 3}, time.Minute, func(context.Context, queue.Job) error {
		mu.Lock()
		running++
		most = max(most, running)
		mu.Unlock()
		time.Sleep(time.Second)
		mu.Lock()
		running--
		mu.Unlock()
		return nil
	})
	require.Equal(t, 3, most)
	require.Len(t, f.log(), 20)
}

func TestErrorsOfTheQueueAreReportedAndSurvived(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	tries := 0
	f.lease = func() error {
		if tries++; tries <= 3 {
			return errors.New("down")
		}
		return nil
	}
	var reported []string
	work(t, f, queue.WorkerOptions{OnError: func(err error) { reported = append(reported, err.Error()) }}, time.Minute,
		func(context.Context, queue.Job) error { return nil })
	require.Equal(t, []string{"queue: lease: down", "queue: lease: down", "queue: lease: down"}, reported)
	require.Equal(t, []string{"finish a 1"}, f.log())
}

func TestTheQueueIsFedOncePerPollThoughTheWorkerIsBusy(t *testing.T) {
	t.Parallel()
	f := &fake{jobs: []queue.Job{job("a")}}
	fed := 0
	work(t, f, queue.WorkerOptions{Concurrency: 1, Feed: func(context.Context) error { fed++; return nil }}, 10500*time.Millisecond,
		func(ctx context.Context, _ queue.Job) error {
			<-ctx.Done()
			return nil
		})
	require.Equal(t, 11, fed)
}

func TestAWokenWorkerLooksAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fake{}
		began := time.Now()
		var took time.Duration
		w := queue.NewWorker(f, map[string]queue.Handler{queue.Process: func(context.Context, queue.Job) error {
			took = time.Since(began)
			return nil
		}}, queue.WorkerOptions{Poll: time.Hour})
		require.NoError(t, w.Start(t.Context()))
		synctest.Wait()
		f.mu.Lock()
		f.jobs = append(f.jobs, job("a"))
		f.mu.Unlock()
		w.Wake()
		w.Wake()
		synctest.Wait()
		w.Stop()
		require.Zero(t, took)
		require.Equal(t, []string{"finish a 1"}, f.log())
	})
}

func TestStartAndStopAreHarmlessInAnyOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fake{}
		w := queue.NewWorker(f, map[string]queue.Handler{queue.Process: nil}, queue.WorkerOptions{})
		w.Stop()
		require.NoError(t, w.Start(t.Context()))
		require.NoError(t, w.Start(t.Context()))
		w.Stop()
		w.Stop()
		require.NoError(t, w.Start(t.Context()))
		w.Stop()
		ctx, cancel := context.WithCancel(t.Context())
		require.NoError(t, w.Start(ctx))
		cancel()
		synctest.Wait()
		w.Stop()
		require.ErrorIs(t, w.Start(ctx), context.Canceled)
	})
}

func TestBackoffIsJitteredAndBounded(t *testing.T) {
	t.Parallel()
	for attempt, most := range map[int64]time.Duration{
		1: 2 * time.Second, 2: 4 * time.Second, 5: 32 * time.Second, 8: 256 * time.Second, 9: 5 * time.Minute, 1000: 5 * time.Minute,
	} {
		longest := time.Duration(0)
		for range 2000 {
			wait := queue.Backoff(attempt)
			require.Less(t, wait, most)
			longest = max(longest, wait)
		}
		require.Greater(t, longest, most/2, "attempt %d", attempt)
	}
}

func TestAnErrorTextIsCutAtACharactersBorder(t *testing.T) {
	t.Parallel()
	require.Equal(t, "short", queue.LimitError("short"))
	require.Equal(t, strings.Repeat("x", 999), queue.LimitError(strings.Repeat("x", 999)+"é"))
}
