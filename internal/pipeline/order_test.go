package pipeline

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/event"
)

func TestEventsOfAFrameThatWereToldLateComeWhereTheyHappened(t *testing.T) {
	t.Parallel()
	click := &event.Event{Seq: 1, Time: 1000, Tab: 1, Frame: "9", Type: event.Click}
	scroll := &event.Event{Seq: 2, Time: 1900, Tab: 1, Frame: "0", Type: event.Scroll}
	snapshot := &event.Event{Seq: 3, Time: 1500, Tab: 1, Frame: "9", Type: event.SnapshotTaken}
	typing := &event.Event{Seq: 4, Time: 1500, Tab: 1, Frame: "9", Type: event.Input}
	longAgo := &event.Event{Seq: 5, Time: 1500 - maxLateMS, Tab: 1, Frame: "0", Type: event.Click}

	got := inTime([]*event.Event{click, scroll, snapshot, typing, longAgo})
	require.Equal(t, []*event.Event{click, snapshot, typing, scroll, longAgo}, got)
}

func TestOrderingKeepsEveryEventAndTheOrderOfEachFrame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		frame := rapid.SampledFrom([]string{"0", "7", "9"})
		var events []*event.Event
		for i := range rapid.IntRange(0, 40).Draw(t, "count") {
			events = append(events, &event.Event{
				Seq: int64(i) + 1, Time: rapid.Int64Range(0, 8000).Draw(t, "time"), Tab: 1, Frame: frame.Draw(t, "frame"), Type: event.Click,
			})
		}
		got := inTime(events)
		require.ElementsMatch(t, events, got)
		last := map[string]int64{}
		for _, e := range got {
			require.Greater(t, e.Seq, last[e.Frame])
			last[e.Frame] = e.Seq
		}
	})
}
