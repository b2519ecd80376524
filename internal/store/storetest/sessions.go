package storetest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store"
)

func createIsIdempotent(t *testing.T, s store.Store) {
	t.Helper()
	n := newSession("p", 10)
	first, created, err := s.CreateSession(t.Context(), n)
	require.NoError(t, err)
	require.True(t, created)
	want := n
	want.Status, want.UpdatedAt, want.NextSeq, want.Quality = store.Recording, 10, 1, -1
	require.Equal(t, want, first)

	other := n
	other.Participant, other.WrappedKey, other.CreatedAt = "q", []byte("other"), 99
	again, created, err := s.CreateSession(t.Context(), other)
	require.NoError(t, err)
	require.False(t, created)
	require.Equal(t, first, again)

	read, err := s.Session(t.Context(), n.ID)
	require.NoError(t, err)
	require.Equal(t, first, read)
}

func concurrentCreates(t *testing.T, s store.Store) {
	t.Helper()
	n := newSession("p", 10)
	made := make(chan bool, 16)
	var all sync.WaitGroup
	for range cap(made) {
		all.Go(func() {
			_, created, err := s.CreateSession(t.Context(), n)
			if err != nil {
				t.Errorf("create: %v", err)
			}
			made <- created
		})
	}
	all.Wait()
	close(made)
	count := 0
	for m := range made {
		if m {
			count++
		}
	}
	require.Equal(t, 1, count)
}

func missingSession(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	_, err := s.Session(ctx, "none")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.CompleteSession(ctx, "none", 0, 1, queue.NewJob{Kind: "process", Session: "none"})
	require.ErrorIs(t, err, store.ErrNotFound)
	require.ErrorIs(t, s.SetStatus(ctx, "none", store.Ready, 1), store.ErrNotFound)
	require.ErrorIs(t, s.SetQuality(ctx, "none", 1), store.ErrNotFound)
	require.ErrorIs(t, s.SetVerdict(ctx, "none", "approved", nil, "k", 1), store.ErrNotFound)
	require.ErrorIs(t, s.EraseSession(ctx, "none", 1), store.ErrNotFound)
	require.ErrorIs(t, s.AppendSegment(ctx, segment("none", 1, 1)), store.ErrNotFound)
	require.ErrorIs(t, s.PutStage(ctx, store.StageResult{Session: "none", Stage: "s", Body: []byte{1}}), store.ErrNotFound)
	_, err = s.PutScreenshot(ctx, screenshot("none", "a", "h"))
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.Stage(ctx, "none", "s")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.Screenshot(ctx, "none", "a")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.Review(ctx, "none")
	require.ErrorIs(t, err, store.ErrNotFound)
	segments, err := s.ListSegments(ctx, "none", 0, 10)
	require.NoError(t, err)
	require.Empty(t, segments)
}

func pages(t *testing.T, s store.Store) {
	t.Helper()
	want := make([]string, 0, 25)
	for i := range 25 {
		want = append(want, create(t, s, "p", int64(i)).ID)
	}
	slices.Reverse(want)
	var got []string
	after := ""
	for {
		list, err := s.ListSessions(t.Context(), store.Filter{After: after, Limit: 10})
		require.NoError(t, err)
		require.LessOrEqual(t, len(list), 10)
		if len(list) == 0 {
			break
		}
		got = append(got, ids(list)...)
		after = list[len(list)-1].ID
	}
	require.Equal(t, want, got)
}

