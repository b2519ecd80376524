package pipeline

import (
	"cmp"
	"maps"
	"slices"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

const normaliseVersion = 2

// normalise turns the events into steps. Every event ends up in one step or, with its reason, among the dropped.
func normalise(r recording) trajectory.Normalised {
	r.events = inTime(r.events)
	sifted := sift(r.events)
	merged := merge(sifted.acts)
	maps.Copy(merged.owners, sifted.out.owners)

	n := trajectory.Normalised{Steps: []trajectory.Step{}, Dropped: append(sifted.out.dropped, merged.dropped...)}
	o := newObserver(r)
	n.Steps = o.walk(merged.acts)
	for i := range n.Steps {
		n.Steps[i].Number = i + 1
		n.Steps[i].After = o.outcome(n.Steps, merged.acts, i)
	}
	n.Snapshots = o.used(n.Steps)
	assign(n.Dropped, n.Steps, merged.owners)
	slices.SortFunc(n.Dropped, func(a, b trajectory.Dropped) int { return cmp.Compare(a.Events[0], b.Events[0]) })
	return n
}

// walk goes over the events once and makes a step of each act, from what the observer has seen before it.
func (o *observer) walk(acts []act) []trajectory.Step {
	steps := make([]trajectory.Step, 0, len(acts))
	firsts := make(map[int64]int, len(acts))
	within := map[int64]bool{}
	for i, a := range acts {
		firsts[a.events[0]] = i
		for _, seq := range a.events {
			within[seq] = true
		}
	}
	trail := newTrail()
	for _, e := range o.rec.events {
		if i, ok := firsts[e.Seq]; ok {
			steps = append(steps, o.step(acts[i], trail))
			steps[len(steps)-1].Mistake = slices.ContainsFunc(acts[i].events, o.mistaken)
		}
		o.see(e, within[e.Seq])
		trail.see(e)
	}
	return steps
}

func (o *observer) step(a act, t *trail) trajectory.Step {
	e := a.first
	s := trajectory.Step{
		Events: a.events, Time: e.Time, DurationMS: max(0, a.last.Time-e.Time),
		Before: o.before(a), Action: o.action(a, t),
	}
	if s.Tab = o.tab(e.Tab).number; e.Type == event.Tab && o.tabs[o.active] != nil {
		s.Tab = o.tabs[o.active].number // the one from which the person went
	}
	if d := duration(a.last); d > s.DurationMS {
		s.DurationMS = d
	}
	if e.Target == nil {
		return s
	}
	s.Target = &trajectory.Target{Tag: e.Target.Tag, Role: e.Target.Role, Name: e.Target.Name}
	for _, sel := range e.Target.Selectors {
		s.Target.Verified = s.Target.Verified || sel.Verified
	}
	s.Private = a.last.Input != nil && a.last.Input.Private || a.last.Select != nil && a.last.Select.Private
	if snapshot, ok := o.snapshots[s.Before.Snapshot]; ok && usesElement(s.Action.Kind) {
		s.Action.Element, s.GroundedBy = ground(e, snapshot)
		if a.last != e && a.last.Type == event.Drop {
			s.Action.To, _ = ground(a.last, snapshot)
		}
	}
	return s
}

// mistaken tells whether the participant said of an event that it was done by mistake.
func (o *observer) mistaken(seq int64) bool { return o.mistakes[seq] }

func usesElement(k trajectory.Kind) bool {
	return k == trajectory.Press || (trajectory.Action{Kind: k}).NeedsElement()
}

func duration(e *event.Event) int64 {
	switch {
	case e.Input != nil:
		return e.Input.DurationMS
	case e.Scroll != nil:
		return e.Scroll.DurationMS
	case e.Hover != nil:
		return e.Hover.DurationMS
	default:
		return 0
	}
}

// used returns the snapshots that steps refer to, in the order of their first use.
func (o *observer) used(steps []trajectory.Step) []trajectory.Snapshot {
	var list []trajectory.Snapshot
	seen := map[string]bool{"": true}
	for i := range steps {
		if id := steps[i].Before.Snapshot; !seen[id] {
			seen[id] = true
			list = append(list, o.snapshots[id])
		}
	}
	return list
}

// assign tells each dropped event the step that it belongs to. What owned it may itself have been dropped for another.
func assign(dropped []trajectory.Dropped, steps []trajectory.Step, owners map[int64]int64) {
	of := map[int64]int{}
	for i := range steps {
		for _, seq := range steps[i].Events {
			of[seq] = steps[i].Number
		}
	}
	for i := range dropped {
		seq := dropped[i].Events[0]
		for range len(owners) {
			owner, ok := owners[seq]
			if !ok {
				break
			}
			seq = owner
			if of[seq] != 0 {
				break
			}
		}
		dropped[i].Step = of[seq]
	}
}
