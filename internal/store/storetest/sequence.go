package storetest

import (
	"cmp"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/store"
)

// attempt is an append of so many events, at a number relative to the one that the caller believes is expected.
type attempt struct{ shift, length int64 }

func drawAttempts(t *rapid.T, label string) []attempt {
	one := rapid.Custom(func(t *rapid.T) attempt {
		return attempt{
			shift:  rapid.SampledFrom([]int64{0, 0, 0, 0, -1, 1, -7, 7}).Draw(t, "shift"),
			length: rapid.Int64Range(1, 20).Draw(t, "length"),
		}
	})
	return rapid.SliceOfN(one, 1, 25).Draw(t, label)
}

// sequenceModel compares one caller's appends with the rule of the contract.
func sequenceModel(t *testing.T, s store.Store) {
	t.Helper()
	rapid.Check(t, func(rt *rapid.T) {
		row := create(t, s, "p", 10)
		expected := int64(1)
		for _, a := range drawAttempts(rt, "attempts") {
			first := max(1, expected+a.shift)
			err := s.AppendSegment(t.Context(), segment(row.ID, first, first+a.length-1))
			if first == expected {
				require.NoError(rt, err)
				expected += a.length
				continue
			}
			var sequence *store.SequenceError
			require.ErrorAs(rt, err, &sequence)
			require.Equal(rt, expected, sequence.Expected)
		}
	})
}

// sequenceProperty lets several callers append to one session. Whatever was acknowledged is there once, in one gapless
// row, and nothing else is.
func sequenceProperty(t *testing.T, s store.Store) {
	t.Helper()
	rapid.Check(t, func(rt *rapid.T) {
		row := create(t, s, "p", 10)
		callers := make([][]attempt, rapid.IntRange(2, 5).Draw(rt, "callers"))
		for i := range callers {
			callers[i] = drawAttempts(rt, "attempts")
		}
		var mu sync.Mutex
		var acked []store.Segment
		var all sync.WaitGroup
		for _, attempts := range callers {
			all.Go(func() {
				mine := appendAll(t, s, row.ID, attempts)
				mu.Lock()
				defer mu.Unlock()
				acked = append(acked, mine...)
			})
		}
		all.Wait()

		slices.SortFunc(acked, func(a, b store.Segment) int { return cmp.Compare(a.First, b.First) })
		next := int64(1)
		for _, g := range acked {
			require.Equal(rt, next, g.First)
			next = g.Last + 1
		}
		got, err := s.Session(t.Context(), row.ID)
		require.NoError(rt, err)
		require.Equal(rt, next, got.NextSeq)
		stored, err := s.ListSegments(t.Context(), row.ID, 0, store.MaxPage)
		require.NoError(rt, err)
		require.Len(rt, stored, len(acked))
		for i := range acked {
			require.Equal(rt, acked[i], stored[i])
		}
	})
}

// appendAll returns what was acknowledged to one caller, who learns what is expected from the refusals.
func appendAll(t *testing.T, s store.Store, session string, attempts []attempt) []store.Segment {
	t.Helper()
	var acked []store.Segment
	believed := int64(1)
	for _, a := range attempts {
		first := max(1, believed+a.shift)
		g := segment(session, first, first+a.length-1)
		err := s.AppendSegment(t.Context(), g)
		var sequence *store.SequenceError
		switch {
		case err == nil:
			acked = append(acked, g)
			believed = g.Last + 1
		case errors.As(err, &sequence):
			if sequence.Expected == first {
				t.Errorf("refused %d, which is what it expects", first)
			}
			believed = sequence.Expected
		default:
			t.Errorf("append: %v", err)
		}
	}
	return acked
}
