package pipeline

import (
	"reflect"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// outcome is what changed from the page before step i to the page before the next step in its tab, or to the end of the
// recording.
func (o *observer) outcome(steps []trajectory.Step, acts []act, i int) trajectory.Outcome {
	before, from := steps[i].Before, acts[i].last
	opened := trajectory.Effect("")
	snapshot, told, last := "", "", from.Page
	for _, e := range o.rec.events[from.Seq:] {
		next := i+1 < len(acts) && e.Seq >= acts[i+1].events[0]
		if next && acts[i+1].first.Type != event.Navigation {
			last, snapshot = o.nextPage(steps[i+1], acts[i+1], from, last, snapshot)
			break
		}
		if next {
			break
		}
		if e.Effect != nil && sameDocument(e, from) {
			told = e.Effect.Kind
		}
		switch {
		case e.Type == event.Refused || e.Type == event.Gap:
			continue
		case e.Type == event.Tab && e.TabChange.Kind == "opened",
			e.Type == event.Navigation && e.Tab != from.Tab && e.Time-from.Time <= tabWindow:
			opened = trajectory.OpenedTab
		case e.Tab != from.Tab:
			continue
		case e.Type == event.Dialog && e.Dialog.Action == "opened":
			opened = trajectory.OpenedPopup
		case e.Frame == topFrame:
			last = e.Page
			if e.Snapshot != nil {
				snapshot = e.Snapshot.ID
			}
		}
	}
	if acts[i].first.Frame != topFrame && last.URL == from.Page.URL {
		last.URL, last.Title = before.URL, before.Title // nothing of the top frame was seen since
	}
	return completed(o.effect(steps[i], last, snapshot, opened), told)
}

// nextPage is the page at the next step, where that step is in the same tab.
func (o *observer) nextPage(next trajectory.Step, a act, from *event.Event, last event.Page, snapshot string) (event.Page, string) {
	if a.first.Tab != from.Tab || next.Before.URL == "" {
		return last, snapshot
	}
	last.URL, last.Title = next.Before.URL, next.Before.Title
	if next.Before.Snapshot != "" && !next.Before.Stale {
		snapshot = next.Before.Snapshot
	}
	return last, snapshot
}

func (o *observer) effect(s trajectory.Step, after event.Page, snapshot string, opened trajectory.Effect) trajectory.Outcome {
	out := trajectory.Outcome{Effect: trajectory.Unknown}
	if after.URL != s.Before.URL {
		out.URL = after.URL
	}
	if after.Title != s.Before.Title {
		out.Title = after.Title
	}
	was, knewBefore := o.snapshots[s.Before.Snapshot]
	is, knowsAfter := o.snapshots[snapshot]
	switch {
	case out.URL != "":
		out.Effect = trajectory.Navigated
	case opened != "":
		out.Effect = opened
	case out.Title != "":
		out.Effect = trajectory.ChangedPage
	case knewBefore && knowsAfter && whole(was) && whole(is) && !s.Before.Stale:
		out.Effect = trajectory.NoneSeen
		if was.ID != is.ID && !reflect.DeepEqual(was.Elements, is.Elements) {
			out.Effect = trajectory.ChangedPage
		}
	}
	switch s.Action.Kind {
	case trajectory.Type, trajectory.Select, trajectory.Scroll, trajectory.SwitchTab, trajectory.CloseTab, trajectory.NewTab, trajectory.Drag, trajectory.Upload:
		if out.Effect == trajectory.NoneSeen || out.Effect == trajectory.Unknown {
			out.Effect = trajectory.ChangedPage // the action itself is the change
		}
	default:
	}
	return out
}

// completed adds what the recorder was told by the page: it sees changes that are in no list of elements, such as a notice.
func completed(out trajectory.Outcome, told string) trajectory.Outcome {
	switch {
	case told == "dialog" && out.Effect != trajectory.Navigated && out.Effect != trajectory.OpenedTab:
		out.Effect = trajectory.OpenedPopup
	case told == "changed" && (out.Effect == trajectory.Unknown || out.Effect == trajectory.NoneSeen):
		out.Effect = trajectory.ChangedPage
	case told == "none" && out.Effect == trajectory.Unknown:
		out.Effect = trajectory.NoneSeen
	}
	return out
}

func whole(s trajectory.Snapshot) bool { return !s.Partial && !s.Truncated }
