package redact

// Bounds of an address.
const (
	houseDigits   = 5 // of a house number
	streetWords   = 5 // of a street's name
	addressGroups = 4 // digit groups of one cluster that are tried
	tailRounds    = 8 // pieces after the street: unit, postcode, city, country
	cityWords     = 4
	joinMax       = 4 // signs between two pieces
	streetLeft    = 60
)

// address looks whether one of the groups of digits is a part of a postal address: a house number before or after its
// street, a box, a postcode beside its city. It returns the end of the span, or 0.
func (s *scanner) address(count, hi int) int {
	if s.inURL {
		return 0
	}
	hi = min(hi, s.mailStart)
	for g := range min(count, addressGroups) {
		p := s.groups[g]
		if g > 0 && p.sep&(sepSpace|sepLine) == 0 {
			continue
		}
		if p.len() <= houseDigits {
			if end := s.streetBefore(p.start, p.end, hi); end > 0 {
				return end
			}
			if end := s.streetAfter(p.start, p.end, hi); end > 0 {
				return end
			}
		}
		if end := s.postcodeAlone(p.start, p.end, hi); end > 0 {
			return end
		}
	}
	return 0
}

// numberOpens tells whether b[start] may begin a house number.
func (s *scanner) numberOpens(start int) bool {
	if start <= s.floor {
		return true
	}
	switch c := s.b[start-1]; c {
	case '.', '$', '-', '/', '#', '_', '=', '%', '+', '*', '@', '~', foldSymbol:
		return false
	case ',':
		return start-2 < s.floor || !s.is(start-2, isDigit)
	}
	return !s.is(start-1, isAlnum)
}

// houseEnd returns the end of a house number whose digits end at p: "221B", "12-14", "12/3", "12 bis".
func (s *scanner) houseEnd(p, hi int) int {
	if p < hi && s.is(p, isUpper|isLower) && (p+1 >= hi || !s.is(p+1, isAlnum)) {
		return p + 1
	}
	if p+1 < hi && (s.b[p] == '-' || s.b[p] == '/') && s.is(p+1, isAlnum) {
		q := p + 1
		for q < hi && q-p <= 5 && s.is(q, isAlnum) {
			q++
		}
		if q >= hi || !s.is(q, isAlnum) {
			return q
		}
	}
	if p+2 >= hi || s.b[p] != ' ' {
		return p
	}
	switch s.b[p+2] { // the second letter of " bis", " ter", " a,"
	case 'i', 'e', ',':
	default:
		return p
	}
	for _, x := range [...]string{" bis", " ter", " bis,", " a,", " b,", " c,"} {
		if n := len(x); s.hasPrefix(p, hi, x) && (p+n >= hi || !s.is(p+n, isAlnum)) {
			if x[n-1] == ',' {
				n--
			}
			return p + n
		}
	}
	return p
}

// houseFollows tells whether a house number or its street may go on with c.
func houseFollows(c byte) bool { return c == ' ' || c == ',' || c == '-' || c == '/' }

// streetAfter finds "12 Willow Lane" and "12 rue de la Paix".
func (s *scanner) streetAfter(start, digits, hi int) int {
	if digits+1 >= hi || class[s.b[digits]]&isLetter == 0 && !houseFollows(s.b[digits]) || !s.numberOpens(start) {
		return 0
	}
	house := s.houseEnd(digits, hi)
	p := house
	if p < hi && s.b[p] == ',' {
		p++
	}
	if p+1 >= hi || s.b[p] != ' ' || !s.is(p+1, isAlnum) {
		return 0
	}
	p++
	if end := s.prefixedStreet(p, hi); end > 0 {
		return s.finishAddress(s.unitBefore(start), end, hi, "address.street")
	}
	words, capital, name := 0, false, false
	for words <= streetWords && p < hi {
		from := p
		for p < hi && (s.is(p, isAlnum) || (s.b[p] == '\'' || s.b[p] == '-') && p+1 < hi && s.is(p+1, isAlnum)) {
			p++
		}
		if p == from {
			return 0
		}
		f := uint32(0)
		letters := s.is(from, isLetter)
		if letters {
			f = s.flags(from, p)
		} else if p-from < 3 || !s.is(p-1, isLower) || !s.is(p-2, isLower) || !s.is(p-3, isDigit) {
			return 0 // only ordinals such as "5th" are a part of a street's name
		}
		dot := p < hi && s.b[p] == '.'
		if dot && letters && p-from <= 4 {
			p++
		}
		if words > 0 && name && f&(wordStreet|wordStreetWeak) != 0 {
			if end := s.streetEnd(start, from, p, hi, f, capital); end > 0 {
				return end
			}
		}
		if f&wordNotStreet != 0 && f&wordDirection == 0 || letters && f&wordFunction != 0 && f&(wordPlace|wordDirection|wordGiven|wordSurname) == 0 && words == 0 && !s.is(from, isUpper) {
			return 0
		}
		if letters && s.is(from, isUpper) || !letters {
			capital = true
		}
		if words == 0 && s.is(from, isUpper) && s.sameWord(from, p, "broadway") && s.ends(p) {
			return s.finishAddress(start, p, hi, "address.street")
		}
		name = name || f&wordDirection == 0 || !letters
		words++
		if p+1 >= hi || s.b[p] != ' ' {
			return 0
		}
		p++
	}
	return 0
}

