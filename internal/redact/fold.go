package redact

import (
	"math/bits"
	"slices"
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
	foldUnspaced = 0x8E // 0x8E-0xBF: letters of scripts without spaces (Chinese, Japanese, Korean, Thai …)
	foldHashed   = 0x90 // from here on by their hash; those below stand for one letter each
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
	sure     []rune // letters of such scripts that are told from all others
	full     runeRange
	math     runeRange
	zeros    []rune
	lower    []lowerRange
	entities map[string]string
	basic    [1 << 16]byte // the result for the characters of the Basic Multilingual Plane
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
	if r < rune(len(f.basic)) {
		return f.basic[r]
	}
	return f.slow(r)
}

// isUnspaced tells whether a folded byte is a letter of a script without spaces, and unspaced whether b[i] is one.
func isUnspaced(c byte) bool           { return c >= foldUnspaced && c < foldAlphabet }
func (s *scanner) unspaced(i int) bool { return isUnspaced(s.b[i]) }

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
		return f.unspacedLetter(r)
	}
	for _, l := range f.lower {
		if r >= l.lo && r <= l.hi {
			r += l.add
			break
		}
	}
	return letter(r)
}

// loadBasic fills basic with what slow says of each character. What slow asks first is written last.
func (f *foldTable) loadBasic() {
	paint := func(lo, hi rune, fold func(rune) byte) {
		for r := max(lo, utf8.RuneSelf); r <= min(hi, rune(len(f.basic)-1)); r++ {
			f.basic[r] = fold(r)
		}
	}
	paint(0, rune(len(f.basic)-1), letter)
	for _, l := range slices.Backward(f.lower) {
		paint(l.lo, l.hi, func(r rune) byte { return letter(r + l.add) })
	}
	for _, x := range f.unspaced {
		paint(x.lo, x.hi, f.unspacedLetter)
	}
	for _, x := range f.symbols {
		paint(x.lo, x.hi, func(rune) byte { return foldSymbol })
	}
	for _, z := range f.zeros {
		paint(z, z+9, func(r rune) byte { return byte('0' + r - z) })
	}
	paint(f.full.lo, f.full.hi, func(r rune) byte { return byte(r - f.full.lo + '!') })
	for _, x := range f.drop {
		paint(x.lo, x.hi, func(rune) byte { return foldDrop })
	}
	for r, b := range f.latin {
		paint(r, r, func(rune) byte { return b })
	}
}

// letter folds a small letter of an alphabet.
func letter(r rune) byte { return foldAlphabet + byte(hashRune(r)%64) }

