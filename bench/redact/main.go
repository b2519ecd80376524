// Command redact compares the privacy engine with libraries for the same purpose: on the same text, on the same machine,
// in the same run. README.md says how. It is for measuring only and nothing may import it.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"github.com/DataDog/datadog-agent/pkg/util/scrubber"
	"github.com/mingrammer/commonregex"

	"github.com/codesight/codesight/internal/redact"
)

const (
	rounds = 5
	seed   = 20261122
)

// engine is one that is compared.
type engine struct {
	name string
	text func(string) string
}

// patterns are those of commonregex that are of private values.
var patterns = []*regexp.Regexp{
	commonregex.EmailRegex, commonregex.CreditCardRegex, commonregex.IBANRegex, commonregex.SSNRegex, commonregex.IPv4Regex, commonregex.IPv6Regex,
	commonregex.MACAddressRegex, commonregex.BtcAddressRegex, commonregex.PhoneRegex, commonregex.StreetAddressRegex, commonregex.PoBoxRegex,
}

// The names of our two engines; the others are compared with the one of their language.
const (
	ours   = "codesight (Go)"
	oursTS = "codesight (TypeScript)"
)

var engines = []engine{
	{ours, redact.Default().LogValue},
	{"commonregex 1.0.1", func(s string) string {
		for _, p := range patterns {
			s = p.ReplaceAllLiteralString(s, "[X]")
		}
		return s
	}},
	{"datadog scrubber 0.85.2", func(s string) string {
		out, err := scrubber.ScrubString(s)
		if err != nil {
			return ""
		}
		return out
	}},
}

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	c, err := allTexts()
	if err != nil {
		return err
	}
	node, remove, err := startNode(c)
	if err != nil {
		return err
	}
	defer remove()
	var speeds [][]speed
	for range rounds {
		list := make([]speed, 0, 2*len(engines))
		for _, e := range engines {
			list = append(list, speed{e.name, rate(e.text, c.Pages), rate(e.text, c.Clean)})
		}
		var theirs []speed
		if err := node("speed", &theirs); err != nil {
			return err
		}
		speeds = append(speeds, append(list, theirs...))
	}
	var qualities []quality
	for _, e := range engines {
		qualities = append(qualities, judge(e, c.Sets))
	}
	var theirs []quality
	if err := node("quality", &theirs); err != nil {
		return err
	}
	shapes := []shape{shapeOf(engines[0], c)}
	var theirShape shape
	if err := node("shape", &theirShape); err != nil {
		return err
	}
	report(w, c, speeds, append(qualities, theirs...), append(shapes, theirShape))
	return nil
}

func allTexts() (corpus, error) {
	c := newCorpus(seed)
	more, err := wild()
	if err != nil {
		return c, err
	}
	c.Sets = append(c.Sets, more...)
	c.Hostile, err = hostile()
	return c, err
}

// startNode writes the corpus to a file, and returns what asks the program for Node to measure something on it.
func startNode(c corpus) (ask func(what string, answer any) error, remove func(), err error) {
	dir, err := os.MkdirTemp("", "codesight-bench-*")
	if err != nil {
		return nil, nil, err
	}
	remove = func() { os.RemoveAll(dir) } //nolint:errcheck // it is temporary
	file := filepath.Join(dir, "corpus.json")
	body, err := json.Marshal(c)
	if err == nil {
		err = os.WriteFile(file, body, 0o600)
	}
	return func(what string, answer any) error {
		node := exec.Command("node", "peers.mjs", file, what)
		node.Stderr = os.Stderr
		out, err := node.Output()
		if err != nil {
			return fmt.Errorf("peers.mjs %s: %w", what, err)
		}
		return json.Unmarshal(out, answer)
	}, remove, err
}
