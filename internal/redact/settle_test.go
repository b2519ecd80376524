package redact

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// joints stand between the texts of a page.
var joints = []string{" ", "\n", ". ", ", ", " – ", "\t", " | ", "; ", "", " €12.99 ", " set of 2, 45 x 52 cm "}

// TestLongPagesAreRedactedOnce is for what only texts longer than the reach of the detectors show: after the first pass,
// stretches of them are scanned again, and the rest is not.
func TestLongPagesAreRedactedOnce(t *testing.T) {
	t.Parallel()
	var seeds []string
	for _, list := range vectorsOf(t, "tune") {
		for _, v := range list {
			if v.Text != nil {
				seeds = append(seeds, *v.Text)
			}
		}
	}
	r := rand.New(rand.NewPCG(7, 2026))
	for range 1000 / oneIn {
		var page strings.Builder
		for range 20 + r.IntN(120) {
			text := seeds[r.IntN(len(seeds))]
			if r.IntN(4) == 0 {
				text = mutator{r, seeds}.disturb(text, 3)
			}
			page.WriteString(text + joints[r.IntN(len(joints))])
		}
		out, spans := Default().Text(page.String())
		require.NotEmpty(t, spans)
		again, more := Default().Text(out)
		require.Empty(t, more, "%q", out)
		require.Equal(t, out, again)
	}
}
