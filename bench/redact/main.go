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
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/DataDog/datadog-agent/pkg/util/scrubber"
	"github.com/mingrammer/commonregex"

	"github.com/codesight/codesight/internal/redact"
)

const (
	rounds = 5
	// leastTime is how long an engine is timed in each round.
	leastTime = 250 * time.Millisecond
	// leftover is how long a piece of a value must be for the value not to count as caught, in characters.
	leftover = 4
	seed     = 20261122
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

// The names of our two engines; the others are compared with the one of their language.
const (
	ours   = "codesight (Go)"
	oursTS = "codesight (TypeScript)"
)

// measured is what came of an engine. The program for Node writes the same.
type measured struct {
	Name   string         `json:"name"`
	Rate   float64        `json:"rate"`   // MB/s of pages with private values in them
	Clean  float64        `json:"clean"`  // MB/s of pages without
	Caught map[string]int `json:"caught"` // by kind
	Harmed int            `json:"harmed"`
}

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	c := newCorpus(seed)
	dir, err := os.MkdirTemp("", "codesight-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "corpus.json")
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, body, 0o600); err != nil {
		return err
	}
	rates, clean := map[string][]float64{}, map[string][]float64{}
	var last []measured
	for range rounds {
		last = last[:0]
		for _, e := range engines {
			last = append(last, measure(e, c))
		}
		node, err := measureNode(file)
		if err != nil {
			return err
		}
		for _, m := range append(last, node...) {
			rates[m.Name] = append(rates[m.Name], m.Rate)
			clean[m.Name] = append(clean[m.Name], m.Clean)
		}
		last = append(last, node...)
	}
	report(w, c, last, rates, clean)
	return nil
}

func measure(e engine, c corpus) measured {
	m := measured{Name: e.name, Caught: map[string]int{}}
	for _, l := range c.Lines {
		out := e.text(l.Text)
		switch {
		case l.Private == "" && out != l.Text:
			m.Harmed++
		case l.Private != "" && !holds(out, l.Private):
			m.Caught[l.Kind]++
		}
	}
	m.Rate, m.Clean = speed(e, c.Pages), speed(e, c.Clean)
	return m
}

// speed is in MB/s.
func speed(e engine, pages []string) float64 {
	size := 0
	start := time.Now()
	for time.Since(start) < leastTime {
		for _, p := range pages {
			e.text(p)
			size += len(p)
		}
	}
	return float64(size) / time.Since(start).Seconds() / 1e6
}

// holds says that a piece of the value is left.
func holds(out, value string) bool {
	for i := 0; i+leftover <= len(value); i++ {
		if strings.Contains(out, value[i:i+leftover]) {
			return true
		}
	}
	return false
}

func measureNode(file string) ([]measured, error) {
	c := exec.Command("node", "peers.mjs", file)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("peers.mjs: %w", err)
	}
	var list []measured
	return list, json.Unmarshal(out, &list)
}

func report(w io.Writer, c corpus, list []measured, rates, clean map[string][]float64) {
	kinds := map[string]int{}
	private := 0
	for _, l := range c.Lines {
		if l.Private != "" {
			kinds[l.Kind]++
			private++
		}
	}
	names := make([]string, 0, len(kinds))
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Fprintf(w, "%d cores, load %s, %s, %d rounds, medians; %d private and %d harmless lines, %d pages\n\n",
		runtime.NumCPU(), strings.Join(strings.Fields(string(load))[:min(3, len(strings.Fields(string(load))))], " "), runtime.Version(), rounds, private, len(c.Lines)-private, len(c.Pages))
	fmt.Fprintf(w, "%-26s %9s %9s %9s %9s %8s %8s", "", "MB/s", "we are", "clean", "we are", "caught", "harmed")
	for _, k := range names {
		fmt.Fprintf(w, " %8s", k)
	}
	fmt.Fprintln(w)
	reference := ours
	for _, m := range list {
		if m.Name == oursTS {
			reference = oursTS
		}
		caught := 0
		for _, n := range m.Caught {
			caught += n
		}
		fmt.Fprintf(w, "%-26s %9.1f %8.2f× %9.1f %8.2f× %7.1f%% %7.1f%%", m.Name, median(rates[m.Name]), median(rates[reference])/median(rates[m.Name]),
			median(clean[m.Name]), median(clean[reference])/median(clean[m.Name]), percent(caught, private), percent(m.Harmed, len(c.Lines)-private))
		for _, k := range names {
			fmt.Fprintf(w, " %7.1f%%", percent(m.Caught[k], kinds[k]))
		}
		fmt.Fprintln(w)
	}
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }
