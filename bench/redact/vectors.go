package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// vectorFolder holds the texts that the engines are tested with.
const vectorFolder = "../../rules/vectors"

// wild reads the files of rules/vectors that were written by someone who did not look at the engines.
func wild() ([]set, error) {
	names, err := filepath.Glob(filepath.Join(vectorFolder, "wild-*.jsonl"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var sets []set
	for _, name := range names {
		lines, err := readVectors(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sets = append(sets, set{strings.TrimSuffix(filepath.Base(name), ".jsonl"), lines})
	}
	return sets, nil
}

// readVectors never says what is in a line: it may be one that nobody has seen.
func readVectors(name string) ([]line, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was read only
	var lines []line
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan(); n++ {
		var v struct{ Text, Want string }
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("line %d is not JSON", n)
		}
		if v.Text == "" {
			continue // an address, which the others know nothing of
		}
		values, ok := align(v.Text, v.Want)
		if !ok {
			return nil, fmt.Errorf("line %d: want is not text with placeholders", n)
		}
		lines = append(lines, line{v.Text, values})
	}
	return lines, in.Err()
}

var placeholder = regexp.MustCompile(`\[([A-Z_]+)\]`)

// align finds the values of text that want has placeholders for.
func align(text, want string) ([]value, bool) {
	var values []value
	for {
		at := placeholder.FindStringSubmatchIndex(want)
		if at == nil {
			return values, text == want
		}
		if !strings.HasPrefix(text, want[:at[0]]) {
			return nil, false
		}
		text = text[at[0]:]
		kind := strings.ToLower(want[at[2]:at[3]])
		want = want[at[1]:]
		next := want
		if following := placeholder.FindStringIndex(want); following != nil {
			next = want[:following[0]]
		}
		end := strings.Index(text, next)
		if next == "" || want == next { // nothing tells where the value ends, or it must be the end of the text that does
			end = len(text) - len(next)
		}
		if end <= 0 || text[end:end+len(next)] != next {
			return nil, false
		}
		values = append(values, value{kind, text[:end]})
		text = text[end:]
		if next == "" && want != "" {
			return values, true // two values side by side: they count as one
		}
	}
}

// hostile reads the pieces that scanners are slow on.
func hostile() (pieces []string, err error) {
	raw, err := os.ReadFile(filepath.Join(vectorFolder, "hostile.json"))
	if err != nil {
		return nil, err
	}
	return pieces, json.Unmarshal(raw, &pieces)
}
