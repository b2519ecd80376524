package pipeline

import (
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// minOverlap is how much of the smaller of two boxes must lie in both for them to be the same element's.
const minOverlap = 0.7

// ground finds the element of a snapshot that an event acted on, and says how: by the recorder's own word, by role and
// name with the box to decide among several, by the box, or by the nearest ancestor that is in the list.
func ground(e *event.Event, s trajectory.Snapshot) (*int, string) {
	elements := s.Elements
	if e.Snapshot != nil && e.Snapshot.Target != nil && e.Snapshot.ID == s.ID && *e.Snapshot.Target < len(elements) {
		return e.Snapshot.Target, "recorder"
	}
	t := e.Target
	if t == nil {
		return nil, ""
	}
	box := moved(t.Box, e.Page.Scroll, s.Scroll)
	if i, ok := byName(elements, e, t.Tag, t.Role, t.Name, box); ok {
		return &i, "name"
	}
	if i, ok := byBox(elements, e, t.Tag, box); ok {
		return &i, "box"
	}
	for _, a := range t.Ancestors {
		if !interactiveTags[a.Tag] && !interactiveRoles[a.Role] {
			continue
		}
		if i, ok := byName(elements, e, a.Tag, a.Role, a.Name, box); ok {
			return &i, "ancestor"
		}
		return nil, ""
	}
	return nil, ""
}

// moved is the box as it stood in the viewport when the page was scrolled as it was at the snapshot.
func moved(b *event.Box, now, then event.Point) *event.Box {
	if b == nil {
		return nil
	}
	return &event.Box{X: b.X + now.X - then.X, Y: b.Y + now.Y - then.Y, Width: b.Width, Height: b.Height}
}

// byName finds the one element with the tag, role and name; among several, the one whose box holds the target.
func byName(elements []event.Element, e *event.Event, tag, role, name string, box *event.Box) (int, bool) {
	if name == "" {
		return 0, false
	}
	var found []int
	for i := range elements {
		el := &elements[i]
		if el.Tag == tag && el.Name == name && (role == "" || el.Role == role) && inFrame(el, e) {
			found = append(found, i)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return uniqueOverlap(elements, found, box)
}

// byBox finds the one element of the tag in the target's place.
func byBox(elements []event.Element, e *event.Event, tag string, box *event.Box) (int, bool) {
	var found []int
	for i := range elements {
		if elements[i].Tag == tag && inFrame(&elements[i], e) {
			found = append(found, i)
		}
	}
	return uniqueOverlap(elements, found, box)
}

func uniqueOverlap(elements []event.Element, among []int, box *event.Box) (int, bool) {
	if box == nil {
		return 0, false
	}
	hit, n := 0, 0
	for _, i := range among {
		if b := elements[i].Box; b != nil && overlap(*b, *box) >= minOverlap {
			hit, n = i, n+1
		}
	}
	return hit, n == 1
}

func inFrame(el *event.Element, e *event.Event) bool { return el.Frame == "" || el.Frame == e.Frame }

// overlap is the share of the smaller box that lies in both.
func overlap(a, b event.Box) float64 {
	w := min(a.X+a.Width, b.X+b.Width) - max(a.X, b.X)
	h := min(a.Y+a.Height, b.Y+b.Height) - max(a.Y, b.Y)
	small := min(a.Width*a.Height, b.Width*b.Height)
	if w <= 0 || h <= 0 || small <= 0 {
		return 0
	}
	return w * h / small
}
