package wire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
)

// click is the example of the contract.
const click = `{"seq": 1, "time": 1795336560123, "type": "click", "tab": 1, "frame": "0",
 "page": {"url": "https://shop.example/p/42", "title": "Oak chair", "viewport": {"width": 1280, "height": 720, "dpr": 1, "zoom": 1}, "scroll": {"x": 0, "y": 0}},
 "target": {"tag": "button", "role": "button", "name": "Add to cart", "text": "Add to cart", "box": {"x": 900, "y": 410, "width": 140, "height": 40},
            "selectors": [{"kind": "css", "value": "#buy", "matches": 1}]},
 "click": {"x": 950, "y": 430, "button": "left"}}`

func decode(data string) (*event.Event, []event.FieldError) {
	var r event.Report
	e := wire.Event([]byte(data), "events[0]", &r)
	return e, r.Errors
}

func TestTheContractsExampleIsValid(t *testing.T) {
	t.Parallel()
	e, errs := decode(click)
	require.Empty(t, errs)
	require.Equal(t, event.Click, e.Type)
	require.Equal(t, "Add to cart", e.Target.Name)
	require.InDelta(t, 950, e.Click.X, 0)

	var r event.Report
	s := wire.Session([]byte(`{"id": "01993c5e-7a10-7c3b-8d4e-0123456789ab", "started_at": 1795336560000, "consent": {"policy": "1", "granted_at":
  1795336550000, "scopes": ["events", "screenshots"]}, "client": {"name": "codesight-extension", "version": "1.0.0"}}`), "session", &r)
	require.True(t, r.OK(), r.Errors)
	require.Equal(t, []string{"events", "screenshots"}, s.Consent.Scopes)
}

func TestEachMistakeIsNamedWithItsPlaceAndNeverWithItsValue(t *testing.T) {
	t.Parallel()
	const canary = "canary@private.example"
	for _, c := range []struct{ name, old, new, location, message string }{
		{"wrong type", `"seq": 1`, `"seq": "` + canary + `"`, "events[0].seq", "must be a number"},
		{"fraction", `"seq": 1`, `"seq": 1.5`, "events[0].seq", "must be a whole number"},
		{"below the bound", `"seq": 1`, `"seq": 0`, "events[0].seq", "must be between 1 and 9007199254740991"},
		{"beyond a float", `"seq": 1`, `"seq": 1e999`, "events[0].seq", "must be a number that fits 64 bits"},
		{"missing number", `"tab": 1, `, ``, "events[0].tab", "is required"},
		{"missing nested", `"x": 950, `, ``, "events[0].click.x", "is required"},
		{"unknown type", `"click", "tab"`, `"` + canary + `", "tab"`, "events[0].type", "must be one of navigation"},
		{"unknown field", `"tab": 1`, `"tab": 1, "` + canary + `": 1`, "events[0]", "has a field that is not known"},
		{"tombstone from a client", `"tab": 1`, `"tab": 1, "refused": {"errors": []}`, "events[0]", "has a field that is not known"},
		{"null", `"tab": 1`, `"tab": null`, "events[0].tab", "must be a number"},
		{"name of a map", `"tag": "button"`, `"tag": "button", "attributes": {"` + canary + `": "x"}`, "events[0].target.attributes", "has a name that is not allowed"},
		{"too long", `Oak chair`, strings.Repeat("é", 1001), "events[0].page.title", "must have at most 1000 characters"},
		{"empty", `"frame": "0"`, `"frame": ""`, "events[0].frame", "must not be empty"},
		{"NUL", `Oak chair`, `Oak\u0000chair`, "events[0].page.title", "must not contain the character U+0000"},
		{"duplicate name", `"tab": 1`, `"tab": 1, "tab": 2`, "events[0]", "is not valid JSON"},
		{"lone surrogate", `Oak chair`, `Oak \ud83d`, "events[0].page.title", "is not valid JSON"},
		{"not UTF-8", `Oak chair`, "Oak \xff", "events[0].page.title", "is not valid JSON"},
		{"cut off", `"button": "left"}}`, ``, "events[0].click", "is not valid JSON"},
		{"something behind it", `"left"}}`, `"left"}} {}`, "events[0]", "must be one JSON value"},
		{"too many items", `{"kind": "css", "value": "#buy", "matches": 1}`, strings.Repeat(`{"kind": "css", "matches": 1},`, 20) + `{"kind": "css", "matches": 1}`, "events[0].target.selectors", "must have at most 20 items"},
		{"in a list", `"value": "#buy"`, `"value": 7`, "events[0].target.selectors[0].value", "must be a string"},
		{"details of another type", `"click": {`, `"gap": {"reason": "unknown"}, "click": {`, "events[0].gap", "does not belong to this type"},
		{"details missing", `"type": "click"`, `"type": "scroll"`, "events[0].scroll", "is required for this type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, click, c.old)
			_, errs := decode(strings.Replace(click, c.old, c.new, 1))
			require.NotEmpty(t, errs)
			require.NotContains(t, fmt.Sprint(errs), canary)
			for _, e := range errs {
				if e.Location == c.location && strings.HasPrefix(e.Message, c.message) {
					return
				}
			}
			require.Failf(t, "mistake not named", "%v", errs)
		})
	}
}

