package main_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

// soughtBytes is how long a piece of a value must be to count as found. Shorter ones stand somewhere by chance.
const soughtBytes = 8

// shownBytes is how much is shown on each side of a find, to tell the field.
const shownBytes = 60

// search looks for values, and for every piece of them, in whatever a surface shows.
type search struct {
	pieces map[[soughtBytes]byte]string // whose piece it is
	begins [1 << 16]bool                // first two bytes of a piece: most places are passed over by them
}

func newSearch(values map[string]string) *search {
	s := &search{pieces: map[[soughtBytes]byte]string{}}
	for value, whose := range values {
		s.add(value, whose)
		s.add(strings.Join(strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" -.()", r) }), ""), whose)
	}
	return s
}

func (s *search) add(value, whose string) {
	b := bytes.ToLower([]byte(value))
	for i := 0; i+soughtBytes <= len(b); i++ {
		s.pieces[[soughtBytes]byte(b[i:])] = whose
		s.begins[int(b[i])<<8|int(b[i+1])] = true
	}
}

// forCanaries seeks every canary.
var forCanaries = sync.OnceValue(func() *search {
	values := map[string]string{}
	for _, c := range canaries {
		values[c.value] = c.String()
	}
	return newSearch(values)
})

// in names each value of which body holds a piece, and the first form in which it does.
func (s *search) in(body []byte) []string {
	found := map[string]bool{}
	var list []string
	for _, v := range views {
		seen := bytes.ToLower(v.of(body))
		for i := 0; i+soughtBytes <= len(seen); i++ {
			if !s.begins[int(seen[i])<<8|int(seen[i+1])] {
				continue
			}
			whose, ok := s.pieces[[soughtBytes]byte(seen[i:])]
			if ok && !found[whose] {
				found[whose] = true
				list = append(list, fmt.Sprintf("%s, %s: …%q…", whose, v.name, seen[max(0, i-shownBytes):min(len(seen), i+shownBytes)]))
			}
		}
	}
	return list
}

// views are the forms in which a text may lie in bytes. Each also folds case.
var views = []struct {
	name string
	of   func([]byte) []byte
}{
	{"as it is", func(b []byte) []byte { return b }},
	{"percent-encoded", unpercent},
	{"escaped in JSON", unescapeJSON},
	{"escaped in HTML", func(b []byte) []byte { return []byte(html.UnescapeString(string(b))) }},
	{"in UTF-16", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte{0}, nil) }},
	{"in base64", unbase64},
	{"in hexadecimal", unhex},
}

func unpercent(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '%' && i+2 < len(b) {
			if n, err := strconv.ParseUint(string(b[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		if b[i] == '+' {
			out = append(out, ' ')
			continue
		}
		out = append(out, b[i])
	}
	return out
}

var jsonEscape = regexp.MustCompile(`\\u00([0-9a-fA-F]{2})|\\(["\\/])`)

func unescapeJSON(b []byte) []byte {
	return jsonEscape.ReplaceAllFunc(b, func(m []byte) []byte {
		if len(m) == 2 {
			return m[1:]
		}
		n, _ := hex.DecodeString(string(m[4:]))
		return n
	})
}

var (
	base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}`)
	hexRun    = regexp.MustCompile(`(?:[0-9a-fA-F]{2}){8,}`)
	standard  = strings.NewReplacer("-", "+", "_", "/")
)

// unbase64 decodes every run of base64 at each of its four alignments: the text may begin within it.
func unbase64(b []byte) []byte {
	var out []byte
	for _, run := range base64Run.FindAll(b, -1) {
		text := standard.Replace(string(run))
		for shift := range 4 {
			part := text[shift:]
			plain, _ := base64.RawStdEncoding.DecodeString(part[:len(part)-len(part)%4])
			out = append(append(out, plain...), 0)
		}
	}
	return out
}

func unhex(b []byte) []byte {
	var out []byte
	for _, run := range hexRun.FindAll(b, -1) {
		plain, _ := hex.DecodeString(string(run))
		out = append(append(out, plain...), 0)
	}
	return out
}

// requireNone fails for every canary that a surface shows.
func (s *search) requireNone(t *testing.T, surface string, body []byte) {
	t.Helper()
	for _, leak := range s.in(body) {
		t.Errorf("%s holds %s", surface, leak)
	}
}

// folder looks through every file below dir, and at the names.
func (s *search) folder(t *testing.T, dir string) (files int) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		name, _ := filepath.Rel(dir, path)
		s.requireNone(t, "the name of "+name, []byte(name))
		if d.Type().IsRegular() {
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			s.requireNone(t, name, body)
			files++
		}
		return nil
	}))
	return files
}

func TestTheSearchFindsEveryCanaryInEveryForm(t *testing.T) {
	t.Parallel()
	s := forCanaries()
	require.Empty(t, s.in([]byte("nothing private, only words and 12345678 numbers")))
	for _, c := range canaries {
		var wide []byte
		for _, u := range utf16.Encode([]rune(c.value)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		var quoted strings.Builder
		for _, r := range c.value {
			fmt.Fprintf(&quoted, `\u%04x`, r)
		}
		for form, body := range map[string]string{
			"plain":        c.value,
			"capitals":     strings.ToUpper(c.value),
			"its end":      c.value[len(c.value)-soughtBytes:],
			"percent":      url.QueryEscape(c.value),
			"path":         url.PathEscape(c.value),
			"base64":       base64.StdEncoding.EncodeToString([]byte(c.value)),
			"base64 of 1":  base64.URLEncoding.EncodeToString([]byte("{" + c.value + "}")),
			"base64 of 2":  base64.RawURLEncoding.EncodeToString([]byte(`{"` + c.value + `"}`)),
			"UTF-16":       string(wide),
			"UTF-16 (big)": "\x00" + string(wide[:len(wide)-1]),
			"JSON":         quoted.String(),
			"HTML":         html.EscapeString(c.value),
			"hexadecimal":  hex.EncodeToString([]byte(c.value)),
		} {
			require.Contains(t, strings.Join(s.in([]byte("\x00noise "+body+" noise\xff")), "\n"), c.String(), "%s in the form %s", c, form)
		}
	}
}
