package redact

// Bounds of an address.
const (
	houseDigits   = 5  // of a house number
	houseParts    = 3  // after its first, as in "57/1/17"
	streetWords   = 5  // of a street's name
	addressGroups = 4  // digit groups of one cluster that are tried
	tailRounds    = 12 // pieces after the street: unit, postcode, city, country
	tailMaxNames  = 4  // of them, names in a row that no code confirms
	cityWords     = 6
	joinMax       = 4 // signs between two pieces
	indianCode    = 6 // digits
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
		if s.mayBeUnspaced(p.start, p.end) {
			if end := s.unspacedAddress(p.start, p.end, hi); end > 0 {
				return end
			}
		}
		if g > 0 && p.sep&(sepSpace|sepLine) == 0 {
			continue
		}
		if end := s.labelledBlock(p.start, p.end, hi); end > 0 {
			return end
		}
		if p.len() <= houseDigits {
			leads := s.mayLead(p.start)
			if leads {
				if end := s.streetBefore(p.start, p.end, hi); end > 0 {
					return end
				}
			}
			if end := s.streetAfter(p.start, p.end, hi); end > 0 {
				return end
			}
			if leads {
				if end := s.unitFirst(p.start, hi); end > 0 {
					return end
				}
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
	case '#':
		return s.numberSigned(start)
	case '.':
		return s.houseSign(start) < start
	case '$', '-', '/', '_', '=', '%', '+', '*', '@', '~', foldSymbol:
		return false
	case ',':
		return start-2 < s.floor || !s.is(start-2, isDigit)
	}
	return !s.is(start-1, isAlnum)
}

// numberSigned tells whether the number after a "#" at start is one of a house: "#12, Park Street".
func (s *scanner) numberSigned(start int) bool {
	n := s.digits(start, len(s.b))
	return start+n < len(s.b) && s.b[start+n] == ','
}

// houseEnd returns the end of a house number whose digits end at p: "221B", "12-14", "12/3/17", "12 bis", "12 B".
func (s *scanner) houseEnd(p, hi int) int {
	if p < hi && s.is(p, isUpper|isLower) && (p+1 >= hi || !s.is(p+1, isAlnum)) {
		p++
	} else if (s.hasPrefix(p, hi, "bis") || s.hasPrefix(p, hi, "ter")) && s.wordEnd(p, hi) == p+3 { // 6bis
		return p + 3
	}
	for range houseParts {
		if p+1 >= hi || s.b[p] != '-' && s.b[p] != '/' || !s.is(p+1, isAlnum) {
			break
		}
		q := p + 1
		for q < hi && q-p <= houseDigits && s.is(q, isAlnum) {
			q++
		}
		if q < hi && s.is(q, isAlnum) {
			break
		}
		p = q
	}
	if p+1 >= hi || s.b[p] != ' ' || !s.is(p+1, isUpper|isLower) {
		return p
	}
	switch {
	case s.hasPrefix(p, hi, " bis"), s.hasPrefix(p, hi, " ter"):
		if p+4 >= hi || !s.is(p+4, isAlnum) {
			return p + 4
		}
	case s.ends(p+2) && (p+2 >= hi || s.b[p+2] != ':' && s.b[p+2] != '.'):
		return p + 2
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
	if end := s.englishStreet(start, p, hi); end > 0 || s.b[house] == ',' {
		return end
	}
	return s.namedStreet(start, p, hi)
}

// englishStreet reads a street's name at p that ends with a street word: "Willow Lane".
func (s *scanner) englishStreet(start, p, hi int) int {
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
		if !name && s.is(from, isUpper) && s.sameWord(from, p, "broadway") && (s.ends(p) || p+1 < hi && s.unitAt(p+1, hi)) {
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
	tail, proof := s.addressTail(end, hi)
	if proof != tailNames {
		return s.add(s.headBefore(s.unitBefore(start)), tail, Address, "address.street")
	}
	if !capital {
		if s.labelledAddress(start) {
			return s.add(s.headBefore(s.unitBefore(start)), tail, Address, "address.street")
		}
		return 0
	}
	if s.hasPrefix(end, hi, " (") && !s.labelledHere(start) {
		return 0 // 21 Jump Street (2012)
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
	return s.add(s.headBefore(s.unitBefore(start)), tail, Address, "address.street")
}

// namedStreet reads the name of a street or a house of no known form at p: a label says that it is one, or a code and a
// city after it.
func (s *scanner) namedStreet(start, p, hi int) int {
	if !s.is(p, isUpper) || s.flags(p, s.wordEnd(p, hi))&wordNotStreet != 0 {
		return 0
	}
	labelled := s.labelledHere(start)
	end := s.cityAt(p, hi, !labelled)
	if end == 0 || s.cityAt(p, hi, false) == 0 {
		return 0
	}
	for k := p; k < end; k++ { // not "Willow Hill Apt"
		if s.b[k] == ' ' && s.unit(k+1, hi) > 0 {
			end = k
		}
	}
	closed := s.ends(end)
	if labelled {
		if !closed && (end+1 >= hi || s.b[end] != ' ' || s.flags(end+1, s.wordEnd(end+1, hi))&wordFunction == 0) {
			return 0
		}
	} else if !closed && s.unit(end+1, hi) == 0 || end >= hi || !s.cityFollows(end, hi, true) {
		return 0
	}
	return s.finishAddress(s.unitBefore(start), end, hi, "address.street")
}

// unitFirst reads an address that begins with its unit and has a code: "Flat 12, Lotus Towers, Pune 411004".
func (s *scanner) unitFirst(start, hi int) int {
	sign := s.houseSign(start)
	at := sign
	for at > s.floor && sign-at < 2 && s.b[at-1] == ' ' {
		at--
	}
	w := s.backWord(at)
	switch {
	case w < at && s.part(w, at)&partUnit != 0 && at < start:
	case sign < start:
		if w < sign && at == sign-1 && s.part(w, at)&(partUnit|partHouse) != 0 && s.is(w, isUpper) { // Door No 12
			break
		}
		w = sign
	default:
		return 0
	}
	if !s.is(w, isUpper|isOther) && s.b[w] != '#' || w > s.floor && s.is(w-1, isAlnum) {
		return 0
	}
	end := s.unitID(start, hi)
	if end == 0 {
		return 0
	}
	q, joint := s.skipJoint(end, hi)
	if !joint || q >= hi || s.namePiece(q, hi, true) == 0 && s.district(q, hi) == 0 && s.unit(q, hi) == 0 {
		return 0
	}
	tail, proof := s.addressTail(end, hi)
	code := s.codeStart(tail)
	indian := proof == tailCode && tail-code == indianCode && s.b[code-1] != ','
	if !indian && !s.labelledHere(w) && (proof == tailNames || !s.cityFollows(end, hi, true)) {
		return 0
	}
	return s.add(w, tail, Address, "address.unit")
}

// unitBefore returns where "Flat 2, " or "No. " before a house number begins, or start.
func (s *scanner) unitBefore(start int) int {
	if sign := s.houseSign(start); sign < start {
		start = sign
	}
	p := start
	for p > s.floor && start-p < 2 && (s.b[p-1] == ' ' || s.b[p-1] == ',' || s.b[p-1] == '\n') {
		p--
	}
	if p > s.floor && s.is(p-1, isLetter) && p < start {
		if w := s.backWord(p); s.part(w, p)&partUnit != 0 && s.is(w, isUpper) {
			return w
		}
	}
	q := p
	for q > s.floor && p-q < 5 && s.is(q-1, isUpper|isDigit) {
		q--
	}
	if start-p == 0 || s.b[p] == ' ' || q == p || q-1 <= s.floor || s.b[q-1] != ' ' {
		return start
	}
	if w := s.backWord(q - 1); w < q-1 && s.part(w, q-1)&partUnit != 0 {
		return w
	}
	return start
}

// finishAddress takes in what follows a street, and the house or the city before it.
func (s *scanner) finishAddress(start, end, hi int, rule string) int {
	tail, _ := s.addressTail(end, hi)
	return s.add(s.headBefore(start), tail, Address, rule)
}
