package redact

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
)

// canary is a value of each first-cut type that no field may keep.
const canary = "ann.canary@example.com"

// canaryID is the canary of a field whose pattern allows letters and digits only.
const canaryID = "4111111111111111"

// plant fills every string of v that the schema does not limit to a fixed vocabulary, and returns how many there were.
func plant(t *testing.T, v reflect.Value, tag reflect.StructTag) int {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return plant(t, v.Elem(), tag)
	case reflect.Struct:
		n := 0
		for i := range v.NumField() {
			n += plant(t, v.Field(i), v.Type().Field(i).Tag)
		}
		return n
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		return plant(t, v.Index(0), tag) + plant(t, v.Index(1), tag)
	case reflect.Map:
		if v.Type().Elem().Kind() != reflect.String || tag.Get("enum") != "" {
			return 0
		}
		v.Set(reflect.MakeMap(v.Type()))
		names := strings.Split(tag.Get("propertyNames"), ",")
		require.NotEmpty(t, names[0], "a map of strings must list its names")
		for _, name := range names {
			v.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(canary))
		}
		return len(names)
	case reflect.String:
		switch {
		case tag.Get("enum") != "" || tag.Get("format") == "uuid":
			return 0
		case tag.Get("pattern") != "":
			v.SetString(canaryID)
		default:
			v.SetString(canary)
		}
		return 1
	default:
		return 0
	}
}

func TestNoStringOfAnyEventKeepsAPrivateValue(t *testing.T) {
	t.Parallel()
	var ev event.Event
	planted := plant(t, reflect.ValueOf(&ev).Elem(), "")
	require.Greater(t, planted, 60)
	counts := Default().Event(&ev)
	raw, err := json.Marshal(&ev)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "ann.")
	require.NotContains(t, string(raw), canaryID)
	total := 0
	for _, n := range counts {
		total += n
	}
	require.Equal(t, planted, total)
	require.Equal(t, counts.ByType()[Email], ev.Redactions["EMAIL"])
	require.Equal(t, counts.ByType()[Email], counts[Kind{Email, "email.address"}])
}

func TestNoStringOfASessionKeepsAPrivateValue(t *testing.T) {
	t.Parallel()
	var s event.Session
	require.Greater(t, plant(t, reflect.ValueOf(&s).Elem(), ""), 10)
	Default().Session(&s)
	raw, err := json.Marshal(&s)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "ann.")
	require.NotContains(t, string(raw), canaryID)
}

// fill puts text into every string of v that the schema does not limit to a fixed vocabulary.
func fill(v reflect.Value, tag reflect.StructTag, text string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), tag, text)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Field(i).Tag, text)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), tag, text)
		fill(v.Index(1), tag, text)
	case reflect.Map:
		if v.Type().Elem().Kind() == reflect.String && tag.Get("enum") == "" {
			v.Set(reflect.MakeMap(v.Type()))
			for name := range strings.SplitSeq(tag.Get("propertyNames"), ",") {
				v.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(text))
			}
		}
	case reflect.String:
		if tag.Get("enum") == "" && tag.Get("format") != "uuid" {
			v.SetString(text)
		}
	}
}

// overfill makes every string as long as its limit allows, and private at its end.
func overfill(v reflect.Value, tag reflect.StructTag) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		overfill(v.Elem(), tag)
	case reflect.Struct:
		for i := range v.NumField() {
			overfill(v.Field(i), v.Type().Field(i).Tag)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		overfill(v.Index(0), tag)
	case reflect.String:
		limit, err := strconv.Atoi(tag.Get("maxLength"))
		if err != nil || tag.Get("enum") != "" || tag.Get("pattern") != "" {
			return
		}
		v.SetString(strings.Repeat("a@b.co ", limit)[:limit])
	}
}

func checkLengths(t *testing.T, v reflect.Value, tag reflect.StructTag, at string) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		checkLengths(t, v.Elem(), tag, at)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			checkLengths(t, v.Field(i), f.Tag, at+"."+f.Name)
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkLengths(t, v.Index(i), tag, at)
		}
	case reflect.String:
		if limit, err := strconv.Atoi(tag.Get("maxLength")); err == nil {
			require.LessOrEqual(t, len([]rune(v.String())), limit, at)
		}
	}
}

func TestRedactionKeepsEveryStringWithinItsLimit(t *testing.T) {
	t.Parallel()
	var ev event.Event
	overfill(reflect.ValueOf(&ev).Elem(), "")
	Default().Event(&ev)
	checkLengths(t, reflect.ValueOf(ev), "", "event")
	require.Empty(t, Default().Event(&ev), "a second time finds nothing")
	var s event.Session
	overfill(reflect.ValueOf(&s).Elem(), "")
	Default().Session(&s)
	checkLengths(t, reflect.ValueOf(s), "", "session")
}

