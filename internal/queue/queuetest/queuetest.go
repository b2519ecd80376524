// Package queuetest is the conformance suite of queue.Queue: every adapter passes it.
package queuetest

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/queue"
)

// Opener gives an empty queue with a bound and a clock, and closes it when the test ends.
type Opener func(t *testing.T, maxJobs int64, now func() time.Time) queue.Queue

const (
	kind  = "process"
	lease = 30 * time.Second
)

// bundle is what each test works with: a queue and the hand on its clock.
type bundle struct {
	queue.Queue
	mu  sync.Mutex
	now time.Time
}

func (b *bundle) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *bundle) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// Run runs the suite.
func Run(t *testing.T, open Opener) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, b *bundle){
		"a job is leased once and gone when finished":          leasedOnce,
		"one job of a kind exists for a session":               oneOfAKind,
		"only the kinds that are asked for are leased":         kinds,
		"a higher priority comes first":                        priorities,
		"a job is not leased before its time":                  scheduled,
		"a job whose lease ran out is leased again":            expires,
		"a result under a lost token is refused":               lostToken,
		"extending keeps the lease":                            extends,
		"a retried job keeps its error and counts attempts":    retries,
		"a released job is due at once and its attempt undone": releases,
		"a buried job is listed and can be revived":            buries,
		"enqueueing revives a dead job":                        enqueueRevives,
		"an error's text is bounded":                           boundsErrors,
		"the bound counts waiting and leased jobs":             bounds,
		"a backlog keeps no other participant waiting":         fairToNewcomers,
		"busy participants share alternately":                  fairToAll,
		"those who come back at once do not starve a backlog":  fairToBacklog,
		"a failing participant does not jump the line":         fairOnRetry,
		"concurrent leases never give one job twice":           concurrentLeases,
		"statistics count each state":                          stats,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &bundle{now: time.UnixMilli(1_795_336_560_000)}
			b.Queue = open(t, 5000, b.clock)
			test(t, b)
		})
	}
	t.Run("a full queue refuses", func(t *testing.T) {
		t.Parallel()
		b := &bundle{now: time.UnixMilli(1_795_336_560_000)}
		b.Queue = open(t, 2, b.clock)
		refusesWhenFull(t, b)
	})
}

func enqueue(t *testing.T, b *bundle, participant, session string) {
	t.Helper()
	added, err := b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: session, Participant: participant})
	require.NoError(t, err)
	require.True(t, added)
}

// enqueueMany adds so many jobs of a participant, in any order.
func enqueueMany(t *testing.T, b *bundle, participant string, n int) {
	t.Helper()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			job := queue.NewJob{Kind: kind, Session: participant + strconv.Itoa(i), Participant: participant}
			if added, err := b.Enqueue(t.Context(), job); err != nil || !added {
				t.Errorf("enqueue: %v %v", added, err)
			}
		})
	}
	all.Wait()
}

func take(t *testing.T, b *bundle) queue.Job {
	t.Helper()
	j, err := b.Lease(t.Context(), []string{kind}, lease)
	require.NoError(t, err)
	return j
}

func requireEmpty(t *testing.T, b *bundle) {
	t.Helper()
	_, err := b.Lease(t.Context(), []string{kind}, lease)
	require.ErrorIs(t, err, queue.ErrEmpty)
}

func leasedOnce(t *testing.T, b *bundle) {
	t.Helper()
	requireEmpty(t, b)
	enqueue(t, b, "p", "s")
	j := take(t, b)
	require.Equal(t, queue.NewJob{Kind: kind, Session: "s", Participant: "p", RunAt: b.clock().UnixMilli()}, j.NewJob)
	require.Equal(t, int64(1), j.Attempt)
	require.Equal(t, queue.Leased, j.State)
	require.Equal(t, b.clock().Add(lease).UnixMilli(), j.LeasedUntil)
	require.NotEmpty(t, j.Token)
	requireEmpty(t, b)
	require.NoError(t, b.Finish(t.Context(), j))
	require.ErrorIs(t, b.Finish(t.Context(), j), queue.ErrLost)
	b.pass(time.Hour)
	requireEmpty(t, b)
}

func oneOfAKind(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	again := func() bool {
		added, err := b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: "s", Participant: "p"})
		require.NoError(t, err)
		return added
	}
	require.False(t, again(), "while it waits")
	added, err := b.Enqueue(t.Context(), queue.NewJob{Kind: "other", Session: "s", Participant: "p"})
	require.NoError(t, err)
	require.True(t, added, "another kind")
	j := take(t, b)
	require.False(t, again(), "while it is leased")
	require.NoError(t, b.Finish(t.Context(), j))
	require.True(t, again(), "when it is done")
}

