package redact

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
		if q < hi && s.b[q] == ' ' && s.digits(q+1, hi) == 2 && s.cityAt(s.blanksEnd(q+3, hi), hi, false) > 0 {
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
		if q >= hi || !s.is(q, isAlnum) && (q+1 >= hi || s.b[q] != ' ' || !s.is(q+1, isLower)) && !s.measured(q, hi) {
			return q
		}
	case 6:
		if q < hi && s.b[q] == ' ' && s.cityAt(q+1, hi, false) > 0 {
			return q
		}
	}
	return 0
}

// blanksEnd skips one blank or two at p.
func (s *scanner) blanksEnd(p, hi int) int {
	q := p
	for q < hi && q-p < 2 && s.b[q] == ' ' {
		q++
	}
	return q
}

func (s *scanner) digits(p, hi int) int {
	n := 0
	for p+n < hi && s.is(p+n, isDigit) {
		n++
	}
	return n
}

// letterCode reads a British, Irish or Canadian postcode. One that ends like a size or a unit ("S8 8GB") needs its street.
func (s *scanner) letterCode(p, hi int) int {
	e := s.letterCodeForm(p, hi)
	if e > p+1 && s.is(e-1, isUpper) && s.is(e-2, isUpper) && s.flags(e-2, e)&wordInwardNot != 0 {
		return 0
	}
	return e
}

// letterCodeForm reads such a code by its form alone.
func (s *scanner) letterCodeForm(p, hi int) int {
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
	if letters == 1 {
		if e := s.eircode(p, hi); e > 0 {
			return e
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
	return q + 3
}

// eircode reads an Irish postcode, "D04 X2K7".
func (s *scanner) eircode(p, hi int) int {
	end := p + 8
	if end > hi || !s.is(p+1, isDigit) || !s.is(p+2, isDigit) && s.b[p+2] != 'W' || s.b[p+3] != ' ' || !s.is(p+4, isUpper) || end < hi && s.is(end, isAlnum) {
		return 0
	}
	digits := 0
	for k := p + 5; k < end; k++ {
		if !s.is(k, isUpper|isDigit) {
			return 0
		}
		if s.is(k, isDigit) {
			digits++
		}
	}
	if digits == 0 {
		return 0
	}
	return end
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
