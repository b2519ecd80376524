package redact

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// How a text is seen. The scanner works on a folded view with one byte per character: ASCII stays; full-width and other
// digits, spaces, dashes and accented Latin letters become their ASCII kin; zero-width characters are gone; percent
// escapes, HTML character references and JSON escapes are what they stand for. Every other character becomes one of
// the bytes below, so that words of any script can still be compared (by hash) and told from symbols.
const (
	foldSymbol   = 0x80 // anything that is neither letter nor digit
	foldUnspaced = 0x90 // 0x90-0xBF: letters of scripts without spaces (Chinese, Japanese, Korean, Thai …)
	foldAlphabet = 0xC0 // 0xC0-0xFF: letters of other alphabets (Cyrillic, Greek, Arabic …)
	foldDrop     = 0x81 // never in the view: the character vanishes
)

type runeRange struct{ lo, hi rune }

type lowerRange struct {
	lo, hi, add rune
}

// foldTable is rules/fold.json, ready to use.
type foldTable struct {
	latin    map[rune]byte // U+0080 to U+024F and the mapped punctuation
	drop     []runeRange
	symbols  []runeRange
	unspaced []runeRange
	full     runeRange
	math     runeRange
	zeros    []rune
	lower    []lowerRange
	entities map[string]string
	small    [0x250]byte // the result for the commonest characters
}

func parseRange(s string) runeRange {
	lo, hi, found := strings.Cut(s, "-")
	if !found {
		hi = lo
	}
	return runeRange{parseHex(lo), parseHex(hi)}
}

func parseHex(s string) rune {
	v, err := strconv.ParseInt(s, 16, 32)
	if err != nil {
		panic("rules/fold.json: " + err.Error())
	}
	return rune(v)
}

func inRanges(ranges []runeRange, r rune) bool {
	for _, x := range ranges {
		if r >= x.lo && r <= x.hi {
			return true
		}
	}
	return false
}

// rune folds one character outside ASCII.
func (f *foldTable) rune(r rune) byte {
	if r < rune(len(f.small)) {
		return f.small[r]
	}
	return f.slow(r)
}

func (f *foldTable) slow(r rune) byte {
	if b, ok := f.latin[r]; ok {
		return b
	}
	if inRanges(f.drop, r) {
		return foldDrop
	}
	if r >= f.full.lo && r <= f.full.hi {
		return byte(r - f.full.lo + '!')
	}
	if r >= f.math.lo && r <= f.math.hi {
		return mathLetter(r - f.math.lo)
	}
	for _, z := range f.zeros {
		if r >= z && r <= z+9 {
			return byte('0' + r - z)
		}
	}
	if inRanges(f.symbols, r) {
		return foldSymbol
	}
	if inRanges(f.unspaced, r) {
		return foldUnspaced + byte(hashRune(r)%48)
	}
	for _, l := range f.lower {
		if r >= l.lo && r <= l.hi {
			r += l.add
			break
		}
	}
	return foldAlphabet + byte(hashRune(r)%64)
}

func mathLetter(n rune) byte {
	n %= 52
	if n < 26 {
		return byte('A' + n)
	}
	return byte('a' + n - 26)
}

// hashRune spreads a code point; both engines compute it in 32 bits.
func hashRune(r rune) uint32 {
	x := uint32(r)
	return ((x ^ x>>16) & 0xFFFF) * 40503 >> 10
}

// plain reports whether the folded view of text is text itself: ASCII without any escape.
func plain(text string) bool {
	return special(text, 0) == len(text)
}

// special returns the place of the first byte from i on that is not ASCII or may begin an escape, or the length of text.
func special(text string, i int) int {
	for ; ; i++ {
		for i+8 <= len(text) && !specialIn(text[i:i+8]) {
			i += 8
		}
		if i >= len(text) {
			return len(text)
		}
		if c := text[i]; specialByte[c] && (c >= utf8.RuneSelf || escapeAt(text, i)) {
			return i
		}
	}
}

// Eight bytes at once: ones in their lowest and highest bits.
const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// specialIn tells whether special may stop within the eight bytes of text; saying yes wrongly only costs time.
func specialIn(text string) bool {
	x := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
	percent, and, back := x^'%'*lowBits, x^'&'*lowBits, x^'\\'*lowBits // a byte that is equal is now zero
	return (x|(percent-lowBits)&^percent|(and-lowBits)&^and|(back-lowBits)&^back)&highBits != 0
}

// specialByte marks what special stops at.
var specialByte = func() (out [256]bool) {
	for c := range out {
		out[c] = c >= utf8.RuneSelf || c == '%' || c == '&' || c == '\\'
	}
	return out
}()

// escapeByte marks the bytes that may begin an escape.
var escapeByte = [256]bool{'%': true, '&': true, '\\': true}

