package main_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// pageOfText is 64 KiB like a shop's page, with one private value.
var pageOfText = strings.Repeat("Oak chair, set of 2, 45 x 52 x 88 cm, solid wood. In stock.\n", 1091) + "Write to ada@example.org\n\n"

// pages reads so many pages, the last line without an end.
func pages(n int) io.Reader {
	return io.MultiReader(&repeated{page: pageOfText, left: n}, strings.NewReader("bob@example.org"))
}

// repeated reads a page again and again.
type repeated struct {
	page     string
	left, at int
}

func (r *repeated) Read(b []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.page[r.at:])
	if r.at += n; r.at == len(r.page) {
		r.at, r.left = 0, r.left-1
	}
	return n, nil
}

// counting counts what is written to it, and how often a word is in it. What lies on the border of two writes is missed.
type counting struct {
	word  string
	bytes int
	found int
}

func (c *counting) Write(b []byte) (int, error) {
	c.bytes += len(b)
	c.found += bytes.Count(b, []byte(c.word))
	return len(b), nil
}

// memoryFactor is how many times its usual memory the program may take.
var memoryFactor int64 = 1

// filterAll runs redact on all of in, and returns how much memory it took at most, in MiB.
func (p *place) filterAll(in io.Reader, out io.Writer, args ...string) int64 {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), deadline)
	defer cancel()
	c := p.command(ctx, append([]string{"redact"}, args...)...)
	var errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = in, out, &errs
	require.NoError(p.t, c.Run(), errs.String())
	return c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
}

func TestRedactReadsTextOfAnySizeInBoundedMemory(t *testing.T) {
	t.Parallel()
	const count = 5000 // 312 MiB
	for name, in := range map[string]io.Reader{
		"lines":    pages(count),
		"one line": &repeated{page: strings.ReplaceAll(pageOfText, "\n", " "), left: count},
	} {
		mails, left := &counting{word: "[EMAIL]"}, &counting{word: "@example"}
		memory := newPlace(t).filterAll(in, io.MultiWriter(mails, left))
		require.Less(t, memory, 256*memoryFactor, "%s: MiB of memory", name)
		require.Zero(t, left.found, name)
		require.InDelta(t, count, mails.found, 0.01*count, name) // some lie on borders
		require.InDelta(t, count*len(pageOfText), mails.bytes, 0.01*count*float64(len(pageOfText)), name)
	}
}

func TestRedactReadsALongLineOfJSON(t *testing.T) {
	t.Parallel()
	const count = 800 // 50 MiB
	text := strings.ReplaceAll(pageOfText, "\n", `\n`)
	var out bytes.Buffer
	memory := newPlace(t).filterAll(io.MultiReader(strings.NewReader(`{"text":"`), &repeated{page: text, left: count}, strings.NewReader("\"}\n")), &out, "--json")
	require.Less(t, memory, 768*memoryFactor, "MiB of memory")
	require.Equal(t, 1, bytes.Count(out.Bytes(), []byte("\n")))
	require.Equal(t, count, bytes.Count(out.Bytes(), []byte("[EMAIL]")))
}

func TestRedactAnswersALineBeforeItReadsTheNext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	c := newPlace(t).command(ctx, "redact", "--json")
	in, err := c.StdinPipe()
	require.NoError(t, err)
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	for range 3 {
		_, err = io.WriteString(in, `{"text":"ada@example.org"}`+"\n")
		require.NoError(t, err)
		answer := make([]byte, len(`{"text":"[EMAIL]"`))
		_, err = io.ReadFull(out, answer)
		require.NoError(t, err)
		require.Equal(t, `{"text":"[EMAIL]"`, string(answer))
		_, err = io.CopyN(io.Discard, out, int64(len(`,"spans":[{"start":0,"end":15,"type":"EMAIL","rule":"email.address"}]}`+"\n")))
		require.NoError(t, err)
	}
	require.NoError(t, in.Close())
	require.NoError(t, c.Wait())
}
