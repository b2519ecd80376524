package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"slices"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/trajectory"
)

const assembleVersion = 1

// recording is a session in the clear: what the stages read.
type recording struct {
	header event.Session
	events []*event.Event // ordered, numbered 1, 2, 3 …
	images map[string]event.ScreenshotMeta
}

// partialElements says that element lists hold only what stood around targets, ordered by name. Sessions imported from
// the earlier system are like that: it never recorded a page's whole list.
func (r recording) partialElements() bool { return r.header.Client.Transport == "import" }

// gapError says that the recording is not whole. It is permanent: what is missing will not come back.
type gapError struct{ expected, got int64 }

func (e *gapError) Error() string {
	return fmt.Sprintf("event %d is missing: found %d in its place", e.expected, e.got)
}

// assemble proves that the events are numbered from 1 to last without gaps, and says what they consist of.
func assemble(r recording, last int64) (trajectory.Assembled, error) {
	a := trajectory.Assembled{
		Types: map[event.Type]int{}, Documents: []trajectory.Document{}, Images: len(r.images),
	}
	digest := sha256.New()
	if err := hashInto(digest, r.header); err != nil {
		return a, err
	}
	documents := map[trajectory.Document]int{}
	for i, e := range r.events {
		if want := int64(i) + 1; e.Seq != want {
			return a, &gapError{want, e.Seq}
		}
		if err := hashInto(digest, e); err != nil {
			return a, err
		}
		count(&a, e, documents)
	}
	if a.Events != last {
		return a, &gapError{a.Events + 1, last + 1}
	}
	for _, id := range slices.Sorted(maps.Keys(r.images)) {
		if err := hashInto(digest, id, r.images[id]); err != nil {
			return a, err
		}
	}
	a.Input = hex.EncodeToString(digest.Sum(nil))
	return a, nil
}

func hashInto(digest hash.Hash, values ...any) error {
	for _, v := range values {
		b, err := wire.Marshal(v)
		if err != nil {
			return err
		}
		digest.Write(append(b, '\n'))
	}
	return nil
}

func count(a *trajectory.Assembled, e *event.Event, documents map[trajectory.Document]int) {
	a.Events++
	a.Types[e.Type]++
	if e.Type == event.Refused {
		a.Refused++
		return
	}
	if a.FirstTime == 0 || e.Time < a.FirstTime {
		a.FirstTime = e.Time
	}
	a.LastTime = max(a.LastTime, e.Time)
	if e.Gap != nil {
		a.Gaps = append(a.Gaps, trajectory.Gap{Seq: e.Seq, Reason: e.Gap.Reason, Lost: e.Gap.Lost})
	}
	key := trajectory.Document{Tab: e.Tab, Frame: e.Frame, ID: e.Document}
	i, ok := documents[key]
	if !ok {
		i = len(a.Documents)
		documents[key] = i
		key.URL, key.First = e.Page.URL, e.Seq
		a.Documents = append(a.Documents, key)
	}
	a.Documents[i].Last = e.Seq
	a.Documents[i].Events++
}