func TestIdentityEvidenceIsWithheldAndNeverRewritten(t *testing.T) {
	t.Parallel()
	ev := event.Event{Target: &event.Target{
		Name: "Mail to ann@example.com",
		Attributes: map[string]string{
			"id": "user-ann@example.com", "data-testid": "buy", "href": "/account?email=ann@example.com&page=2", "class": "btn btn-4a4b",
		},
		Selectors: []event.Selector{{Kind: "css", Value: `a[href*="ann@example.com"]`, Matches: 1}, {Kind: "css", Value: "#buy", Matches: 1}},
		Ancestors: []event.Ancestor{{Tag: "div", ID: "ann@example.com"}},
		Shadow:    []string{"x-card", "#ann@example.com"},
	}}
	counts := Default().Event(&ev)
	target := ev.Target
	require.Equal(t, map[string]string{"name": "private", "@id": "private"}, target.Withheld)
	require.Equal(t, map[string]string{"data-testid": "buy", "href": "/account?email=[EMAIL]&page=2", "class": "btn btn-4a4b"}, target.Attributes)
	require.Equal(t, event.Selector{Kind: "css", Withheld: "private", Matches: 1}, target.Selectors[0])
	require.Equal(t, "#buy", target.Selectors[1].Value)
	require.Empty(t, target.Ancestors[0].ID)
	require.Nil(t, target.Shadow)
	require.Equal(t, Counts{{Email, "email.address"}: 6}, counts)
	require.Empty(t, Default().Event(&ev))
}

func TestWhatThereIsNoTimeForIsWithheld(t *testing.T) {
	t.Parallel()
	for _, seen := range []int{0, 1, 20, 60} {
		var ev event.Event
		fill(reflect.ValueOf(&ev).Elem(), "", "chair")
		looks := 0
		w := Default().walk()
		w.late = func() bool { looks++; return looks > seen }
		w.event(&ev)
		raw, err := json.Marshal(&ev)
		require.NoError(t, err)
		require.Equal(t, seen, strings.Count(string(raw), `"chair"`))
		require.Equal(t, looks-seen, w.counts[unseen])
		if seen == 0 {
			require.Equal(t, withheldURL, ev.Page.URL)
			require.Equal(t, "[PRIVATE]", ev.Page.Title)
			require.Equal(t, "private", ev.Target.Withheld["name"])
			require.Empty(t, ev.Target.Name)
			checkLengths(t, reflect.ValueOf(ev), "", "event")
		}
		before := string(raw)
		Default().Event(&ev)
		ev.Redactions = nil
		raw, err = json.Marshal(&ev)
		require.NoError(t, err)
		require.Equal(t, before, string(raw))
	}
}

// A text that is more work than there is time for is withheld soon after the time is over, wherever that happens in it.
func TestATextForWhichTheTimeRunsOutIsWithheld(t *testing.T) { // not parallel: it measures time
	const budget = 5 * time.Millisecond
	const mostBetween = 400 * budget // of a text of 4 MiB, on a machine that does other things too
	for _, piece := range []string{"1 ", "A1", "* 1234 ", "0x1f", "YW5u/", "phone 5551234 ", "Hello Ann, ", "https://a/?q=YW5u&", pageText, privateText} {
		text := strings.Repeat(piece, 4<<20/len(piece))
		w := Default().walk()
		start, asked, longest := time.Now(), time.Now(), time.Duration(0)
		w.late = func() bool {
			now := time.Now()
			longest, asked = max(longest, now.Sub(asked)), now
			return now.Sub(start) > budget
		}
		w.text(&text, 1000)
		require.LessOrEqual(t, len(text), 100, piece)
		require.Equal(t, "[PRIVATE]", text)
		require.Equal(t, Counts{unseen: 1}, w.counts, piece)
		require.Less(t, longest, mostBetween, piece)
	}
	for _, after := range []int{0, 1, 2, 3, 5, 8, 13, 21} {
		w, asked := Default().walk(), 0
		w.late = func() bool { asked++; return asked > after }
		text := strings.Repeat(privateText+pageText, 400)
		w.text(&text, 1000)
		require.Equal(t, "[PRIVATE]", text)
		require.Equal(t, after+1, asked)
		require.Equal(t, 1, w.counts[unseen])
	}
}

func TestATextThatDoesNotComeToRestIsWithheld(t *testing.T) {
	t.Parallel()
	w := Default().walk()
	text := "chair"
	w.replace(&text, 100, func(_ string, dst []Span) []Span { return append(dst, Span{0, 1, Email, "test"}) }, "[PRIVATE]")
	require.Equal(t, "[PRIVATE]", text)
	require.Equal(t, Counts{{Email, "test"}: maxPasses, unseen: 1}, w.counts)
}

// An event as large as one may be must be looked at whole, however laborious its text is.
func TestTheBudgetOfAnEventIsEnoughForTheLargest(t *testing.T) { // not parallel: it measures time
	for i, piece := range append(hostile, pageText) {
		if i%oneIn != 0 {
			continue
		}
		var ev event.Event
		overfill(reflect.ValueOf(&ev).Elem(), "")
		ev.Snapshot.HTML = strings.Repeat(piece, 100_000/len(piece))
		require.Zero(t, Default().Event(&ev)[unseen], piece)
	}
}
