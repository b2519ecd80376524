package redact

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/codesight/codesight/internal/event"
)

// Event takes what is private out of an event, in place, adds what it took to the event's redactions, and returns it.
// A second call finds nothing.
//
// Text that people read gets placeholders. Identity evidence (a name, an id, a selector) is exact or left out with its
// reason: a rewritten selector would name something that the page never showed. Every string of an event is visited;
// only what the schema limits to a fixed vocabulary is not.
func (e *Engine) Event(ev *event.Event) Counts {
	w := e.walk()
	w.event(ev)
	if ev.Redactions == nil && len(w.counts) > 0 {
		ev.Redactions = make(map[string]int, len(w.counts))
	}
	for t, n := range w.counts.ByType() {
		ev.Redactions[string(t)] += n
	}
	return w.counts
}

// Session takes what is private out of a session's header, in place.
func (e *Engine) Session(s *event.Session) Counts {
	w := e.walk()
	w.text(&s.Consent.Policy, 64)
	c := &s.Client
	w.text(&c.Name, 64)
	w.text(&c.Version, 32)
	w.text(&c.Browser, 64)
	w.text(&c.Platform, 64)
	w.text(&c.Lang, 35)
	w.text(&c.Timezone, 64)
	if t := s.Task; t != nil {
		w.text(&t.ID, 64)
		w.text(&t.Title, 300)
		w.text(&t.Description, 4000)
		w.texts(t.Steps, 500)
		w.texts(t.SuccessCriteria, 500)
		w.text(&t.Site, 253)
		w.text(&t.Difficulty, 32)
		w.texts(t.Tags, 64)
	}
	return w.counts
}

// eventBudget bounds the time for all texts of an event. The largest that there may be, of the most laborious text, takes a
// part of it. What was not looked at by then is withheld, not passed, and so is the text that is being scanned: an event
// must not hold up the others.
const eventBudget = 2 * time.Second

// walker redacts the fields of one event. The limits beside the fields are those of the schema, in code points: a
// placeholder may be longer than what it stands for, and the result must still be valid (a test compares them).
type walker struct {
	e      *Engine
	late   func() bool // the budget is spent
	counts Counts
	buf    []Span
}

func (e *Engine) walk() *walker {
	end := time.Now().Add(eventBudget)
	return &walker{e: e, late: func() bool { return time.Now().After(end) }, counts: Counts{}}
}

func (w *walker) event(ev *event.Event) {
	w.text(&ev.Frame, 64)
	w.text(&ev.Document, 64)
	w.text(&ev.Run, 64)
	w.page(&ev.Page)
	if ev.Target != nil {
		w.target(ev.Target)
	}
	if ev.Screenshot != nil && w.private(ev.Screenshot.ID) {
		ev.Screenshot.ID = withheldID
	}
	if ev.Snapshot != nil {
		w.snapshot(ev.Snapshot)
	}
	if d := ev.Navigation; d != nil {
		w.url(&d.From, 4096)
	}
	if d := ev.Input; d != nil {
		w.text(&d.Value, 10000)
	}
	if d := ev.Select; d != nil {
		w.texts(d.Options, 500)
	}
	if d := ev.Submit; d != nil {
		w.url(&d.Action, 4096)
	}
	if d := ev.Key; d != nil {
		w.text(&d.Key, 32)
	}
	if d := ev.Dialog; d != nil {
		w.text(&d.Message, 2000)
	}
	if d := ev.Refused; d != nil {
		for i := range d.Errors {
			w.text(&d.Errors[i].Location, 300)
			w.text(&d.Errors[i].Message, 300)
		}
	}
}

// withheldID stands for an id that looked like a private value. It finds no image.
const withheldID = "withheld"

func (w *walker) page(p *event.Page) {
	w.url(&p.URL, 4096)
	w.text(&p.Title, 1000)
	w.text(&p.Lang, 35)
	if x := p.Product; x != nil {
		w.text(&x.Name, 500)
		w.text(&x.Brand, 200)
		w.text(&x.Price, 32)
		w.text(&x.Currency, 3)
		w.text(&x.SKU, 100)
		w.texts(x.Options, 200)
		w.text(&x.Availability, 100)
	}
}

