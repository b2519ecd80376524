package redact

import (
	"encoding/base64"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// generator makes texts that look like what engines meet, and like what may confuse them. The same seed and number make
// the same text, as long as rules/vectors stays.
type generator struct {
	seeds []string // the vectors that may be shown
	fresh uint64   // a seed of this run
}

func newGenerator(t testing.TB) *generator {
	t.Helper()
	g := &generator{fresh: rand.Uint64()>>1 | 1}
	files := vectorsOf(t, "tune")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, v := range files[name] {
			if v.Text != nil {
				g.seeds = append(g.seeds, *v.Text)
			} else {
				g.seeds = append(g.seeds, *v.URL)
			}
		}
	}
	return g
}

// line makes the text of a number, as the filters read it. A quarter are addresses.
func (g *generator) line(seed uint64, number int) []byte {
	m := mutator{rand.New(rand.NewPCG(seed, uint64(number))), g.seeds}
	text := strings.ToValidUTF8(m.text(), "\uFFFD")
	if m.IntN(4) == 0 {
		return encodeLine(panics{}, nil, &text)
	}
	return encodeLine(panics{}, &text, nil)
}

// panics is a test that cannot fail.
type panics struct{}

func (panics) Errorf(format string, a ...any) { panic(fmt.Sprintf(format, a...)) }
func (panics) FailNow()                       { panic("failed") }

type mutator struct {
	*rand.Rand
	seeds []string
}

func (m mutator) one(list []string) string { return list[m.IntN(len(list))] }
func (m mutator) seed() string             { return m.one(m.seeds) }

// text is a seed, some seeds in a row, or a whole page of them; each disturbed.
func (m mutator) text() string {
	switch n := m.IntN(100); {
	case n < 60:
		return m.disturb(m.seed(), 1+m.IntN(6))
	case n < 65:
		return m.disturb("", 3+m.IntN(20))
	case n < 97:
		return m.joined(2+m.IntN(6), 4)
	default:
		return m.joined(20+m.IntN(60), 30)
	}
}

func (m mutator) joined(parts, changes int) string {
	var b strings.Builder
	sep := m.one(betweens)
	for range parts {
		if m.IntN(4) == 0 {
			sep = m.one(betweens)
		}
		part := m.seed()
		if m.IntN(3) == 0 {
			part = m.disturb(part, 1+m.IntN(3))
		}
		b.WriteString(part)
		b.WriteString(sep)
	}
	return m.disturb(b.String(), m.IntN(changes))
}

func (m mutator) disturb(s string, times int) string {
	text := []rune(s)
	for range times {
		text = mutations[m.IntN(len(mutations))](m, text)
		if len(text) > 1<<14 {
			text = text[:1<<14]
		}
	}
	return string(text)
}

// part picks a piece of a text, most often a short one.
func (m mutator) part(text []rune) (from, to int) {
	from = m.IntN(len(text) + 1)
	longest := 1 + m.IntN(24)
	if m.IntN(5) == 0 {
		longest = len(text)
	}
	return from, min(len(text), from+longest)
}

// onPart changes a piece of the text.
func onPart(change func(mutator, string) string) func(mutator, []rune) []rune {
	return func(m mutator, text []rune) []rune {
		from, to := m.part(text)
		return slices.Concat(text[:from], []rune(change(m, string(text[from:to]))), text[to:])
	}
}

// onEach changes some characters of a piece of the text.
func onEach(change func(mutator, rune) string) func(mutator, []rune) []rune {
	return onPart(func(m mutator, s string) string {
		every := 1 + m.IntN(4)
		var b strings.Builder
		for _, r := range s {
			if m.IntN(every) == 0 {
				b.WriteString(change(m, r))
			} else {
				b.WriteRune(r)
			}
		}
		return b.String()
	})
}

