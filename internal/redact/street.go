package redact

// prefixedStreet reads a street whose kind comes first, "rue de la Paix", and returns its end, or 0.
func (s *scanner) prefixedStreet(p, hi int) int {
	e := s.wordEnd(p, hi)
	if e == p || !s.may(p, e, wordPrefix|wordPrefixWeak) {
		return 0
	}
	f := s.flags(p, e)
	if f&(wordPrefix|wordPrefixWeak) == 0 {
		return 0
	}
	weak := f&wordPrefix == 0 || f&(wordStreet|wordStreetWeak) != 0
	q := e
	if q < hi && s.b[q] == '.' {
		q++
	}
	end, words, capital, particle := 0, 0, false, false
	for words < streetWords+1 && q+1 < hi && (s.b[q] == ' ' || s.b[q] == '\'') {
		q++
		from := q
		for q < hi && (s.is(q, isAlnum) || s.b[q] == '-' && q+1 < hi && s.is(q+1, isAlnum)) {
			q++
		}
		if q == from {
			break
		}
		g := uint32(0)
		if s.is(from, isLetter) {
			g = s.flags(from, q)
		}
		switch {
		case g&wordPlace != 0 && !s.is(from, isUpper):
			particle = particle || words == 0
		case s.is(from, isUpper) || s.is(from, isOther):
			if words == 0 && weak && g&(wordNoun|wordFunction) != 0 {
				return 0
			}
			capital, end = true, q
		case s.is(from, isDigit) && words > 0 && q-from <= 4 && q+1 < hi && s.b[q] == ' ' && s.is(q+1, isLetter):
			end = q // rue du 8 mai 1945
		default:
			return s.checkPrefixed(p, end, hi, weak, capital, particle)
		}
		words++
	}
	return s.checkPrefixed(p, end, hi, weak, capital, particle)
}

// checkPrefixed tells whether what was read is a street's name: a weak street word in capitals ("Place Mats") needs a
// particle or a postcode after it.
func (s *scanner) checkPrefixed(p, end, hi int, weak, capital, particle bool) int {
	if end == 0 || !capital || weak && !particle && !s.ends(end) {
		return 0
	}
	if weak && !particle && s.is(p, isUpper) {
		if _, sure := s.addressTail(end, hi); !sure {
			return 0
		}
	}
	return end
}

// streetBefore finds "Hauptstraße 12", "Calle Mayor, 12" and "PO Box 12".
func (s *scanner) streetBefore(start, digits, hi int) int {
	b, p := s.b, start
	for low := max(s.floor, start-3); p > low && (b[p-1] == ' ' || b[p-1] == ','); {
		p--
	}
	if p == s.floor || p == start { // what touches a number is no street
		return 0
	}
	if s.b[p-1] == '.' || s.b[p-1] == 'o' || s.b[p-1] == 'r' { // Nr. 12, no. 12
		q := p
		if s.b[q-1] == '.' {
			q--
		}
		if w := s.backWord(q); q-w == 2 && w > s.floor && lower(s.b[w]) == 'n' && (lower(s.b[w+1]) == 'r' || lower(s.b[w+1]) == 'o') && s.b[w-1] == ' ' {
			p = w - 1
			if p > s.floor && s.b[p-1] == ',' {
				p--
			}
		}
	}
	if p == s.floor {
		return 0
	}
	end := p
	dot := s.b[p-1] == '.'
	if dot {
		p--
	}
	if p == s.floor || !s.is(p-1, isLetter) {
		return 0
	}
	begin := s.backWord(p)
	if s.may(begin, p, wordBox) {
		if kind, box := s.labelEnding(p); kind&labelBox != 0 {
			return s.finishAddress(box, digits, hi, "address.box")
		}
	}
	for begin > s.floor && p-begin < wordMax && (s.is(begin-1, isLetter) || (s.b[begin-1] == '-' || s.b[begin-1] == '\'') && begin-1 > s.floor && s.is(begin-2, isLetter)) {
		begin--
	}
	from, ending := -1, p-begin > 1 && len(s.t.streetByEnd[nameEnd(b[p-2], b[p-1])]) > 0
	if ending {
		from = s.compoundStreet(begin, p, dot)
	}
	if from < 0 && s.mayBePrefixed(begin) && (!s.is(begin, isLower) || s.may(begin, s.wordEnd(begin, p), wordPlace)) {
		from = s.prefixedBefore(begin, end)
	}
	if from < 0 && (s.is(begin, isUpper) || ending && s.isStreetEnd(begin, p)) && s.cityFollows(s.houseEnd(digits, hi), hi) {
		from = s.capitalsBefore(begin, p)
	}
	if from < 0 || s.measured(digits, hi) {
		return 0
	}
	return s.finishAddress(from, s.houseEnd(digits, hi), hi, "address.street")
}

