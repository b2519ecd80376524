package ingest

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
)

// MaxBatch bounds how many events one batch may hold.
const MaxBatch = 500

// MaxEvent bounds the JSON of one event, in bytes. The largest honest events carry a snapshot of a page and stay below a
// third of it.
const MaxEvent = 1 << 20

// maxSeq is the largest number that every JSON reader holds exactly.
const maxSeq = 1<<53 - 1

// tolerant options read the frame around the events: what is wrong inside an event is that event's own fault, and is
// found again when it is decoded strictly. Nesting is bounded by jsontext itself, at 10,000 levels.
var tolerant = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// Members takes a JSON object apart into its members, without looking into them. Names must be among the known ones, and
// each may stand once. The values are views of the body.
func Members(body []byte, location string, known ...string) (map[string]jsontext.Value, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(body), tolerant...)
	if d.PeekKind() != '{' {
		return nil, notThe(d, location, "must be an object")
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, syntax(d)
	}
	members := make(map[string]jsontext.Value, len(known))
	var wrong event.Report
	for d.PeekKind() == '"' {
		raw, err := d.ReadValue()
		if err != nil {
			return nil, syntax(d)
		}
		name := knownName(raw, known)
		value, err := d.ReadValue()
		if err != nil {
			return nil, syntax(d)
		}
		if _, twice := members[name]; name == "" {
			wrong.Add(location, "has a field that is not known")
		} else if twice {
			wrong.Add(location+"."+name, "stands twice")
		} else {
			members[name] = view(body, d, value)
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, syntax(d)
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, syntax(d)
	}
	if !wrong.OK() {
		return nil, &InvalidError{Errors: wrong.Errors}
	}
	return members, nil
}

// knownName returns the known name that a JSON string spells, or "".
func knownName(raw jsontext.Value, known []string) string {
	text := []byte(raw[1 : len(raw)-1])
	if bytes.IndexByte(text, '\\') >= 0 {
		var err error
		if text, err = jsontext.AppendUnquote(nil, raw); err != nil {
			return ""
		}
	}
	for _, name := range known {
		if string(text) == name {
			return name
		}
	}
	return ""
}

// view returns the value just read as a part of the input: what the decoder hands out is only good until its next read.
func view(input []byte, d *jsontext.Decoder, value jsontext.Value) jsontext.Value {
	end := int(d.InputOffset())
	return input[end-len(value) : end : end]
}

// Split takes the body of a batch, {"events":[…]}, apart into its events.
func Split(body []byte) ([]jsontext.Value, error) {
	members, err := Members(body, "body", "events")
	if err != nil {
		return nil, err
	}
	list, ok := members["events"]
	if !ok {
		return nil, invalid("events", "is required")
	}
	return SplitEvents(list)
}

// SplitEvents takes a JSON array of events apart. The values are views of the array.
func SplitEvents(list jsontext.Value) ([]jsontext.Value, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(list), tolerant...)
	if d.PeekKind() != '[' {
		return nil, notThe(d, "events", "must be an array")
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, syntax(d)
	}
	var events []jsontext.Value
	for d.PeekKind() != ']' {
		value, err := d.ReadValue()
		if err != nil {
			return nil, syntax(d)
		}
		if len(events) == MaxBatch {
			return nil, invalid("events", "must have at most "+strconv.Itoa(MaxBatch)+" items")
		}
		events = append(events, view(list, d, value))
	}
	if len(events) == 0 {
		return nil, invalid("events", "must have at least 1 item")
	}
	return events, nil
}

// CheckSyntax tells a body that is not JSON at all (*SyntaxError) from one that merely is not valid.
func CheckSyntax(body []byte) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(body), tolerant...)
	if err := d.SkipValue(); err != nil {
		return syntax(d)
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return syntax(d)
	}
	return nil
}

func syntax(d *jsontext.Decoder) error { return &SyntaxError{Offset: d.InputOffset()} }

// notThe answers a value of the wrong kind: as a mistake in its content where it is JSON at all.
func notThe(d *jsontext.Decoder, location, message string) error {
	if err := d.SkipValue(); err != nil {
		return syntax(d)
	}
	return invalid(location, message)
}

// peekNumber reads a whole number of an object's member without judging the rest, so that an event that is otherwise
// invalid keeps its place and time. It stops at the first member of that name.
func peekNumber(raw jsontext.Value, name string, low, high int64) (int64, bool) {
	d := jsontext.NewDecoder(bytes.NewBuffer(raw), tolerant...)
	if d.PeekKind() != '{' {
		return 0, false
	}
	if _, err := d.ReadToken(); err != nil {
		return 0, false
	}
	for d.PeekKind() == '"' {
		key, err := d.ReadValue()
		if err != nil {
			return 0, false
		}
		if knownName(key, []string{name}) == "" {
			if d.SkipValue() != nil {
				return 0, false
			}
			continue
		}
		value, err := d.ReadValue()
		if err != nil || value.Kind() != '0' {
			return 0, false
		}
		f, err := strconv.ParseFloat(string(value), 64)
		if err != nil || f != math.Trunc(f) || f < float64(low) || f > float64(high) {
			return 0, false
		}
		return int64(f), true
	}
	return 0, false
}
