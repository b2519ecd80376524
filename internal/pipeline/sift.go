package pipeline

import (
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// sifter goes over the events in order and parts what a person did from what only followed from it, or was no action
// at all. What it keeps goes on to merge.
type sifter struct {
	events []*event.Event
	acts   []act
	out    *merger // takes what is dropped

	cause    map[int64]*event.Event // per tab: the newest event that can have made the page move
	moved    map[int64]*event.Event // per tab: the newest navigation of the top frame
	seen     map[int64]bool         // tabs with an event so far
	tabs     *event.Event           // newest tab event
	previous *event.Event           // newest cause in any tab
}

func sift(events []*event.Event) *sifter {
	s := &sifter{
		events: events, out: &merger{owners: map[int64]int64{}},
		cause: map[int64]*event.Event{}, moved: map[int64]*event.Event{}, seen: map[int64]bool{},
	}
	for i, e := range events {
		s.event(i, e)
		if e.Type != event.Refused {
			s.seen[e.Tab] = true
		}
	}
	return s
}

func (s *sifter) event(i int, e *event.Event) {
	switch e.Type {
	case event.Refused:
		s.drop(e, trajectory.WasRefused, nil)
	case event.Gap:
		s.drop(e, trajectory.Interrupted, nil)
	case event.SnapshotTaken, event.ScreenshotShot:
		s.drop(e, trajectory.Observed, nil)
	case event.Focus, event.Blur:
		s.drop(e, trajectory.FocusOnly, nil)
	case event.Navigation:
		s.navigation(e)
	case event.Tab:
		s.tab(e)
	case event.Dialog:
		s.dialog(e)
	case event.Clipboard:
		s.clipboard(e)
	case event.Effect:
		s.drop(e, trajectory.Consequence, s.cause[e.Tab])
	case event.Key:
		s.key(e)
	case event.Click:
		if s.dead(i) {
			s.drop(e, trajectory.DeadClick, nil)
			return
		}
		s.keep(e)
	case event.Touch:
		if e.Touch.Kind != "tap" && e.Touch.Kind != "swipe" {
			s.drop(e, trajectory.NotVocabulary, nil)
			return
		}
		s.keep(e)
	default:
		s.keep(e)
	}
}

func (s *sifter) keep(e *event.Event) {
	s.acts = append(s.acts, newAct(e))
	switch e.Type {
	case event.Scroll, event.Hover, event.Tab, event.Navigation:
	default:
		s.cause[e.Tab], s.previous = e, e
	}
}

func (s *sifter) drop(e *event.Event, reason string, cause *event.Event) {
	a := newAct(e)
	if cause == nil {
		s.out.drop(a, reason, nil)
		return
	}
	owner := newAct(cause)
	s.out.drop(a, reason, &owner)
}

// navigation keeps those that the person made with the browser itself: an address typed, a step back, a reload.
func (s *sifter) navigation(e *event.Event) {
	cause, before := s.causeOf(e), s.moved[e.Tab]
	redirected := before != nil && e.Time-before.Time <= redirectWindow
	if e.Frame == topFrame {
		s.moved[e.Tab] = e
	}
	switch kind := e.Navigation.Kind; {
	case e.Frame != topFrame:
		s.drop(e, trajectory.ByPage, cause)
	case !s.seen[e.Tab] && s.opener(e) != nil:
		s.drop(e, trajectory.Consequence, s.opener(e))
	case !s.seen[e.Tab]:
		s.drop(e, trajectory.StartState, nil)
	case cause != nil:
		s.drop(e, trajectory.Consequence, cause)
	case kind == "history" || kind == "fragment" || kind == "load" && redirected:
		s.drop(e, trajectory.ByPage, nil)
	default:
		s.keep(e)
	}
}

// causeOf is what can have made the page move. A page seldom goes back or reloads by itself: it must do so at once, and
// as its first answer.
func (s *sifter) causeOf(e *event.Event) *event.Event {
	cause, moved := s.cause[e.Tab], s.moved[e.Tab]
	window := int64(navigationWindow)
	if kind := e.Navigation.Kind; kind == "back_forward" || kind == "reload" {
		if window = pageBackWindow; moved != nil && cause != nil && moved.Seq > cause.Seq {
			return nil
		}
	}
	if cause == nil || e.Time-cause.Time > window {
		return nil
	}
	return cause
}

// opener is what opened the event's tab, where that is known.
func (s *sifter) opener(e *event.Event) *event.Event {
	if s.previous != nil && s.previous.Tab != e.Tab && e.Time-s.previous.Time <= tabWindow {
		return s.previous
	}
	return nil
}

func (s *sifter) tab(e *event.Event) {
	last := s.tabs
	s.tabs = e
	follows := last != nil && e.Time-last.Time <= tabWindow
	switch {
	case s.previous == nil && len(s.seen) == 0:
		s.drop(e, trajectory.StartState, nil)
	case e.TabChange.Kind == "opened" && s.opener(e) != nil:
		s.cause[e.Tab] = s.opener(e) // what the new tab shows is its doing too
		s.drop(e, trajectory.Consequence, s.opener(e))
	case e.TabChange.Kind == "activated" && follows && (last.TabChange.Kind == "closed" || last.Tab == e.Tab):
		s.drop(e, trajectory.Consequence, s.previous)
	case e.TabChange.Kind == "activated" && s.opener(e) != nil && !s.seen[e.Tab]:
		s.drop(e, trajectory.Consequence, s.opener(e))
	default:
		s.keep(e)
	}
}

// dialog keeps the answers to the browser's own dialogs. Those of the page are opened and closed by clicks and keys.
func (s *sifter) dialog(e *event.Event) {
	if e.Dialog.Action == "opened" || e.Dialog.Kind == "modal" {
		s.drop(e, trajectory.Consequence, s.cause[e.Tab])
		return
	}
	s.keep(e)
}

func (s *sifter) key(e *event.Event) {
	switch k := e.Key.Key; {
	case modifierKeys[k]:
		s.drop(e, trajectory.NotVocabulary, nil)
	case k == "Tab":
		s.drop(e, trajectory.FocusOnly, nil)
	case isTextField(e.Target) && (editingKeys[k] || isClipboard(e.Key)):
		s.drop(e, trajectory.PartOfTyping, nil)
	default:
		s.keep(e)
	}
}

// clipboard keeps no act of its own: where a key was pressed for it, that is the act, and a menu of the browser is beyond
// the vocabulary.
func (s *sifter) clipboard(e *event.Event) {
	if cause := s.cause[e.Tab]; cause != nil && cause.Type == event.Key && e.Time-cause.Time <= syntheticWindow {
		s.drop(e, trajectory.Consequence, cause)
		return
	}
	s.drop(e, trajectory.NotVocabulary, nil)
}

// dead says that the click hit nothing interactive and that nothing is seen to have come of it: no navigation, tab or
// dialog, and the recorder said so, or the same elements and address before and after. Without that evidence a click is never called dead, and
// never where the element could be acted on: what an "Add to cart" changes may not show among the elements.
func (s *sifter) dead(i int) bool {
	e := s.events[i]
	if e.Target == nil || e.Snapshot == nil || e.Snapshot.Target != nil || interactive(e.Target) {
		return false
	}
	for _, later := range s.events[i+1:] {
		switch later.Type {
		case event.Effect:
			if sameDocument(e, later) {
				return later.Effect.Kind == "none"
			}
		case event.Navigation, event.Tab, event.Dialog, event.SnapshotTaken, event.Input, event.Select, event.Submit:
			return false
		case event.Refused, event.Gap, event.ScreenshotShot, event.Focus, event.Blur, event.Clipboard:
			continue
		default:
			return sameDocument(e, later) && later.Page.URL == e.Page.URL && later.Page.Title == e.Page.Title &&
				later.Snapshot != nil && later.Snapshot.ID == e.Snapshot.ID
		}
	}
	return false
}
