package redact

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// lineMax bounds a line of JSON, in bytes: it is the one thing that must be in memory whole.
const lineMax = 64 << 20

// LineError says that a line of the input is not what the filter reads. It never holds the line.
type LineError struct {
	Line   int
	Reason string
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d %s", e.Line, e.Reason) }

var (
	errNotObject = errors.New(`is not a JSON object such as {"text":"…"}`)
	errNoText    = errors.New(`has no string named "text" or "url"`)
	errNotUTF8   = errors.New("is not valid UTF-8")
	errTooLong   = fmt.Errorf("is longer than %d MiB", lineMax>>20)
)

// Lines reads JSON Lines {"text":…} (or {"url":…}, for an address) from r and writes, in the same order,
// {"text":REDACTED,"spans":[…]} to w. Offsets count Unicode code points of the input. Blank lines are passed over. A line
// that is not such an object ends it with a *LineError, after the answers to those before it.
//
// extension/scripts/redact.mjs does the same with the other engine, and a test compares them.
func (e *Engine) Lines(w io.Writer, r io.Reader) error {
	in, out := bufio.NewReaderSize(r, 64<<10), bufio.NewWriterSize(w, 64<<10)
	var raw []byte
	for line := 1; ; line++ {
		var err error
		raw, err = readLine(in, raw[:0])
		last := errors.Is(err, io.EOF)
		switch {
		case errors.Is(err, errTooLong):
			return errors.Join(out.Flush(), &LineError{line, err.Error()})
		case err != nil && !last:
			return errors.Join(out.Flush(), err)
		}
		if len(bytes.Trim(raw, " \t\r\n")) > 0 {
			if err := e.line(out, raw); err != nil {
				return errors.Join(out.Flush(), &LineError{line, err.Error()})
			}
		}
		if last {
			return out.Flush()
		}
		if in.Buffered() == 0 { // whoever writes may be waiting for the answer
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

// readLine appends the next line to raw, with its end. At the end of the input the error is io.EOF.
func readLine(in *bufio.Reader, raw []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		raw = append(raw, part...)
		if len(raw) > lineMax {
			return nil, errTooLong
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return raw, err
		}
	}
}

type filterInput struct{ text, url *string }

// parse reads a line as JavaScript would: names as they are spelled, and of two alike the last.
func parse(raw []byte) (filterInput, error) {
	var fields map[string]json.RawMessage
	var in filterInput
	switch {
	case !utf8.Valid(raw):
		return in, errNotUTF8
	case json.Unmarshal(raw, &fields) != nil || fields == nil:
		return in, errNotObject
	}
	for name, to := range map[string]**string{"text": &in.text, "url": &in.url} {
		if json.Unmarshal(fields[name], to) != nil {
			*to = nil
		}
	}
	if in.text == nil && in.url == nil {
		return in, errNoText
	}
	return in, nil
}

type filterSpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  Type   `json:"type"`
	Rule  string `json:"rule"`
}

func (e *Engine) line(w io.Writer, raw []byte) error {
	in, err := parse(raw)
	if err != nil {
		return err
	}
	var text, redacted string
	var spans []Span
	if in.text != nil {
		text = *in.text
		redacted, spans = e.Text(text)
	} else {
		text = *in.url
		redacted, spans = e.URL(text)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Text  string       `json:"text"`
		Spans []filterSpan `json:"spans"`
	}{redacted, codePoints(text, spans)})
}

// codePoints maps spans from bytes to code points.
func codePoints(text string, spans []Span) []filterSpan {
	out := make([]filterSpan, 0, len(spans))
	at, points := 0, 0
	count := func(to int) int {
		points += utf8.RuneCountInString(text[at:to])
		at = to
		return points
	}
	for _, s := range spans {
		out = append(out, filterSpan{Start: count(s.Start), End: count(s.End), Type: s.Type, Rule: s.Rule})
	}
	return out
}
