package main_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/redact"
)

// harmless ends every planted text. It is not private, so where the text is kept it must be found: that is how the test
// shows that it looks at the right places.
const harmless = "; quokkamere"

// planter makes valid sessions and events whose every free string holds a canary.
type planter struct {
	canary
	kind    event.Type
	seq     int64
	time    int64
	session string
	address bool // in addresses, the canary is a query value; else the text stands there by itself
	planted int
	free    map[string]bool // the strings that are no words of a fixed vocabulary, and whether the canary stands in them
}

// began is when the made-up sessions began, in milliseconds since the Unix epoch.
const began = 1795336560000

func (p *planter) header(session string) []byte {
	p.session = session
	return encode(p.object(event.SessionShape, ""))
}

// events has one event of each kind, all strings of which hold the canary.
func (p *planter) events() [][]byte {
	kinds, _ := event.EventShape.Field([]byte("type"))
	var list [][]byte
	for i, kind := range kinds.Shape.Enum {
		p.kind, p.seq, p.time, p.address = event.Type(kind), int64(i)+1, began+int64(i)*1500, i%2 == 0
		list = append(list, encode(p.object(event.EventShape, "")))
	}
	return list
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only for what JSON cannot say
	}
	return b
}

func (p *planter) object(s *event.Shape, at string) map[string]any {
	out := map[string]any{}
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Internal || s == event.EventShape && !p.belongs(f.Name) {
			continue
		}
		if v := p.value(f.Shape, at+"."+f.Name, f.Required); v != nil {
			out[f.Name] = v
		}
	}
	return out
}

// belongs leaves out the details of other kinds than the event's.
func (p *planter) belongs(field string) bool {
	kinds, _ := event.EventShape.Field([]byte("type"))
	for _, kind := range kinds.Shape.Enum {
		if kind == "tab" {
			kind = "tab_change"
		}
		if field == kind && field != "screenshot" && field != "snapshot" {
			return kind == string(p.kind) || kind == "tab_change" && p.kind == event.Tab
		}
	}
	return true
}

// value is nil for what holds no text and need not be there.
func (p *planter) value(s *event.Shape, at string, required bool) any {
	switch s.Kind {
	case event.Object:
		return p.object(s, at)
	case event.Map:
		return p.mapping(s, at)
	case event.Array:
		if at == ".consent.scopes" {
			return s.Item.Enum
		}
		return []any{p.value(s.Item, at, true)}
	case event.String:
		return p.text(s, at)
	case event.Boolean:
		if required {
			return false
		}
		return nil
	default:
		return p.number(s, at, required)
	}
}

func (p *planter) mapping(s *event.Shape, at string) any {
	if s.Item.Kind != event.String || s.Item.Enum != nil {
		return nil
	}
	out := map[string]any{}
	for _, name := range s.Names {
		out[name] = p.text(s.Item, at+"."+name)
	}
	return out
}

func (p *planter) number(s *event.Shape, at string, required bool) any {
	switch at {
	case ".seq":
		return p.seq
	case ".time":
		return p.time
	case ".snapshot.target":
		return 0
	}
	if !required {
		return nil
	}
	return min(max(1, s.Min), s.Max)
}

// text is the longest form of the canary that the field takes, as long as the engine can know it there.
func (p *planter) text(s *event.Shape, at string) string {
	switch {
	case at == ".type":
		return string(p.kind)
	case at == ".id" && s.Format == "uuid":
		return p.session
	case s.Enum != nil:
		return s.Enum[0]
	}
	forms := []string{p.canary.text() + harmless, p.canary.text(), p.canary.value}
	if p.address && isAddress(at) {
		forms = []string{p.inAddress()}
	}
	if p.free == nil {
		p.free = map[string]bool{}
	}
	path := string(p.kind) + at
	p.free[path] = p.free[path] || false
	for _, form := range forms {
		fits := utf8.RuneCountInString(form) <= s.MaxLength && (s.Pattern == nil || s.Pattern.MatchString(form))
		if fits && (at != ".key.key" || isNamedKey(form)) && p.known(form, at) {
			p.planted++
			p.free[path] = true
			return form
		}
	}
	return filler(at)
}

// known says that the engine finds all of the canary in this form. What it does not is the matter of its own vectors;
// this test is about the places that it must not be forgotten in.
func (p *planter) known(form, at string) bool {
	find := redact.Default().Text
	if isAddress(at) {
		find = redact.Default().URL
	}
	out, _ := find(form)
	return len(forCanaries().in([]byte(out))) == 0
}

// inAddress puts the canary into each part of an address that the engine looks into.
func (p *planter) inAddress() string {
	address := "https://shop.example/p/42?page=7"
	for _, part := range []string{"&note=" + url.QueryEscape(p.canary.text()), "&q=" + url.QueryEscape(p.canary.text()), "#who=" + url.PathEscape(p.canary.value)} {
		if p.known(address+part, ".url") {
			address += part
		}
	}
	return address
}

func isAddress(at string) bool {
	for _, end := range []string{".url", ".from", ".action", ".href", ".src"} {
		if strings.HasSuffix(at, end) {
			return true
		}
	}
	return false
}