func TestTypedTextIsRefusedAsKeys(t *testing.T) {
	t.Parallel()
	for key, valid := range map[string]bool{
		`{"key": "Enter"}`: true, `{"key": "ArrowDown"}`: true, `{"key": "F5"}`: true,
		`{"key": "a", "modifiers": ["ctrl"]}`: true, `{"key": "a"}`: false,
		`{"key": "a", "modifiers": ["shift"]}`: false, `{"key": "secret"}`: false, `{"key": "hunter 2", "modifiers": ["ctrl"]}`: false,
	} {
		_, errs := decode(withDetails("key", key))
		require.Equal(t, valid, len(errs) == 0, "%s: %v", key, errs)
	}
}

func TestAPrivateFieldsValueMustBeAPlaceholder(t *testing.T) {
	t.Parallel()
	for value, valid := range map[string]bool{
		`{"value": "[PRIVATE]", "private": true}`: true, `{"value": "", "private": true}`: true,
		`{"value": "[DATE_OF_BIRTH]", "private": true}`: true, `{"value": "Ann", "private": true}`: false,
		`{"value": "[Ann]", "private": true}`: false, `{"value": "oak chair"}`: true,
	} {
		_, errs := decode(withDetails("input", value))
		require.Equal(t, valid, len(errs) == 0, "%s: %v", value, errs)
	}
}

func TestAHostileEventGetsABoundedAnswer(t *testing.T) {
	t.Parallel()
	_, errs := decode(strings.Repeat(`{"x":`, 100_000))
	require.NotEmpty(t, errs)
	_, errs = decode(`{"target": {"selectors": [` + strings.Repeat(`{},`, 10_000) + `{}]}}`)
	require.Len(t, errs, event.MaxErrors)
}

// withDetails returns the example with another type and its details.
func withDetails(name, details string) string {
	head, _, _ := strings.Cut(click, "\n \"click\"")
	return strings.Replace(head, `"type": "click"`, `"type": "`+name+`"`, 1) + `"` + name + `": ` + details + `}`
}

func FuzzADecodedEventEncodesToItself(f *testing.F) {
	f.Add([]byte(click))
	f.Add([]byte(withDetails("key", `{"key": "Enter"}`)))
	f.Add([]byte(withDetails("focus", `{}`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r event.Report
		e := wire.Event(data, "e", &r)
		if !r.OK() {
			require.LessOrEqual(t, len(r.Errors), event.MaxErrors)
			return
		}
		first, err := wire.AppendEvent(nil, e)
		require.NoError(t, err)
		again := wire.Event(first, "e", &r)
		require.True(t, r.OK(), "%v: %s", r.Errors, first)
		second, err := wire.AppendEvent(nil, again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
	})
}

func BenchmarkEvent(b *testing.B) {
	b.SetBytes(int64(len(click)))
	b.ReportAllocs()
	data := []byte(click)
	for b.Loop() {
		var r event.Report
		wire.Event(data, "events[0]", &r)
		if !r.OK() {
			b.Fatal(r.Errors)
		}
	}
}
