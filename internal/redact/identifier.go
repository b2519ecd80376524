package redact

import (
	"slices"
	"strings"
)

// idKind is one kind of identifier of rules/identifiers.json.
type idKind struct {
	Rule   string
	Type   Type
	Parse  string
	Check  string
	Shapes []string
	Bare   []string
	Least  *int
	Most   *int
	Words  *int
	Labels []string
	Weak   []string

	check              func([]byte) bool
	least, most, words int
}

// bareShape is a shape that needs no label.
type bareShape struct {
	kind  *idKind
	shape string
	after byte // what may follow its first digits: a set of follow* classes
	least int  // how many digits it has up to the next letter, at least
}

// What follows the first digits of a shape.
const (
	followSign = 1 << iota // no letter, or the text's end
	followUpper
	followLower
	followAny = followSign | followUpper | followLower
)

// idTable is rules/identifiers.json.
type idTable struct {
	Window, Reach, Words int
	Kinds                []idKind
	Others, Months       []string
	Verbs                []string `json:"code_verbs"`
	Nouns                []string `json:"code_nouns"`
	Fillers              []string

	bare                          [leadMax + 1][idRunMax + 1][]bareShape // by the letters before the first digit, and how many digits those are
	months, verbs, nouns, fillers map[string]bool
}

// Bounds of identifiers, in characters.
const (
	leadMax   = 7  // letters before the first digit of a bare shape; leadMax itself: two letters and a separator
	letterMax = 12 // letters before the first digit of any identifier
	idRunMax  = 18 // digits of the first run of a bare shape
	idMax     = 32 // letters and digits of an identifier
	idLeast   = 6  // digits of a value that only its label tells, unless its kind says otherwise
	idMost    = 24 // and its letters and digits at most
	spaced    = leadMax
	dateYear  = 4
)

func (t *tables) loadIdentifiers() {
	x := &t.ids
	load("identifiers.json", x)
	x.months, x.verbs = t.wordSet(x.Months), t.wordSet(x.Verbs)
	for _, w := range slices.Concat(x.Verbs, t.secrets.AskWords) {
		t.secrets.announceEnd.add(t.word(w))
	}
	for _, w := range append(append([]string(nil), x.Nouns...), t.secrets.AskWords...) {
		f := t.word(w)
		t.secrets.askEnd[nameEnd(f[len(f)-2], f[len(f)-1])] = true
	}
	x.nouns, x.fillers = t.wordSet(x.Nouns), t.wordSet(x.Fillers)
	t.labels.byText, t.labels.window = make(map[string]label), x.Window
	for k := range x.Kinds {
		kind := &x.Kinds[k]
		kind.check, kind.least, kind.most = checks[kind.Check], idLeast, idMost
		kind.words = x.Words
		if kind.Check != "" && kind.check == nil {
			panic("rules/identifiers.json: no check " + kind.Check)
		}
		if kind.Least != nil {
			kind.least = *kind.Least
		}
		if kind.Most != nil {
			kind.most = *kind.Most
		}
		if kind.Words != nil {
			kind.words = *kind.Words
		}
		for _, w := range kind.Labels {
			t.labels.add(t, w, int16(k), false)
		}
		for _, w := range kind.Weak {
			t.labels.add(t, w, int16(k), true)
		}
		for _, shape := range kind.Bare {
			x.addBare(kind, shape)
		}
	}
	for _, w := range x.Others {
		t.labels.add(t, w, otherThing, false)
	}
}

// addBare files a shape under what stands where its first digit is.
func (x *idTable) addBare(kind *idKind, shape string) {
	lead := strings.IndexByte(shape, '9')
	if x := strings.IndexByte(shape, 'X'); x >= 0 && x < lead {
		panic("rules/identifiers.json: a bare shape must tell where its first digit is: " + shape)
	}
	least := digitsOf(shape[lead:])
	file := func(lead, run int) {
		x.bare[lead][run] = append(x.bare[lead][run], bareShape{kind, shape, after(shape, run), least})
	}
	run := lead
	for run < len(shape) && shape[run] == '9' {
		run++
	}
	first := run - lead
	all := first
	for k := run; k < len(shape) && (shape[k] == '9' || shape[k] == '-'); k++ {
		if shape[k] == '9' {
			all++
		}
	}
	letters := lead
	if lead > 0 && shape[lead-1] == '-' {
		letters--
		if letters == 2 {
			file(spaced, first)
		}
	}
	file(letters, first)
	if run < len(shape) && shape[run] == 'X' { // which may be a digit
		file(letters, first+1)
	}
	if all != first {
		file(letters, all)
	}
}

