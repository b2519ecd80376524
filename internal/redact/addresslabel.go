package redact

// Bounds of an address that a label announces.
const (
	blockLeft   = 60  // characters of it before one of its numbers
	blockRight  = 120 // characters of one of its lines
	blockLines  = 5
	blockAbove  = 2 // lines of it above its first number
	blockNumber = 7 // digits of a number in it
	codeDigits  = 4 // from here on, a number may be a postcode
)

// labelledBlock takes in what stands directly after the label of an address, on one line or some, whatever its form:
// "Adresas: Kauno g. 5-12, Vilnius". Each further line must bring a number, and none comes after the one with the postcode.
func (s *scanner) labelledBlock(start, digits, hi int) int {
	from := s.blockBefore(start)
	if from < 0 {
		s.blockless = start
		return 0
	}
	if s.measured(digits, hi) {
		return 0
	}
	end, p, coded := 0, from, false
	for range blockLines {
		l := s.addressLine(p, hi)
		whole := l.end > p && s.lineEnds(l.end)
		if !whole && (p > start || l.end < digits) {
			break
		}
		if l.end >= digits && (end == 0 || l.number && !coded) {
			end = l.end
		}
		coded = coded || l.code
		if p = s.nextLine(l.end, hi); !whole || p == 0 || coded && end > 0 {
			break
		}
	}
	s.sawFar(start, max(p, end))
	if end == 0 {
		return 0
	}
	tail, _ := s.addressTail(end, hi)
	return s.add(from, tail, Address, "address.label")
}

// blockBefore returns where the label's block begins that the number at start stands in, or -1.
func (s *scanner) blockBefore(start int) int {
	low, p := max(s.floor, start-blockLeft, s.blockless), start
	for line := 0; line <= blockAbove; line++ {
		for p > low && (addressByte[s.b[p-1]] || s.b[p-1] == ':' && s.houseSign(p) < p) {
			p--
		}
		if p == low {
			return -1
		}
		from := p
		for from < start && s.b[from] == ' ' {
			from++
		}
		if !s.is(from, isUpper|isOther|isDigit) && s.b[from] != '#' {
			return -1
		}
		if s.labelledHere(from) {
			return from
		}
		if p--; s.b[p] != '\n' {
			return -1
		}
	}
	return -1
}

// addressByte is the letters, digits and signs that an address may hold.
var addressByte = func() (set [256]bool) {
	for c := range set {
		set[c] = class[c]&isAlnum != 0 || inAddress(byte(c))
	}
	return set
}()

// inAddress tells whether the sign c may stand between the words of an address.
func inAddress(c byte) bool {
	switch c {
	case ' ', ',', '.', '-', '/', '#', '\'', '(', ')', foldSymbol:
		return true
	}
	return false
}

// lineEnds tells whether nothing but signs follows p on its line.
func (s *scanner) lineEnds(p int) bool {
	for p < len(s.b) && (s.b[p] == ',' || s.b[p] == '.' || s.b[p] == ' ' || s.b[p] == ')') {
		p++
	}
	return p >= len(s.b) || s.b[p] == '\n'
}

// nextLine returns where the line after p begins, or 0.
func (s *scanner) nextLine(p, hi int) int {
	for q := p; q < hi && q-p < joinMax; q++ {
		if s.b[q] == '\n' && q+1 < hi && s.is(q+1, isUpper|isOther|isDigit) {
			return q + 1
		}
	}
	return 0
}

// blockLine is what one line of an address holds.
type blockLine struct {
	end          int // of its last word or number; where it begins if it is none
	number, code bool
}

// addressLine reads the words, numbers and signs of an address from p to the end of its line. A word in small letters that
// is no part of addresses ends it, and so does a sentence's end.
func (s *scanner) addressLine(p, hi int) blockLine {
	l, from, named := blockLine{end: p}, p, false
	for p < hi && p-from < blockRight {
		c := s.b[p]
		if class[c]&isLetter != 0 {
			e := s.wordEnd(p, hi)
			if !s.addressWord(p, e) || p == from && s.flags(p, e)&(wordNoun|wordLabel) != 0 && !s.addressPart(p, e) {
				break
			}
			named = named || e-p > 1
			p, l.end = e, e
			continue
		}
		if n := s.digits(p, hi); n > 0 {
			if n > blockNumber {
				break
			}
			l.number, l.code = true, l.code || n >= codeDigits
			p += n
			l.end = p
			continue
		}
		if !inAddress(c) && (c != ':' || s.houseSign(p+1) == p+1) || c == '.' && s.sentenceEnds(p) {
			break
		}
		p++
	}
	if !named && !l.code {
		l.end = from
	}
	return l
}

// addressPart tells whether the word b[i:j] is one of those that addresses are made of.
func (s *scanner) addressPart(i, j int) bool {
	return s.flags(i, j)&(wordPlace|wordPrefix|wordPrefixWeak|wordStreet|wordStreetWeak|wordDirection|wordCity) != 0 || s.part(i, j) != 0
}

// addressWord tells whether the word b[i:j] may stand in an address.
func (s *scanner) addressWord(i, j int) bool {
	return j-i == 1 || s.addressPart(i, j) || (!s.is(i, isLower) || j-i <= 3 || i > s.floor && s.is(i-1, isDigit)) && s.flags(i, j)&(wordFunction|wordLabel) == 0
}

// placeless tells whether the value b[i:j] of an address's label is none: it begins with an ordinary small word, "choose one
// of 3", or is a thing with its number, "Store 12".
func (s *scanner) placeless(i, j int) bool {
	e := s.wordEnd(i, j)
	if e == i || e >= j || s.addressPart(i, e) || s.flags(i, e)&(wordFunction|wordNoun) == 0 {
		return false
	}
	return s.is(i, isLower) || s.b[e] == ' ' && e+1+s.digits(e+1, j) == j
}

// sentenceEnds tells whether the full stop at p ends a sentence: a word that is no abbreviation stands before it.
func (s *scanner) sentenceEnds(p int) bool {
	w := s.backWord(p)
	return p-w > 3 && s.is(p-1, isLower) && p+1 < len(s.b) && s.b[p+1] == ' ' && !s.addressPart(w, p)
}

// labelledAddress tells whether the word before start speaks of an address.
func (s *scanner) labelledAddress(start int) bool {
	kind, p := s.labelOf(start)
	if kind&(labelAddress|labelAt|labelLoose) != 0 {
		return true
	}
	switch string(s.lowered(s.backWord(p), p)) {
	case "at", "to", "in":
		return true
	}
	return false
}

// labelledHere tells whether a label directly before start announces an address: "Deliver to", or "Street" with a colon or
// a line end.
func (s *scanner) labelledHere(start int) bool {
	kind, end := s.labelOf(start)
	return kind&labelAt != 0 || kind&labelAddress != 0 && s.b[end] != ' '
}

// labelOf returns the kind of the label before start, and where it ends.
func (s *scanner) labelOf(start int) (kind, end int) {
	p := start
	for p > s.floor && start-p < labelGap && !s.is(p-1, isAlnum) {
		p--
	}
	if p == s.floor {
		return 0, p
	}
	kind, _ = s.labelEnding(p)
	return kind, p
}
