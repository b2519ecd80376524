package redact

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pieces are what texts are made of in property tests: what detectors look at, and what may confuse them.
var pieces = []string{
	"4111111111111111", "4111 1111", "-1111-1111", "555", "-2671", "(415)", "+49", "030", "1.2.3.4", "192.168", "2001:db8::1", "12:30",
	"ann", "@", "example.com", ".com", "x@y.co", "DE89370400440532013000", "DE89", "sk-", "abcD1234efgH5678ijkL9012", "eyJ", "AKIA",
	"phone", "tel", "card", "password", "=", ":", ": ", "\"", "'", "https://", "?", "&", "#", "/", "gclid=x", "user", "[EMAIL]", "[", "]",
	"[CARD]", "%40", "%20", "%", "%25", "&#64;", "&amp;", "\\u0040", "\\n", "\\", "　", "４", "é", "ß", "电话", "телефон", "\u200b", "\u00ad",
	"\u00a0", " ", "  ", "\n", ".", ",", "-", "_", "$", "sku", "verification code ", "482913", "-----BEGIN RSA PRIVATE KEY-----", "00:1B:44:11:3A:B7",
	"\xff", "\xc3", "😀", "x12", "ext.", "order", "Bearer ", "is", "token",
}

func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 5, -1)), 0, 24).Draw(t, "pieces"), "")
	})
}

// checkSpans says what must hold for every text: spans are ascending, do not overlap, lie on characters, and a second
// time nothing is found.
func checkSpans(t require.TestingT, text, out string, spans []Span, again func(string) (string, []Span)) {
	at := 0
	for _, s := range spans {
		require.Less(t, s.Start, s.End, "%q %v", text, spans)
		require.GreaterOrEqual(t, s.Start, at, "%q %v", text, spans)
		require.LessOrEqual(t, s.End, len(text), "%q %v", text, spans)
		require.NotEmpty(t, s.Rule)
		at = s.End
	}
	if utf8.ValidString(text) {
		require.True(t, utf8.ValidString(out), "%q", text)
	}
	twice, more := again(out)
	require.Equal(t, out, twice, "%q", text)
	require.Empty(t, more)
}

func TestRedactingTwiceEqualsRedactingOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		out, spans := Default().Text(text)
		checkSpans(t, text, out, spans, Default().Text)
		require.Equal(t, len(spans) > 0, Default().Contains(text))
		out, spans = Default().URL(text)
		checkSpans(t, text, out, spans, Default().URL)
	})
}

func TestVectorsAreIdempotent(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"text-", "url-", "wild-", "labels-"} {
		for _, list := range vectorFiles(t, prefix) {
			for _, v := range list {
				got, _ := redactVector(v)
				again := v
				if v.Text != nil {
					again.Text = &got
				} else {
					again.URL = &got
				}
				twice, _ := redactVector(again)
				require.Equal(t, got, twice)
			}
		}
	}
}

func TestNothingIsAllocatedWhereNothingIsFound(t *testing.T) { // not parallel: it counts allocations
	text := strings.Repeat("Oak chair, set of 2, 45 x 52 x 88 cm, €129.00 – 4.5 of 5 stars (1,204) ", 20)
	e := Default()
	dst := make([]Span, 0, 8)
	require.Empty(t, e.Find(text, dst))
	// The least of many runs: the pool may be emptied by the collector, and under the race detector at random.
	least := math.Inf(1)
	for range 20 {
		least = min(least, testing.AllocsPerRun(1, func() { dst = e.Find(text, dst[:0]) }))
	}
	require.Zero(t, least)
	out, _ := e.Text(text)
	require.Equal(t, text, out)
}

func TestTheEngineIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	for range 8 {
		t.Run("worker", func(t *testing.T) {
			t.Parallel()
			for range 200 {
				out, _ := Default().Text("Card 4111 1111 1111 1111, ann@example.com")
				require.Equal(t, "Card [CARD], [EMAIL]", out)
			}
		})
	}
}

func TestPlaceholdersOfEveryTypeStay(t *testing.T) {
	t.Parallel()
	for _, kind := range Types() {
		text := "phone " + kind.Placeholder() + " card"
		require.Equal(t, text, Default().LogValue(text))
		require.LessOrEqual(t, len(kind.Placeholder()), placeholderMax)
	}
}

func TestATableSaysOfEachCharacterWhatTheRulesSay(t *testing.T) {
	t.Parallel()
	f := &Default().t.fold
	for r := rune(utf8.RuneSelf); r < rune(len(f.basic)); r++ {
		require.Equal(t, f.slow(r), f.basic[r], "%U", r)
	}
}

func TestACharacterIsDecodedAsTheStandardLibraryDoes(t *testing.T) {
	t.Parallel()
	for first := 0x80; first < 0x100; first++ {
		for second := range 0x100 {
			for _, rest := range []string{"", "a", "\x80", "\xBF\x80", "\xA9é", "\x80\x80\x80"} {
				text := string([]byte{byte(first), byte(second)}) + rest
				r, n := utf8.DecodeRuneInString(text)
				got, size := decodeHigh(text)
				require.Equal(t, [2]int{int(r), n}, [2]int{int(got), size}, "%q", text)
			}
		}
	}
}
