package pipeline

import (
	"fmt"
	"math"

	"github.com/codesight/codesight/internal/trajectory"
)

const scoreVersion = 1

// The score is 100 less what is found wanting, and never below 0. Where a weight is for a share, all of it goes when
// the share that is as it should be is 0, none when it is 1, and in proportion between.
//
//	grounding     30 × share of element actions whose target was not found among the page's elements
//	screenshots   15 × share of steps without a frame from before the action; a stale frame counts half
//	snapshots     10 × share of steps without a whole, fresh element list; one that is partial or stale counts half
//	selectors     10 × share of element actions without a selector that was verified
//	dead clicks   10 × share of clicks that are known to have changed nothing
//	task          10 without a task; 10 where it is not shown to be done, 5 where it is in part
//	refused        2 for each refused event, at most 20
//	gaps           5 for each gap that the recorder reported, at most 20
//	too short     10 under three steps, 10 under five seconds
//
// A session without steps scores 0: there is nothing to learn from.
const (
	weightGrounding   = 30
	weightScreenshots = 15
	weightSnapshots   = 10
	weightSelectors   = 10
	weightDeadClicks  = 10
	weightNoTask      = 10
	weightNotShown    = 10
	weightPartly      = 5
	weightRefused     = 2
	maxRefused        = 20
	weightGap         = 5
	maxGaps           = 20
	weightFewSteps    = 10
	weightShort       = 10

	minSteps      = 3
	minDurationMS = 5_000
)

// score says how good the session is as training data, and why.
func score(r recording, a trajectory.Assembled, n trajectory.Normalised) trajectory.Quality {
	s := scorer{}
	s.add("gapless", 0, int(a.Events), nil, "every event of the sequence is there")
	if len(n.Steps) == 0 {
		s.add("no_steps", -100, 0, nil, "nothing was done that makes a step")
		return s.quality()
	}
	s.grounding(n)
	s.screenshots(n)
	s.snapshots(n)
	s.selectors(n)
	s.deadClicks(n)
	s.task(r, n)
	s.events(a)
	s.length(n)
	return s.quality()
}

type scorer struct{ reasons []trajectory.Reason }

func (s *scorer) quality() trajectory.Quality {
	total := 100
	for _, r := range s.reasons {
		total += r.Points
	}
	return trajectory.Quality{Score: max(0, total), Reasons: s.reasons}
}

func (s *scorer) add(code string, points, count int, steps []int, message string) {
	if len(steps) > trajectory.MaxReasonSteps {
		steps = steps[:trajectory.MaxReasonSteps]
	}
	s.reasons = append(s.reasons, trajectory.Reason{Code: code, Points: points, Message: message, Count: count, Steps: steps})
}

// share takes off the weight in proportion to what is missing of all. Half a thing may be missing.
func (s *scorer) share(code string, weight int, missing float64, all int, steps []int, what string) {
	if all == 0 {
		return
	}
	points := -int(math.Round(float64(weight) * missing / float64(all)))
	s.add(code, points, len(steps), steps, fmt.Sprintf("%d of %d %s", all-len(steps), all, what))
}

func (s *scorer) grounding(n trajectory.Normalised) {
	var all int
	var without []int
	for i := range n.Steps {
		if st := &n.Steps[i]; st.Action.NeedsElement() {
			all++
			if st.Action.Element == nil {
				without = append(without, st.Number)
			}
		}
	}
	s.share("grounding", weightGrounding, float64(len(without)), all, without, "actions have their target among the page's elements")
}

func (s *scorer) screenshots(n trajectory.Normalised) {
	missing, without := 0.0, []int(nil)
	for i := range n.Steps {
		st := &n.Steps[i]
		switch ref := st.Before.Screenshot; {
		case ref == nil:
			missing, without = missing+1, append(without, st.Number)
		case ref.Stale:
			missing, without = missing+0.5, append(without, st.Number)
		}
	}
	s.share("screenshots", weightScreenshots, missing, len(n.Steps), without, "steps have a fresh frame from before the action")
}