func (w *walker) target(t *event.Target) {
	w.text(&t.Tag, 100)
	w.text(&t.Role, 50)
	if w.private(t.Name) {
		t.Name = ""
		t.Withheld = withhold(t.Withheld, "name")
	}
	w.text(&t.Text, 2000)
	w.attributes(t)
	for i := range t.Selectors {
		if s := &t.Selectors[i]; w.private(s.Value) {
			s.Value, s.Withheld = "", withheldPrivate
		}
	}
	for i := range t.Ancestors {
		a := &t.Ancestors[i]
		w.text(&a.Tag, 100)
		w.text(&a.Role, 50)
		if w.private(a.Name) {
			a.Name = ""
		}
		if w.private(a.ID) {
			a.ID = ""
		}
	}
	w.texts(t.Nearby, 200)
	t.FramePath = w.path(t.FramePath)
	t.Shadow = w.path(t.Shadow)
}

// withheldPrivate is the reason that the schema knows.
const withheldPrivate = "private"

func withhold(m map[string]string, name string) map[string]string {
	if m == nil {
		m = make(map[string]string, 1)
	}
	m[name] = withheldPrivate
	return m
}

// attributes redacts addresses and leaves out any other attribute that holds a private value.
func (w *walker) attributes(t *event.Target) {
	for name, value := range t.Attributes {
		switch {
		case name == "href" || name == "src":
			w.url(&value, 1000)
			t.Attributes[name] = value
		case w.private(value):
			delete(t.Attributes, name)
			if evidence[name] {
				t.Withheld = withhold(t.Withheld, "@"+name)
			}
		}
	}
}

// evidence lists the attributes whose absence the schema can explain.
var evidence = map[string]bool{
	"alt": true, "aria-label": true, "class": true, "data-cy": true, "data-qa": true, "data-test": true, "data-testid": true,
	"for": true, "id": true, "name": true, "pattern": true, "placeholder": true, "title": true,
}

// path withholds a path of selectors as a whole: a part of it leads elsewhere.
func (w *walker) path(selectors []string) []string {
	private := false
	for _, s := range selectors {
		private = w.private(s) || private
	}
	if private {
		return nil
	}
	return selectors
}

func (w *walker) snapshot(s *event.Snapshot) {
	w.text(&s.ID, 64)
	w.text(&s.Base, 64)
	for i := range s.Elements {
		x := &s.Elements[i]
		w.text(&x.Role, 50)
		w.text(&x.Name, 200)
		w.text(&x.Tag, 100)
		w.text(&x.Type, 50)
		w.text(&x.Frame, 64)
	}
	w.html(&s.HTML, 100000)
}

func (w *walker) texts(list []string, limit int) {
	for i := range list {
		w.text(&list[i], limit)
	}
}

func (w *walker) text(p *string, limit int) {
	w.replace(p, limit, w.find, clip(Private.Placeholder(), limit))
}

func (w *walker) url(p *string, limit int) { w.replace(p, limit, w.findURL, withheldURL) }

// find is Engine.Find within the budget: a text for which the time runs out is one value, unseen.
func (w *walker) find(text string, dst []Span) []Span {
	return w.e.settle(text, dst, (*scanner).scanText, w.late)
}

func (w *walker) findURL(raw string, dst []Span) []Span {
	return w.e.settle(raw, dst, (*scanner).scanURL, w.late)
}

// withheldURL stands for an address that was not looked at.
const withheldURL = "about:blank"

// replace redacts until the text stays as it is: cutting it to its limit may change what the rest looks like. A text that
// does not come to rest, or for which there is no time, is withheld.
func (w *walker) replace(p *string, limit int, find func(string, []Span) []Span, withheld string) {
	for range maxPasses {
		if w.late() {
			break
		}
		w.buf = find(*p, w.buf[:0])
		if len(w.buf) == 0 {
			return
		}
		if w.buf[0].Rule == unseen.Rule {
			break
		}
		w.counts.add(w.buf)
		*p = clip(Replace(*p, w.buf), limit)
	}
	if *p != "" && *p != withheld {
		*p = withheld
		w.counts[unseen]++
	}
}

// private tells whether a piece of identity evidence must be withheld, and counts why.
func (w *walker) private(s string) bool {
	if w.late() && s != "" {
		w.counts[unseen]++
		return true
	}
	w.buf = w.find(s, w.buf[:0])
	w.counts.add(w.buf)
	return len(w.buf) > 0
}

// unseen counts what was withheld without a look.
var unseen = Kind{Private, "withheld"}

// clip cuts a text to a number of code points, never within a placeholder.
func clip(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	end := 0
	for range limit {
		_, n := utf8.DecodeRuneInString(s[end:])
		end += n
	}
	if open := strings.LastIndexByte(s[:end], '['); open >= 0 && end-open < placeholderMax {
		if close := strings.IndexByte(s[open:], ']'); close > 0 && open+close >= end {
			end = open
		}
	}
	return s[:end]
}