// measured tells whether the number that ends at p counts something: "12 %", "12 cm", "12:30", "1,50".
func (s *scanner) measured(p, hi int) bool {
	if p >= hi {
		return false
	}
	switch s.b[p] {
	case '%', ':', '$', '\'', '"':
		return true
	case '.', ',':
		return p+1 < hi && s.is(p+1, isDigit)
	}
	if s.b[p] == ' ' && p+1 < hi {
		if s.b[p+1] == '%' || s.b[p+1] == '$' {
			return true
		}
		if e := s.wordEnd(p+1, hi); e > p+1 && s.is(p+1, isLower) && s.flags(p+1, e)&wordNotStreet != 0 {
			return true
		}
	}
	return false
}

// compoundStreet tells whether b[begin:p] ends as street names do ("Hauptstraße", "Berliner Str."), and where the name
// begins; -1 where it does not.
func (s *scanner) compoundStreet(begin, p int, dot bool) int {
	if p-begin < 2 {
		return -1
	}
	for _, end := range s.t.streetByEnd[nameEnd(s.b[p-2], s.b[p-1])] {
		n := len(end)
		if p-begin < n || !s.sameWord(p-n, p, end) || len(end) == 3 && end == "str" && !dot && p-begin == n {
			continue
		}
		sure := s.t.streetEndsSure[end] || end == "str" && dot
		if p-begin == n || p-begin == n+1 && s.b[begin] == '-' {
			return s.adjective(begin)
		}
		if p-begin < n+2 || !sure && (!s.is(begin, isUpper) || s.t.streetEndsNot[string(s.lowered(begin, p))] || s.flags(begin, p) != 0) {
			continue
		}
		return begin
	}
	return -1
}

// adjective returns where the words before "Straße" begin that name it, or -1 where there are none.
func (s *scanner) adjective(begin int) int {
	at, words := begin, 0
	for words < 3 && at-1 > s.floor && s.b[at-1] == ' ' && s.is(at-2, isLetter) {
		w := at - 1
		for w > s.floor && (s.is(w-1, isLetter) || s.b[w-1] == '-') {
			w--
		}
		if !s.is(w, isUpper) && s.flags(w, at-1)&wordPlace == 0 || s.flags(w, at-1)&(wordFunction|wordNoun) != 0 && s.flags(w, at-1)&wordPlace == 0 {
			break
		}
		at = w
		words++
	}
	if words == 0 || !s.is(at, isUpper) {
		return -1
	}
	return at
}

// mayBePrefixed tells quickly whether prefixedBefore may find something: the word before the one at begin is not a small
// word without a part in streets.
func (s *scanner) mayBePrefixed(begin int) bool {
	if begin-1 <= s.floor {
		return false
	}
	joint, c := s.b[begin-1], s.b[begin-2]
	if joint != ' ' && joint != '/' && joint != '\'' || c != '/' && c != '.' && c != '-' && class[c]&isLetter == 0 {
		return false
	}
	if joint != ' ' || class[c]&isLower == 0 {
		return true
	}
	w := s.backWord(begin - 1)
	return begin-1-w < 2 || !s.is(w, isLower) || w > s.floor && s.b[w-1] == '-' || s.may(w, begin-1, wordPlace|wordPrefix|wordPrefixWeak)
}

