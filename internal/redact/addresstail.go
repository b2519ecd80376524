package redact

// addressTail reads what follows a street: unit, postcode, city, state, country, over commas and lines. It returns
// where that ends, and whether there was a postcode or a unit, which make the street sure.
func (s *scanner) addressTail(end, hi int) (int, bool) {
	start, sure, city := end, false, false
	for range tailRounds {
		q, joint := s.skipJoint(end, hi)
		if q >= hi || q == end {
			break
		}
		if e := s.unit(q, hi); e > 0 {
			end, sure = e, true
			continue
		}
		if e := s.postcode(q, hi); e > 0 {
			end, sure, city = s.cityAfter(e, hi), true, true
			continue
		}
		if e := s.cityThenCode(q, hi, joint); e > 0 {
			end, sure, city = e, true, true
			continue
		}
		if e := s.country(q, hi); e > 0 && joint {
			end = e
			continue
		}
		if e := s.cityAt(q, hi, false); joint && !city && e > 0 && s.ends(e) && s.b[end] == ',' {
			end, city = e, true
			continue
		}
		break
	}
	s.sawFar(start, end)
	return end, sure
}

// skipJoint skips what stands between two pieces; joint says that it is more than a blank.
func (s *scanner) skipJoint(p, hi int) (next int, joint bool) {
	start := p
	for p < hi && p-start < joinMax {
		switch s.b[p] {
		case ' ':
		case ',', '\n', '\r', '\t', '-', '|', '(', '.', foldSymbol:
			joint = true
		default:
			return p, joint
		}
		p++
	}
	return p, joint
}

// unitAt tells whether "Apt 4" or its like stands at p.
func (s *scanner) unitAt(p, hi int) bool { return s.unit(p, hi) > 0 }

// unit reads "Apt 4B", "#5", "Suite 200", "2. OG" and returns its end, or 0.
func (s *scanner) unit(p, hi int) int {
	q := p
	if s.b[q] == '#' {
		q++
	} else {
		e := s.wordEnd(q, hi)
		f := uint32(0)
		if e > q {
			f = s.flags(q, e)
		}
		if f&wordUnit == 0 {
			return s.stair(p, hi)
		}
		q = e
		if q < hi && (s.b[q] == '.' || s.b[q] == ':') {
			q++
		}
		if q < hi && s.b[q] == ' ' {
			q++
		}
		if q < hi && s.b[q] == '#' {
			q++
		}
	}
	from, digit := q, false
	for q < hi && q-from < 6 && (s.is(q, isUpper|isDigit) || s.b[q] == '-' && q > from && q+1 < hi && s.is(q+1, isDigit) || s.is(q, isLower) && q == from+1) {
		digit = digit || s.is(q, isDigit)
		q++
	}
	if q == from || q < hi && s.is(q, isAlnum) || !digit && q-from > 1 {
		return 0
	}
	return q
}

// stair reads "B 4", "2º B" and "2. tv": stairs, floors and doors.
func (s *scanner) stair(p, hi int) int {
	q := p
	if s.is(q, isUpper) && q+2 < hi && s.b[q+1] == ' ' && s.is(q+2, isDigit) {
		if n := s.digits(q+2, hi); n <= 3 && (q+2+n >= hi || !s.is(q+2+n, isAlnum)) {
			return q + 2 + n
		}
		return 0
	}
	n := s.digits(q, hi)
	if q += n; n == 0 || n > 2 || q+1 >= hi || s.b[q] != '.' && s.b[q] != 'o' && s.b[q] != 'a' {
		return 0
	}
	q++
	if s.b[q] == ' ' {
		q++
	}
	e := q
	for e < hi && s.is(e, isUpper|isLower) {
		e++
	}
	if e == q || e-q > 2 || e < hi && s.is(e, isAlnum) {
		return 0
	}
	return e
}

