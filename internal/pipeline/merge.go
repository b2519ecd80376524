package pipeline

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// How close in time two events must be to be one act or cause and effect, in milliseconds. They are generous where only
// one cause is possible and tight where a person could have done both.
const (
	navigationWindow = 15_000 // a slow shop answers a click
	redirectWindow   = 3_000  // a page sends on to another
	pageBackWindow   = 1_000  // a link of the page goes back
	tabWindow        = 3_000  // a click opens a tab and the browser shows it
	submitWindow     = 1_000  // a click or Enter sends the form
	changeWindow     = 1_000  // a click changes a checkbox
	syntheticWindow  = 500    // the browser's own click after Enter, or after a click on a label
)

// act is something a person did: an event, or several that make one act. The first event tells what was there before.
type act struct {
	first, last *event.Event
	events      []int64
}

func newAct(e *event.Event) act { return act{first: e, last: e, events: []int64{e.Seq}} }

// absorb makes the later act part of this one.
func (a *act) absorb(b act) {
	a.events = append(slices.Clone(a.events), b.events...)
	a.last = b.last
}

// merger keeps the acts so far, the newest last, and what was dropped.
type merger struct {
	acts    []act
	dropped []trajectory.Dropped
	owners  map[int64]int64 // event number of a dropped event → first event number of the act it belongs to
}

// merge makes acts of one-event acts: it joins typing in one field and scrolling, and takes out what only followed
// from another act. Merging its own result again changes nothing.
func merge(acts []act) *merger {
	m := &merger{owners: map[int64]int64{}}
	for _, a := range acts {
		m.add(a)
	}
	m.settle()
	return m
}

func (m *merger) top() *act {
	if len(m.acts) == 0 {
		return nil
	}
	return &m.acts[len(m.acts)-1]
}

func (m *merger) add(a act) {
	if !m.scrollsOn(a) {
		m.settle()
	}
	top := m.top()
	if top == nil || top.last.Tab != a.first.Tab {
		m.acts = append(m.acts, a)
		return
	}
	t, e := top.last, a.first
	age := e.Time - t.Time
	switch {
	case e.Type == event.Input && t.Type == event.Input && sameTarget(t, e),
		m.scrollsOn(a),
		e.Type == event.Hover && t.Type == event.Hover && sameTarget(t, e),
		e.Type == event.Drop && t.Type == event.Drag:
		top.absorb(a)
	case e.Type == event.Input && t.Type == event.Click && sameTarget(t, e),
		e.Type == event.Select && e.Select.Checked == nil && t.Type == event.Click && sameTarget(t, e),
		e.Type == event.Click && e.Click.Keyboard && isEnter(t) && age <= syntheticWindow && sameTarget(t, e),
		e.Type == event.Click && t.Type == event.Click && t.Target != nil && t.Target.Tag == "label" && age <= syntheticWindow && !sameTarget(t, e):
		m.replaceTop(a)
	case e.Type == event.Select && e.Select.Checked != nil && t.Type == event.Click && sameTarget(t, e) && age <= changeWindow:
		m.drop(a, trajectory.PartOfStep, top)
	case e.Type == event.Click && e.Click.Keyboard && isEnter(t) && age <= syntheticWindow,
		e.Type == event.Submit && (t.Type == event.Click || isEnter(t)) && age <= submitWindow:
		m.drop(a, trajectory.Consequence, top)
	default:
		m.acts = append(m.acts, a)
	}
}

// replaceTop drops the newest act as a part of the one that follows it, and adds that.
func (m *merger) replaceTop(a act) {
	top := *m.top()
	m.acts = m.acts[:len(m.acts)-1]
	m.drop(top, trajectory.PartOfStep, &a)
	m.add(a)
}

// scrollsOn says that the act goes on with the scroll gesture that came before it.
func (m *merger) scrollsOn(a act) bool {
	top := m.top()
	return top != nil && top.last.Type == event.Scroll && a.first.Type == event.Scroll && sameDocument(top.last, a.first)
}

// settle takes back scroll gestures that ended where they began.
func (m *merger) settle() {
	for top := m.top(); top != nil && top.first.Type == event.Scroll; top = m.top() {
		from, to := top.first.Scroll.From, top.last.Scroll.To
		if math.Abs(from.X-to.X) >= 1 || math.Abs(from.Y-to.Y) >= 1 {
			return
		}
		gone := *top
		m.acts = m.acts[:len(m.acts)-1]
		m.drop(gone, trajectory.ScrolledBack, nil)
	}
}

func (m *merger) drop(a act, reason string, owner *act) {
	m.dropped = append(m.dropped, trajectory.Dropped{Events: a.events, Type: a.first.Type, Reason: reason})
	if owner != nil {
		m.owners[a.events[0]] = owner.events[0]
	}
}

func isEnter(e *event.Event) bool { return e.Type == event.Key && e.Key.Key == "Enter" }

func sameDocument(a, b *event.Event) bool {
	return a.Tab == b.Tab && a.Frame == b.Frame && a.Document == b.Document
}

// sameTarget says that two events concern one element. What identifies an element to a page does: its id, name or test
// id, else its best selector; its place only where there is none of these.
func sameTarget(a, b *event.Event) bool {
	return a.Target != nil && b.Target != nil && sameDocument(a, b) && identity(a.Target) == identity(b.Target)
}

func identity(t *event.Target) string {
	parts := append([]string{t.Tag, t.Attributes["type"]}, append(t.FramePath, t.Shadow...)...)
	found := false
	for _, name := range []string{"id", "name", "data-testid", "data-test"} {
		if v := t.Attributes[name]; v != "" {
			parts, found = append(parts, "@"+name+"="+v), true
		}
	}
	if !found {
		for _, s := range t.Selectors {
			if s.Value != "" && !s.Positional {
				parts, found = append(parts, s.Kind+":"+s.Value), true
				break
			}
		}
	}
	if !found {
		parts = append(parts, t.Role, t.Name)
		if t.Box != nil {
			parts = append(parts, strconv.Itoa(int(t.Box.X)), strconv.Itoa(int(t.Box.Y)))
		}
	}
	return strings.Join(parts, "\x00")
}
