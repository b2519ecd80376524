package pipeline

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
)

// A recorder names the frames of all elements but those of its own, so the same page comes with other marks from each
// frame. What is made of it must not.
func TestTheListOfElementsDoesNotTellInWhichFrameTheActWas(t *testing.T) {
	t.Parallel()
	fromTop := []event.Element{{Role: "button", Name: "Pay"}, {Role: "textbox", Name: "Card number", Frame: "7"}}
	fromFrame := []event.Element{{Role: "button", Name: "Pay", Frame: "0"}, {Role: "textbox", Name: "Card number"}}

	lines := func(elements []event.Element) (written []string) {
		for i := range elements {
			written = append(written, elementLine(i, &elements[i]))
		}
		return written
	}
	require.Equal(t, lines(framed(fromTop, "0")), lines(framed(fromFrame, "7")))
	require.Equal(t, "[1] textbox \"Card number\" (in a frame)\n", lines(framed(fromFrame, "7"))[1])
	require.Empty(t, fromFrame[1].Frame, "what was recorded stays as it is")
}

func TestAListThatIsToldByItsDifferenceIsKnownWithItsBaseOnly(t *testing.T) {
	t.Parallel()
	base := &event.Event{Seq: 1, Frame: "7", Type: event.SnapshotTaken, Snapshot: &event.Snapshot{ID: "a", Elements: []event.Element{{Role: "button", Name: "Pay"}}}}
	next := &event.Event{Seq: 2, Frame: "7", Type: event.SnapshotTaken, Snapshot: &event.Snapshot{
		ID: "b", Base: "a", Kept: []event.Kept{{At: 1, Count: 1}}, Elements: []event.Element{{Role: "link", Name: "Help"}},
	}}
	o := newObserver(recording{})
	o.learn(next)
	require.Empty(t, o.snapshots, "its base was not recorded")
	o.learn(base)
	o.learn(next)
	require.Equal(t, []event.Element{{Role: "link", Name: "Help", Frame: "7"}, {Role: "button", Name: "Pay", Frame: "7"}}, o.snapshots["b"].Elements)

	o.listed = maxListed
	o.learn(&event.Event{Snapshot: &event.Snapshot{ID: "c", Elements: base.Snapshot.Elements}})
	require.NotContains(t, o.snapshots, "c", "the bound")
}