func kinds(t *testing.T, b *bundle) {
	t.Helper()
	for _, k := range []string{"a", "b", "c"} {
		_, err := b.Enqueue(t.Context(), queue.NewJob{Kind: k, Session: "s"})
		require.NoError(t, err)
	}
	got := make([]string, 0, 2)
	for range 2 {
		j, err := b.Lease(t.Context(), []string{"c", "a"}, lease)
		require.NoError(t, err)
		got = append(got, j.Kind)
	}
	require.Equal(t, []string{"a", "c"}, got, "oldest first")
	_, err := b.Lease(t.Context(), []string{"c", "a"}, lease)
	require.ErrorIs(t, err, queue.ErrEmpty)
	_, err = b.Lease(t.Context(), nil, lease)
	require.ErrorIs(t, err, queue.ErrEmpty)
}

func priorities(t *testing.T, b *bundle) {
	t.Helper()
	for i, priority := range []int64{0, 5, -1, 5} {
		_, err := b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: strconv.Itoa(i), Priority: priority})
		require.NoError(t, err)
	}
	require.Equal(t, []string{"1", "3", "0", "2"}, []string{take(t, b).Session, take(t, b).Session, take(t, b).Session, take(t, b).Session})
}

func scheduled(t *testing.T, b *bundle) {
	t.Helper()
	at := b.clock().Add(time.Minute)
	_, err := b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: "s", RunAt: at.UnixMilli()})
	require.NoError(t, err)
	requireEmpty(t, b)
	b.pass(time.Minute - time.Millisecond)
	requireEmpty(t, b)
	b.pass(time.Millisecond)
	require.Equal(t, "s", take(t, b).Session)
}

func expires(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	first := take(t, b)
	b.pass(lease - time.Millisecond)
	requireEmpty(t, b)
	b.pass(time.Millisecond)
	second := take(t, b)
	require.Equal(t, first.ID, second.ID)
	require.Equal(t, int64(2), second.Attempt)
	require.NotEqual(t, first.Token, second.Token)
}

func lostToken(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	first := take(t, b)
	b.pass(lease)
	refused := func() {
		require.ErrorIs(t, b.Extend(t.Context(), first, lease), queue.ErrLost)
		require.ErrorIs(t, b.Finish(t.Context(), first), queue.ErrLost)
		require.ErrorIs(t, b.Release(t.Context(), first), queue.ErrLost)
		require.ErrorIs(t, b.Retry(t.Context(), first, "x", b.clock()), queue.ErrLost)
		require.ErrorIs(t, b.Bury(t.Context(), first, "x"), queue.ErrLost)
	}
	refused() // the lease ran out, though nobody has the job yet
	second := take(t, b)
	refused()
	require.NoError(t, b.Finish(t.Context(), second))
	refused()
}

func extends(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	j := take(t, b)
	for range 5 {
		b.pass(lease / 2)
		require.NoError(t, b.Extend(t.Context(), j, lease))
		requireEmpty(t, b)
	}
	require.NoError(t, b.Finish(t.Context(), j))
}

func retries(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	for attempt := int64(1); attempt <= 3; attempt++ {
		j := take(t, b)
		require.Equal(t, attempt, j.Attempt)
		require.NoError(t, b.Retry(t.Context(), j, fmt.Sprintf("cause %d", attempt), b.clock().Add(time.Minute)))
		requireEmpty(t, b)
		b.pass(time.Minute)
	}
	require.Equal(t, "cause 3", take(t, b).LastError)
}

func releases(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	for range 10 {
		j := take(t, b)
		require.Equal(t, int64(1), j.Attempt)
		require.NoError(t, b.Release(t.Context(), j))
	}
}

func buries(t *testing.T, b *bundle) {
	t.Helper()
	dead := make([]int64, 0, 5)
	for i := range 5 {
		enqueue(t, b, "p", strconv.Itoa(i))
		j := take(t, b)
		require.NoError(t, b.Bury(t.Context(), j, "cause"))
		dead = append(dead, j.ID)
	}
	b.pass(time.Hour)
	requireEmpty(t, b)
	list, err := b.ListDead(t.Context(), 0, 3)
	require.NoError(t, err)
	require.Len(t, list, 3)
	require.Equal(t, queue.Dead, list[0].State)
	require.Equal(t, "cause", list[0].LastError)
	rest, err := b.ListDead(t.Context(), list[2].ID, 3)
	require.NoError(t, err)
	require.Equal(t, []int64{dead[3], dead[4]}, []int64{rest[0].ID, rest[1].ID})

	require.NoError(t, b.Revive(t.Context(), dead[2]))
	require.ErrorIs(t, b.Revive(t.Context(), dead[2]), queue.ErrNotFound)
	require.ErrorIs(t, b.Revive(t.Context(), 1<<40), queue.ErrNotFound)
	j := take(t, b)
	require.Equal(t, dead[2], j.ID)
	require.Equal(t, int64(1), j.Attempt, "with fresh attempts")
	requireEmpty(t, b)
}

