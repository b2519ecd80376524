package queue

import "unicode/utf8"

// LimitError cuts an error text to MaxErrorBytes, at a character's border.
func LimitError(s string) string {
	if len(s) <= MaxErrorBytes {
		return s
	}
	end := MaxErrorBytes
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}