// unspacedLetter folds a letter of a script without spaces.
func (f *foldTable) unspacedLetter(r rune) byte {
	if n := slices.Index(f.sure, r); n >= 0 {
		return foldUnspaced + byte(n)
	}
	return foldHashed + byte(hashRune(r)%48)
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

// specials are the next places of a text at which the view may differ from it: an escape, or a byte outside ASCII. Each is
// looked for once, and again only when it was passed.
type specials struct{ percent, and, backslash, high int }

// next returns the first of them from i on, or the length of text.
func (x *specials) next(text string, i int) int {
	if x.percent < i {
		x.percent = indexByte(text, i, '%')
	}
	if x.and < i {
		x.and = indexByte(text, i, '&')
	}
	if x.backslash < i {
		x.backslash = indexByte(text, i, '\\')
	}
	if x.high < i {
		x.high = indexHigh(text, i)
	}
	return min(x.percent, x.and, x.backslash, x.high)
}

func indexByte(text string, i int, c byte) int {
	if n := strings.IndexByte(text[i:], c); n >= 0 {
		return i + n
	}
	return len(text)
}

// highBits is the highest bit of each of eight bytes.
const highBits = 0x8080808080808080

// indexHigh returns the place of the first byte outside ASCII from i on, or the length of text.
func indexHigh(text string, i int) int {
	for ; i+8 <= len(text); i += 8 {
		t := text[i : i+8]
		x := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		if x &= highBits; x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < len(text) && text[i] < utf8.RuneSelf {
		i++
	}
	return i
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

// view is a text as the scanner sees it.
type view struct {
	b       []byte  // one byte per character, and viewPad bytes of 0 within its capacity
	seams   []seam  // what maps places of b back to the text; nothing where the two are the same
	seam    int     // how many seams were passed when last asked
	escaped []int32 // the places of b that came from a percent escape, but for the percent sign itself
	escape  int     // how many of them were passed when last asked
}

// seam is where view and text begin to run side by side again: from byte view of the view on, which is byte text of the
// text, up to the next seam.
type seam struct{ view, text int32 }

// fold makes the view of text.
func (v *view) fold(f *foldTable, text string) {
	b, n := grow(v.b, len(text)), 0
	v.seams, v.seam = v.seams[:0], 0
	v.escaped, v.escape = v.escaped[:0], 0
	at := specials{-1, -1, -1, -1}
	for i := 0; ; {
		next := at.next(text, i)
		n += copy(b[n:], text[i:next])
		if next == len(text) {
			break
		}
		if text[next] >= utf8.RuneSelf {
			n, i = v.foldHigh(f, b, n, text, next)
			continue
		}
		c, size := f.escape(text[next:])
		if text[next] == '%' && c != '%' && c != foldDrop {
			v.escaped = append(v.escaped, int32(n))
		}
		if c != foldDrop {
			b[n] = c
			n++
		}
		if i = next + size; size > 1 || c == foldDrop {
			v.addSeam(n, i)
		}
	}
	v.b = b[:n]
	v.pad()
}

// foldHigh folds the characters outside ASCII that begin at i into b, from n on, and says where it ends in both.
func (v *view) foldHigh(f *foldTable, b []byte, n int, text string, i int) (inView, inText int) {
	for i < len(text) && text[i] >= utf8.RuneSelf {
		r, size := decodeHigh(text[i:])
		i += size
		c := f.decoded(r, size)
		switch {
		case c == foldDrop:
			v.addSeam(n, i)
			continue
		case size > 1:
			v.seams = append(v.seams, seam{int32(n + 1), int32(i)})
		}
		b[n] = c
		n++
	}
	return n, i
}

// decodeHigh is utf8.DecodeRuneInString for a text that begins with no ASCII. The commonest forms are read here.
func decodeHigh(text string) (r rune, size int) {
	if len(text) >= 3 && text[1]&0xC0 == 0x80 {
		r = rune(text[0]&0x1F)<<6 | rune(text[1]&0x3F)
		if text[0]&0xE0 == 0xC0 && r >= utf8.RuneSelf {
			return r, 2
		}
		r = rune(text[0]&0xF)<<12 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F)
		if text[0]&0xF0 == 0xE0 && text[2]&0xC0 == 0x80 && r >= 0x800 && (r < 0xD800 || r > 0xDFFF) {
			return r, 3
		}
	}
	return utf8.DecodeRuneInString(text)
}

// pad clears the bytes after the end.
func (v *view) pad() { clear(v.b[len(v.b) : len(v.b)+viewPad]) }

func (v *view) addSeam(inView, inText int) {
	x := seam{int32(inView), int32(inText)}
	if last := len(v.seams) - 1; last >= 0 && v.seams[last].view == x.view {
		v.seams[last] = x
		return
	}
	v.seams = append(v.seams, x)
}

// origin returns the place in the text of byte i of the view, or of the view's end. It is quick where it is asked for
// places that are near each other.
func (v *view) origin(i int) int {
	k := v.seam // how many seams are at or before i
	for k < len(v.seams) && int(v.seams[k].view) <= i {
		k++
	}
	for k > 0 && int(v.seams[k-1].view) > i {
		k--
	}
	v.seam = k
	if k == 0 {
		return i
	}
	return i - int(v.seams[k-1].view) + int(v.seams[k-1].text)
}

// isEscaped tells whether byte i came from a percent escape.
func (v *view) isEscaped(i int) bool {
	k := v.escape // how many escapes are before i
	for k < len(v.escaped) && int(v.escaped[k]) < i {
		k++
	}
	for k > 0 && int(v.escaped[k-1]) >= i {
		k--
	}
	v.escape = k
	return k < len(v.escaped) && int(v.escaped[k]) == i
}

// grow returns a slice of n elements, and room for viewPad more, in the memory of s where it is large enough.
func grow[T any](s []T, n int) []T {
	if cap(s) < n+viewPad {
		return make([]T, n, n+viewPad)
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
	if len(text) > 1 && text[1] == '#' {
		return f.numeric(text)
	}
	if end := strings.IndexByte(text[:min(len(text), referenceMax+2)], ';'); end >= 2 {
		if v, ok := f.entities[text[1:end]]; ok {
			if v == "" {
				return foldDrop, end + 1
			}
			return v[0], end + 1
		}
	}
	if strings.HasPrefix(text, bareSpace) {
		return ' ', len(bareSpace)
	}
	return '&', 1
}

// bareSpace is the reference that browsers take without its semicolon too and that is no key of an address.
const bareSpace = "&nbsp"

// numeric reads a reference by number. Its semicolon may be missing, as in the HTML Standard, section 13.2.5.80.
func (f *foldTable) numeric(text string) (byte, int) {
	base, k := 10, 2
	if k < len(text) && (text[k] == 'x' || text[k] == 'X') {
		base, k = 16, 3
	}
	first, v := k, 0
	for ; k < len(text) && k-first < referenceMax; k++ {
		d := hexValue(text[k])
		if d < 0 || d >= base {
			break
		}
		if v = v*base + d; v > utf8.MaxRune {
			return '&', 1
		}
	}
	if k == first {
		return '&', 1
	}
	if k < len(text) && text[k] == ';' {
		k++
	}
	return f.any(rune(v)), k
}

// backslash reads the escapes of JSON, and \\x40 of programs.
func (f *foldTable) backslash(text string) (byte, int) {
	if len(text) < 2 {
		return '\\', 1
	}
	switch text[1] {
	case 'n', 'r':
		return '\n', 2
	case 't':
		return '\t', 2
	case '"', '/', '\\':
		return text[1], 2
	}
	if len(text) >= 4 && text[1] == 'x' && hexValue(text[2]) >= 0 && hexValue(text[3]) >= 0 {
		return f.any(rune(hexValue(text[2])<<4 | hexValue(text[3]))), 4
	}
	if len(text) < 6 || text[1] != 'u' {
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
