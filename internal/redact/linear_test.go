package redact

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is measured: texts of a repeated piece, and texts 64 times as long.
const (
	shortText = 24 << 10 // bytes
	times     = 64
	// mostTimes is how many times as long the long text may take: linear work takes 64 times (and some more where only the
	// short text fits into the processor's caches), quadratic 4096.
	mostTimes = 6 * times
	// leastTime is what a short text is said to take at least: less is not measured well.
	leastTime = 50 * time.Microsecond
)

// TestTheWorkIsLinearInTheText takes the least of some times, so that a busy machine does not fail it.
func TestTheWorkIsLinearInTheText(t *testing.T) { // not parallel: it measures time
	if underRace {
		t.Skip("the race detector makes it ten times as long and changes nothing that it shows")
	}
	engine := Default()
	for name, find := range map[string]func(string, []Span) []Span{"text": engine.Find, "url": engine.findURL} {
		for _, piece := range slices.Concat(hostile, hostileSentences) {
			text := strings.Repeat(piece, shortText*times/len(piece))
			few, many := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
			for range 3 {
				few = min(few, took(find, text[:shortText]))
			}
			few = max(few, leastTime)
			for range 3 {
				if many = min(many, took(find, text)); many <= mostTimes*few {
					break
				}
			}
			require.LessOrEqual(t, many, mostTimes*few, "%s of %q: %v for %d KiB", name, piece, few, shortText>>10)
		}
	}
}

func took(find func(string, []Span) []Span, text string) time.Duration {
	start := time.Now()
	find(text, nil)
	return time.Since(start)
}

// hostileSentences hold values of which some forms of work cost as much as the rest of the text.
var hostileSentences = []string{
	"Oak chair set of 2, 45 x 52 cm ann@example.com ", "see https://a.example/b?c=d now ", "mail ann@example.com or https://a.example/?q=x ",
	"card 4111 1111 1111 1111 ", "Größe M, ann@example.com, ", "Ship to Ann Lee, 12 Oak Street, Tacoma, WA 98402\n", "a @ b https://x.example/ ",
	"50%25 ann%40example.com ", "&#64; é ann@example.com ", "\\u0040 4111111111111111 ", "(415) 555-2671 ", "password=hunter2hunter2 ", "https://https://a@b/",
	"192.168.1.1 @ ", "Hello Ann, ", "-----BEGIN RSA PRIVATE KEY-----",
}
