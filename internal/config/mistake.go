package config

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Mistake is one thing that is wrong with the configuration.
type Mistake struct {
	Setting string // in the spelling in which it was given, such as CODESIGHT_ADDR
	Was     string // quoted, masked where secret; empty where there was none
	May     string // what it may be
}

func (m Mistake) String() string {
	if m.Was == "" {
		return strings.TrimSpace(m.Setting + " " + m.May)
	}
	return m.Setting + " is " + m.Was + ": " + m.May
}

// Mistakes are all that are wrong, a line each.
type Mistakes []Mistake //nolint:errname // many, not one

func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, one := range m {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// maxShown bounds how much of a wrong value is repeated, in characters: a line must stay a line.
const maxShown = 80

// show quotes a value for a message.
func show(text string, secret bool) string {
	if secret {
		return "(secret)"
	}
	if before, after, ok := strings.Cut(text, "://"); ok {
		if i := strings.LastIndexByte(after, '@'); i >= 0 {
			text = before + "://****" + after[i:] // a user and a password
		}
	}
	if utf8.RuneCountInString(text) > maxShown {
		text = string([]rune(text)[:maxShown]) + "…"
	}
	return strconv.Quote(text)
}