func filters(t *testing.T, s store.Store) {
	t.Helper()
	a := create(t, s, "p", 10)
	b := create(t, s, "q", 20)
	c := create(t, s, "p", 30)
	gone := create(t, s, "p", 40)
	require.NoError(t, s.SetStatus(t.Context(), b.ID, store.Ready, 21))
	require.NoError(t, s.SetStatus(t.Context(), c.ID, store.Ready, 31))
	require.NoError(t, s.SetQuality(t.Context(), b.ID, 60))
	require.NoError(t, s.SetQuality(t.Context(), c.ID, 80))
	require.NoError(t, s.SetVerdict(t.Context(), c.ID, "approved", nil, "k", 32))
	require.NoError(t, s.EraseSession(t.Context(), gone.ID, 41))

	for name, test := range map[string]struct {
		filter store.Filter
		want   []string
	}{
		"all":                     {store.Filter{}, []string{c.ID, b.ID, a.ID}},
		"status":                  {store.Filter{Status: store.Ready}, []string{c.ID, b.ID}},
		"erased":                  {store.Filter{Status: store.Erased}, []string{gone.ID}},
		"participant":             {store.Filter{Participant: "p"}, []string{c.ID, a.ID}},
		"participant and status":  {store.Filter{Participant: "p", Status: store.Recording}, []string{a.ID}},
		"participant and quality": {store.Filter{Participant: "p", MinQuality: 70}, []string{c.ID}},
		"from":                    {store.Filter{From: 20}, []string{c.ID, b.ID}},
		"to is exclusive":         {store.Filter{To: 20}, []string{a.ID}},
		"from and to":             {store.Filter{From: 20, To: 30}, []string{b.ID}},
		"quality":                 {store.Filter{MinQuality: 61}, []string{c.ID}},
		"quality and status":      {store.Filter{MinQuality: 60, Status: store.Ready}, []string{c.ID, b.ID}},
		"verdict":                 {store.Filter{Verdict: "approved"}, []string{c.ID}},
		"verdict of participant":  {store.Filter{Verdict: "approved", Participant: "q"}, []string{}},
		"cursor":                  {store.Filter{After: c.ID}, []string{b.ID, a.ID}},
		"cursor and status":       {store.Filter{After: c.ID, Status: store.Ready}, []string{b.ID}},
	} {
		list, err := s.ListSessions(t.Context(), test.filter)
		require.NoError(t, err, name)
		require.Equal(t, test.want, ids(list), name)
	}
}

func pageIsBounded(t *testing.T, s store.Store) {
	t.Helper()
	for range store.MaxPage + 1 {
		create(t, s, "p", 1)
	}
	for _, limit := range []int{0, -1, store.MaxPage + 1} {
		list, err := s.ListSessions(t.Context(), store.Filter{Limit: limit})
		require.NoError(t, err)
		require.Len(t, list, store.MaxPage)
	}
}

func changes(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	_, err := s.Review(t.Context(), row.ID)
	require.ErrorIs(t, err, store.ErrNotFound)
	require.NoError(t, s.SetStatus(t.Context(), row.ID, store.Processing, 20))
	require.NoError(t, s.SetQuality(t.Context(), row.ID, 0))
	require.NoError(t, s.SetVerdict(t.Context(), row.ID, "rejected", []byte("sealed"), "reviewer", 30))

	got, err := s.Session(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, store.Processing, got.Status)
	require.Equal(t, int64(0), got.Quality)
	require.Equal(t, "rejected", got.Verdict)
	require.Equal(t, int64(30), got.UpdatedAt)
	review, err := s.Review(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, store.Review{Verdict: "rejected", Note: []byte("sealed"), By: "reviewer", At: 30}, review)
}

func participants(t *testing.T, s store.Store) {
	t.Helper()
	create(t, s, "b", 10)
	create(t, s, "a", 20)
	create(t, s, "b", 30)
	gone := create(t, s, "c", 40)
	require.NoError(t, s.EraseSession(t.Context(), gone.ID, 41))

	list, err := s.ListParticipants(t.Context(), "", 10)
	require.NoError(t, err)
	want := []store.Participant{{ID: "a", Sessions: 1, LastSeen: 20}, {ID: "b", Sessions: 2, LastSeen: 30}}
	require.Equal(t, want, list)
	list, err = s.ListParticipants(t.Context(), "a", 10)
	require.NoError(t, err)
	require.Equal(t, want[1:], list)
	list, err = s.ListParticipants(t.Context(), "", 1)
	require.NoError(t, err)
	require.Equal(t, want[:1], list)
}

