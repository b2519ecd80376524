package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/store"
)

func appending(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	require.NoError(t, s.AppendSegment(t.Context(), segment(row.ID, 1, 3)))
	require.NoError(t, s.AppendSegment(t.Context(), segment(row.ID, 4, 4)))
	for _, first := range []int64{1, 3, 4, 6, 100} {
		err := s.AppendSegment(t.Context(), segment(row.ID, first, first+5))
		var sequence *store.SequenceError
		require.ErrorAs(t, err, &sequence)
		require.Equal(t, int64(5), sequence.Expected)
	}
	got, err := s.Session(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, int64(5), got.NextSeq)
	require.Equal(t, int64(2), got.Refused)
	require.Equal(t, int64(20), got.PlainBytes)
	require.Equal(t, int64(104), got.UpdatedAt)
	require.Equal(t, int64(len(segment(row.ID, 1, 3).Body)+len(segment(row.ID, 4, 4).Body)), got.StoredBytes)
}

func listing(t *testing.T, s store.Store) {
	t.Helper()
	row, other := create(t, s, "p", 10), create(t, s, "p", 10)
	want := []store.Segment{segment(row.ID, 1, 3), segment(row.ID, 4, 4), segment(row.ID, 5, 12)}
	for _, g := range want {
		require.NoError(t, s.AppendSegment(t.Context(), g))
	}
	require.NoError(t, s.AppendSegment(t.Context(), segment(other.ID, 1, 1)))
	for after, from := range map[int64]int{0: 0, 2: 0, 3: 1, 4: 2, 11: 2, 12: 3} {
		got, err := s.ListSegments(t.Context(), row.ID, after, 10)
		require.NoError(t, err)
		require.Equal(t, want[from:], got, "after %d", after)
	}
	got, err := s.ListSegments(t.Context(), row.ID, 0, 2)
	require.NoError(t, err)
	require.Equal(t, want[:2], got)
}

// oneFails sends good and bad writes at once, so that they share transactions.
func oneFails(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	var all sync.WaitGroup
	for range 50 {
		good := create(t, s, "p", 10)
		all.Go(func() {
			if err := s.AppendSegment(t.Context(), segment(good.ID, 1, 5)); err != nil {
				t.Errorf("good append: %v", err)
			}
		})
		all.Go(func() {
			var sequence *store.SequenceError
			if err := s.AppendSegment(t.Context(), segment(row.ID, 9, 9)); !errors.As(err, &sequence) {
				t.Errorf("bad append: %v", err)
			}
		})
	}
	all.Wait()
}

// cancelledAppends gives up at random moments. An error must mean that nothing was stored.
func cancelledAppends(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	next := int64(1)
	for i := range 200 {
		ctx, cancel := context.WithCancel(t.Context())
		var busy sync.WaitGroup
		for range 3 {
			busy.Go(func() { _ = s.SetQuality(t.Context(), row.ID, 1) })
		}
		busy.Go(func() {
			if i%2 == 0 {
				cancel()
			}
		})
		err := s.AppendSegment(ctx, segment(row.ID, next, next))
		cancel()
		busy.Wait()
		if err == nil {
			next++
		} else {
			require.ErrorIs(t, err, context.Canceled)
		}
		got, err := s.Session(t.Context(), row.ID)
		require.NoError(t, err)
		require.Equal(t, next, got.NextSeq)
	}
}

func screenshots(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	b := screenshot(row.ID, "b", "hash b")
	stored, err := s.PutScreenshot(t.Context(), b)
	require.NoError(t, err)
	require.True(t, stored)
	again := b
	again.CreatedAt, again.Meta = 99, []byte("other")
	stored, err = s.PutScreenshot(t.Context(), again)
	require.NoError(t, err)
	require.False(t, stored)
	_, err = s.PutScreenshot(t.Context(), screenshot(row.ID, "b", "another"))
	require.ErrorIs(t, err, store.ErrConflict)
	a := screenshot(row.ID, "a", "hash b")
	stored, err = s.PutScreenshot(t.Context(), a)
	require.NoError(t, err)
	require.True(t, stored)

	got, err := s.Screenshot(t.Context(), row.ID, "b")
	require.NoError(t, err)
	require.Equal(t, b, got)
	list, err := s.ListScreenshots(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, []store.Screenshot{a, b}, list)

	complete(t, s, row)
	stored, err = s.PutScreenshot(t.Context(), screenshot(row.ID, "late", "h"))
	require.NoError(t, err)
	require.True(t, stored, "an image may come after the completion")
}

func stages(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	first := store.StageResult{Session: row.ID, Stage: "score", Version: 1, CreatedAt: 1, Body: []byte("first")}
	second := store.StageResult{Session: row.ID, Stage: "score", Version: 2, CreatedAt: 2, Body: []byte("second")}
	other := store.StageResult{Session: row.ID, Stage: "assemble", Version: 1, CreatedAt: 1, Body: []byte("x")}
	for _, r := range []store.StageResult{first, other, second} {
		require.NoError(t, s.PutStage(t.Context(), r))
	}
	got, err := s.Stage(t.Context(), row.ID, "score")
	require.NoError(t, err)
	require.Equal(t, second, got)
	list, err := s.ListStages(t.Context(), row.ID)
	require.NoError(t, err)
	require.Equal(t, []store.StageResult{other, second}, list)
	_, err = s.Stage(t.Context(), row.ID, "none")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func keys(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	old := store.Key{ID: "a", Hash: []byte{1}, Scopes: "ingest", Name: "n", Participant: "p", Rate: "50/s", CreatedAt: 1, ExpiresAt: 9}
	young := store.Key{ID: "b", Hash: []byte{2}, Scopes: "admin,read", CreatedAt: 2}
	require.NoError(t, s.CreateKey(ctx, old))
	require.NoError(t, s.CreateKey(ctx, young))
	require.ErrorIs(t, s.CreateKey(ctx, store.Key{ID: "a", Hash: []byte{3}}), store.ErrConflict)
	list, err := s.ListKeys(ctx)
	require.NoError(t, err)
	require.Equal(t, []store.Key{young, old}, list)

	require.NoError(t, s.RevokeKey(ctx, "a", 5))
	require.NoError(t, s.RevokeKey(ctx, "a", 6))
	require.NoError(t, s.TouchKey(ctx, "a", 8))
	require.NoError(t, s.TouchKey(ctx, "a", 7))
	old.RevokedAt, old.LastUsedAt = 5, 8
	got, err := s.Key(ctx, "a")
	require.NoError(t, err)
	require.Equal(t, old, got)
	_, err = s.Key(ctx, "none")
	require.ErrorIs(t, err, store.ErrNotFound)
	require.ErrorIs(t, s.RevokeKey(ctx, "none", 1), store.ErrNotFound)
}

// closing closes while writes wait: every caller gets an answer.
func closing(t *testing.T, s store.Store) {
	t.Helper()
	row := create(t, s, "p", 10)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() { _ = s.SetQuality(t.Context(), row.ID, int64(i)) }) // written or refused, both are right
	}
	require.NoError(t, s.Close())
	all.Wait()
	require.Error(t, s.SetQuality(t.Context(), row.ID, 1))
	require.NoError(t, s.Close(), "closing twice is harmless")
}
