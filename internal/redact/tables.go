package redact

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/codesight/codesight/rules"
)

// tables is everything of package rules, made ready for scanning. It is built once and never changed.
type tables struct {
	trigger [256]uint32   // by a byte: at which bytes after it, in their lowest five bits, a detector may begin
	pairs   [1 << 16]byte // by two bytes beside each other: pairFirst and pairSecond
	sep     [256]byte

	fold     foldTable
	cards    cardTable
	ibans    map[string]int
	phones   phoneTable
	network  networkTable
	secrets  secretTable
	context  contextTable
	urls     urlTable
	labels   labelTable
	ids      idTable
	typeName map[string]bool

	unspaced       unspacedTable
	lexicon        lexicon
	leads          leadTable
	surnameEnds    []string
	organisations  map[string]bool   // words of a company's or an institute's name
	saints         map[string]bool   // words before the name of a saint, which is a place
	towns          map[string]bool   // what may stand after "Ship to:" and is no name
	titleWords     map[string]bool   // small words that have a capital in the title of a work
	notHonored     map[string]bool   // what stands before 様 and its like and is no name
	notGreeted     map[string]bool   // what follows a greeting or label in a script without spaces, and is no name
	honorsAfter    []string          // honorifics after a name, by their folded letters
	honorAfter     [256]bool         // by their first letter
	streetByEnd    [1 << 10][]string // by nameEnd, of their last two letters
	streetEndsSure map[string]bool
	streetEndsNot  map[string]bool
}

// Classes of a folded byte.
const (
	isLower = 1 << iota
	isUpper
	isDigit
	isOther // a letter outside ASCII
	isHex
	isMail  // may stand in the local part of a mail address
	isBlank // space, tab, line end
	isToken // letters, digits, _ and -

	isLetter = isLower | isUpper | isOther
	isAlnum  = isLetter | isDigit
)

// Separators between groups of digits.
const (
	sepSpace = 1 << iota
	sepDash
	sepDot
	sepOpen
	sepClose
	sepSlash
	sepPlus
	sepLine
)

func loadTables() *tables {
	t := &tables{typeName: make(map[string]bool)}
	for _, n := range Types() {
		t.typeName[string(n)] = true
	}
	t.loadTriggers()
	t.loadFold()
	t.loadCards()
	t.loadIBANs()
	t.loadPhones()
	load("network.json", &t.network)
	t.network.index(t)
	t.loadSecrets()
	t.loadContext()
	t.loadURLs()
	t.loadLexicon()
	t.loadLeads()
	t.loadIdentifiers()
	t.loadPairs()
	return t
}

// always is the mask of a trigger that does not depend on the byte after it.
const always = ^uint32(0)

// load reads a table that is part of the program; a broken one is a programming mistake.
func load(name string, into any) {
	raw, err := rules.FS.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		panic("rules/" + name + ": " + err.Error())
	}
}

// class says what each byte of the view is. It is no part of tables so that a look-up is one load.
var class = func() (out [256]byte) {
	for c := range out {
		var k byte
		switch {
		case c >= 'a' && c <= 'z':
			k = isLower | isMail | isToken
		case c >= 'A' && c <= 'Z':
			k = isUpper | isMail | isToken
		case c >= '0' && c <= '9':
			k = isDigit | isMail | isToken | isHex
		case c >= foldAlphabet:
			k = isOther | isMail
		case c >= foldUnspaced:
			k = isOther
		}
		if c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' {
			k |= isHex
		}
		out[c] = k
	}
	for _, c := range []byte("._%+-'") {
		out[c] |= isMail
	}
	for _, c := range []byte("_-") {
		out[c] |= isToken
	}
	for _, c := range []byte(" \t\n\r") {
		out[c] |= isBlank
	}
	return out
}()

func (t *tables) loadTriggers() {
	for c, m := range map[byte]byte{
		' ': sepSpace, '\t': sepSpace, '\n': sepLine, '\r': sepLine, '-': sepDash, '.': sepDot,
		'(': sepOpen, ')': sepClose, '/': sepSlash, '+': sepPlus,
	} {
		t.sep[c] = m
	}
	for _, c := range []byte("0123456789[:=->ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		t.trigger[c] = always
	}
}

func (t *tables) loadFold() {
	var raw struct {
		Drop        []string
		Map         map[string][]string
		Fullwidth   string
		MathLetters string   `json:"math_letters"`
		DigitZeros  []string `json:"digit_zeros"`
		Latin       map[string]string
		Symbols     []string
		Unspaced    []string
		Sure        string
		Lower       [][2]json.RawMessage
		Entities    map[string]string
	}
	load("fold.json", &raw)
	f := &t.fold
	f.latin = make(map[rune]byte)
	for to, ranges := range raw.Map {
		for _, text := range ranges {
			for r, x := parseRange(text).lo, parseRange(text); r <= x.hi; r++ {
				f.latin[r] = to[0]
			}
		}
	}
	for to, from := range raw.Latin {
		for _, r := range from {
			f.latin[r] = to[0]
		}
	}
	f.drop, f.symbols, f.unspaced = parseRanges(raw.Drop), parseRanges(raw.Symbols), parseRanges(raw.Unspaced)
	f.sure = []rune(raw.Sure)
	f.full, f.math = parseRange(raw.Fullwidth), parseRange(raw.MathLetters)
	for _, z := range raw.DigitZeros {
		f.zeros = append(f.zeros, parseHex(z))
	}
	for _, l := range raw.Lower {
		var span string
		var add rune
		if json.Unmarshal(l[0], &span) != nil || json.Unmarshal(l[1], &add) != nil {
			panic("rules/fold.json: lower")
		}
		x := parseRange(span)
		f.lower = append(f.lower, lowerRange{x.lo, x.hi, add})
	}
	f.entities = raw.Entities
	f.loadBasic()
}

func parseRanges(texts []string) []runeRange {
	out := make([]runeRange, 0, len(texts))
	for _, s := range texts {
		out = append(out, parseRange(s))
	}
	return out
}

// word folds and lowers a word of a table, so that it compares with the scanner's view.
func (t *tables) word(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		c := byte(r)
		if r >= 0x80 {
			c = t.fold.rune(r)
		}
		if c != foldDrop {
			b.WriteByte(lower(c))
		}
	}
	return b.String()
}

// isPlain tells whether s is small letters of ASCII, and blanks and the like between them.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] >= 'A' && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// endings tell, by its last two letters, that a word is none of a list: by nameEnd, a bit for each length.
type endings [1 << 10]uint32

// add adds a word. Before one of a single letter anything may stand.
func (e *endings) add(word string) {
	n := len(word)
	if n > 1 {
		e[nameEnd(word[n-2], word[n-1])] |= 1 << min(n, 31)
		return
	}
	for before := range byte(32) {
		e[nameEnd(before, word[0])] |= 1 << n
	}
}

// may tells whether a word that ends with these two may be one of the list.
func (e *endings) may(last2, last byte) bool { return e[nameEnd(last2, last)] != 0 }

// fits is may for a word of n letters.
func (e *endings) fits(last2, last byte, n int) bool {
	return e[nameEnd(last2, last)]>>min(n, 31)&1 != 0
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}

func (t *tables) wordSet(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[t.word(w)] = true
	}
	return set
}
