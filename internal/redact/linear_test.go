package redact

import (
	"math"
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
		for _, piece := range hostile {
			text := strings.Repeat(piece, shortText*times/len(piece))
			few, many := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
			for range 3 {
				few = min(few, took(find, text[:shortText]))
			}
			few = max(few, leastTime)
			for range 10 {
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
