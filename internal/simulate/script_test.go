package simulate

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
)

func TestEventsAreValidAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := script{id: rapid.String().Draw(t, "id"), started: 1795336560000, bytes: rapid.IntRange(200, 20000).Draw(t, "bytes")}
		seq := rapid.Int64Range(1, 100000).Draw(t, "seq")
		line, err := s.line(seq)
		require.NoError(t, err)
		again, err := s.line(seq)
		require.NoError(t, err)
		require.Equal(t, string(line), string(again))

		var report event.Report
		e := wire.Event(line, "event", &report)
		require.Empty(t, report.Errors)
		canonical, err := wire.AppendEvent(nil, e)
		require.NoError(t, err)
		require.Equal(t, string(line), string(canonical))
	})
}

func TestEventsHaveAboutTheWishedLength(t *testing.T) {
	t.Parallel()
	for _, bytes := range []int{500, 2000, 20000} {
		s := script{id: "x", started: 1795336560000, bytes: bytes}
		total := 0
		for seq := int64(1); seq <= 120; seq++ {
			line, err := s.line(seq)
			require.NoError(t, err)
			total += len(line)
		}
		require.InDelta(t, bytes, total/120, float64(bytes)/6, "of %d", bytes)
	}
}
