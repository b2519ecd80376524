package redact

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What a quick test rules out, the rules of addresses would not have found either.
func TestNoAddressBeginsWhereItsQuickTestSaysSo(t *testing.T) {
	t.Parallel()
	found := 0
	for _, text := range newGenerator(t).seeds {
		s := Default().pool.Get().(*scanner)
		s.start(Default(), text)
		s.mailStart = len(s.b)
		for i := range s.b {
			if !s.is(i, isDigit) || i > 0 && s.is(i-1, isDigit) {
				continue
			}
			hi, end := len(s.b), i+s.digits(i, len(s.b))
			leads, unspaced := s.mayLead(i), s.mayBeUnspaced(i, end)
			if s.streetBefore(i, end, hi) > 0 || s.unitFirst(i, hi) > 0 {
				found++
				require.True(t, leads, "%q at %d", text, i)
			}
			if s.floor = 0; s.unspacedAddress(i, end, hi) > 0 {
				found++
				require.True(t, unspaced, "%q at %d", text, i)
			}
			s.floor = 0
		}
		Default().release(s)
	}
	require.Greater(t, found, 100)
}