// digitsOf counts the digits up to the first character of a shape that may be a letter.
func digitsOf(shape string) (n int) {
	for k := range len(shape) {
		switch c := shape[k]; {
		case c >= '0' && c <= '9':
			n++
		case class[c]&isLetter != 0:
			return n
		}
	}
	return n
}

// after tells what may follow the first digits of a shape, where they are so many.
func after(shape string, digits int) (follows byte) {
	for k := strings.IndexByte(shape, '9'); k < len(shape); k++ {
		switch c := shape[k]; {
		case digits > 0 && (c == '9' || c == 'X'):
			digits--
		case c == '-': // which may be missing
			follows |= followSign
		case c == '9' || c == '=':
			return follows | followSign
		case c == 'A' || c == 'X':
			return follows | followUpper
		default:
			return followAny
		}
	}
	return followAny
}

// identifier looks for what the digits at i, the first of a cluster, identify: by the label before them, or by a shape
// that nothing else has. It returns the end of what it found, or 0.
func (s *scanner) identifier(i, limit, count, digits int) int {
	run, end := s.groups[0].len(), s.groups[0].end
	symbol := run <= 3 && end < limit && s.b[end] == foldSymbol
	if digits < dateYear && count < 3 && !symbol && s.alone(i, end, limit) && !s.spacedLetters(i) {
		return 0
	}
	if end := s.token(i, limit); end > 0 {
		return end
	}
	if symbol {
		if end := s.minutes(i, limit); end > 0 {
			return end
		}
	}
	lead := 0
	for lead < letterMax && i-lead > s.floor && s.is(i-lead-1, isUpper|isLower) {
		lead++
	}
	touches := lead > 0 || s.groups[0].end < limit && s.is(s.groups[0].end, isLetter)
	if digits < dateYear && !touches && count < 3 && !s.spacedLetters(i) {
		return 0
	}
	seen, ok := s.labelBefore(i)
	if ok && seen.kind != otherThing {
		if end := s.labelledID(i, limit, lead, count, digits, seen); end > 0 {
			return end
		}
	}
	if end := s.unlabelled(i, limit, count, digits); end > 0 {
		return end
	}
	if ok && seen.kind == otherThing && i-seen.end <= s.t.ids.Reach || run > idRunMax {
		return 0
	}
	return s.bareID(i, limit, lead, run, digits)
}

// alone tells whether no letter or digit touches b[i:end].
func (s *scanner) alone(i, end, limit int) bool {
	return (i <= s.floor || !s.is(i-1, isAlnum)) && (end >= limit || !s.is(end, isAlnum))
}

// spacedLetters tells whether letters and one separator stand before i, as in a number plate.
func (s *scanner) spacedLetters(i int) bool {
	return i-2 >= s.floor && s.t.sep[s.b[i-1]]&(sepSpace|sepDash) != 0 && s.is(i-2, isUpper)
}

// bareID tries the shapes that need no label. The cluster has so many digits.
func (s *scanner) bareID(i, limit, lead, run, digits int) int {
	if lead == 0 && i-3 >= s.floor && s.is(i-3, isUpper) && s.spacedLetters(i) {
		if end := s.bareShapes(i-3, i+run, limit, digits, s.t.ids.bare[spaced][run]); end > 0 {
			return end
		}
	}
	if lead >= leadMax {
		return 0
	}
	return s.bareShapes(i-lead, i+run, limit, digits, s.t.ids.bare[lead][run])
}

// bareShapes tries the shapes at start, whose first digits end at run.
func (s *scanner) bareShapes(start, run, limit, digits int, shapes []bareShape) int {
	if len(shapes) == 0 {
		return 0
	}
	follows := byte(followSign)
	if run < limit && s.is(run, isLetter) {
		follows = followLower
		if s.is(run, isUpper) {
			follows = followUpper
		}
	}
	for k := range shapes {
		x := &shapes[k]
		if digits < x.least || x.after&follows == 0 {
			continue
		}
		end, n := s.shape(start, limit, x.shape, true)
		if end == 0 || !s.free(start, end) || s.priced(start) || s.fraction(start) || s.runsFurther(start, end) {
			continue
		}
		if x.kind.check == nil || x.kind.check(s.id[:n]) {
			return s.add(start, end, x.kind.Type, x.kind.Rule)
		}
	}
	return 0
}

// runsFurther tells whether a sign or more groups of digits make b[start:end] a piece of a longer number.
func (s *scanner) runsFurther(start, end int) bool {
	if start > s.floor && s.b[start-1] == '+' && s.is(start, isDigit) {
		return true
	}
	if end+1 >= len(s.b) || !s.is(end+1, isDigit) || !s.is(end-1, isDigit) {
		return false
	}
	p := end - 1
	for p > start && s.is(p, isAlnum) {
		p--
	}
	return s.b[end] == s.b[p]
}

