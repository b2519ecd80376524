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
	b := lower([]byte(value))
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

// in names each value of which body holds a piece, and the first form in which it does. It and the forms below touch each
// byte that the server ever shows, alone: the race detector would only multiply their time.
//
//go:norace
func (s *search) in(body []byte) []string {
	found := map[string]bool{}
	var list []string
	for _, v := range views {
		seen := lower(v.of(body))
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

// lower folds the case of ASCII, which all values are.
//
//go:norace
func lower(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

//go:norace
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

//go:norace
func unescapeJSON(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' && i+1 < len(b) {
			switch next := b[i+1]; next {
			case '"', '\\', '/':
				out = append(out, next)
				i++
				continue
			case 'u':
				if code, err := hex.DecodeString(string(b[i+2 : min(i+6, len(b))])); err == nil && len(code) == 2 && code[0] == 0 {
					out = append(out, code[1])
					i += 5
					continue
				}
			}
		}
		out = append(out, b[i])
	}
	return out
}

// unbase64 decodes every run of base64 at each of its four alignments: the text may begin within it.
func unbase64(b []byte) []byte {
	var out []byte
	for _, run := range runs(b, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_", 12) {
		text := standard.Replace(string(run))
		for shift := range 4 {
			part := text[shift:]
			plain, _ := base64.RawStdEncoding.DecodeString(part[:len(part)-len(part)%4])
			out = append(append(out, plain...), 0)
		}
	}
	return out
}

var standard = strings.NewReplacer("-", "+", "_", "/")

func unhex(b []byte) []byte {
	var out []byte
	for _, run := range runs(b, "0123456789abcdefABCDEF", 2*soughtBytes) {
		plain, _ := hex.DecodeString(string(run[:len(run)/2*2]))
		out = append(append(out, plain...), 0)
	}
	return out
}

// runs are the longest pieces of b that are made of an alphabet, if they have so many bytes.
//
//go:norace
func runs(b []byte, alphabet string, least int) [][]byte {
	var member [256]bool
	for _, c := range []byte(alphabet) {
		member[c] = true
	}
	var list [][]byte
	begin := 0
	for i := range len(b) + 1 {
		if i < len(b) && member[b[i]] {
			continue
		}
		if i-begin >= least {
			list = append(list, b[begin:i])
		}
		begin = i + 1
	}
	return list
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
