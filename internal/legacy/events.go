package legacy

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/redact"
)

// The values of required fields that an export never holds; the package's comment says what they stand for.
const (
	unknownTab  = 0
	topFrame    = "0"
	unknownZoom = 1
)

// Bounds of a time that can be one: the schema's, the years 2000 to 2099, in milliseconds since the Unix epoch.
const (
	minTime = 946_684_800_000
	maxTime = 4_102_444_800_000
)

// mapper makes events of one session's rows.
type mapper struct {
	report   *Report
	document document
	shots    int
}

// events maps the rows in the order of their time and numbers them afresh: their own numbers restart with each page.
func (m *mapper) events(s *session) []*event.Event {
	rows := slices.Clone(s.Rows)
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.Timestamp, b.Timestamp), cmp.Compare(order(a), order(b)))
	})
	var events []*event.Event
	for i := range rows {
		m.document.see(&rows[i])
		e, why := m.event(&rows[i])
		if e == nil {
			m.report.NotCarried[kindOf(&rows[i])+": "+why]++
			continue
		}
		e.Seq = int64(len(events)) + 1
		events = append(events, e)
	}
	return events
}

// order decides between rows of one millisecond.
func order(r row) float64 {
	if r.Sequence == nil {
		return 0
	}
	return *r.Sequence
}

// kinds are the types that exports are known to have. Others are counted together: a report holds no values.
var kinds = []string{"CLICK", "INPUT", "FORM_SUBMIT", "FOCUS", "KEY_PRESS", "HOVER", "NAVIGATION", "navigation_restored"}

func kindOf(r *row) string {
	if slices.Contains(kinds, r.Type) {
		return r.Type
	}
	return "row of an unknown type"
}

// event maps one row, or says why it cannot be carried.
func (m *mapper) event(r *row) (*event.Event, string) {
	if r.broken {
		return nil, "it has another form"
	}
	switch r.Type {
	case "NAVIGATION", "navigation_restored":
		return nil, "it does not say how the page came to be shown; the addresses stand in the other events"
	case "CLICK", "INPUT", "FORM_SUBMIT", "FOCUS", "KEY_PRESS", "HOVER":
	default:
		return nil, "its type has no counterpart"
	}
	page, lacks := pageOf(r)
	if r.Timestamp < minTime || r.Timestamp > maxTime {
		lacks = append(lacks, "time")
	}
	if !isTag(r.Element.Tag) {
		lacks = append(lacks, "element")
	}
	if len(lacks) > 0 {
		return nil, "lacks " + strings.Join(lacks, ", ")
	}
	e := &event.Event{Time: int64(r.Timestamp), Tab: unknownTab, Frame: topFrame, Page: page, Target: m.target(r)}
	if why := m.detail(e, r); why != "" {
		return nil, why
	}
	m.report.Assumed["tab and frame"]++
	m.report.Assumed["zoom"]++
	if r.Interaction.ScreenshotID != "" {
		m.report.NotCarried["screenshot: the export holds its id alone"]++
	}
	e.Snapshot = m.snapshot(r, page)
	return e, ""
}

// pageOf is the page of a row, or the names of what is missing of it.
func pageOf(r *row) (event.Page, []string) {
	p, view := event.Page{URL: r.Context.URL, Title: r.Context.PageTitle}, r.Visual.Viewport
	if b := r.State.Before; b != nil {
		p.URL, p.Title = cmp.Or(b.URL, p.URL), cmp.Or(b.Title, p.Title)
		if b.Viewport != nil {
			view = b.Viewport
		}
	}
	var lacks []string
	if p.URL == "" {
		lacks = append(lacks, "address")
	}
	if p.Title == "" {
		lacks = append(lacks, "title")
	}
	if view == nil || view.Width == 0 || view.DPR == 0 {
		return p, append(lacks, "viewport")
	}
	p.Title = cut(p.Title, 1000)
	p.Viewport = event.Viewport{Width: view.Width, Height: view.Height, DPR: view.DPR, Zoom: unknownZoom}
	p.Scroll = event.Point{X: view.ScrollX, Y: view.ScrollY}
	return p, lacks
}

// detail fills in what belongs to the type, or says what is missing.
func (m *mapper) detail(e *event.Event, r *row) string {
	at := r.Visual.Coordinates
	switch r.Type {
	case "CLICK":
		if at == nil {
			return "lacks coordinates"
		}
		// The earlier recorder listened to the DOM's click event, which only the main button makes.
		e.Type, e.Click = event.Click, &event.ClickDetail{X: at.X, Y: at.Y, Button: "left", Modifiers: modifiers(r)}
	case "HOVER":
		if at == nil {
			return "lacks coordinates"
		}
		e.Type, e.Hover = event.Hover, &event.HoverDetail{X: at.X, Y: at.Y}
	case "INPUT":
		// The earlier recorder told no private field from another, so no value is taken over.
		e.Type, e.Input = event.Input, &event.InputDetail{Value: "[PRIVATE]", Private: true}
	case "FORM_SUBMIT":
		e.Type, e.Submit = event.Submit, &event.SubmitDetail{}
	case "FOCUS":
		e.Type, e.Focus = event.Focus, &event.FocusDetail{}
	case "KEY_PRESS":
		if len(r.Interaction.Key) < 2 {
			return "it does not hold a named key"
		}
		e.Type, e.Key = event.Key, &event.KeyDetail{Key: r.Interaction.Key, Modifiers: modifiers(r)}
	}
	return ""
}

func modifiers(r *row) []string {
	var list []string
	held := r.Interaction.Modifiers
	for _, k := range []struct {
		name string
		down bool
	}{{"alt", held.Alt}, {"ctrl", held.Ctrl}, {"meta", held.Meta}, {"shift", held.Shift}} {
		if k.down {
			list = append(list, k.name)
		}
	}
	return list
}

// startOf is when the session began: as it says, or else with its first event.
func startOf(s *session, events []*event.Event) int64 {
	if at, err := time.Parse(time.RFC3339Nano, s.StartTime); err == nil && at.UnixMilli() >= minTime && at.UnixMilli() <= maxTime {
		return at.UnixMilli()
	}
	return events[0].Time
}

// cut shortens a text that people read. Evidence is never cut. What is private is taken out before: ingestion would not
// know the half of a number that was cut in two.
func cut(s string, runes int) string {
	if len(s) <= runes {
		return s
	}
	s, _ = redact.Default().Text(s)
	n := 0
	for i := range s {
		if n == runes-1 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