// streetEnd decides about an English form whose street word is b[from:p].
func (s *scanner) streetEnd(start, from, p, hi int, f uint32, capital bool) int {
	// "Park Avenue", "Court Street": the last street word counts.
	if p+1 < hi && s.b[p] == ' ' {
		if e := s.wordEnd(p+1, hi); e > p+1 && s.flags(p+1, e)&(wordStreet|wordStreetWeak) != 0 && s.is(p+1, isUpper) == s.is(from, isUpper) && !s.unitAt(p+1, hi) {
			return 0
		}
	}
	end := p
	if p+1 < hi && s.b[p] == ' ' {
		if e := s.wordEnd(p+1, hi); e > p+1 && s.flags(p+1, e)&wordDirection != 0 && s.is(p+1, isUpper) {
			end = e
			if e < hi && s.b[e] == '.' {
				end++
			}
		}
	}
	tail, sure := s.addressTail(end, hi)
	if sure {
		return s.add(s.unitBefore(start), tail, Address, "address.street")
	}
	if !capital {
		if s.labelledAddress(start) {
			return s.add(s.unitBefore(start), tail, Address, "address.street")
		}
		return 0
	}
	if f&wordStreetWeak != 0 && tail == end && !s.ends(end) {
		return 0
	}
	if !s.is(from, isUpper) && f&wordStreetWeak != 0 {
		return 0
	}
	if tail == end && end+1 < hi && s.b[end] == ' ' {
		if e := s.wordEnd(end+1, hi); e > end+1 && s.flags(end+1, e)&wordNoun != 0 {
			return 0 // 100 Best Street Style
		}
	}
	return s.add(s.unitBefore(start), tail, Address, "address.street")
}

// labelledAddress tells whether the word before start speaks of an address.
func (s *scanner) labelledAddress(start int) bool {
	p := start
	for p > s.floor && start-p < labelGap && !s.is(p-1, isAlnum) {
		p--
	}
	if p == s.floor {
		return false
	}
	kind, _ := s.labelEnding(p)
	if kind&(labelAddress|labelLoose) != 0 {
		return true
	}
	switch string(s.lowered(s.backWord(p), p)) {
	case "at", "to", "in":
		return true
	}
	return false
}

// unitBefore returns where "Flat 2, " before a house number begins, or start.
func (s *scanner) unitBefore(start int) int {
	p := start
	for p > s.floor && start-p < 2 && (s.b[p-1] == ' ' || s.b[p-1] == ',' || s.b[p-1] == '\n') {
		p--
	}
	q := p
	for q > s.floor && p-q < 5 && s.is(q-1, isUpper|isDigit) {
		q--
	}
	if start-p == 0 || s.b[p] == ' ' || q == p || q-1 <= s.floor || s.b[q-1] != ' ' {
		return start
	}
	if w := s.backWord(q - 1); w < q-1 && s.flags(w, q-1)&wordUnit != 0 {
		return w
	}
	return start
}

func (s *scanner) finishAddress(start, end, hi int, rule string) int {
	tail, _ := s.addressTail(end, hi)
	return s.add(start, tail, Address, rule)
}