func isNamedKey(s string) bool {
	return s[0] >= 'A' && s[0] <= 'Z' && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) < 0
}

// tooNarrow are the strings that no private value fits into: a currency has three letters.
var tooNarrow = []string{".page.product.currency"}

func TestACanaryStandsInEveryStringOfEveryKindOfEvent(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	for _, one := range canaries {
		plant := &planter{canary: one}
		plant.header(newID())
		plant.events()
		for path, planted := range plant.free {
			covered[path] = covered[path] || planted
		}
	}
	require.Greater(t, len(covered), 1000)
	for path, planted := range covered {
		narrow := slices.ContainsFunc(tooNarrow, func(end string) bool { return strings.HasSuffix(path, end) })
		require.Equal(t, !narrow, planted, path)
	}
}

// filler stands in fields that are too narrow for any form of the canary.
func filler(at string) string {
	switch at {
	case ".key.key":
		return "Enter"
	case ".page.product.currency":
		return "EUR"
	}
	return "x1"
}

// newID makes a UUIDv7, as a client does.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// legacyExport is one session of the earlier system for each canary, with the canary in every string that it may hold,
// wanted or not.
func legacyExport() string {
	var sessions []string
	for i, c := range canaries {
		quoted := string(encode(c.text() + harmless))
		s := strings.ReplaceAll(legacySession, `"§"`, quoted)
		s = strings.ReplaceAll(s, `"?"`, string(encode("https://shop.example/p/42?note="+url.QueryEscape(c.text()))))
		s = strings.ReplaceAll(s, "§", strings.Trim(quoted, `"`))
		sessions = append(sessions, strings.ReplaceAll(s, "TIME", strconv.FormatInt(began+int64(i), 10)))
	}
	return "[" + strings.Join(sessions, ",") + "]"
}

const legacySession = `{"id": "§", "type": "§", "status": "§", "startTime": "§", "endTime": "§", "userAgent": "§ Chrome/138.0", "ipAddress": "§",
"§": "§", "config": {"url": "?", "type": "§", "userAgent": "§", "generatedTask": {"id": "§", "type": "§", "difficulty": "§", "title": "§",
  "description": "§", "steps": ["§"], "successCriteria": ["§"], "tags": ["§"], "website": "?", "category": "§", "context": {"targetElements": ["§"]}}},
"enhancedInteractions": [
 {"id": "§", "type": "NAVIGATION", "timestamp": TIME, "context": {"url": "?", "pageTitle": "§"}},
 {"id": "§", "type": "§", "timestamp": TIME, "context": {"url": "?", "pageTitle": "§"}},
 {"id": "§", "type": "CLICK", "timestamp": TIME, "sequence": 1,
  "selectors": {"primary": "§", "alternatives": ["§", "#buy"], "xpath": "§", "cssPath": "§", "reliability": {"§": 0.4}},
  "element": {"tag": "button", "text": "§", "value": "§", "attributes": {"id": "§", "class": "§", "href": "?", "src": "?", "title": "§",
    "aria-label": "§", "placeholder": "§", "name": "§", "value": "§", "onclick": "§", "role": "§"},
   "parentElements": [{"tagName": "a", "id": "§", "role": "button", "text": "§", "selector": "§", "className": "§"}],
   "siblingElements": [{"tagName": "a", "text": "§"}], "nearbyElements": [{"tagName": "a", "text": "§", "selector": "§", "isVisible": true, "isInteractive": true}]},
  "visual": {"boundingBox": {"x": 1, "y": 1, "width": 9, "height": 9}, "coordinates": {"clientX": 2, "clientY": 2},
   "viewport": {"width": 1280, "height": 720, "scrollX": 0, "scrollY": 0, "devicePixelRatio": 1}},
  "state": {"before": {"url": "?", "title": "§"}, "after": {"url": "§", "title": "§"}},
  "context": {"url": "?", "pageTitle": "§", "pageContext": {"domSnapshot": {"tag": "div", "text": "§", "attributes": {"id": "§", "href": "?", "title": "§"},
   "children": [{"tag": "a", "text": "§", "attributes": {"aria-label": "§"}, "children": []}]}}},
  "contextData": {"ancestors": [{"tag": "§", "id": "§"}, {"tag": "div", "id": "§"}], "parent": {"text": "§"}, "nearestClickable": {"text": "§"}},
  "elementDetails": {"text": "§"}, "interaction": {"screenshotId": "§", "key": "§"}, "action": "§", "metadata": {"§": "§"}},
 {"id": "§", "type": "INPUT", "timestamp": TIME, "sequence": 2, "element": {"tag": "§", "text": "§", "value": "§"}, "value": "§",
  "visual": {"viewport": {"width": 1280, "height": 720, "devicePixelRatio": 1}}, "context": {"url": "?", "pageTitle": "§"}},
 {"id": "§", "type": "KEY_PRESS", "timestamp": TIME, "sequence": 3, "element": {"tag": "input"}, "interaction": {"key": "§"},
  "visual": {"viewport": {"width": 1280, "height": 720, "devicePixelRatio": 1}}, "context": {"url": "?", "pageTitle": "§"}}
]}`
