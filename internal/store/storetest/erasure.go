package storetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store"
)

func erasing(t *testing.T, s store.Store) {
	t.Helper()
	row, other := create(t, s, "p", 10), create(t, s, "p", 10)
	fill(t, s, row.ID)
	fill(t, s, other.ID)
	_, err := s.CompleteSession(t.Context(), row.ID, 2, 50, jobOf(row))
	require.NoError(t, err)

	for range 2 {
		require.NoError(t, s.EraseSession(t.Context(), row.ID, 60))
	}
	got, err := s.Session(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, store.Session{
		ID: row.ID, Status: store.Erased, CreatedAt: 10, UpdatedAt: 60, NextSeq: 1, Quality: -1,
	}, got)
	segments, err := s.ListSegments(t.Context(), row.ID, 0, 10)
	require.NoError(t, err)
	require.Empty(t, segments)
	shots, err := s.ListScreenshots(t.Context(), row.ID)
	require.NoError(t, err)
	require.Empty(t, shots)
	results, err := s.ListStages(t.Context(), row.ID)
	require.NoError(t, err)
	require.Empty(t, results)
	_, err = s.Review(t.Context(), row.ID)
	require.ErrorIs(t, err, store.ErrNotFound)

	kept, err := s.ListSegments(t.Context(), other.ID, 0, 10)
	require.NoError(t, err)
	require.Len(t, kept, 1, "another session keeps its content")
}

func erasedTakesNothing(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	row := create(t, s, "p", 10)
	require.NoError(t, s.EraseSession(ctx, row.ID, 20))

	_, _, err := s.CreateSession(ctx, row)
	require.ErrorIs(t, err, store.ErrErased)
	require.ErrorIs(t, s.AppendSegment(ctx, segment(row.ID, 1, 1)), store.ErrErased)
	_, err = s.CompleteSession(ctx, row.ID, 0, 30, jobOf(row))
	require.ErrorIs(t, err, store.ErrErased)
	require.ErrorIs(t, s.SetStatus(ctx, row.ID, store.Ready, 30), store.ErrErased)
	require.ErrorIs(t, s.SetQuality(ctx, row.ID, 5), store.ErrErased)
	require.ErrorIs(t, s.SetVerdict(ctx, row.ID, "approved", nil, "k", 30), store.ErrErased)
	require.ErrorIs(t, s.PutStage(ctx, store.StageResult{Session: row.ID, Stage: "s", Body: []byte{1}}), store.ErrErased)
	_, err = s.PutScreenshot(ctx, screenshot(row.ID, "a", "h"))
	require.ErrorIs(t, err, store.ErrErased)
	stats, err := s.Queue().Stats(ctx)
	require.NoError(t, err)
	require.Zero(t, stats.Waiting)
}

func erasingMakesRoom(t *testing.T, s store.Store) {
	t.Helper()
	rows := make([]store.Session, 0, MaxJobs)
	for range MaxJobs {
		rows = append(rows, create(t, s, "p", 10))
		complete(t, s, rows[len(rows)-1])
	}
	late := create(t, s, "p", 10)
	require.Equal(t, store.Awaiting, complete(t, s, late))
	require.NoError(t, s.EraseSession(t.Context(), rows[0].ID, 20))
	n, err := s.EnqueueAwaiting(t.Context(), 10, jobOf)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	stats, err := s.Queue().Stats(t.Context())
	require.NoError(t, err)
	require.Equal(t, queue.Stats{Waiting: MaxJobs, OldestAge: stats.OldestAge}, stats)
}

func unpurged(t *testing.T, s store.Store) {
	t.Helper()
	a, b := create(t, s, "p", 10), create(t, s, "p", 10)
	create(t, s, "p", 10)
	require.NoError(t, s.EraseSession(t.Context(), a.ID, 20))
	require.NoError(t, s.EraseSession(t.Context(), b.ID, 20))
	left, err := s.ListUnpurged(t.Context(), 10)
	require.NoError(t, err)
	require.Equal(t, []string{a.ID, b.ID}, left)
	for range 2 {
		require.NoError(t, s.MarkPurged(t.Context(), a.ID))
	}
	require.NoError(t, s.EraseSession(t.Context(), a.ID, 30))
	left, err = s.ListUnpurged(t.Context(), 10)
	require.NoError(t, err)
	require.Equal(t, []string{b.ID}, left)
}