func (s *scorer) snapshots(n trajectory.Normalised) {
	partial := map[string]bool{}
	for _, sn := range n.Snapshots {
		partial[sn.ID] = sn.Partial || sn.Truncated
	}
	missing, without := 0.0, []int(nil)
	for i := range n.Steps {
		st := &n.Steps[i]
		switch b := st.Before; {
		case b.Snapshot == "":
			missing, without = missing+1, append(without, st.Number)
		case b.Stale || partial[b.Snapshot]:
			missing, without = missing+0.5, append(without, st.Number)
		}
	}
	s.share("snapshots", weightSnapshots, missing, len(n.Steps), without, "steps have a whole, fresh list of the page's elements")
}

func (s *scorer) selectors(n trajectory.Normalised) {
	var all int
	var without []int
	for i := range n.Steps {
		st := &n.Steps[i]
		if !st.Action.NeedsElement() || st.Target == nil {
			continue
		}
		all++
		if !st.Target.Verified {
			without = append(without, st.Number)
		}
	}
	s.share("selectors", weightSelectors, float64(len(without)), all, without, "targets have a selector that was verified when it was recorded")
}

func (s *scorer) deadClicks(n trajectory.Normalised) {
	var clicks, dropped int
	var dead []int
	for _, d := range n.Dropped {
		if d.Reason == trajectory.DeadClick {
			dropped++
		}
	}
	for i := range n.Steps {
		if st := &n.Steps[i]; st.Action.Kind == trajectory.Click {
			clicks++
			if st.After.Effect == trajectory.NoneSeen {
				dead = append(dead, st.Number)
			}
		}
	}
	if clicks+dropped == 0 {
		return
	}
	wrong := len(dead) + dropped
	points := -int(math.Round(weightDeadClicks * float64(wrong) / float64(clicks+dropped)))
	message := "no click is known to have changed nothing"
	if wrong > 0 {
		message = fmt.Sprintf("%d of %d clicks changed nothing", wrong, clicks+dropped)
	}
	s.add("dead_clicks", points, wrong, dead, message)
}

func (s *scorer) task(r recording, n trajectory.Normalised) {
	j := journey(r, n)
	steps := make([]int, 0, len(j.Outcome.Evidence))
	for _, e := range j.Outcome.Evidence {
		steps = append(steps, e.Step)
	}
	switch j.Outcome.Done {
	case trajectory.NoTask:
		s.add("task", -weightNoTask, 0, nil, "no task says what the session was for")
	case trajectory.NotShown:
		s.add("task", -weightNotShown, 0, nil, "nothing shows that the task was done")
	case trajectory.Partly:
		s.add("task", -weightPartly, j.Outcome.Seen, steps, fmt.Sprintf("the task is shown to be done in part: %d of %d", j.Outcome.Seen, j.Outcome.Needed))
	case trajectory.Achieved:
		s.add("task", 0, j.Outcome.Seen, steps, "the task is shown to be done")
	}
}

func (s *scorer) events(a trajectory.Assembled) {
	if a.Refused > 0 {
		s.add("refused_events", -int(min(maxRefused, weightRefused*a.Refused)), int(a.Refused), nil, "events were refused as invalid")
	}
	if n := len(a.Gaps); n > 0 {
		s.add("gaps", -min(maxGaps, weightGap*n), n, nil, "the recorder reported that it was interrupted")
	}
}

func (s *scorer) length(n trajectory.Normalised) {
	if len(n.Steps) < minSteps {
		s.add("few_steps", -weightFewSteps, len(n.Steps), nil, fmt.Sprintf("fewer than %d steps", minSteps))
	}
	last := &n.Steps[len(n.Steps)-1]
	if d := last.Time + last.DurationMS - n.Steps[0].Time; d < minDurationMS {
		s.add("short", -weightShort, 0, nil, fmt.Sprintf("shorter than %d seconds", minDurationMS/1000))
	}
}
