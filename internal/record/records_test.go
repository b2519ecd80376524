package record_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
)

func TestASessionComesBackWithItsHeader(t *testing.T) {
	t.Parallel()
	b := setup(t)
	row, created, err := b.Create(t.Context(), header("s"), "p", "key", 10)
	require.NoError(t, err)
	require.True(t, created)
	again, created, err := b.Create(t.Context(), event.Session{ID: "s"}, "other", "other", 99)
	require.NoError(t, err)
	require.False(t, created)
	require.Equal(t, row, again)

	for _, r := range []*bundle{b, reopen(t, b.dir)} {
		got, err := r.Session(t.Context(), "s")
		require.NoError(t, err)
		require.Equal(t, header("s"), got.Header)
		require.Equal(t, "p", got.Participant)
		require.Equal(t, int64(10), got.CreatedAt)
	}
	_, err = b.Session(t.Context(), "none")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestEventsComeBackInOrderByteForByte(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.create(t, "s")
	var want [][]byte
	next := int64(1)
	for i := range int64(50) { // more segments than are read at a time
		last := next + i%7
		body, refused := lines(t, next, last, strings.Repeat("é\u2028<>", int(i)))
		require.NoError(t, b.Append(t.Context(), record.Batch{Session: "s", First: next, Last: last, Refused: refused, Lines: body}))
		want = append(want, bytes.Split(bytes.TrimSuffix(body, []byte("\n")), []byte("\n"))...)
		next = last + 1
	}
	for _, r := range []*bundle{b, reopen(t, b.dir)} {
		for _, after := range []int64{0, 1, 9, 100, next - 2, next - 1, next + 5} {
			got, err := r.EventLines(t.Context(), "s", after, 1000)
			require.NoError(t, err)
			require.Equal(t, want[min(after, next-1):], append([][]byte{}, got...))
			seq := after
			for e, err := range r.Events(t.Context(), "s", after) {
				require.NoError(t, err)
				seq++
				require.Equal(t, seq, e.Seq)
			}
			require.Equal(t, max(after, next-1), seq)
		}
	}
	got, err := b.EventLines(t.Context(), "s", 3, 2)
	require.NoError(t, err)
	require.Equal(t, want[3:5], got)
	got, err = b.EventLines(t.Context(), "s", 0, 0)
	require.NoError(t, err)
	require.Empty(t, got)
}

func TestABatchWhoseNumbersDoNotMatchItsLinesIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.create(t, "s")
	body, _ := lines(t, 1, 3, "")
	for _, bad := range []record.Batch{
		{First: 1, Last: 2}, {First: 1, Last: 4}, {First: 0, Last: 2}, {First: 3, Last: 1},
	} {
		bad.Session, bad.Lines = "s", body
		require.ErrorIs(t, b.Append(t.Context(), bad), record.ErrBadBatch)
	}
	require.ErrorIs(t, b.Append(t.Context(), record.Batch{Session: "s", First: 1, Last: 1}), record.ErrBadBatch)
	noEnd := record.Batch{Session: "s", First: 1, Last: 3, Lines: bytes.TrimSuffix(body, []byte("\n"))}
	require.NoError(t, b.Append(t.Context(), noEnd))
	var sequence *store.SequenceError
	require.ErrorAs(t, b.Append(t.Context(), noEnd), &sequence)
	require.Equal(t, int64(4), sequence.Expected)
	noEnd.Session = "none"
	require.ErrorIs(t, b.Append(t.Context(), noEnd), store.ErrNotFound)
}

func TestAScreenshotIsStoredOnceAndComesBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.create(t, "s")
	meta := event.ScreenshotMeta{TakenAt: 5, Width: 10, Height: 20, Scale: 2, Masked: 3}
	for i, want := range []bool{true, false, false} {
		stored, err := b.PutScreenshot(t.Context(), "s", "b", "image/webp", []byte("image"), meta)
		require.NoError(t, err)
		require.Equal(t, want, stored, i)
	}
	_, err := b.PutScreenshot(t.Context(), "s", "b", "image/webp", []byte("another"), meta)
	require.ErrorIs(t, err, store.ErrConflict)
	_, err = b.PutScreenshot(t.Context(), "s", "a", "image/png", []byte("image"), event.ScreenshotMeta{})
	require.NoError(t, err)
	require.Len(t, b.blobFiles(t, "s"), 2)

	got, err := reopen(t, b.dir).Screenshot(t.Context(), "s", "b")
	require.NoError(t, err)
	require.Equal(t, record.Image{ID: "b", MediaType: "image/webp", Body: []byte("image"), Meta: meta}, got)
	list, err := b.Screenshots(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, []record.ImageInfo{
		{ID: "a", MediaType: "image/png", Size: 5}, {ID: "b", MediaType: "image/webp", Size: 5, Meta: meta},
	}, list)
	_, err = b.Screenshot(t.Context(), "s", "none")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = b.PutScreenshot(t.Context(), "none", "a", "image/png", []byte("image"), meta)
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestOfTwoImagesUnderOneIDOneIsKeptWhole(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.create(t, "s")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, err := b.PutScreenshot(t.Context(), "s", "id", "image/png", fmt.Appendf(nil, "image %d", i%2), event.ScreenshotMeta{})
			if err != nil && !errors.Is(err, store.ErrConflict) {
				t.Errorf("put: %v", err)
			}
		})
	}
	all.Wait()
	_, err := b.Screenshot(t.Context(), "s", "id")
	require.NoError(t, err)
	require.Len(t, b.blobFiles(t, "s"), 1, "the other one is gone")
}

