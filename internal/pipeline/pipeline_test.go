package pipeline

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/record/recordtest"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

type testBundle struct {
	records  *record.Records
	pipeline *Pipeline
}

func setup(tb testing.TB) *testBundle {
	tb.Helper()
	r := recordtest.Open(tb, tb.TempDir())
	return &testBundle{records: r, pipeline: New(r)}
}

// put stores a recording as ingestion would, and completes it.
func (b *testBundle) put(tb testing.TB, r recording, batch int) string {
	tb.Helper()
	ctx, id := tb.Context(), r.header.ID
	_, _, err := b.records.Create(ctx, r.header, "p_one", "key", beginning)
	require.NoError(tb, err)
	for part := range slices.Chunk(r.events, batch) {
		var lines []byte
		for _, e := range part {
			if lines, err = wire.AppendEvent(lines, e); err != nil {
				tb.Fatal(err)
			}
			lines = append(lines, '\n')
		}
		require.NoError(tb, b.records.Append(ctx, record.Batch{Session: id, First: part[0].Seq, Last: part[len(part)-1].Seq, Lines: lines}))
	}
	for image, meta := range r.images {
		_, err := b.records.PutScreenshot(ctx, id, image, "image/png", []byte("image "+image), meta)
		require.NoError(tb, err)
	}
	_, err = b.records.Store().CompleteSession(ctx, id, int64(len(r.events)), beginning, queue.NewJob{Kind: queue.Process, Session: id})
	require.NoError(tb, err)
	return id
}

// stored returns every stored result, as bytes, and when each was stored.
func (b *testBundle) stored(t *testing.T, id string) (map[string]string, map[string]int64) {
	t.Helper()
	bodies, times := map[string]string{}, map[string]int64{}
	for stage := range versions() {
		var v jsontext.Value
		_, err := b.records.Stage(t.Context(), id, stage, &v)
		require.NoError(t, err, stage)
		bodies[stage] = string(v)
		row, err := b.records.Store().Stage(t.Context(), id, stage)
		require.NoError(t, err)
		times[stage] = row.CreatedAt
	}
	return bodies, times
}

func TestACompletedSessionBecomesReadyWithEveryResultStored(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.put(t, purchase().recording(), 7)

	var told []string
	require.NoError(t, b.pipeline.Process(t.Context(), id, func(stage string, done, total int) {
		told = append(told, stage)
		require.Equal(t, len(told)-1, done)
		require.Equal(t, 6, total)
	}))

	require.Equal(t, []string{"assemble", "normalise", "score", "journey", "compose", "archive", ""}, told)
	s, err := b.records.Session(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, store.Ready, s.Status)
	require.GreaterOrEqual(t, s.Quality, int64(95))
	var c trajectory.Composed
	_, err = b.records.Stage(t.Context(), id, trajectory.StageCompose, &c)
	require.NoError(t, err)
	require.Len(t, c.Examples, 10)
}

func TestProcessingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.put(t, purchase().recording(), 7)
	require.NoError(t, b.pipeline.Process(t.Context(), id, nil))
	bodies, times := b.stored(t, id)
	bundle, err := b.records.Archive(t.Context(), id)
	require.NoError(t, err)
	before, err := b.records.Store().Session(t.Context(), id)
	require.NoError(t, err)

	require.NoError(t, b.pipeline.Process(t.Context(), id, nil))
	again, timesAgain := b.stored(t, id)
	after, err := b.records.Store().Session(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, bodies, again)
	require.Equal(t, times, timesAgain)
	require.Equal(t, before, after)
	same, err := b.records.Archive(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, bundle, same)
}

func TestTheSameRecordingMakesTheSameBytesHoweverItCameIn(t *testing.T) {
	t.Parallel()
	one, two := setup(t), setup(t)
	id := one.put(t, purchase().recording(), 3)
	two.put(t, purchase().recording(), 100)
	require.NoError(t, one.pipeline.Process(t.Context(), id, nil))
	require.NoError(t, two.pipeline.Process(t.Context(), id, nil))

	a, _ := one.stored(t, id)
	c, _ := two.stored(t, id)
	require.Equal(t, a, c)
}

func TestAStageOfAnotherVersionIsMadeAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.put(t, purchase().recording(), 100)
	require.NoError(t, b.pipeline.Process(t.Context(), id, nil))
	want, _ := b.stored(t, id)
	require.NoError(t, b.records.PutStage(t.Context(), id, trajectory.StageScore, scoreVersion+1, "another form"))

	require.NoError(t, b.pipeline.Process(t.Context(), id, nil))
	got, _ := b.stored(t, id)
	require.Equal(t, want, got)
}