// postcode reads the postal code at p, in the form of one of the countries, and returns its end, or 0. What has only
// four digits needs a city after it.
func (s *scanner) postcode(p, hi int) int {
	if p+2 < hi && s.is(p, isUpper) {
		switch {
		case s.b[p+1] == '-' && s.is(p+2, isDigit):
			p += 2 // D-10115
		case p+3 < hi && s.is(p+1, isUpper) && s.b[p+2] == '-' && s.is(p+3, isDigit):
			p += 3 // NL-1012
		default:
			return s.letterCode(p, hi)
		}
	}
	n := s.digits(p, hi)
	q := p + n
	switch n {
	case 2: // 00-123 Warszawa
		if q < hi && s.b[q] == '-' && s.digits(q+1, hi) == 3 {
			return q + 4
		}
	case 3: // 111 22 Stockholm, 100-0001
		if q < hi && s.b[q] == ' ' && s.digits(q+1, hi) == 2 && s.cityAt(q+4, hi, false) > 0 {
			return q + 3
		}
		if q < hi && s.b[q] == '-' && s.digits(q+1, hi) == 4 {
			return q + 5
		}
	case 4: // 1012 AB Amsterdam, 8001 Zürich, 1000-001 Lisboa
		if q < hi && s.b[q] == '-' && s.digits(q+1, hi) == 3 {
			return q + 4
		}
		if q+2 < hi && s.b[q] == ' ' && s.is(q+1, isUpper) && s.is(q+2, isUpper) && (q+3 >= hi || !s.is(q+3, isAlnum)) {
			return q + 3
		}
		if q+1 < hi && s.is(q, isUpper) && s.is(q+1, isUpper) && (q+2 >= hi || !s.is(q+2, isAlnum)) {
			return q + 2
		}
		if q < hi && s.b[q] == ' ' && s.cityAt(q+1, hi, false) > 0 {
			return q
		}
	case 5: // 10115 Berlin, 62704-1234, 01310-100
		if q < hi && s.b[q] == '-' {
			if d := s.digits(q+1, hi); d == 3 || d == 4 {
				return q + 1 + d
			}
		}
		if q >= hi || !s.is(q, isAlnum) {
			return q
		}
	case 6:
		if q < hi && s.b[q] == ' ' && s.cityAt(q+1, hi, false) > 0 {
			return q
		}
	}
	return 0
}

func (s *scanner) digits(p, hi int) int {
	n := 0
	for p+n < hi && s.is(p+n, isDigit) {
		n++
	}
	return n
}

// letterCode reads a British or Canadian postcode.
func (s *scanner) letterCode(p, hi int) int {
	q := p
	for q < hi && q-p < 3 && s.is(q, isUpper) {
		q++
	}
	letters := q - p
	if letters == 0 || letters > 2 || q >= hi || !s.is(q, isDigit) {
		return 0
	}
	if letters == 1 && q+2 < hi && s.is(q+1, isUpper) && s.b[q+2] == ' ' && q+5 < hi && s.is(q+3, isDigit) && s.is(q+4, isUpper) && s.is(q+5, isDigit) {
		if q+6 >= hi || !s.is(q+6, isAlnum) {
			return q + 6 // K1A 0B1
		}
	}
	if s.flags(p, q)&wordArea == 0 {
		return 0
	}
	q++
	if q < hi && s.is(q, isUpper|isDigit) && (q+1 >= hi || !s.is(q+1, isUpper)) {
		q++
	}
	if q < hi && s.b[q] == ' ' {
		q++
	} else {
		return 0
	}
	if q+2 >= hi || !s.is(q, isDigit) || !s.is(q+1, isUpper) || !s.is(q+2, isUpper) || q+3 < hi && s.is(q+3, isAlnum) {
		return 0
	}
	for k := q + 1; k < q+3; k++ {
		switch s.b[k] {
		case 'C', 'I', 'K', 'M', 'O', 'V':
			return 0
		}
	}
	if s.flags(q+1, q+3)&wordInwardNot != 0 {
		return 0
	}
	return q + 3
}

