package event_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
)

func button(name string, y float64) event.Element {
	return event.Element{Role: "button", Tag: "button", Name: name, Box: &event.Box{X: 10, Y: y, Width: 100, Height: 20}}
}

func TestASnapshotIsWholeAgainWithItsBase(t *testing.T) {
	t.Parallel()
	base := []event.Element{button("Menu", 0), button("First", 100.1), button("Second", 200), button("Third", 300)}
	s := event.Snapshot{
		ID: "b", Base: "a",
		Kept:     []event.Kept{{At: 0, From: 0, Count: 1}, {At: 2, From: 1, Count: 2, DY: -100.2}},
		Elements: []event.Element{button("New", 50), button("Last", 400)},
	}
	list, ok := s.List(base)
	require.True(t, ok)
	require.Equal(t, []event.Element{button("Menu", 0), button("New", 50), button("First", -0.1), button("Second", 99.8), button("Last", 400)}, list)
	require.InDelta(t, 100.1, base[1].Box.Y, 0, "the base stays as it is")
}

func TestASnapshotThatDoesNotFitItsBaseIsNone(t *testing.T) {
	t.Parallel()
	base := []event.Element{button("Menu", 0), button("First", 100)}
	for name, kept := range map[string][]event.Kept{
		"past the base's end": {{At: 0, From: 1, Count: 2}},
		"with a hole":         {{At: 1, From: 0, Count: 1}},
		"over itself":         {{At: 0, From: 0, Count: 2}, {At: 1, From: 0, Count: 1}},
		"of a base not there": {{At: 0, From: 7, Count: 1}},
	} {
		s := event.Snapshot{ID: "b", Base: "a", Kept: kept}
		_, ok := s.List(base)
		require.False(t, ok, name)
	}
}

func TestMistakesOfASnapshotAreNamed(t *testing.T) {
	t.Parallel()
	two := 2
	for name, c := range map[string]struct {
		snapshot event.Snapshot
		location string
	}{
		"target past the end":    {event.Snapshot{ID: "b", Base: "a", Kept: []event.Kept{{Count: 2}}, Target: &two}, "event.snapshot.target"},
		"kept without a base":    {event.Snapshot{ID: "b", Kept: []event.Kept{{Count: 3}}, Target: &two}, "event.snapshot.base"},
		"more than there may be": {event.Snapshot{ID: "b", Base: "a", Kept: []event.Kept{{Count: 1000}, {Count: 1}}}, "event.snapshot.kept"},
	} {
		e := event.Event{Type: event.SnapshotTaken, Snapshot: &c.snapshot}
		var r event.Report
		e.Check("event", &r)
		require.Len(t, r.Errors, 1, name)
		require.Equal(t, c.location, r.Errors[0].Location, name)
	}
}
