package redact

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
)

// What go test -fuzz found is kept in testdata/fuzz, and every run of the tests tries it again.

// addTexts adds the vectors that may be shown, some generated pages and what makes work.
func addTexts(f *testing.F, add func(string)) {
	f.Helper()
	g := newGenerator(f)
	for i, seed := range g.seeds {
		if i%(4*oneIn) == 0 { // each is tried at every run of the tests
			add(seed)
		}
	}
	for _, piece := range hostile {
		add(strings.Repeat(piece, 40))
	}
	for _, broken := range []string{"", "\x00", "\xff", "\xed\xa0\x80", "\xc3", "a\xcc\x81@b.co", "%", "%c3%28", "&#xd800;", "&#1114112;", `\ud800`} {
		add(broken)
	}
}

func FuzzText(f *testing.F) {
	addTexts(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, text string) {
		out, spans := Default().Text(text)
		checkSpans(t, text, out, spans, Default().Text)
	})
}

func FuzzURL(f *testing.F) {
	addTexts(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, text string) {
		out, spans := Default().URL(text)
		checkSpans(t, text, out, spans, Default().URL)
	})
}

// FuzzLines gives the filter anything. What it answers is JSON Lines, which a second time stay as they are.
func FuzzLines(f *testing.F) {
	for _, input := range oddInputs {
		if len(input) < 1<<12 {
			f.Add([]byte(input))
		}
	}
	addTexts(f, func(s string) { f.Add(encodeLine(panics{}, &s, nil)) })
	addTexts(f, func(s string) { f.Add(encodeLine(panics{}, nil, &s)) })
	f.Fuzz(func(t *testing.T, input []byte) {
		a := goFilter(input)
		var again strings.Builder
		answers := 0
		for line := range strings.Lines(a.out) {
			var answer struct {
				Text  *string
				Spans []filterSpan
			}
			require.NoError(t, json.Unmarshal([]byte(line), &answer), line)
			require.NotNil(t, answer.Text)
			require.NotNil(t, answer.Spans)
			answers++
			again.WriteString(line)
		}
		require.LessOrEqual(t, answers, bytes.Count(input, []byte("\n"))+1)
		for line := range bytes.Lines(input) {
			if in, err := parse(line); err == nil && in.text == nil {
				return // an address that is redacted is not one that is read as a text
			}
		}
		for line := range strings.Lines(goFilter([]byte(again.String())).out) {
			require.Contains(t, line, `"spans":[]`)
		}
	})
}

// FuzzEvent puts a text into every string of an event.
func FuzzEvent(f *testing.F) {
	addTexts(f, func(s string) { f.Add(s) })
	f.Fuzz(func(t *testing.T, text string) {
		var ev event.Event
		fill(reflect.ValueOf(&ev).Elem(), "", text)
		Default().Event(&ev)
		once, err := json.Marshal(&ev)
		require.NoError(t, err)
		require.Empty(t, Default().Event(&ev))
		twice, err := json.Marshal(&ev)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
	})
}

// inSmallWindows makes borders of windows cheap to reach.
var inSmallWindows = streaming{window: 2 << 10, margin: 1 << 10, hold: 8 << 10}

// planted are private values with the words that they are known by, shorter than half a margin.
var planted = []struct{ before, value string }{
	{"", "quillan.wrenfolk@mossmail.example"},
	{"Card ", "4716 8433 9215 0074"},
	{"IBAN: ", "NL65 RABO 0762 9184 35"},
	{"call ", "+1 628 555 0173"},
	{"Phone: ", "089 63718254"},
	{"My SSN is ", "536-82-7194"},
	{"password=", "wR7!kestrel-Vault92"},
	{"key ", "sk_live_Zq83hTrWm5YvKd72LpXbN4cJ"},
	{"from ", "2a0d:5942:71c:9e00::8f3b"},
	{"https://shop.example/p?page=2&whose=", "mossgrove-lane-91q" + strings.Repeat("x7", 200)},
	{"", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow" + strings.Repeat("Q7x/\n", 100) + "-----END RSA PRIVATE KEY-----"},
}

// fillers stand around what is planted.
var fillers = []string{"word ", "chair\n", "45 x 52 cm, ", "Größe M; ", "\t", "a@b.co ", "x", "'", "é", "日本", "\xff "}

// FuzzCopy moves a private value over the borders of windows: nothing of it may be left. And what fits into one window is
// redacted like a text.
func FuzzCopy(f *testing.F) {
	for i := range planted {
		for _, at := range []int{0, 1000, 1024, 2048, 2047, 3071} {
			f.Add(i, at, i, uint8(at), "some other text")
		}
	}
	f.Fuzz(func(t *testing.T, which, at, filler int, chunk uint8, text string) {
		p := planted[index(which, len(planted))]
		around := fillers[index(filler, len(fillers))]
		before := strings.Repeat(around, index(at, 3*inSmallWindows.window)/len(around))
		text = text[:min(len(text), inSmallWindows.window-1)]
		long := text + "\n" + before + " " + p.before + p.value + " " + strings.Repeat(around, inSmallWindows.window/len(around)) + text

		out := copied(t, inSmallWindows, long, chunk)
		require.Equal(t, out, copied(t, inSmallWindows, long, 0), "it depends on how it is read")
		if known, _ := Default().Text(" " + p.before + p.value + " " + around); !remains(known, p.value, text+around+p.before) {
			whole, _ := Default().Text(long)
			if !remains(whole, p.value, text+around+p.before) {
				require.False(t, remains(out, p.value, text+around+p.before), "%q: %q", p.value, out)
			}
		}
		if !utf8.ValidString(long) {
			return
		}
		require.True(t, utf8.ValidString(out))
		want, _ := Default().Text(text)
		require.Equal(t, want, copied(t, inSmallWindows, text, chunk))
	})
}

// index makes any number one of n.
func index(i, n int) int { return int(uint(i) % uint(n)) }

// copied reads in pieces of so many bytes; 0 stands for all at once.
func copied(t *testing.T, how streaming, text string, chunk uint8) string {
	t.Helper()
	var r io.Reader = strings.NewReader(text)
	switch {
	case chunk == 1:
		r = iotest.OneByteReader(r)
	case chunk > 1:
		r = &inPieces{r, int(chunk)}
	}
	var out strings.Builder
	require.NoError(t, Default().copyIn(how, &out, r))
	return out.String()
}

type inPieces struct {
	io.Reader
	size int
}

func (p *inPieces) Read(b []byte) (int, error) { return p.Reader.Read(b[:min(len(b), p.size)]) }

// remains tells whether a run of four characters of value is in out, other than those that other text holds.
func remains(out, value, other string) bool {
	for i := 0; i+4 <= len(value); i++ {
		if run := value[i : i+4]; strings.Contains(out, run) && !strings.Contains(other, run) {
			return true
		}
	}
	return false
}
