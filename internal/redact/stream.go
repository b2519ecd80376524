package redact

import (
	"bytes"
	"errors"
	"io"
)

// streaming says how a text of any size is read: in windows, each of which is looked at with some of what came before it
// and after it in view, so that a value at the border is seen whole. All are in bytes.
type streaming struct {
	window int // read at a time
	margin int // in view before and after
	// hold is how much is held back because no place to cut it was found. What is longer has no blank for megabytes, or
	// does not come to rest: it is withheld, to its next blank.
	hold int
}

// inLargeWindows has a margin longer than the longest value that has blanks in it, a private key in PEM armour.
var inLargeWindows = streaming{window: 512 << 10, margin: 32 << 10, hold: 2 << 20}

// cuts are the signs that a window may end at. They also end an address, the one value that has no greatest length.
const cuts = " \t\r\n\"<>'`{}|\\^"

// Copy redacts text from r to w in bounded memory, whatever its size.
func (e *Engine) Copy(w io.Writer, r io.Reader) error {
	return e.copyIn(inLargeWindows, w, r)
}

func (e *Engine) copyIn(how streaming, w io.Writer, r io.Reader) error {
	c := copier{streaming: how, e: e, w: w}
	for {
		last, err := c.read(r)
		if err != nil {
			return err
		}
		if err := c.write(last); err != nil || last {
			return err
		}
	}
}

// copier is the state of one Copy.
type copier struct {
	streaming
	e      *Engine
	w      io.Writer
	buf    []byte // what was written already and serves as context, and then what is still to be written
	done   int    // where the latter begins
	inside bool   // what comes next belongs to a value that is withheld
	spans  []Span
}

// read adds a window to the buffer; last says that nothing follows it.
func (c *copier) read(r io.Reader) (last bool, err error) {
	at := len(c.buf)
	c.buf = append(c.buf, make([]byte, c.window)...)
	n, err := io.ReadFull(r, c.buf[at:])
	c.buf = c.buf[:at+n]
	last = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if err != nil && !last {
		return false, err
	}
	if c.inside {
		rest := bytes.IndexAny(c.buf[at:], cuts)
		c.inside = rest < 0
		if c.inside {
			rest = n
		}
		c.buf = append(c.buf[:at], c.buf[at+rest:]...)
	}
	return last, nil
}

// write writes as much of the buffer as can be judged, and keeps the rest.
func (c *copier) write(last bool) error {
	c.spans = c.e.Find(string(c.buf), c.spans[:0])
	end := len(c.buf)
	if !last {
		end = c.cut()
	}
	if end == c.done && len(c.buf)-c.done > c.hold {
		_, err := io.WriteString(c.w, Private.Placeholder())
		c.buf = append(c.buf[:0], Private.Placeholder()...)
		c.done, c.inside = len(c.buf), true
		return err
	}
	if err := writeRedacted(c.w, c.buf[:end], c.spans, c.done); err != nil {
		return err
	}
	keep := max(0, end-c.margin)
	if n := bytes.IndexAny(c.buf[keep:end], cuts); keep > 0 && n >= 0 {
		keep += n
	}
	c.buf = append(c.buf[:0], c.buf[keep:]...)
	c.done = end - keep
	return nil
}

// cut returns where to stop writing: at a sign that may be cut at, well before what was not read yet, and in no span.
func (c *copier) cut() int {
	end := max(c.done, len(c.buf)-c.margin)
	end = c.done + bytes.LastIndexAny(c.buf[c.done:end], cuts) + 1
	for i := len(c.spans) - 1; i >= 0; i-- {
		if s := c.spans[i]; s.Start < end && s.End > end {
			end = max(c.done, s.Start)
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
