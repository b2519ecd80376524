package record_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
)

func TestAnErasedSessionIsGoneForEveryReader(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.fill(t, "s")
	other := reopen(t, b.dir) // another process, which has the key in its cache
	_, err := other.Session(t.Context(), "s")
	require.NoError(t, err)

	for range 2 {
		require.NoError(t, b.Erase(t.Context(), "s", 50))
	}
	require.Empty(t, b.blobFiles(t, "s"))
	for _, r := range []*bundle{b, other, reopen(t, b.dir)} {
		requireGone(t, r)
	}
	v, err := b.Verify(t.Context(), "s")
	require.NoError(t, err)
	require.Empty(t, v.Problems)
	require.Equal(t, store.Erased, v.Status)
	require.ErrorIs(t, b.Erase(t.Context(), "none", 50), store.ErrNotFound)
}

func requireGone(t *testing.T, r *bundle) {
	t.Helper()
	got, err := r.Session(t.Context(), "s")
	require.ErrorIs(t, err, store.ErrErased)
	require.Equal(t, store.Erased, got.Status)
	require.Empty(t, got.Header)
	_, err = r.EventLines(t.Context(), "s", 0, 10)
	require.ErrorIs(t, err, store.ErrErased)
	for _, err := range r.Events(t.Context(), "s", 0) {
		require.ErrorIs(t, err, store.ErrErased)
	}
	body, _ := lines(t, 61, 61, "")
	require.ErrorIs(t, r.Append(t.Context(), record.Batch{Session: "s", First: 61, Last: 61, Lines: body}), store.ErrErased)
	_, err = r.PutScreenshot(t.Context(), "s", "new", "image/png", []byte("x"), event.ScreenshotMeta{})
	require.ErrorIs(t, err, store.ErrErased)
	require.ErrorIs(t, r.PutStage(t.Context(), "s", "score", 1, 1), store.ErrErased)
	require.ErrorIs(t, r.PutArchive(t.Context(), "s", []byte("x")), store.ErrErased)
	require.ErrorIs(t, r.Review(t.Context(), "s", "approved", "", "k", 1), store.ErrErased)
	_, _, err = r.Create(t.Context(), header("s"), "p", "k", 1)
	require.ErrorIs(t, err, store.ErrErased)
	require.Empty(t, r.blobFiles(t, "s"), "what came too late is gone, too")
}

func TestErasingAParticipantErasesAllAndOnlyTheirs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, id := range []string{"a1", "a2", "a3", "b1"} {
		b.fill(t, id) // the participant is p-a or p-b
	}
	n, err := b.EraseParticipant(t.Context(), "p-a", 50)
	require.NoError(t, err)
	require.Equal(t, 3, n)
	n, err = b.EraseParticipant(t.Context(), "p-a", 50)
	require.NoError(t, err)
	require.Zero(t, n)
	n, err = b.EraseParticipant(t.Context(), "", 50)
	require.NoError(t, err)
	require.Zero(t, n)
	v, err := b.Verify(t.Context(), "b1")
	require.NoError(t, err)
	require.Empty(t, v.Problems)
	require.Equal(t, int64(60), v.Events)
	list, err := b.Store().ListParticipants(t.Context(), "", 10)
	require.NoError(t, err)
	require.Len(t, list, 1)
}

func TestAnErasureThatCannotReachTheBlobsIsFinishedLater(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.fill(t, "s")
	broken := errors.New("disk failed")
	b.blobs.Fault = func(step string) error {
		if step == "delete" {
			return broken
		}
		return nil
	}
	require.ErrorIs(t, b.Erase(t.Context(), "s", 50), broken)
	_, err := b.Session(t.Context(), "s")
	require.ErrorIs(t, err, store.ErrErased, "the key is gone at once")
	require.NotEmpty(t, b.blobFiles(t, "s"))
	_, err = b.Sweep(t.Context())
	require.ErrorIs(t, err, broken)

	b.blobs.Fault = nil
	n, err := reopen(t, b.dir).Sweep(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Empty(t, b.blobFiles(t, "s"))
	n, err = b.Sweep(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
}

// TestErasingWhileWritingLeavesNothing races every writer with the erasure.
func TestErasingWhileWritingLeavesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for round := range 10 {
		id := string(rune('a'+round)) + "-race"
		b.create(t, id)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				for n := range 5 {
					image := []byte{byte(n)}
					_, _ = b.PutScreenshot(t.Context(), id, string(rune('a'+n)), "image/png", image, event.ScreenshotMeta{})
					_ = b.PutStage(t.Context(), id, "score", 1, n)
					_ = b.PutArchive(t.Context(), id, image)
					_, _ = b.EventLines(t.Context(), id, 0, 1)
				}
			})
		}
		all.Go(func() {
			if err := b.Erase(t.Context(), id, 50); err != nil {
				t.Errorf("erase: %v", err)
			}
		})
		all.Wait()
		_, err := b.Session(t.Context(), id)
		require.ErrorIs(t, err, store.ErrErased)
		v, err := b.Verify(t.Context(), id)
		require.NoError(t, err)
		require.Empty(t, v.Problems)
		require.Empty(t, b.blobFiles(t, id))
	}
}
