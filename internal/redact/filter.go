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

// Bounds of streaming, in bytes. A text is read in windows. Each is redacted with some of what came before it and
// after it in view, so that a value at the border is seen whole; only a value longer than the margin could be cut.
const (
	windowSize = 256 << 10
	margin     = 32 << 10 // more than the longest value: a private key in PEM armour
)

// lineMax bounds a line of JSON, in bytes: it is the one thing that must be in memory whole.
const lineMax = 64 << 20

// Copy redacts text from r to w in bounded memory, whatever its size.
func (e *Engine) Copy(w io.Writer, r io.Reader) error {
	var (
		buf   []byte
		spans []Span
		done  int // bytes of buf that are written already and serve as context
	)
	chunk := make([]byte, windowSize)
	for {
		n, err := io.ReadFull(r, chunk)
		buf = append(buf, chunk[:n]...)
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		spans = e.Find(string(buf), spans[:0])
		end := len(buf)
		if !last {
			end = cut(buf, spans, done)
		}
		if err := writeRedacted(w, buf[:end], spans, done); err != nil {
			return err
		}
		if last {
			return nil
		}
		keep := max(0, end-margin)
		for keep < end && !utf8.RuneStart(buf[keep]) {
			keep++
		}
		buf = append(buf[:0], buf[keep:]...)
		done = end - keep
	}
}

// cut returns where a window may end: after a blank, well before what was not read yet, and in no span.
func cut(buf []byte, spans []Span, done int) int {
	end := max(done, len(buf)-margin)
	if n := bytes.LastIndexAny(buf[done:end], "\n"); n >= 0 {
		end = done + n + 1
	} else if n := bytes.LastIndexByte(buf[done:end], ' '); n >= 0 {
		end = done + n + 1
	}
	for end > done && end < len(buf) && !utf8.RuneStart(buf[end]) {
		end--
	}
	for i := len(spans) - 1; i >= 0; i-- {
		if spans[i].Start < end && spans[i].End > end {
			end = max(done, spans[i].Start)
		}
	}
	return end
}

// writeRedacted writes buf[done:] with its spans replaced. A span that began in what is written already covers only
// what is left of it.
func writeRedacted(w io.Writer, buf []byte, spans []Span, done int) error {
	at := done
	for _, s := range spans {
		if s.End <= at || s.Start >= len(buf) {
			continue
		}
		if s.Start > at {
			if _, err := w.Write(buf[at:s.Start]); err != nil {
				return err
			}
		}
		if _, err := io.WriteString(w, s.Type.Placeholder()); err != nil {
			return err
		}
		at = min(s.End, len(buf))
	}
	_, err := w.Write(buf[at:])
	return err
}

// LineError says that a line of the input is not what the filter reads. It never holds the line.
type LineError struct {
	Line   int
	Reason string
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

type filterInput struct {
	Text *string `json:"text"`
	URL  *string `json:"url"`
}

type filterSpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  Type   `json:"type"`
	Rule  string `json:"rule"`
}

// Lines reads JSON Lines {"text":…} (or {"url":…}, for an address) from r and writes, in the same order,
// {"text":REDACTED,"spans":[…]} to w. Offsets count Unicode code points of the input. A line that is not such an object
// ends it with a *LineError.
func (e *Engine) Lines(w io.Writer, r io.Reader) error {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), lineMax)
	out := bufio.NewWriter(w)
	line := 0
	for in.Scan() {
		line++
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		if err := e.line(out, in.Bytes()); err != nil {
			return errors.Join(out.Flush(), &LineError{line, err.Error()})
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		return errors.Join(out.Flush(), &LineError{line + 1, fmt.Sprintf("is longer than %d bytes", lineMax)})
	}
	return errors.Join(in.Err(), out.Flush())
}

var (
	errNotObject = errors.New(`is not a JSON object such as {"text":"…"}`)
	errNoText    = errors.New(`has no "text"`)
	errNotUTF8   = errors.New("is not valid UTF-8")
)

func (e *Engine) line(w *bufio.Writer, raw []byte) error {
	if !utf8.Valid(raw) {
		return errNotUTF8
	}
	var in filterInput
	if json.Unmarshal(raw, &in) != nil {
		return errNotObject
	}
	var text, redacted string
	var spans []Span
	switch {
	case in.Text != nil:
		text = *in.Text
		redacted, spans = e.Text(text)
	case in.URL != nil:
		text = *in.URL
		redacted, spans = e.URL(text)
	default:
		return errNoText
	}
	out := struct {
		Text  string       `json:"text"`
		Spans []filterSpan `json:"spans"`
	}{redacted, codePoints(text, spans)}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
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
