package console

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

// words says a step as a person would.
func words(step trajectory.Step) string {
	a, on := step.Action, target(step)
	switch a.Kind {
	case trajectory.Click:
		return "Click" + on
	case trajectory.Type:
		if step.Private {
			return "Type a private value into" + on
		}
		return "Type " + quote(deref(a.Text)) + " into" + on
	case trajectory.Select:
		return "Choose " + quote(strings.Join(a.Options, ", ")) + " in" + on
	case trajectory.Press:
		return "Press " + a.Key
	case trajectory.Scroll:
		return fmt.Sprintf("Scroll %s by %d px", a.Direction, a.Pixels)
	case trajectory.Hover:
		return "Point at" + on
	case trajectory.Drag:
		return "Drag" + on
	case trajectory.Upload:
		return "Choose a file in" + on
	case trajectory.Submit:
		return "Submit" + on
	case trajectory.Navigate:
		return "Go to " + short(a.URL)
	case trajectory.GoBack:
		return "Go back"
	case trajectory.GoForward:
		return "Go forward"
	case trajectory.Reload:
		return "Reload the page"
	case trajectory.NewTab:
		return "Open a tab"
	case trajectory.SwitchTab:
		return "Switch to tab " + strconv.Itoa(a.Tab)
	case trajectory.CloseTab:
		return "Close the tab"
	case trajectory.Dialog:
		return "Answer the dialog"
	default:
		return string(a.Kind)
	}
}

func target(step trajectory.Step) string {
	t := step.Target
	if t == nil {
		return ""
	}
	kind := t.Role
	if kind == "" {
		kind = t.Tag
	}
	if t.Name == "" {
		return " " + kind
	}
	return " " + kind + " " + quote(t.Name)
}

// maxQuoted is how many characters of a name or a text are shown; the API has all of it.
const maxQuoted = 90

func quote(s string) string {
	if r := []rune(s); len(r) > maxQuoted {
		s = string(r[:maxQuoted]) + "…"
	}
	return "“" + s + "”"
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// short is a URL without what a reader can do without.
func short(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	s := u.Host + u.Path
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}

// effects in words; one that says nothing has none.
var effects = map[trajectory.Effect]string{
	trajectory.Navigated:   "led to another page",
	trajectory.OpenedTab:   "opened a tab",
	trajectory.OpenedPopup: "opened a dialog",
	trajectory.ChangedPage: "changed the page",
	trajectory.NoneSeen:    "changed nothing",
}

// frame is what the picture of a step needs: the box of its target in the coordinates of the viewport.
type frame struct {
	Width, Height float64
	Box           *event.Box
}

func (s session) frame(step trajectory.Step) frame {
	f := frame{Width: step.Before.Viewport.Width, Height: step.Before.Viewport.Height}
	if step.Action.Element == nil || s.Steps == nil {
		return f
	}
	for _, shot := range s.Steps.Snapshots {
		if shot.ID == step.Before.Snapshot && *step.Action.Element < len(shot.Elements) {
			f.Box = shot.Elements[*step.Action.Element].Box
		}
	}
	return f
}

// pictured says whether any step has a picture: where none has, none is missed.
func (s session) pictured() bool {
	return slices.ContainsFunc(s.Steps.Steps, func(step trajectory.Step) bool { return step.Before.Screenshot != nil })
}

// points of a reason: a tick where nothing was taken off.
func points(r trajectory.Reason) string {
	if r.Points == 0 {
		return "✓"
	}
	return "−" + strconv.Itoa(-r.Points)
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

func (s session) image(step trajectory.Step) string {
	return Path + "sessions/" + s.ID + "/screenshots/" + step.Before.Screenshot.ID
}

// offset is when a step was taken, from the beginning of the session, as m:ss.
func (s session) offset(step trajectory.Step) string {
	seconds := max(0, (step.Time-s.StartedAt)/1000)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

func when(ms int64) string { return time.UnixMilli(ms).UTC().Format("2 Jan 2006, 15:04 UTC") }

func machineTime(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

func title(s record.Session) string {
	if s.Header.Task != nil {
		return s.Header.Task.Title
	}
	return "Free recording"
}

func quality(s record.Session) string {
	if s.Quality < 0 {
		return "–"
	}
	return strconv.FormatInt(s.Quality, 10)
}

// grade is the class that colours a score.
func grade(score int64) string {
	switch {
	case score < 0:
		return "none"
	case score < 40:
		return "poor"
	case score < 60:
		return "fair"
	default:
		return "good"
	}
}

// meanings of the states, for people.
var meanings = map[store.Status]string{
	store.Recording:  "recording",
	store.Awaiting:   "waiting for room in the queue",
	store.Queued:     "waiting for a worker",
	store.Processing: "being processed",
	store.Ready:      "ready",
	store.Failed:     "failed",
}

var outcomes = map[trajectory.Done]string{
	trajectory.Achieved: "The task was seen to be done.",
	trajectory.Partly:   "Part of the task was seen to be done.",
	trajectory.NotShown: "Nothing shows that the task was done.",
	trajectory.NoTask:   "The session has no task.",
}
