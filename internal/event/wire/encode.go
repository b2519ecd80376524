package wire

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
)

// Canonical options make the same value always the same bytes: maps are ordered by name.
var canonical = json.Deterministic(true)

// AppendEvent appends an event in its one stored form: the fields in their declared order, maps ordered by name, and no
// white space. Equal events are equal bytes.
func AppendEvent(dst []byte, e *event.Event) ([]byte, error) {
	b, err := json.Marshal(e, canonical)
	if err != nil {
		return dst, err
	}
	return append(dst, b...), nil
}

// Marshal encodes any other value of the domain in the same manner.
func Marshal(v any) ([]byte, error) { return json.Marshal(v, canonical) }

// StoredEvent decodes an event that the server itself has written. It was validated when it came in and may be a
// tombstone, which clients may not send.
func StoredEvent(data []byte) (*event.Event, error) {
	var e event.Event
	err := json.Unmarshal(data, &e)
	return &e, err
}

// Unmarshal decodes a value that the server itself has written.
func Unmarshal(data []byte, v any) error { return json.Unmarshal(data, v) }

// Raw is a JSON value that is passed on as it is.
type Raw = jsontext.Value
