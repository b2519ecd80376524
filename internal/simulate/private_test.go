package simulate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/redact"
)

func TestEventsHoldNothingPrivate(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"01990000-0000-7000-8000-000000000001", "01990000-0000-7000-8000-00000000ffff"} {
		s := script{id: id, started: 1795336560123, bytes: 900}
		for seq := int64(1); seq <= 500; seq++ {
			line, err := s.line(seq)
			require.NoError(t, err)
			e := s.event(seq)
			require.Empty(t, redact.Default().Event(e), "%s", line)
			after, err := wire.AppendEvent(nil, e)
			require.NoError(t, err)
			require.Equal(t, string(line), string(after))
			require.NotContains(t, string(after), "withheld")
		}
	}
}