// prefixedBefore walks left from the word at begin to a street word that comes first: "Via Giuseppe Verdi", "ul. Długa".
func (s *scanner) prefixedBefore(begin, end int) int {
	at, words := begin, 0
	particle, capital := false, false
	for words <= streetWords && end-at < streetLeft {
		e := s.wordEnd(at, end)
		if s.is(at, isLower) && e-at > 1 && !s.may(at, e, wordPlace|wordPrefix|wordPrefixWeak) {
			return -1
		}
		f := s.flags(at, e)
		if words > 0 && f&(wordPrefix|wordPrefixWeak) != 0 || words > 0 && e-at == 1 && lower(s.b[at]) == 'c' && s.b[e] == '/' {
			weak := f&(wordPrefixWeak|wordStreet) != 0 && s.b[e] != '/' && s.b[e] != '.'
			small := s.is(at, isLower) && s.b[e] != '.' && s.hasPrefix(at, e, "via")
			if capital && !small && (!weak || particle) {
				return at
			}
			return -1
		}
		switch {
		case f&wordPlace != 0 && !s.is(at, isUpper):
			particle = true
		case s.is(at, isUpper) || s.is(at, isOther):
			if e-at > 1 && s.is(at+1, isUpper) && e-at <= 5 && f == 0 && words == 0 && !s.capsBefore(at) {
				return -1 // Via UPS 2
			}
			capital = true
		default:
			return -1
		}
		words++
		q := at
		if q > s.floor && (s.b[q-1] == ' ' || s.b[q-1] == '/' || s.b[q-1] == '\'') {
			q--
		} else {
			return -1
		}
		if s.b[q] == ' ' && q > s.floor && s.b[q-1] == '/' {
			q--
		}
		if q > s.floor && s.b[q] == '/' && s.is(q-1, isLetter) {
			at = q - 1
			continue
		}
		if q > s.floor && s.b[q-1] == '.' {
			q--
		}
		w := q
		for w > s.floor && (s.is(w-1, isLetter) || s.b[w-1] == '-' && w-1 > s.floor && s.is(w-2, isLetter)) {
			w--
		}
		if w == q {
			return -1
		}
		at = w
	}
	return -1
}

// capitalsBefore returns where the capital words begin that end with b[begin:p], or -1: the name of a street of no known
// form, where a postcode and a city after the number say that it is one.
func (s *scanner) capitalsBefore(begin, p int) int {
	at := -1
	for words := 0; words < streetWords; words++ {
		f := s.flags(begin, p)
		switch {
		case s.is(begin, isUpper) && (f&(wordFunction|wordNoun|wordLabel) == 0 || f&wordPlace != 0):
			at = begin
		case words > 0 && f&wordPlace != 0 || words == 0 && s.isStreetEnd(begin, p):
		default:
			return at
		}
		if begin <= s.floor || s.b[begin-1] != ' ' {
			return at
		}
		p = begin - 1
		begin = s.backWord(p)
		if begin == p {
			return at
		}
	}
	return at
}

// isStreetEnd tells whether a word by itself is what street names end with: "Karl Johans gate".
func (s *scanner) isStreetEnd(begin, p int) bool {
	if p-begin < 2 {
		return false
	}
	for _, end := range s.t.streetByEnd[nameEnd(s.b[p-2], s.b[p-1])] {
		if s.sameWord(begin, p, end) {
			return true
		}
	}
	return false
}

// capsBefore tells whether the word before i is in capitals too.
func (s *scanner) capsBefore(i int) bool {
	a, b := s.wordBefore(i)
	return b-a > 1 && s.is(a, isUpper) && s.is(b-1, isUpper)
}
