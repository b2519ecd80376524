package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// tell writes to people or to an output; the latter remembers what could not be written.
func tell(w io.Writer, format string, a ...any) { _, _ = fmt.Fprintf(w, format, a...) }

// output is standard output: it remembers the first error, so that a full disk fails the command.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.w.Write(b)
	if o.err == nil && err != nil {
		o.err = fmt.Errorf("the output cannot be written: %w", plainError(err))
	}
	return n, err
}

// printJSON writes one value as a line.
func (a *app) printJSON(v any) error {
	b, err := json.Marshal(v, json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return err
	}
	_, err = a.out.Write(append(b, '\n'))
	return err
}

// date shows a moment for people, or a dash for none.
func date(ms int64) string {
	if ms == 0 {
		return "-"
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// sorted are the names of counts in order.
func sorted(counts map[string]int) []string { return slices.Sorted(maps.Keys(counts)) }