// free tells whether b[start:end] is not a part of a longer code.
func (s *scanner) free(start, end int) bool {
	if start > s.floor {
		c := s.b[start-1]
		if s.is(start-1, isAlnum) && (!s.is(start, isDigit) || !s.stands(start, end)) || c == '_' || c == '-' && start-2 >= s.floor && s.is(start-2, isAlnum) {
			return false
		}
	}
	if end >= len(s.b) {
		return true
	}
	c := s.b[end]
	if s.is(end, isAlnum) && (!s.is(end-1, isDigit) || !s.stands(start, end)) || c == '_' || c == '%' {
		return false
	}
	return c != '-' && c != '.' && c != '/' || end+1 >= len(s.b) || !s.is(end+1, isAlnum)
}

// shape matches b[start:limit] with a shape. It returns where the match ends and how many letters and digits s.id holds of
// it. strict takes capitals only.
func (s *scanner) shape(start, limit int, shape string, strict bool) (end, n int) {
	b, p := s.b[:limit], start
	for k := range len(shape) {
		c := shape[k]
		if c == '-' || c == '=' {
			sep := p < len(b) && s.t.sep[b[p]]&(sepSpace|sepDash|sepDot|sepSlash|sepPlus) != 0
			if sep {
				p++
			} else if c == '=' {
				return 0, 0
			}
			continue
		}
		if p >= len(b) {
			return 0, 0
		}
		is := class[b[p]]
		switch c {
		case '9':
			is &= isDigit
		case 'A', 'X':
			letters := byte(isUpper | isLower)
			if strict {
				letters = isUpper
			}
			if c == 'X' {
				letters |= isDigit
			}
			is &= letters
		default:
			if b[p] != c {
				return 0, 0
			}
			if c == '.' || c == '/' || c == '(' || c == ')' || c == '+' {
				p++
				continue
			}
			is = 1
		}
		if is == 0 {
			return 0, 0
		}
		s.id[n] = upper(b[p])
		n++
		p++
	}
	return p, n
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - ('a' - 'A')
	}
	return c
}

// labelledID reads what the label seen before i names.
func (s *scanner) labelledID(i, limit, lead, count, digits int, seen seenLabel) int {
	kind := &s.t.ids.Kinds[seen.kind]
	switch kind.Parse {
	case "birth":
		return s.birthDate(i, limit, seen)
	case "code":
		return s.labelledCode(i, limit, lead, count, seen)
	case "last":
		return s.lastFour(i, seen)
	case "geo":
		return s.coordinate(i, limit, seen)
	case "wallet":
		return 0 // by token()
	case "vin":
		return 0 // by token()
	}
	start := i - lead
	if start < seen.end {
		start = i
	}
	if s.priced(start) || s.fraction(start) || digits >= cardDigits && s.card(0, count) >= 0 {
		return 0
	}
	if start < seen.end {
		return 0
	}
	var before [groupsBefore]int // where groups of capitals before start begin
	n, earliest := 0, start
	for range before {
		p := s.groupBefore(earliest, seen.end)
		if p < 0 {
			break
		}
		before[n], earliest = p, p
		n++
	}
	direct := s.direct(seen, earliest)
	if seen.weak && !direct {
		return 0
	}
	for _, p := range slices.Backward(before[:n]) {
		if end := s.labelledShape(p, limit, kind, direct && !seen.weak); end > 0 {
			return end
		}
	}
	if end := s.labelledShape(start, limit, kind, direct && !seen.weak); end > 0 {
		return end
	}
	if !direct || seen.weak {
		return 0
	}
	return s.labelledToken(earliest, limit, kind)
}

// groupsBefore is how many groups of capitals may stand before the first digits of a value.
const groupsBefore = 2

// groupBefore returns where the letters begin that stand before start and one separator, or -1.
func (s *scanner) groupBefore(start, floor int) int {
	if start-2 < floor || s.t.sep[s.b[start-1]]&(sepSpace|sepDash) == 0 {
		return -1
	}
	p := start - 1
	for p > floor && s.is(p-1, isUpper) {
		p--
	}
	if n := start - 1 - p; n == 0 || n > 3 || p > s.floor && s.is(p-1, isAlnum) {
		return -1
	}
	switch string(s.b[p : start-1]) {
	case "NO", "NR", "ID", "IS", "NUM", "OF", "THE":
		return -1
	}
	return p
}

