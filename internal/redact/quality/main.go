// Command quality prints how good both privacy engines are on the vectors of rules: per file and type, how many private
// values are caught (no run of four or more characters of one remains) and how many harmless lines are harmed (any
// character changes). Run it at the root of the repository: go run ./internal/redact/quality
//
// It may import rules and internal/redact, and runs the TypeScript engine in extension/. It decides nothing.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/rules/vectors"
)

// runMin is the shortest run of characters of a value whose survival counts as a leak.
const runMin = 4

type vector struct {
	Text *string `json:"text,omitempty"`
	URL  *string `json:"url,omitempty"`
	Want string  `json:"want,omitempty"`
}

func (v vector) input() string {
	if v.Text != nil {
		return *v.Text
	}
	return *v.URL
}

type tally struct{ caught, values, harmed, harmless int }

func main() {
	if err := report(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "quality:", err)
		os.Exit(1)
	}
}

func report(w io.Writer) error {
	names, err := fs.Glob(vectors.FS, "*.jsonl")
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasPrefix(name, "fields-") {
			continue
		}
		list, input, err := read(name)
		if err != nil {
			return err
		}
		for _, e := range []struct {
			name string
			run  func([]byte) ([]byte, error)
		}{{"Go", inGo}, {"TypeScript", inTypeScript}} {
			out, err := e.run(input)
			if err != nil {
				return fmt.Errorf("%s on %s: %w", e.name, name, err)
			}
			if err := show(w, name+" "+e.name, list, out); err != nil {
				return err
			}
		}
	}
	return nil
}

func read(name string) (list []vector, input []byte, err error) {
	raw, err := vectors.FS.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	for _, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
		var v vector
		if err := json.Unmarshal(line, &v); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, v)
		v.Want = ""
		if err := enc.Encode(v); err != nil {
			return nil, nil, err
		}
	}
	return list, buf.Bytes(), nil
}

func inGo(input []byte) ([]byte, error) {
	var out bytes.Buffer
	err := redact.Default().Lines(&out, bytes.NewReader(input))
	return out.Bytes(), err
}

func inTypeScript(input []byte) ([]byte, error) {
	node := exec.CommandContext(context.Background(), "node", "scripts/redact.mjs")
	node.Dir = "extension"
	node.Stdin = bytes.NewReader(input)
	node.Stderr = os.Stderr
	return node.Output()
}

// measure compares what an engine made of the list's inputs with what is wanted.
func measure(list []vector, redacted []byte) (byType map[string]*tally, all tally, err error) {
	byType = make(map[string]*tally)
	for i, line := range bytes.Split(bytes.TrimSpace(redacted), []byte("\n")) {
		var got struct{ Text string }
		if err := json.Unmarshal(line, &got); err != nil {
			return nil, tally{}, err
		}
		v := list[i]
		if v.input() == v.Want {
			all.harmless++
			if got.Text != v.Want {
				all.harmed++
			}
			continue
		}
		for _, p := range values(v.input(), v.Want) {
			t := byType[p.kind]
			if t == nil {
				t = &tally{}
				byType[p.kind] = t
			}
			t.values++
			if !remains(got.Text, p.value, v.Want) {
				t.caught++
			}
		}
	}
	return byType, all, nil
}

func show(out io.Writer, title string, list []vector, redacted []byte) error {
	byType, all, err := measure(list, redacted)
	if err != nil {
		return err
	}
	var w bytes.Buffer
	fmt.Fprintf(&w, "%s\n", title)
	for _, k := range slices.Sorted(maps.Keys(byType)) {
		fmt.Fprintf(&w, "  caught %-16s %5.1f %%  (%d of %d)\n", k, percent(byType[k].caught, byType[k].values), byType[k].caught, byType[k].values)
	}
	fmt.Fprintf(&w, "  harmed harmless lines   %5.1f %%  (%d of %d)\n", percent(all.harmed, all.harmless), all.harmed, all.harmless)
	_, err = out.Write(w.Bytes())
	return err
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

type private struct{ kind, value string }

// values reads what each placeholder of want stands for in the input: the text between the same neighbours. Placeholders
// with nothing between them count as one value of the first one's type, for nothing tells where it ends.
func values(input, want string) []private {
	var out []private
	at := 0
	for want != "" {
		open, kind := placeholder(want)
		if open < 0 {
			break
		}
		if !strings.HasPrefix(input[min(at, len(input)):], want[:open]) {
			break
		}
		at += open
		want = want[open+len(kind)+2:]
		next, glued := placeholder(want)
		for next == 0 {
			want = want[len(glued)+2:]
			next, glued = placeholder(want)
		}
		until := want
		if next >= 0 {
			until = want[:next]
		}
		n := len(input) - at
		if until != "" {
			if next < 0 {
				n = len(input) - len(until) - at
			} else if n = strings.Index(input[at:], until); n < 0 {
				break
			}
		}
		if n <= 0 || at+n > len(input) {
			break
		}
		out = append(out, private{kind, input[at : at+n]})
		at += n
	}
	return out
}

// placeholder returns the place and type of the first placeholder of text, or -1.
func placeholder(text string) (at int, kind string) {
	for at = range len(text) {
		if text[at] != '[' {
			continue
		}
		if end := strings.IndexByte(text[at:], ']'); end > 1 && slices.Contains(redact.Types(), redact.Type(text[at+1:at+end])) {
			return at, text[at+1 : at+end]
		}
	}
	return -1, ""
}

// remains tells whether a run of the value is still in the result, other than where the vector itself has it.
func remains(got, value, want string) bool {
	chars := []rune(value)
	n := min(runMin, len(chars))
	for i := 0; i+n <= len(chars); i++ {
		if part := string(chars[i : i+n]); strings.Contains(got, part) && !strings.Contains(want, part) {
			return true
		}
	}
	return false
}
