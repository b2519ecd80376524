package ingest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestConcurrentOverlappingBatchesStoreEveryEventOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, Options{})
	id := b.start(t)
	const last = 200
	var accepted, all sync.Map
	var done sync.WaitGroup
	for worker := range 8 {
		done.Go(func() {
			next, step := int64(1), int64(3+worker) // each sends the whole session in batches of its own length
			for next <= last {
				ack, err := b.append(id, batchJSON(next, min(next+step-1, last)))
				if err != nil {
					all.Store(err.Error(), true)
					return
				}
				accepted.Store([2]int64{int64(worker), next}, ack.Accepted)
				next = ack.Acked + 1
			}
		})
	}
	done.Wait()
	all.Range(func(err, _ any) bool { t.Error(err); return true })
	total := 0
	accepted.Range(func(_, n any) bool { total += n.(int); return true })
	require.Equal(t, last, total)
	times := b.times(t, id)
	require.Len(t, times, last)
	for i, at := range times {
		require.Equal(t, timeOf(int64(i+1)), at)
	}
}

// TestWhateverAClientSendsTheStoredSequenceIsGapless models a client that repeats, skips and goes back at will.
func TestWhateverAClientSendsTheStoredSequenceIsGapless(t *testing.T) {
	t.Parallel()
	b := setup(t, Options{})
	rapid.Check(t, func(rt *rapid.T) {
		id := b.start(t)
		stored := int64(0)
		for range rapid.IntRange(1, 6).Draw(rt, "batches") {
			from := rapid.Int64Range(max(1, stored-5), stored+3).Draw(rt, "from")
			to := from + rapid.Int64Range(0, 8).Draw(rt, "length")
			ack, err := b.append(id, batchJSON(from, to))
			var gap *GapError
			if from > stored+1 {
				if !errors.As(err, &gap) || gap.Expected != stored+1 {
					rt.Fatalf("batch %d to %d after %d: %v", from, to, stored, err)
				}
				continue
			}
			if err != nil {
				rt.Fatal(err)
			}
			fresh := max(0, to-stored)
			if ack.Acked != max(stored, to) || int64(ack.Accepted) != fresh || int64(ack.Duplicates) != to-from+1-fresh {
				rt.Fatalf("batch %d to %d after %d: %+v", from, to, stored, ack)
			}
			stored = max(stored, to)
		}
		for i, at := range b.times(t, id) {
			if at != timeOf(int64(i+1)) {
				rt.Fatalf("event %d is another one", i+1)
			}
		}
	})
}

func TestAnEventWhoseNumberCannotBeReadTakesThePlaceWhereItStands(t *testing.T) {
	t.Parallel()
	b := setup(t, Options{})
	id := b.start(t)
	ack, err := b.append(id, `{"events":[{},`+eventJSON(2)+`,{"seq":"3"},null,`+eventJSON(5)+`]}`)
	require.NoError(t, err)
	require.EqualValues(t, 5, ack.Acked)
	require.Equal(t, 2, ack.Accepted)
	var refused []int64
	for _, r := range ack.Rejected {
		refused = append(refused, r.Seq)
	}
	require.Equal(t, []int64{1, 3, 4}, refused)
	require.Len(t, b.times(t, id), 5)

	again, err := b.append(id, `{"events":[{},`+eventJSON(2)+`]}`)
	require.NoError(t, err)
	require.Equal(t, Ack{Acked: 5, Duplicates: 2, Redactions: again.Redactions}, again)
}

func TestABatchThatWouldBeginBeforeOneIsAGap(t *testing.T) {
	t.Parallel()
	b := setup(t, Options{})
	_, err := b.append(b.start(t), `{"events":[{},`+eventJSON(1)+`]}`)
	var gap *GapError
	require.ErrorAs(t, err, &gap)
	require.EqualValues(t, 1, gap.Expected)
}

func TestWhereThereIsNoRoomNothingNewIsTakenButRepetitionsAreAcknowledged(t *testing.T) {
	t.Parallel()
	full := false
	b := setup(t, Options{Room: func() error {
		if full {
			return ErrFull
		}
		return nil
	}})
	id := b.start(t)
	_, err := b.append(id, batchJSON(1, 2))
	require.NoError(t, err)
	full = true
	_, err = b.append(id, batchJSON(1, 3))
	require.ErrorIs(t, err, ErrFull)
	ack, err := b.append(id, batchJSON(1, 2))
	require.NoError(t, err)
	require.Equal(t, 2, ack.Duplicates)
}

func TestAnAdminActsOnEverySessionAndOthersOnTheirOwn(t *testing.T) {
	t.Parallel()
	b := setup(t, Options{})
	ctx, id := context.Background(), b.start(t)
	for who, want := range map[Who]error{
		{KeyID: "k9", Admin: true}:           nil,
		{KeyID: "k2", Participant: "p_anna"}: nil,
		{KeyID: "k3", Participant: "p_ben"}:  ErrNotFound,
		{KeyID: "k4"}:                        ErrNotFound,
	} {
		_, err := b.service.Append(ctx, who, id, []byte(batchJSON(1, 1)))
		require.ErrorIs(t, err, want)
	}
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{batchJSON(1, 3), `{"events":[{},null,[],"x",1e9,{"seq":1,"seq":2}]}`, `{"events":[` + "\"\xff\"" + `]}`, `{"events":`, ` {"\u0065vents" : [ {} ] } `, strings.Repeat("[", 20_000)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		events, err := Split(body)
		if err != nil {
			require.Empty(t, events)
			return
		}
		require.NotEmpty(t, events)
		require.LessOrEqual(t, len(events), MaxBatch)
		for _, e := range events {
			require.Contains(t, string(body), string(e))
			require.NoError(t, CheckSyntax(e))
		}
	})
}

// FuzzAppend runs on the real store. Its coverage differs from run to run (random keys, a writer beside it), so the
// fuzzer would minimise for ever: run it with -fuzzminimizetime 10x.
func FuzzAppend(f *testing.F) {
	for _, seed := range []string{
		batchJSON(1, 3), batchJSON(2, 2), `{"events":[{"seq":1,"time":1795336560123,"type":"key"},{"seq":2}]}`,
		strings.Replace(batchJSON(1, 1), "Shop", `\u0000\ud800 4111 1111 1111 1111 `+"\xff", 1),
	} {
		f.Add([]byte(seed))
	}
	b := setup(f, Options{})
	f.Fuzz(func(t *testing.T, body []byte) {
		id := b.start(t)
		ack, err := b.append(id, string(body))
		times := b.times(t, id)
		if err != nil {
			require.Empty(t, times, "a refused batch leaves nothing")
			return
		}
		require.EqualValues(t, len(times), ack.Acked)
		require.Equal(t, len(times), ack.Accepted+len(ack.Rejected))
		again, err := b.append(id, string(body))
		require.NoError(t, err)
		require.Equal(t, Ack{Acked: ack.Acked, Duplicates: len(times), Redactions: again.Redactions}, again)
	})
}

func BenchmarkAppendOf50Events(bench *testing.B) {
	b := setup(bench, Options{})
	id := b.start(bench)
	next := int64(1)
	for bench.Loop() {
		ack, err := b.append(id, batchJSON(next, next+49))
		if err != nil {
			bench.Fatal(err)
		}
		next = ack.Acked + 1
	}
}
