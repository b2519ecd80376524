package pipeline

import (
	"slices"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// maxListed bounds the elements that are kept of one recording's snapshots (some 100 MB): differences make long lists of
// small events. Past it no more snapshots are known, and steps on them make no examples. A recording of a day has less.
const maxListed = 500_000

// observer follows the events and knows, at each, what could be seen up to then. It never looks ahead.
type observer struct {
	rec       recording
	snapshots map[string]trajectory.Snapshot
	listed    int // elements of all snapshots
	tabs      map[int64]*tabState
	mistakes  map[int64]bool // numbers of the events that the participant called mistakes
	active    int64          // the tab of the newest event
}

// tabState is what was seen last in a tab.
type tabState struct {
	number   int          // from 1, in the order of appearance
	page     event.Page   // of the top frame
	at       *event.Event // the newest event of the top frame
	views    []view       // what the page of the top frame was, oldest first
	snapshot string
	taken    *event.Event // the event that brought the snapshot
	shot     *event.ScreenshotRef
	stale    bool // an act came after the snapshot
}

// view is how a page looked from a time on.
type view struct {
	from     int64
	document string
	page     event.Page
}

func newObserver(r recording) *observer {
	o := &observer{rec: r, snapshots: map[string]trajectory.Snapshot{}, tabs: map[int64]*tabState{}, mistakes: map[int64]bool{}}
	for _, e := range r.events {
		if e.Mistake {
			o.mistakes[e.Seq] = true
		}
	}
	return o
}

func (o *observer) tab(id int64) *tabState {
	t := o.tabs[id]
	if t == nil {
		t = &tabState{number: len(o.tabs) + 1}
		o.tabs[id] = t
	}
	return t
}

// see takes in an event after everything about it has been asked.
func (o *observer) see(e *event.Event, isAct bool) {
	if e.Type == event.Refused || e.Type == event.Gap {
		return
	}
	t := o.tab(e.Tab)
	o.active = e.Tab
	o.learn(e)
	if e.Frame == topFrame {
		if t.at != nil && t.at.Document != e.Document || e.Type == event.Navigation && e.Navigation.Kind == "load" {
			t.snapshot, t.taken, t.shot, t.stale = "", nil, nil, false
		}
		t.page, t.at = e.Page, e
		t.views = append(t.views, view{e.Time, e.Document, e.Page})
	}
	if isAct {
		t.stale = true
	}
	if s := e.Snapshot; s != nil {
		t.snapshot, t.taken, t.stale = s.ID, e, isAct
	}
	if e.Screenshot != nil {
		t.shot = e.Screenshot
	}
}

// learn keeps the elements of a snapshot under its id. The first that brings them counts. One that is told by its
// difference to another needs that one: where it is missing (its event was refused, or removed by the participant), this
// one is not known either.
func (o *observer) learn(e *event.Event) {
	s := e.Snapshot
	if s == nil || len(s.Elements) == 0 && len(s.Kept) == 0 {
		return
	}
	if _, ok := o.snapshots[s.ID]; ok || o.listed >= maxListed {
		return
	}
	own := *s
	own.Elements = framed(s.Elements, e.Frame)
	list, ok := own.List(o.snapshots[s.Base].Elements)
	if !ok {
		return
	}
	o.listed += len(list)
	o.snapshots[s.ID] = trajectory.Snapshot{
		ID: s.ID, Elements: list, Scroll: e.Page.Scroll, Truncated: s.Truncated, Partial: o.rec.partialElements(),
	}
}

// framed names the frame of every element that is in one. A recorder leaves its own out, so without this a list would
// tell in which frame the act was.
func framed(elements []event.Element, own string) []event.Element {
	if own == topFrame {
		return elements
	}
	named := slices.Clone(elements)
	for i := range named {
		if named[i].Frame == "" {
			named[i].Frame = own
		}
	}
	return named
}

// before is what could be seen when the act began. The observer must have seen every event before the act and none
// after.
func (o *observer) before(a act) trajectory.Observation {
	switch a.first.Type {
	case event.Navigation:
		return o.state(o.tab(a.first.Tab))
	case event.Tab, event.Dialog:
		if t, ok := o.tabs[o.active]; ok {
			return o.state(t)
		}
		return trajectory.Observation{}
	default:
		return o.own(a.first)
	}
}

// state is what was seen last in a tab: for acts that are not done on the page, whose own event shows what came of them.
func (o *observer) state(t *tabState) trajectory.Observation {
	if t.at == nil {
		return trajectory.Observation{}
	}
	b := fromPage(t.page)
	if _, ok := o.snapshots[t.snapshot]; ok {
		b.Snapshot, b.Stale = t.snapshot, t.stale
	}
	if t.shot != nil {
		b.Screenshot = o.image(t.shot, t.at.Time)
		if b.Screenshot != nil && t.stale {
			b.Screenshot.Stale = true
		}
	}
	return b
}

// own is what the event itself says of the page before it, completed by what was seen last.
func (o *observer) own(e *event.Event) trajectory.Observation {
	t := o.tab(e.Tab)
	page := e.Page
	if e.Frame != topFrame && t.at != nil {
		page = t.page // the event's own is that of the inner frame
	}
	if e.Type == event.Input {
		page = t.when(e, page)
	}
	b := fromPage(page)
	if e.Type == event.Scroll && e.Frame == topFrame {
		b.Scroll = e.Scroll.From
	}
	o.learn(e)
	b.Snapshot, b.Stale = o.elements(e, t)
	if e.Screenshot != nil {
		b.Screenshot = o.image(e.Screenshot, e.Time)
	}
	return b
}

// when is the page as it was when the typing began. Typing is reported when it pauses, with the page of that moment: by
// then its address or title may show what was typed.
func (t *tabState) when(e *event.Event, otherwise event.Page) event.Page {
	began := e.Time - e.Input.DurationMS
	for i := len(t.views) - 1; i >= 0; i-- {
		v := t.views[i]
		if e.Frame == topFrame && v.document != e.Document {
			break
		}
		if v.from <= began {
			return v.page
		}
	}
	return otherwise
}

// elements names the list that the event refers to, or else the newest of its document, and says if it is stale. Where the event refers to one
// that was never recorded, the newest is not what stood there.
func (o *observer) elements(e *event.Event, t *tabState) (string, bool) {
	if e.Snapshot != nil {
		if _, ok := o.snapshots[e.Snapshot.ID]; ok {
			return e.Snapshot.ID, false
		}
	}
	if _, ok := o.snapshots[t.snapshot]; ok && t.taken.Document == e.Document && t.taken.Frame == e.Frame {
		return t.snapshot, t.stale || e.Snapshot != nil
	}
	return "", false
}

// image returns the reference where the image is stored and shows the page before the act.
func (o *observer) image(ref *event.ScreenshotRef, at int64) *event.ScreenshotRef {
	meta, ok := o.rec.images[ref.ID]
	if !ok || meta.TakenAt > at {
		return nil
	}
	copied := *ref
	return &copied
}

func fromPage(p event.Page) trajectory.Observation {
	return trajectory.Observation{URL: p.URL, Title: p.Title, Viewport: p.Viewport, Scroll: p.Scroll, Product: p.Product}
}
