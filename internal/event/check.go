package event

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// CheckString says what is wrong with a string, or "" when nothing is.
func (s *Shape) CheckString(v []byte) string {
	switch {
	case s.Enum != nil:
		if _, ok := s.enum[string(v)]; !ok {
			return "must be one of " + strings.Join(s.Enum, ", ")
		}
	case len(v) < s.MinLength:
		return "must not be empty"
	case len(v) > s.MaxLength && utf8.RuneCount(v) > s.MaxLength:
		return "must have at most " + strconv.Itoa(s.MaxLength) + " characters"
	case s.Pattern != nil && !s.Pattern.Match(v):
		return "must match " + s.Pattern.String()
	}
	for _, c := range v {
		if c == 0 {
			return "must not contain the character U+0000"
		}
	}
	return ""
}

// Canonical returns the shared copy of an enum's value, so that decoding allocates nothing for it.
func (s *Shape) Canonical(v []byte) (string, bool) {
	c, ok := s.enum[string(v)]
	return c, ok
}

// CheckNumber says what is wrong with a number, or "" when nothing is.
func (s *Shape) CheckNumber(v float64) string {
	if v < s.Min || v > s.Max {
		return "must be between " + formatNumber(s.Min) + " and " + formatNumber(s.Max)
	}
	return ""
}

// CheckCount says what is wrong with the number of items of an array or a map, or "" when nothing is.
func (s *Shape) CheckCount(n int) string {
	switch {
	case n < s.MinItems:
		return "must have at least " + strconv.Itoa(s.MinItems) + " items"
	case n > s.MaxItems:
		return "must have at most " + strconv.Itoa(s.MaxItems) + " items"
	}
	return ""
}

// AllowsName says whether a Map may hold the name.
func (s *Shape) AllowsName(name []byte) bool { return s.Names == nil || s.names[string(name)] }

func formatNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// Check adds to the report what is wrong between the fields of an event, beyond the shape of each: the object named
// after the type must be there and no other type's may be, and a key may not be typed text.
func (e *Event) Check(at string, r *Report) {
	own := string(e.Type)
	if e.Type == Tab {
		own = "tab_change"
	}
	for _, d := range e.details() {
		switch {
		case d.name == own && !d.present:
			r.Add(at+"."+d.name, "is required for this type")
		case d.name != own && d.present && d.name != "screenshot" && d.name != "snapshot":
			r.Add(at+"."+d.name, "does not belong to this type")
		}
	}
	if e.Key != nil && !e.Key.harmless() {
		r.Add(at+".key.key", "must be a named key, or one character together with ctrl, alt or meta: typed text is never recorded as keys")
	}
	if e.Input != nil && e.Input.Private && !isPlaceholder(e.Input.Value) {
		r.Add(at+".input.value", "must be a placeholder such as [PRIVATE], because the field is private")
	}
	if e.Snapshot != nil {
		e.Snapshot.check(at+".snapshot", r)
	}
}

type detail struct {
	name    string
	present bool
}

func (e *Event) details() [20]detail {
	return [...]detail{
		{"navigation", e.Navigation != nil},
		{"click", e.Click != nil},
		{"input", e.Input != nil},
		{"select", e.Select != nil},
		{"submit", e.Submit != nil},
		{"scroll", e.Scroll != nil},
		{"hover", e.Hover != nil},
		{"key", e.Key != nil},
		{"focus", e.Focus != nil},
		{"blur", e.Blur != nil},
		{"drag", e.Drag != nil},
		{"drop", e.Drop != nil},
		{"touch", e.Touch != nil},
		{"tab_change", e.TabChange != nil},
		{"dialog", e.Dialog != nil},
		{"clipboard", e.Clipboard != nil},
		{"effect", e.Effect != nil},
		{"snapshot", e.Snapshot != nil},
		{"screenshot", e.Screenshot != nil},
		{"gap", e.Gap != nil},
	}
}

// harmless says that the key does not type text: it is a named key, or a shortcut.
func (k *KeyDetail) harmless() bool {
	if utf8.RuneCountInString(k.Key) > 1 {
		return isNamedKey(k.Key)
	}
	for _, m := range k.Modifiers {
		if m == "ctrl" || m == "alt" || m == "meta" {
			return true
		}
	}
	return false
}

// isNamedKey knows the form of the named keys of the UI Events KeyboardEvent key values: an ASCII capital first, then
// letters and digits. Typed text arrives one character at a time and cannot look like this.
func isNamedKey(k string) bool {
	if k[0] < 'A' || k[0] > 'Z' {
		return false
	}
	for i := range len(k) {
		c := k[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// isPlaceholder says that the text is empty or one placeholder of the form [TYPE].
func isPlaceholder(s string) bool {
	if s == "" {
		return true
	}
	if len(s) < 3 || s[0] != '[' || s[len(s)-1] != ']' {
		return false
	}
	for _, c := range s[1 : len(s)-1] {
		if (c < 'A' || c > 'Z') && c != '_' {
			return false
		}
	}
	return true
}