// mutations are ways to disturb a text.
var mutations = []func(mutator, []rune) []rune{
	func(m mutator, text []rune) []rune { return text[:m.IntN(len(text)+1)] },
	func(m mutator, text []rune) []rune { return text[m.IntN(len(text)+1):] },
	onPart(func(mutator, string) string { return "" }),
	onPart(func(m mutator, s string) string { return s + m.seed() }),
	onPart(func(m mutator, s string) string { return s + m.one(pieces) }),
	onPart(func(m mutator, _ string) string { return m.one(pieces) + m.one(pieces) }),
	onPart(func(m mutator, s string) string { return s + m.one(hostile) }),
	onPart(func(m mutator, s string) string { return strings.Repeat(s, 1+m.IntN(12)) }),
	onPart(func(m mutator, s string) string { return strings.Repeat(m.one(hostile), 1+m.IntN(40)) + s }),
	onPart(func(_ mutator, s string) string { // transposed
		r := []rune(s)
		slices.Reverse(r)
		return string(r)
	}),
	func(m mutator, text []rune) []rune { // two parts change places
		from, to := m.part(text)
		at := m.IntN(from + 1)
		return slices.Concat(text[:at], text[from:to], text[at:from], text[to:])
	},
	onPart(func(_ mutator, s string) string { return strings.ToUpper(s) }),
	onPart(func(_ mutator, s string) string { return strings.ToLower(s) }),
	onEach(func(_ mutator, r rune) string {
		if unicode.IsUpper(r) {
			return string(unicode.ToLower(r))
		}
		return string(unicode.ToUpper(r))
	}),
	onEach(func(m mutator, r rune) string { // other digits
		if r >= '0' && r <= '9' {
			return string('0' + rune(m.IntN(10)))
		}
		return string(r)
	}),
	onEach(func(m mutator, r rune) string { return string(r) + m.one(separators) }),
	onEach(func(m mutator, r rune) string {
		if strings.ContainsRune(" -./", r) {
			return m.one(separators)
		}
		return string(r)
	}),
	onPart(func(_ mutator, s string) string { // glued together
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" -./(),:", r) {
				return -1
			}
			return r
		}, s)
	}),
	onEach(lookAlike),
	onEach(func(_ mutator, r rune) string { return percent(string(r)) }),
	onEach(func(_ mutator, r rune) string { return percent(percent(string(r))) }),
	onEach(func(m mutator, r rune) string {
		return fmt.Sprintf(m.one([]string{"&#%d;", "&#x%x;", "&#X%X;", "&#%d", "&#0%d;", `\u%04x`, `\x%02x`, `\%c`, "%c\u0301"}), r)
	}),
	onEach(func(_ mutator, r rune) string { return escapeHTML.Replace(string(r)) }),
	onPart(func(_ mutator, s string) string { return url.QueryEscape(s) }),
	onPart(func(_ mutator, s string) string { return strings.ReplaceAll(s, " ", "+") }),
	onPart(func(_ mutator, s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
	onPart(func(_ mutator, s string) string {
		return base64.RawURLEncoding.EncodeToString([]byte(`{"v":"` + s + `"}`))
	}),
	onPart(func(m mutator, s string) string { return fmt.Sprintf(m.one(wrappings), s) }),
	onPart(func(m mutator, s string) string { // characters from anywhere
		return s + string(rune(m.IntN(0x3000))) + string(rune(m.IntN(unicode.MaxRune)))
	}),
}

// percent escapes every byte.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02x", s[i])
	}
	return b.String()
}

var escapeHTML = strings.NewReplacer(
	"@", "&commat;", ".", "&period;", ":", "&colon;", "-", "&#45;", " ", "&nbsp;", "&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;", "+", "&plus;", "é", "&eacute;",
)

// lookAlike is a character that is read like this one.
func lookAlike(m mutator, r rune) string {
	if other, ok := cyrillic[r]; ok && m.IntN(3) == 0 {
		return string(other)
	}
	switch {
	case r >= '0' && r <= '9':
		zeros := []rune{0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50, 0x1D7CE, 0x1D7E2, 0x2080, 0x1D7D8}
		return string(zeros[m.IntN(len(zeros))] + r - '0')
	case r > ' ' && r <= '~' && m.IntN(2) == 0:
		return string(r + 0xFEE0)
	case r >= 'a' && r <= 'z':
		return string([]rune{0x1D41A, 0x1D4EA, 0x24D0, 0x1D68A}[m.IntN(4)] + r - 'a')
	case r >= 'A' && r <= 'Z':
		return string([]rune{0x1D400, 0x1D4D0, 0x24B6, 0x1D670}[m.IntN(4)] + r - 'A')
	}
	return string(r)
}

var cyrillic = map[rune]rune{
	'a': 'а', 'e': 'е', 'o': 'о', 'p': 'р', 'c': 'с', 'x': 'х', 'y': 'у', 'i': 'і', 's': 'ѕ', 'A': 'А', 'B': 'В', 'E': 'Е', 'K': 'К', 'M': 'М', 'H': 'Н',
	'O': 'О', 'P': 'Р', 'C': 'С', 'T': 'Т', 'X': 'Х', '.': '․', '-': '‐', '@': '＠', ':': '：', '/': '∕',
}

// betweens stand between the seeds of a text.
var betweens = []string{"\n", "\n", " ", " ", ", ", ". ", "; ", " | ", "\t", "\r\n", "\n\n", "", "/", "&", "?", " · ", " – ", `","`, `": "`, "<br>", "</td><td>", "&nbsp;", "、", "。", "=", ": "}

// separators stand within numbers and names, or make them fall apart.
var separators = []string{
	" ", " ", "-", "-", ".", "/", "\u00a0", "\u200b", "\u00ad", "\u202f", "\u2009", "\u2011", "–", "−", "·", "_", "  ", "\n", "\t", ",", "(", ")", "\u2060", "\ufeff", "\u200d", "\u3000", "'", "\u202e", "%20", "+",
}

// wrappings stand around a piece of a text.
var wrappings = []string{
	`"%s"`, `'%s'`, "(%s)", "[%s]", "<%s>", "{%s}", `{"value":"%s"}`, `{"value":%s}`, `<a href="%s">`, "`%s`", "**%s**", "«%s»", "„%s“", "「%s」", "https://a.example/?q=%s", "https://a.example/%s/x",
	"https://%s/", "mailto:%s", "tel:%s", "password=%s&", "name: %s\n", "phone %s", "card: %s", "#%s", "$%s", "%s€", "SKU %s", "%s cm", "Hello %s,", "Ship to: %s", "data-id=\"%s\"", "x%sx", "1%s1", "-%s-", "Dr. %s",
}