// cityAt reads the name of a city at p, by its form alone, and returns its end, or 0. Where lenient, what follows
// decides, and the name may be an ordinary word ("Reading RG1 4AB").
func (s *scanner) cityAt(p, hi int, lenient bool) int {
	end, words := 0, 0
	for words < cityWords && p < hi {
		e := p
		for e < hi && (s.is(e, isLetter) || (s.b[e] == '-' || s.b[e] == '\'') && e+1 < hi && e > p && s.is(e+1, isLetter)) {
			e++
		}
		if e == p || e < hi && s.is(e, isDigit) {
			break
		}
		f := s.flags(p, s.wordEnd(p, hi))
		switch {
		case s.is(p, isUpper) || s.is(p, isOther):
			if !lenient && f&wordFunction != 0 && f&(wordPlace|wordCity) == 0 || !lenient && f&wordNoun != 0 && words == 0 && f&(wordDirection|wordGiven|wordSurname|wordCity) == 0 || e-p < 2 && words == 0 {
				return end
			}
			end = e
		case words > 0 && f&wordPlace != 0:
		default:
			return end
		}
		words++
		if e < hi && s.b[e] == '.' && f&wordPlace != 0 {
			e++
		}
		if e+1 >= hi || s.b[e] != ' ' {
			break
		}
		p = e + 1
	}
	return end
}

// cityAfter reads the city after a postcode that ends at e.
func (s *scanner) cityAfter(e, hi int) int {
	q, _ := s.skipJoint(e, hi)
	if q == e || q >= hi || s.b[q-1] == '.' || s.b[q-1] == '-' {
		return e
	}
	if s.b[e] == '\n' && s.country(q, hi) == 0 {
		return e
	}
	if c := s.cityAt(q, hi, false); c > 0 && s.b[e] != ',' {
		return c
	}
	return e
}

// cityThenCode reads "Springfield, IL 62704", "London SW1A 1AA", "Sydney NSW 2000", "Madrid 28013".
func (s *scanner) cityThenCode(p, hi int, joint bool) int {
	c := s.cityAt(p, hi, joint)
	if c == 0 {
		return s.stateAndCode(p, hi)
	}
	// The words may end with the state, or the code's letters stand apart.
	q, _ := s.skipJoint(c, hi)
	if e := s.stateAndCode(q, hi); e > 0 {
		return e
	}
	if e := s.postcode(q, hi); e > 0 && q > c {
		return e
	}
	for k := c; k > p; k-- {
		if s.b[k-1] == ' ' {
			if e := s.stateAndCode(k, hi); e > 0 {
				return e
			}
		}
	}
	if joint {
		return s.provinceAfter(c, hi)
	}
	return 0
}

// provinceAfter reads "(RM)" and "/SP" after a city that ends at c.
func (s *scanner) provinceAfter(c, hi int) int {
	if s.hasPrefix(c, hi, " (") && c+4 < hi && s.is(c+2, isUpper) && s.is(c+3, isUpper) && s.b[c+4] == ')' {
		return c + 5
	}
	return 0
}

// stateAndCode reads "IL 62704", "NSW 2000", "SP, 01310-100".
func (s *scanner) stateAndCode(p, hi int) int {
	e := p
	for e < hi && s.is(e, isUpper) {
		e++
	}
	if e-p < 2 || e-p > 3 || s.flags(p, e)&wordState == 0 {
		return 0
	}
	q := e
	for q < hi && q-e < 2 && (s.b[q] == ' ' || s.b[q] == ',') {
		q++
	}
	if q == e {
		return 0
	}
	switch n := s.digits(q, hi); {
	case n == 5 || n == 4 && e-p == 3:
		q += n
		if d := s.digits(min(hi, q+1), hi); q < hi && s.b[q] == '-' && (d == 4 || d == 3) {
			q += 1 + d
		}
	case n == 0 && q < hi:
		return s.letterCode(q, hi)
	default:
		return 0
	}
	if q < hi && s.is(q, isAlnum) {
		return 0
	}
	return q
}

