package pagetext

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheTextsAreTheSameEachTimeAndVaried(t *testing.T) {
	t.Parallel()
	all := All()
	require.Equal(t, all, All())
	for name, text := range all {
		require.Len(t, text, size, name)
		lines := map[string]bool{}
		for line := range strings.Lines(text) {
			lines[line] = true
		}
		require.Greater(t, len(lines), 1000, name)
	}
	require.NotContains(t, all["pages"], "@")
	require.Contains(t, all["pages-private"], "@mossmail.example")
}
