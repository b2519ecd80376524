package pipeline

import (
	"slices"

	"github.com/codesight/codesight/internal/event"
)

// maxLateMS bounds how late an event of one frame may be numbered, in milliseconds. Typing is told when it has paused for
// two seconds or its field was left, and a frame does not learn at once what is done in another.
const maxLateMS = 5000

// inTime puts events that were numbered late back to where they happened. Within a frame the numbers are the order; an
// event moves only past events of other frames, and only a little, so that a clock that is set wrong changes nothing else.
func inTime(events []*event.Event) []*event.Event {
	ordered := slices.Clone(events)
	for i := 1; i < len(ordered); i++ {
		e := ordered[i]
		at := i
		for at > 0 && isLate(e, ordered[at-1]) {
			at--
		}
		copy(ordered[at+1:i+1], ordered[at:i])
		ordered[at] = e
	}
	return ordered
}

// isLate says that e happened before the event that was numbered before it, in another frame of the same tab.
func isLate(e, before *event.Event) bool {
	return e.Tab == before.Tab && e.Frame != before.Frame &&
		e.Time < before.Time && before.Time-e.Time <= maxLateMS &&
		e.Type != event.Refused && before.Type != event.Refused
}
