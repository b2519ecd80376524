package pipeline

import (
	"math"
	"slices"
	"strings"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// action says in the vocabulary what the act was. The element is found later.
func (o *observer) action(a act, t *trail) trajectory.Action {
	e := a.last
	switch a.first.Type {
	case event.Input:
		return trajectory.Action{Kind: trajectory.Type, Text: &e.Input.Value}
	case event.Select:
		if e.Select.Checked != nil { // what a person does to a checkbox is to click it
			return trajectory.Action{Kind: trajectory.Click}
		}
		return trajectory.Action{Kind: trajectory.Select, Options: e.Select.Options}
	case event.Scroll:
		return scrolled(a.first.Scroll.From, e.Scroll.To)
	case event.Touch:
		if e.Touch.Kind == "swipe" { // the page follows the finger: swiping up scrolls down
			return scrolled(e.Touch.To, e.Touch.From)
		}
		return trajectory.Action{Kind: trajectory.Click}
	case event.Key:
		return trajectory.Action{Kind: trajectory.Press, Key: shortcut(e.Key)}
	case event.Hover:
		return trajectory.Action{Kind: trajectory.Hover}
	case event.Drag:
		return trajectory.Action{Kind: trajectory.Drag}
	case event.Drop:
		return trajectory.Action{Kind: trajectory.Upload}
	case event.Submit:
		return trajectory.Action{Kind: trajectory.Submit}
	case event.Dialog:
		accept := e.Dialog.Action == "accepted"
		return trajectory.Action{Kind: trajectory.Dialog, Accept: &accept}
	case event.Tab:
		return o.tabAction(e)
	case event.Navigation:
		return t.navigated(e)
	default:
		return trajectory.Action{Kind: trajectory.Click}
	}
}

func (o *observer) tabAction(e *event.Event) trajectory.Action {
	switch e.TabChange.Kind {
	case "opened":
		return trajectory.Action{Kind: trajectory.NewTab}
	case "closed":
		return trajectory.Action{Kind: trajectory.CloseTab}
	default:
		return trajectory.Action{Kind: trajectory.SwitchTab, Tab: o.tab(e.Tab).number}
	}
}

// scrolled names the direction of the longer way.
func scrolled(from, to event.Point) trajectory.Action {
	dx, dy := to.X-from.X, to.Y-from.Y
	a := trajectory.Action{Kind: trajectory.Scroll}
	switch {
	case math.Abs(dx) > math.Abs(dy) && dx > 0:
		a.Direction = "right"
	case math.Abs(dx) > math.Abs(dy):
		a.Direction = "left"
	case dy > 0:
		a.Direction = "down"
	default:
		a.Direction = "up"
	}
	a.Pixels = int(math.Round(max(math.Abs(dx), math.Abs(dy))))
	return a
}

// modifierNames are the names of the UI Events standard, in the order in which shortcuts are written.
var modifierNames = []struct{ recorded, name string }{
	{"ctrl", "Control"},
	{"alt", "Alt"},
	{"shift", "Shift"},
	{"meta", "Meta"},
}

func shortcut(k *event.KeyDetail) string {
	var parts []string
	for _, m := range modifierNames {
		if slices.Contains(k.Modifiers, m.recorded) {
			parts = append(parts, m.name)
		}
	}
	return strings.Join(append(parts, k.Key), "+")
}

// trail is each tab's list of addresses, which tells a step back from a step forward.
type trail struct {
	urls map[int64][]string
	at   map[int64]int
}

func newTrail() *trail { return &trail{urls: map[int64][]string{}, at: map[int64]int{}} }

// see follows the address of the tab's top frame.
func (t *trail) see(e *event.Event) {
	if e.Frame != topFrame || e.Type == event.Refused || e.Type == event.Gap {
		return
	}
	urls, at, url := t.urls[e.Tab], t.at[e.Tab], e.Page.URL
	switch {
	case len(urls) == 0:
		t.urls[e.Tab], t.at[e.Tab] = []string{url}, 0
	case urls[at] == url:
	case e.Type == event.Navigation && e.Navigation.Kind == "back_forward":
		if i := t.nearest(e.Tab, url); i >= 0 {
			t.at[e.Tab] = i
		}
	default:
		t.urls[e.Tab] = append(urls[:at+1:at+1], url)
		t.at[e.Tab] = at + 1
	}
}

// nearest finds the entry of the address that is closest to where the tab stands, earlier ones first; -1 where none is.
func (t *trail) nearest(tab int64, url string) int {
	urls, at := t.urls[tab], t.at[tab]
	for d := 1; d < len(urls); d++ {
		if i := at - d; i >= 0 && urls[i] == url {
			return i
		}
		if i := at + d; i < len(urls) && urls[i] == url {
			return i
		}
	}
	return -1
}

func (t *trail) navigated(e *event.Event) trajectory.Action {
	switch e.Navigation.Kind {
	case "reload":
		return trajectory.Action{Kind: trajectory.Reload}
	case "back_forward":
		if t.nearest(e.Tab, e.Page.URL) > t.at[e.Tab] {
			return trajectory.Action{Kind: trajectory.GoForward}
		}
		return trajectory.Action{Kind: trajectory.GoBack}
	default:
		return trajectory.Action{Kind: trajectory.Navigate, URL: e.Page.URL}
	}
}