func (s *scanner) labelledShape(start, limit int, kind *idKind, unchecked bool) int {
	best := 0
	for _, shape := range kind.Shapes {
		end, n := s.shape(start, limit, shape, false)
		if end <= best || end < len(s.b) && (s.is(end, isDigit) || s.is(end, isAlnum) && !s.stands(start, end)) {
			continue
		}
		if unchecked || kind.check == nil || kind.check(s.id[:n]) {
			best = end
		}
	}
	if best == 0 {
		return 0
	}
	return s.add(start, best, kind.Type, kind.Rule)
}

// weakReach is how far from a weak label its value may stand, in characters.
const weakReach = 8

// direct tells whether only a few words stand between a label and the value at start, and no number or sentence's end.
func (s *scanner) direct(seen seenLabel, start int) bool {
	if start < seen.end || start-seen.end > s.t.ids.Reach {
		return false
	}
	words := 0
	for p := seen.end; p < start; p++ {
		switch {
		case s.is(p, isDigit), s.sentenceEnd(p) && s.b[p] != '\n' && !s.dotOfLabel(p, seen):
			return false
		case s.is(p, isLetter) && (p == seen.end || !s.is(p-1, isLetter)):
			if end := s.wordEnd(p, start); !s.t.ids.fillers[string(s.lowered(p, end))] {
				words++
			}
		}
	}
	if seen.weak {
		return words == 0 && start-seen.end <= weakReach
	}
	return words <= s.t.ids.Kinds[seen.kind].words
}

// dotOfLabel tells whether the dot at p abbreviates the label ("Geb.") or a word such as "No." rather than ending a sentence.
func (s *scanner) dotOfLabel(p int, seen seenLabel) bool {
	if s.b[p] != '.' {
		return false
	}
	n := 0
	for p > seen.start && s.is(p-1, isLetter) && n < 4 {
		p--
		n++
	}
	return n < 4 || p <= seen.start
}

// labelledToken reads what stands directly after a label, whatever its shape: groups of letters and digits with single
// separators, the first of which begins at start.
func (s *scanner) labelledToken(start, limit int, kind *idKind) int {
	end, digits, chars := 0, 0, 0
	for p := start; p < limit; {
		g, groupDigits := p, 0
		for p < limit && s.is(p, isUpper|isLower|isDigit) {
			if s.is(p, isDigit) {
				groupDigits++
			}
			p++
		}
		n := p - g
		if n == 0 || chars+n > kind.most || groupDigits == 0 && chars > 0 && !s.codeLetters(g, p) {
			break
		}
		chars, digits, end = chars+n, digits+groupDigits, p
		if p+1 >= limit || s.t.sep[s.b[p]]&(sepSpace|sepDash|sepDot|sepSlash|sepPlus) == 0 {
			break
		}
		p++
	}
	if digits < kind.least || chars < max(4, kind.least) || s.dateToken(start, end) || s.decimal(start, end) {
		return 0
	}
	return s.add(start, end, kind.Type, kind.Rule)
}

// codeLetters tells whether b[g:p] is one or two capitals, or three at most that no word follows.
func (s *scanner) codeLetters(g, p int) bool {
	if p-g > 3 {
		return false
	}
	for k := g; k < p; k++ {
		if !s.is(k, isUpper) {
			return false
		}
	}
	return p >= len(s.b) || s.b[p] != ':' && s.b[p] != '='
}

// dateToken tells whether b[start:end] is written as a date.
func (s *scanner) dateToken(start, end int) bool {
	_, ok := s.numericDate(start, end)
	return ok
}

// decimal tells whether b[start:end] is a number with decimals, such as a price.
func (s *scanner) decimal(start, end int) bool {
	dots := 0
	for p := start; p < end; p++ {
		if s.b[p] == '.' {
			dots++
		} else if !s.is(p, isDigit) {
			return false
		}
	}
	return dots == 1 && end-start >= 3 && s.b[end-3] == '.'
}

// unlabelled looks for what its surroundings tell apart from a label.
func (s *scanner) unlabelled(i, limit, count, digits int) int {
	if end := s.codeBefore(i, limit, count); end > 0 {
		return end
	}
	if end := s.codeAsked(i, limit, count); end > 0 {
		return end
	}
	if end := s.codeInBrackets(i, limit, count); end > 0 {
		return end
	}
	if end := s.codeSaid(i, count); end > 0 {
		return end
	}
	if end := s.maskedCard(i, limit); end > 0 {
		return end
	}
	if digits >= geoDigits {
		return s.coordinates(i, limit)
	}
	return 0
}