// escapeAt is a quick test whether an escape may begin at i; saying yes wrongly only costs time.
func escapeAt(text string, i int) bool {
	if i+1 >= len(text) {
		return false
	}
	switch n := text[i+1]; text[i] {
	case '%':
		return hexValue(n) >= 0
	case '&':
		return n == '#' || n >= 'A' && n <= 'Z' || n >= 'a' && n <= 'z'
	default:
		return n == 'u' || n == 'n' || n == 'r' || n == 't' || n == '"' || n == '/' || n == '\\'
	}
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// fold fills s.b with the view of text, and s.off with the place of each of its bytes in text (one more at the end).
// s.off is empty where the two are the same.
func (s *scanner) fold(text string) {
	if plain(text) {
		s.b, s.off = append(s.b[:0], text...), s.off[:0]
		return
	}
	f := &s.e.t.fold
	b, off := grow(s.b, len(text)), grow(s.off, len(text)+1)
	n := 0
	for i := 0; i < len(text); {
		c, size := text[i], 1
		switch {
		case c >= 0x80:
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			c = f.decoded(r, size)
		case escapeByte[c] && escapeAt(text, i):
			c, size = f.escape(text[i:])
		}
		if c != foldDrop {
			b[n], off[n] = c, int32(i)
			n++
		}
		i += size
	}
	off[n] = int32(len(text))
	s.b, s.off = b[:n], off[:n+1]
}

// grow returns a slice of n elements, in the memory of s where it is large enough.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// decoded folds a rune that was decoded from n bytes; a broken byte is a symbol.
func (f *foldTable) decoded(r rune, n int) byte {
	if r == utf8.RuneError && n <= 1 {
		return foldSymbol
	}
	return f.any(r)
}

// any folds any code point, ASCII included.
func (f *foldTable) any(r rune) byte {
	switch {
	case r >= 0x80:
		return f.rune(r)
	case r == 0x7F:
		return foldSymbol
	case r < ' ' && r != '\n' && r != '\r' && r != '\t':
		return ' '
	}
	return byte(r)
}

// escape folds the escape that text begins with, and says how many bytes it took. What is no escape is itself.
func (f *foldTable) escape(text string) (byte, int) {
	switch text[0] {
	case '%':
		return f.percent(text)
	case '&':
		return f.reference(text)
	}
	return f.backslash(text)
}

// percent reads %XX, also where the percent sign itself was escaped (%2540), and UTF-8 in up to four of them.
func (f *foldTable) percent(text string) (byte, int) {
	first, n := percentByte(text)
	if n == 0 {
		return '%', 1
	}
	if first < 0x80 {
		return f.any(rune(first)), n
	}
	var seq [utf8.UTFMax]byte
	seq[0] = first
	for k := 1; k < utf8.UTFMax; k++ {
		next, m := percentByte(text[n:])
		if m == 0 || next&0xC0 != 0x80 {
			break
		}
		seq[k] = next
		n += m
		if r, size := utf8.DecodeRune(seq[:k+1]); r != utf8.RuneError && size == k+1 {
			return f.rune(r), n
		}
	}
	return '%', 1
}

func percentByte(text string) (byte, int) {
	n := 0
	if len(text) == 0 || text[0] != '%' {
		return 0, 0
	}
	for len(text) >= n+5 && text[n+1] == '2' && text[n+2] == '5' && hexValue(text[n+3]) >= 0 && hexValue(text[n+4]) >= 0 {
		n += 2
	}
	if len(text) < n+3 {
		return 0, 0
	}
	hi, lo := hexValue(text[n+1]), hexValue(text[n+2])
	if hi < 0 || lo < 0 {
		return 0, 0
	}
	return byte(hi<<4 | lo), n + 3
}

// referenceMax bounds the name of an HTML character reference, in characters.
const referenceMax = 16

// reference reads &#64; &#x40; and the few names that people hide addresses with.
func (f *foldTable) reference(text string) (byte, int) {
	end := strings.IndexByte(text[:min(len(text), referenceMax+2)], ';')
	if end < 2 {
		return '&', 1
	}
	name := text[1:end]
	if name[0] != '#' {
		v, ok := f.entities[name]
		if !ok {
			return '&', 1
		}
		if v == "" {
			return foldDrop, end + 1
		}
		return v[0], end + 1
	}
	base, digits := 10, name[1:]
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	v := 0
	for i := 0; i < len(digits); i++ {
		d := hexValue(digits[i])
		if d < 0 || d >= base || v > utf8.MaxRune {
			return '&', 1
		}
		v = v*base + d
	}
	if len(digits) == 0 || v > utf8.MaxRune {
		return '&', 1
	}
	return f.any(rune(v)), end + 1
}

// backslash reads the escapes of JSON.
func (f *foldTable) backslash(text string) (byte, int) {
	switch text[1] {
	case 'n', 'r':
		return '\n', 2
	case 't':
		return '\t', 2
	case '"', '/', '\\':
		return text[1], 2
	}
	if len(text) < 6 {
		return '\\', 1
	}
	v := 0
	for _, c := range []byte(text[2:6]) {
		d := hexValue(c)
		if d < 0 {
			return '\\', 1
		}
		v = v<<4 | d
	}
	return f.any(rune(v)), 6
}
