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

// cityFollows tells whether a comma or a line end, a postcode and a city follow place p.
func (s *scanner) cityFollows(p, hi int) bool {
	q, joint := s.skipJoint(p, hi)
	if !joint || q >= hi {
		return false
	}
	code := s.postcode(q, hi)
	if code == 0 || code+1 >= hi || s.b[code] != ' ' {
		return false
	}
	city := s.cityAt(code+1, hi, false)
	return city > code+1 && s.flags(code+1, s.wordEnd(code+1, hi))&(wordFunction|wordNoun|wordNotStreet) == 0
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