func (s *scanner) country(p, hi int) int {
	e := s.wordEnd(p, hi)
	if e == p || !s.is(p, isUpper) {
		return 0
	}
	n := s.entry(p, e)
	if n < 0 || s.t.lexicon.flags[n]&wordCountry == 0 {
		return 0
	}
	return s.startPhrase(p, hi, n, wordCountry)
}

// postcodeAlone finds a postcode without a street: with its state, with a known city, or British and Canadian.
func (s *scanner) postcodeAlone(start, end, hi int) int {
	n := end - start
	if n <= 2 {
		return s.letterCodeAt(start, hi)
	}
	if n != 5 && n != 4 || !s.numberOpens(start) {
		return 0
	}
	if start-3 > s.floor && s.b[start-1] == ' ' && s.is(start-2, isUpper) && s.is(start-3, isUpper) {
		return s.stateCity(start, hi)
	}
	if end < hi && s.b[end] == ' ' && n >= 4 {
		q := end + 1
		if n == 4 && q+2 < hi && s.is(q, isUpper) && s.is(q+1, isUpper) && s.b[q+2] == ' ' {
			q += 3
		}
		e := s.wordEnd(q, hi)
		if e > q && s.is(q, isUpper) && s.flags(q, e)&wordCity != 0 {
			if n == 4 && q == end+1 && !s.ends(e) {
				return 0
			}
			return s.finishAddress(start, e, hi, "address.postcode")
		}
	}
	return 0
}

// stateCity finds "Springfield, IL 62704" from its code.
func (s *scanner) stateCity(start, hi int) int {
	st := start - 3
	if st > s.floor && s.is(st-1, isUpper) {
		st--
	}
	if st > s.floor && s.is(st-1, isAlnum) {
		return 0
	}
	e := s.stateAndCode(st, hi)
	if e == 0 || st-2 <= s.floor {
		return 0
	}
	p := st
	comma := false
	for p > s.floor && st-p < 2 && (s.b[p-1] == ' ' || s.b[p-1] == ',') {
		comma = comma || s.b[p-1] == ','
		p--
	}
	city := p
	for words := 0; words < 3; words++ {
		w := s.backWord(city)
		if w == city || !s.is(w, isUpper) {
			break
		}
		city = w
		if w-1 <= s.floor || s.b[w-1] != ' ' || !s.is(w-2, isLetter) {
			break
		}
		if prev := s.backWord(w - 1); !s.is(prev, isUpper) || s.flags(prev, w-1)&(wordFunction|wordLabel) != 0 && s.flags(prev, w-1)&wordPlace == 0 {
			break
		}
		city--
	}
	for city < p && s.b[city] == ' ' {
		city++
	}
	if city == p || !comma && s.digits(start, hi) != 5 {
		return 0
	}
	if f := s.flags(city, p); !comma && f&wordCity == 0 {
		return 0
	}
	return s.finishAddress(city, e, hi, "address.postcode")
}

// letterCodeAt finds a British or Canadian postcode whose first digit is at start.
func (s *scanner) letterCodeAt(start, hi int) int {
	p := start
	for p > s.floor && start-p < 3 && s.is(p-1, isUpper) {
		p--
	}
	if p == start || p > s.floor && (s.is(p-1, isAlnum) || s.b[p-1] == '-' || s.b[p-1] == '#' || s.b[p-1] == '/') {
		return 0
	}
	e := s.letterCode(p, hi)
	if e == 0 {
		return 0
	}
	city := p
	if p-1 > s.floor && s.b[p-1] == ' ' {
		w := p - 1
		if s.b[w-1] == ',' {
			w--
		}
		if b := s.backWord(w); b < w && s.is(b, isUpper) && s.flags(b, w)&wordCity != 0 {
			city = b
		}
	}
	return s.finishAddress(city, e, hi, "address.postcode")
}