func TestTheArchiveHoldsTheSessionAndTellsDamage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := purchase().recording()
	id := b.put(t, r, 100)
	require.NoError(t, b.pipeline.Process(t.Context(), id, nil))
	bundle, err := b.records.Archive(t.Context(), id)
	require.NoError(t, err)

	a, err := OpenArchive(bundle)
	require.NoError(t, err)
	events, err := a.Events()
	require.NoError(t, err)
	require.Equal(t, r.events, events)
	var q trajectory.Quality
	require.NoError(t, a.Stage(trajectory.StageScore, &q))
	require.Positive(t, q.Score)

	entry := a.Manifest.Entries[0]
	a.Files[entry.Name] = append(bytes.Clone(a.Files[entry.Name]), ' ')
	require.ErrorIs(t, a.verify(), ErrArchive)
	for i := 0; i < len(bundle); i += 97 {
		damaged := bytes.Clone(bundle)
		damaged[i] ^= 0x10
		_, err := OpenArchive(damaged)
		require.Error(t, err, "byte %d", i)
	}
}

func TestASessionThatIsNotWholeFailsForGoodAndKeepsTheReason(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := purchase().recording()
	r.events[4].Seq = 99 // a line that is not what its place says
	id := r.header.ID
	_, _, err := b.records.Create(t.Context(), r.header, "p_one", "key", beginning)
	require.NoError(t, err)
	var lines []byte
	for _, e := range r.events {
		lines, err = wire.AppendEvent(lines, e)
		require.NoError(t, err)
		lines = append(lines, '\n')
	}
	n := int64(len(r.events))
	require.NoError(t, b.records.Append(t.Context(), record.Batch{Session: id, First: 1, Last: n, Lines: lines}))
	_, err = b.records.Store().CompleteSession(t.Context(), id, n, beginning, queue.NewJob{Kind: queue.Process, Session: id})
	require.NoError(t, err)

	for range 2 { // failing again changes nothing
		require.ErrorContains(t, b.pipeline.Process(t.Context(), id, nil), "event 5 is missing")
		s, err := b.records.Session(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, store.Failed, s.Status)
		require.Equal(t, trajectory.Failure{Stage: "assemble", Error: "event 5 is missing: found 99 in its place"}, failureOf(t.Context(), b.records, id))
	}
	err = b.pipeline.Handle(t.Context(), queue.Job{NewJob: queue.NewJob{Session: id}})
	require.IsType(t, queue.Permanent(err), err) //nolint:testifylint // the queue keeps its type to itself
}

func TestASessionThatIsStillRecordedIsNotProcessed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	r := purchase().recording()
	_, _, err := b.records.Create(t.Context(), r.header, "p_one", "key", beginning)
	require.NoError(t, err)
	require.ErrorIs(t, b.pipeline.Process(t.Context(), r.header.ID, nil), ErrRecording)
}

func TestAnErasedSessionsJobIsDone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.put(t, purchase().recording(), 100)
	require.NoError(t, b.records.Erase(t.Context(), id, beginning))
	require.NoError(t, b.pipeline.Handle(t.Context(), queue.Job{NewJob: queue.NewJob{Session: id}}))
}

func TestATransientErrorLeavesTheSessionToTheNextAttempt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.put(t, purchase().recording(), 100)
	ctx, cancel := context.WithCancel(t.Context())
	err := b.pipeline.Process(ctx, id, func(stage string, _, _ int) {
		if stage == trajectory.StageCompose {
			cancel()
		}
	})
	require.Error(t, err)
	require.False(t, permanent(err))
	s, err := b.records.Session(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, store.Processing, s.Status)

	require.NoError(t, b.pipeline.Process(t.Context(), id, nil))
	s, err = b.records.Session(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, store.Ready, s.Status)
}

// BenchmarkProcess runs all stages over a session of 100 clicks, each with a description of about 10 KB.
func BenchmarkProcess(bench *testing.B) {
	r := largeSession(100)
	for bench.Loop() {
		bench.StopTimer()
		b := setup(bench)
		id := b.put(bench, r, 100)
		bench.StartTimer()
		require.NoError(bench, b.pipeline.Process(bench.Context(), id, nil))
	}
}

func largeSession(clicks int) recording {
	tp := newTape()
	var elements []event.Element
	for i := range 80 {
		elements = append(elements, event.Element{Role: "link", Tag: "a", Name: "A product with a name of common length " + string(rune('A'+i%26)) + string(rune('a'+i/26))})
	}
	tp.open("https://shop.example/", "Shop", elements...)
	for i := range clicks {
		at := i % len(elements)
		e := tp.click(elements[at], at)
		e.Snapshot = &event.Snapshot{ID: "own" + string(rune('A'+i%26)) + string(rune('a'+i/26)), Elements: elements, Target: &at}
		for j := range 15 {
			e.Target.Ancestors = append(e.Target.Ancestors, event.Ancestor{Tag: "div", ID: "container-" + string(rune('a'+j))})
			e.Target.Nearby = append(e.Target.Nearby, "a text that stands beside the element "+string(rune('a'+j)))
		}
	}
	return tp.recording()
}