func completing(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	require.NoError(t, s.AppendSegment(t.Context(), segment(row.ID, 1, 3)))
	for _, wrong := range []int64{0, 2, 4} {
		_, err := s.CompleteSession(t.Context(), row.ID, wrong, 50, jobOf(row))
		var sequence *store.SequenceError
		require.ErrorAs(t, err, &sequence)
		require.Equal(t, int64(4), sequence.Expected)
	}
	for range 2 {
		status, err := s.CompleteSession(t.Context(), row.ID, 3, 50, jobOf(row))
		require.NoError(t, err)
		require.Equal(t, store.Queued, status)
	}
	require.ErrorIs(t, s.AppendSegment(t.Context(), segment(row.ID, 4, 4)), store.ErrCompleted)
	require.NoError(t, s.SetStatus(t.Context(), row.ID, store.Ready, 60))
	status, err := s.CompleteSession(t.Context(), row.ID, 3, 70, jobOf(row))
	require.NoError(t, err)
	require.Equal(t, store.Ready, status, "a repeated completion does not start over")
	got, err := s.Session(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, int64(50), got.CompletedAt)
}

func completingEnqueues(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	require.Equal(t, store.Queued, complete(t, s, row))
	require.Equal(t, store.Queued, complete(t, s, row))
	job, err := s.Queue().Lease(t.Context(), []string{queue.Process}, time.Minute)
	require.NoError(t, err)
	require.Equal(t, row.ID, job.Session)
	require.Equal(t, "p", job.Participant)
	require.NoError(t, s.Queue().Finish(t.Context(), job))
	_, err = s.Queue().Lease(t.Context(), []string{queue.Process}, time.Minute)
	require.ErrorIs(t, err, queue.ErrEmpty)
}

func awaiting(t *testing.T, s store.Store) {
	t.Helper()
	rows := make([]store.Session, 0, MaxJobs+3)
	for i := range MaxJobs + 3 {
		row := create(t, s, "p", 10)
		rows = append(rows, row)
		want := store.Queued
		if i >= MaxJobs {
			want = store.Awaiting
		}
		require.Equal(t, want, complete(t, s, row))
		require.Equal(t, want, complete(t, s, row))
	}
	n, err := s.EnqueueAwaiting(t.Context(), 10, jobOf)
	require.NoError(t, err)
	require.Zero(t, n, "there is no room")

	for range 2 {
		job, err := s.Queue().Lease(t.Context(), []string{queue.Process}, time.Minute)
		require.NoError(t, err)
		require.NoError(t, s.Queue().Finish(t.Context(), job))
	}
	n, err = s.EnqueueAwaiting(t.Context(), 10, jobOf)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	for i, want := range []store.Status{store.Queued, store.Queued, store.Awaiting} {
		got, err := s.Session(t.Context(), rows[MaxJobs+i].ID)
		require.NoError(t, err)
		require.Equal(t, want, got.Status, "oldest first")
	}
	n, err = s.EnqueueAwaiting(t.Context(), 10, jobOf)
	require.NoError(t, err)
	require.Zero(t, n)
}

func fullQueueSpendsNoTurn(t *testing.T, s store.Store) {
	t.Helper()
	for range MaxJobs {
		complete(t, s, create(t, s, "busy", 10))
	}
	patient := create(t, s, "patient", 10)
	require.Equal(t, store.Awaiting, complete(t, s, patient))
	for range 20 {
		_, err := s.EnqueueAwaiting(t.Context(), 10, jobOf)
		require.NoError(t, err)
	}
	job, err := s.Queue().Lease(t.Context(), []string{queue.Process}, time.Minute)
	require.NoError(t, err)
	require.NoError(t, s.Queue().Finish(t.Context(), job))
	_, err = s.EnqueueAwaiting(t.Context(), 10, jobOf)
	require.NoError(t, err)

	// The patient's turn comes after one job of the other, not after all of them.
	first, err := s.Queue().Lease(t.Context(), []string{queue.Process}, time.Minute)
	require.NoError(t, err)
	second, err := s.Queue().Lease(t.Context(), []string{queue.Process}, time.Minute)
	require.NoError(t, err)
	require.Contains(t, []string{first.Participant, second.Participant}, "patient")
}