func enqueueRevives(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	require.NoError(t, b.Bury(t.Context(), take(t, b), "cause"))
	added, err := b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: "s", Participant: "p"})
	require.NoError(t, err)
	require.False(t, added)
	require.Equal(t, int64(1), take(t, b).Attempt)
	dead, err := b.ListDead(t.Context(), 0, 10)
	require.NoError(t, err)
	require.Empty(t, dead)
}

func boundsErrors(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "s")
	require.NoError(t, b.Retry(t.Context(), take(t, b), strings.Repeat("é", 5000), b.clock()))
	j := take(t, b)
	require.Equal(t, strings.Repeat("é", queue.MaxErrorBytes/2), j.LastError)
	require.NoError(t, b.Bury(t.Context(), j, strings.Repeat("x", 5000)))
	dead, err := b.ListDead(t.Context(), 0, 1)
	require.NoError(t, err)
	require.Len(t, dead[0].LastError, queue.MaxErrorBytes)
}

func refusesWhenFull(t *testing.T, b *bundle) {
	t.Helper()
	enqueue(t, b, "p", "1")
	enqueue(t, b, "p", "2")
	third := queue.NewJob{Kind: kind, Session: "3", Participant: "q"}
	_, err := b.Enqueue(t.Context(), third)
	require.ErrorIs(t, err, queue.ErrFull)
	added, err := b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: "1", Participant: "p"})
	require.NoError(t, err, "what is there already needs no room")
	require.False(t, added)
	j := take(t, b)
	_, err = b.Enqueue(t.Context(), third)
	require.ErrorIs(t, err, queue.ErrFull, "a leased job counts")
	require.NoError(t, b.Bury(t.Context(), j, "cause"))
	added, err = b.Enqueue(t.Context(), third)
	require.NoError(t, err, "a dead one does not")
	require.True(t, added)
	require.ErrorIs(t, b.Revive(t.Context(), j.ID), queue.ErrFull)
}

func bounds(t *testing.T, b *bundle) {
	t.Helper()
	for i := range 100 {
		enqueue(t, b, "p", strconv.Itoa(i))
	}
	for i := range 100 {
		j := take(t, b)
		switch i % 3 {
		case 0:
			require.NoError(t, b.Finish(t.Context(), j))
		case 1:
			require.NoError(t, b.Bury(t.Context(), j, "x"))
		}
	}
	s, err := b.Stats(t.Context())
	require.NoError(t, err)
	require.Equal(t, queue.Stats{Leased: 33, Dead: 33}, s)
}

func stats(t *testing.T, b *bundle) {
	t.Helper()
	s, err := b.Stats(t.Context())
	require.NoError(t, err)
	require.Zero(t, s)
	enqueue(t, b, "p", "1")
	b.pass(10 * time.Second)
	enqueue(t, b, "p", "2")
	_, err = b.Enqueue(t.Context(), queue.NewJob{Kind: kind, Session: "3", RunAt: b.clock().Add(time.Hour).UnixMilli()})
	require.NoError(t, err)
	b.pass(5 * time.Second)
	s, err = b.Stats(t.Context())
	require.NoError(t, err)
	require.Equal(t, queue.Stats{Waiting: 3, OldestAge: 15 * time.Second}, s)
	take(t, b)
	s, err = b.Stats(t.Context())
	require.NoError(t, err)
	require.Equal(t, queue.Stats{Waiting: 2, Leased: 1, OldestAge: 5 * time.Second}, s)
}

func concurrentLeases(t *testing.T, b *bundle) {
	t.Helper()
	const jobs = 200
	for i := range jobs {
		enqueue(t, b, strconv.Itoa(i%7), strconv.Itoa(i))
	}
	taken := make(chan int64, jobs)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for {
				j, err := b.Lease(t.Context(), []string{kind}, lease)
				if err != nil {
					return
				}
				taken <- j.ID
				if err := b.Finish(t.Context(), j); err != nil {
					t.Errorf("finish: %v", err)
				}
			}
		})
	}
	all.Wait()
	close(taken)
	seen := map[int64]bool{}
	for id := range taken {
		require.False(t, seen[id])
		seen[id] = true
	}
	require.Len(t, seen, jobs)
}
