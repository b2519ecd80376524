package pipeline

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

func scored(t *testing.T, r recording) trajectory.Quality {
	t.Helper()
	a, err := assemble(r, int64(len(r.events)))
	require.NoError(t, err)
	q := score(r, a, normalise(r))
	total := 100
	for _, reason := range q.Reasons {
		require.LessOrEqual(t, reason.Points, 0)
		total += reason.Points
	}
	require.Equal(t, max(0, total), q.Score, "the reasons explain the score in full")
	return q
}

func points(q trajectory.Quality, code string) int {
	i := slices.IndexFunc(q.Reasons, func(r trajectory.Reason) bool { return r.Code == code })
	if i < 0 {
		return 0
	}
	return q.Reasons[i].Points
}

func TestAWholePurchaseScoresNearTheTop(t *testing.T) {
	t.Parallel()
	require.GreaterOrEqual(t, scored(t, purchase().recording()).Score, 95)
}

func TestWhatIsWantingLowersTheScoreForItsOwnReason(t *testing.T) {
	t.Parallel()
	best := scored(t, purchase().recording()).Score
	for name, c := range map[string]struct {
		code  string
		spoil func(*recording)
	}{
		"no frames":            {"screenshots", func(r *recording) { r.images = nil }},
		"stale frames":         {"screenshots", func(r *recording) { each(r, func(e *event.Event) { stale(e) }) }},
		"no element lists":     {"snapshots", func(r *recording) { each(r, func(e *event.Event) { e.Snapshot = nil }) }},
		"no targets to find":   {"grounding", func(r *recording) { each(r, func(e *event.Event) { e.Snapshot = nil }) }},
		"unverified selectors": {"selectors", func(r *recording) { each(r, unverify) }},
		"no task":              {"task", func(r *recording) { r.header.Task = nil }},
		"another task":         {"task", func(r *recording) { r.header.Task = &event.Task{Title: "Water the plants"} }},
		"refused events": {"refused_events", func(r *recording) {
			for range 3 {
				r.events = append(r.events, &event.Event{Seq: int64(len(r.events)) + 1, Time: beginning, Type: event.Refused, Refused: &event.RefusedDetail{}})
			}
		}},
		"a gap": {"gaps", func(r *recording) {
			last := r.events[len(r.events)-1]
			r.events = append(r.events, &event.Event{Seq: last.Seq + 1, Time: last.Time, Type: event.Gap, Tab: 1, Frame: "0", Gap: &event.GapDetail{Reason: "paused"}})
		}},
		"all at once": {"short", func(r *recording) { each(r, func(e *event.Event) { e.Time = beginning + e.Seq }) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := purchase().recording()
			c.spoil(&r)
			q := scored(t, r)
			require.Less(t, q.Score, best)
			require.Negative(t, points(q, c.code))
		})
	}
}

func each(r *recording, change func(*event.Event)) {
	for _, e := range r.events {
		change(e)
	}
}

func stale(e *event.Event) {
	if e.Screenshot != nil {
		e.Screenshot.Stale = true
	}
}

func unverify(e *event.Event) {
	if e.Target != nil {
		for i := range e.Target.Selectors {
			e.Target.Selectors[i].Verified = false
		}
	}
}

func TestAClickThatChangesNothingCostsPoints(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", cartLink, addButton)
	for range 4 {
		tp.click(addButton, 1)
	}
	q := scored(t, tp.recording())
	require.Negative(t, points(q, "dead_clicks"))
}

func TestASessionWithoutStepsScoresNothing(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", cartLink)
	require.Zero(t, scored(t, tp.recording()).Score)
}
