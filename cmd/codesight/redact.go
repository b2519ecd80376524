package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/redact"
)

const (
	// blockBytes is how much text is looked at together, so that a label and its value on the next line are seen as one.
	blockBytes = 1 << 20
	// maxLineBytes bounds one line: a block must end at the end of one, or a value could be cut in two and pass.
	maxLineBytes = 16 << 20
)

type redactCmd struct {
	JSON bool `name:"json" help:"Read JSON Lines {\"text\":…} and write {\"text\":…,\"spans\":[…]} in the same order; offsets count Unicode code points of the input."`
}

// Help shows an example.
func (redactCmd) Help() string {
	return "Example:\n\n  echo 'Write to ada@example.org' | codesight redact\n  echo '{\"text\":\"Write to ada@example.org\"}' | codesight redact --json"
}

// Run filters.
func (c *redactCmd) Run(a *app) error {
	out := bufio.NewWriter(a.out)
	run := redactText
	if c.JSON {
		run = redactLines
	}
	return errors.Join(run(redact.Default(), a.in, out), out.Flush())
}

// redactText goes through text block by block.
func redactText(e *redact.Engine, in io.Reader, out *bufio.Writer) error {
	r := bufio.NewReaderSize(in, 64<<10)
	var block []byte
	for {
		line, err := r.ReadSlice('\n')
		block = append(block, line...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(block) <= maxLineBytes+blockBytes:
			continue
		case errors.Is(err, bufio.ErrBufferFull):
			return errors.New("a line is longer than 16 MiB: break the text into lines")
		case err != nil && !errors.Is(err, io.EOF):
			return err
		}
		if err == nil && len(block) < blockBytes {
			continue
		}
		text, _ := e.Text(string(block))
		if _, wrong := out.WriteString(text); wrong != nil || err != nil {
			return wrong
		}
		block = block[:0]
	}
}

// span is one private value, in code points.
type span struct {
	Start int         `json:"start"`
	End   int         `json:"end"`
	Type  redact.Type `json:"type"`
	Rule  string      `json:"rule"`
}

// redactLines answers each line with a line.
func redactLines(e *redact.Engine, in io.Reader, out *bufio.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxLineBytes)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var input struct {
			Text *string `json:"text"`
		}
		// A lone surrogate becomes U+FFFD, one code point as before, so that offsets hold.
		if err := json.Unmarshal(lines.Bytes(), &input, jsontext.AllowInvalidUTF8(true)); err != nil || input.Text == nil {
			return fmt.Errorf("line %d must be a JSON object with a string named text", n)
		}
		text, found := e.Text(*input.Text)
		b, err := json.Marshal(struct {
			Text  string `json:"text"`
			Spans []span `json:"spans"`
		}{text, codePoints(*input.Text, found)}, jsontext.AllowInvalidUTF8(true))
		if err != nil {
			return err
		}
		if _, err := out.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return errors.New("a line is longer than 16 MiB")
	}
	return lines.Err()
}

// codePoints turns offsets in bytes into offsets in code points, in one pass: the spans are in order.
func codePoints(text string, found []redact.Span) []span {
	spans := make([]span, len(found))
	at, points := 0, 0
	to := func(offset int) int {
		points += utf8.RuneCountInString(text[at:offset])
		at = offset
		return points
	}
	for i, s := range found {
		spans[i] = span{Start: to(s.Start), End: to(s.End), Type: s.Type, Rule: s.Rule}
	}
	return spans
}