func TestAFailingBucketAcknowledgesNoImage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.create(t, "s")
	broken := errors.New("disk failed")
	b.blobs.Fault = func(string) error { return broken }
	_, err := b.PutScreenshot(t.Context(), "s", "a", "image/png", []byte("image"), event.ScreenshotMeta{})
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, b.PutArchive(t.Context(), "s", []byte("x")), broken)
	require.ErrorIs(t, b.Ping(t.Context()), broken)
	b.blobs.Fault = nil
	list, err := b.Screenshots(t.Context(), "s")
	require.NoError(t, err)
	require.Empty(t, list)
	_, err = b.Archive(t.Context(), "s")
	require.ErrorIs(t, err, store.ErrNotFound)
	require.NoError(t, b.Ping(t.Context()))
}

func TestStagesArchivesAndReviewsComeBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.fill(t, "s")
	require.NoError(t, b.PutArchive(t.Context(), "s", []byte("a newer bundle")))
	require.NoError(t, b.PutStage(t.Context(), "s", "score", 3, map[string]int{"score": 90}))

	r := reopen(t, b.dir)
	var score map[string]int
	version, err := r.Stage(t.Context(), "s", "score", &score)
	require.NoError(t, err)
	require.Equal(t, int64(3), version)
	require.Equal(t, map[string]int{"score": 90}, score)
	_, err = r.Stage(t.Context(), "s", "none", &score)
	require.ErrorIs(t, err, store.ErrNotFound)
	var wrong []string
	_, err = r.Stage(t.Context(), "s", "score", &wrong)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "90")

	bundle, err := r.Archive(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, "a newer bundle", string(bundle))
	review, err := r.LastReview(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, record.Review{Verdict: "approved", Note: "a good one", By: "reviewer", At: 20}, review)

	b.create(t, "t")
	_, err = b.Archive(t.Context(), "t")
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = b.LastReview(t.Context(), "t")
	require.ErrorIs(t, err, store.ErrNotFound)
	require.ErrorIs(t, b.PutArchive(t.Context(), "t", make([]byte, blob.MaxObjectBytes+1)), blob.ErrTooLarge)
}

// TestNothingIsStoredInTheClear plants a canary in everything that is content and looks at every byte that is stored.
func TestNothingIsStoredInTheClear(t *testing.T) {
	t.Parallel()
	const canary = "CANARY-7f3a"
	b := setup(t)
	h := header("s")
	h.Task = &event.Task{Title: canary}
	_, _, err := b.Create(t.Context(), h, "p", "key", 10)
	require.NoError(t, err)
	body, refused := lines(t, 1, 30, canary)
	require.NoError(t, b.Append(t.Context(), record.Batch{Session: "s", First: 1, Last: 30, Refused: refused, Lines: body}))
	_, err = b.PutScreenshot(t.Context(), "s", "a", "image/png", []byte(canary), event.ScreenshotMeta{Document: canary})
	require.NoError(t, err)
	require.NoError(t, b.PutStage(t.Context(), "s", "journey", 1, []string{canary}))
	require.NoError(t, b.PutArchive(t.Context(), "s", []byte(canary)))
	require.NoError(t, b.Review(t.Context(), "s", "approved", canary, "reviewer", 1))

	files := 0
	b.everyByte(t, func(path string, body []byte) {
		files++
		require.NotContains(t, string(body), canary, path)
		require.NotContains(t, string(body), "shop.example", path)
	})
	require.GreaterOrEqual(t, files, 5, "database, log, keyset, image, archive")
	v, err := b.Verify(t.Context(), "s")
	require.NoError(t, err)
	require.Empty(t, v.Problems)
}
