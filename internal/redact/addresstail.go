package redact

// What an address's tail proves about the street before it.
const (
	tailNames = iota // nothing: names, or nothing at all
	tailUnit         // a unit, a floor, a district
	tailCode         // a postcode
)

// addressTail reads what follows a street: unit, district, postcode, city, state, country, over commas and lines. It
// returns where that ends, and what it proves. Names on the next lines count only where a postcode or a country follows.
func (s *scanner) addressTail(end, hi int) (int, int) {
	start := end
	proof, names, at, city, lies := tailNames, 0, end, false, false
	for range tailRounds {
		q, joint := s.skipJoint(at, hi)
		if q >= hi || q == at {
			break
		}
		if e := s.unit(q, hi); e > 0 && s.countryCode(q, hi) == 0 {
			at, end, names, proof = e, e, 0, max(proof, tailUnit)
			continue
		}
		if e := s.codeHere(q, hi, joint, names > 0 || lies && joint); e > 0 {
			if names > 0 && !s.commits(at, q) && s.is(q, isDigit) && s.is(e-1, isLetter) {
				break // the next address
			}
			at, end, names, city, proof = e, e, 0, true, tailCode
			continue
		}
		if e := s.district(q, hi); e > 0 && joint {
			at, end, names, proof, lies = e, e, 0, max(proof, tailUnit), true
			continue
		}
		if e := s.country(q, hi); e > 0 && joint {
			at, end, names = e, e, 0
			continue
		}
		e := s.namePiece(q, hi, city)
		if !joint || e == 0 || names >= tailMaxNames {
			break
		}
		if at == end && (s.commits(at, q) || lies) || s.knownCity(q, e) {
			end = e
		}
		at = e
		names++
	}
	s.sawFar(start, max(end, at))
	return end, proof
}

// commits tells whether the signs between two pieces keep them together: a comma, a dash or a bracket on the same line.
func (s *scanner) commits(p, q int) bool {
	for k := p; k < q; k++ {
		switch s.b[k] {
		case '\n', '\r', '\t', '|', '.', foldSymbol:
			return false
		}
	}
	return true
}

// bareCode tells whether what ends at p is a code of digits alone, with no state or signs in it.
func (s *scanner) bareCode(p int) bool {
	q := s.codeStart(p)
	if p-q < 4 || q-4 < s.floor || s.b[q-1] == '-' {
		return false
	}
	return s.b[q-1] != ' ' || s.is(q-2, isLower) || !s.is(q-3, isUpper)
}

// codeStart returns where the digits begin that end at p.
func (s *scanner) codeStart(p int) int {
	q := p
	for q > s.floor+2 && p-q < 7 && s.is(q-1, isDigit) {
		q--
	}
	return q
}

// knownCity tells whether the name b[i:j] begins with a known city or region, or has its region after a slash.
func (s *scanner) knownCity(i, j int) bool {
	e := s.wordEnd(i, j)
	return s.flags(i, e)&wordCity != 0 || s.part(i, e)&partRegion != 0 || j+1 < len(s.b) && s.b[j] == '/' && s.is(j+1, isUpper)
}

// codeHere reads a postcode with what belongs to it and returns its end, or 0. After a name, a code of four digits needs
// no city.
func (s *scanner) codeHere(q, hi int, joint, named bool) int {
	if e := s.wordEnd(q, hi); e > q && s.part(q, e)&partCode != 0 {
		if w := s.wordEnd(e+1, hi); e+1 < hi && s.b[e] == ' ' && w > e+1 && s.part(e+1, w)&partCode != 0 {
			e = w // cod postal
		}
		p := e
		for p < hi && p-e < joinMax && (s.b[p] == ' ' || s.b[p] == ':' || s.b[p] == '.' || s.b[p] == '-') {
			p++
		}
		if p > e && p < hi && s.is(p, isDigit) {
			if code := s.plainCode(p, hi); code > 0 {
				return s.cityAfter(code, hi)
			}
		}
	}
	if e := max(s.countryCode(q, hi), s.postcode(q, hi), s.letterCodeForm(q, hi)); e > 0 {
		return s.cityAfter(e, hi)
	}
	if e := s.cityThenCode(q, hi, joint); e > 0 {
		if s.bareCode(e) && e < hi && s.b[e] == ' ' { // Bornova 34847 Izmir
			return s.cityAfter(e, hi)
		}
		return e
	}
	if joint { // "London B25 8XL"
		if c := s.cityAt(q, hi, true); c > q {
			k, _ := s.skipJoint(c, hi)
			if e := s.letterCodeForm(k, hi); e > 0 {
				return e
			}
		}
	}
	if joint && q+3 < hi && s.digits(q, hi) == 2 && s.b[q+2] == ' ' && s.digits(q+3, hi) == 3 { // 48 864 Hyeres
		if c := s.cityAt(s.blanksEnd(q+6, hi), hi, false); c > 0 && s.b[q+6] == ' ' {
			return c
		}
	}
	if named || joint && s.digits(q, hi) == 4 && !s.yearLike(q, q+4) {
		if e := s.plainCode(q, hi); e > 0 && s.ends(e) {
			return e
		}
	}
	return 0
}

// countryCode reads a code of four to six digits with its country's letters ("D-10115", "LV-1010"), or of three after two
// letters ("IS-101"), and returns its end, or 0.
func (s *scanner) countryCode(p, hi int) int {
	q := p
	for q < hi && q-p < 2 && s.is(q, isUpper) {
		q++
	}
	if q == p || q >= hi || s.b[q] != '-' {
		return 0
	}
	n := s.digits(q+1, hi)
	end := q + 1 + n
	if n < 5-(q-p) && n != 4 || n > 6 || end < hi && s.is(end, isAlnum) {
		return 0
	}
	if n == 3 { // SE-111 22
		if d := s.digits(min(hi, end+1), hi); end < hi && s.b[end] == ' ' && d == 2 {
			return end + 3
		}
	}
	return end
}

// plainCode reads a code of four to six digits, or two parts of three, and returns its end, or 0.
func (s *scanner) plainCode(p, hi int) int {
	n := s.digits(p, hi)
	q := p + n
	if n == 3 && q < hi && (s.b[q] == ' ' || s.b[q] == '-') {
		if d := s.digits(q+1, hi); d == 2 || d == 3 {
			return q + 1 + d
		}
	}
	if n == 5 && q < hi && s.b[q] == '-' && s.digits(q+1, hi) == 3 {
		return q + 4
	}
	if n < 4 || n > 6 || q < hi && s.is(q, isAlnum) || s.measured(q, hi) {
		return 0
	}
	return q
}

// namePiece reads a name that stands between commas or line ends: a city, a region, a house. A number of a city's
// district may follow it ("Dublin 4"), or a direction's letter ("Odense C").
func (s *scanner) namePiece(p, hi int, city bool) int {
	e := s.cityAt(p, hi, false)
	if e == 0 && p+2 < hi && s.is(p, isUpper) && s.is(p+1, isUpper) && s.flags(p, p+2)&wordState != 0 {
		e = p + 2
	}
	if e == 0 {
		return 0
	}
	if n := s.cityNumber(e, hi); n > e && !city {
		return n
	}
	if e+1 < hi && s.b[e] == ' ' && s.part(e+1, s.wordEnd(e+1, hi))&partCode != 0 {
		return e
	}
	q := e
	if q < hi && s.b[q] == '.' {
		q++
	}
	if q+1 < hi && s.b[q] == '-' || s.ends(e) || e+1 < hi && s.b[e] == '/' && s.is(e+1, isUpper) {
		return e
	}
	return 0
}

// skipJoint skips what stands between two pieces; joint says that it is more than a blank.
func (s *scanner) skipJoint(p, hi int) (next int, joint bool) {
	start := p
	for p < hi && p-start < joinMax {
		switch s.b[p] {
		case ' ':
		case ',', '\n', '\r', '\t', '-', '|', '(', ')', '/', '.', foldSymbol:
			joint = true
		default:
			return p, joint
		}
		p++
	}
	return p, joint
}

// cityAt reads the name of a city at p, by its form alone, and returns its end, or 0. Where lenient, what follows
// decides, and the name may be an ordinary word ("Reading RG1 4AB").
func (s *scanner) cityAt(p, hi int, lenient bool) int {
	end, words := 0, 0
	if p+3 < hi && s.b[p] == '\'' && s.is(p+1, isLower) && (s.b[p+2] == '-' || s.b[p+2] == ' ') { // 's-Hertogenbosch
		p += 3
	}
	for words < cityWords && p < hi {
		e := p
		for e < hi && (s.is(e, isLetter) || (s.b[e] == '-' || s.b[e] == '\'') && e+1 < hi && e > p && s.is(e+1, isLetter)) {
			e++
		}
		if e == p || e < hi && s.is(e, isDigit) {
			break
		}
		word := s.wordEnd(p, hi)
		f, part := s.flags(p, word), s.part(p, word)
		if words > 0 && part&partCode != 0 {
			break
		}
		if word < e && s.b[word] == '\'' {
			f = 0 // O'Connell
		}
		switch {
		case s.is(p, isUpper) || s.is(p, isOther):
			if !lenient && f&wordFunction != 0 && f&(wordPlace|wordCity) == 0 && part&partIn == 0 || !lenient && f&wordNoun != 0 && words == 0 && part&partIn == 0 && f&(wordDirection|wordGiven|wordSurname|wordCity) == 0 || e-p < 2 && words == 0 {
				return end
			}
			end = e
		case words > 0 && (f&wordPlace != 0 || e-p == 1 && e < hi && s.b[e] == '.'):
			f |= wordPlace
		default:
			return end
		}
		words++
		if e < hi && s.b[e] == '.' && (f&wordPlace != 0 || s.shortened(p, e)) {
			e++
		}
		if e+1 >= hi || s.b[e] != ' ' {
			break
		}
		p = e + 1
	}
	return end
}

// shortened tells whether b[p:e] can only be short for a word: "Kgs. Lyngby".
func (s *scanner) shortened(p, e int) bool {
	if e-p > 4 || e+2 >= len(s.b) || s.b[e+1] != ' ' || !s.is(e+2, isUpper) {
		return false
	}
	for k := p; k < e; k++ {
		switch lower(s.b[k]) {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			return false
		}
		if !s.is(k, isUpper|isLower) {
			return false
		}
	}
	return true
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
		return max(s.cityNumber(c, hi), s.provinceAfter(c, hi))
	}
	return e
}

// cityNumber returns the end of the number of a city's part at c, "Praha 5", or c.
func (s *scanner) cityNumber(c, hi int) int {
	if c+1 >= hi || s.b[c] != ' ' {
		return c
	}
	if n := s.digits(c+1, hi); n > 0 && n <= 2 && s.ends(c+1+n) {
		return c + 1 + n
	}
	return c
}

// cityFollows tells whether a comma or a line end, a postcode and a city follow place p, or a city and its code; units,
// districts and a name may stand between. After a house number and a name, as in English, and after a code of four digits
// the city must be a known one.
func (s *scanner) cityFollows(p, hi int, houseFirst bool) bool {
	for names, districts := 0, 0; names < 3; {
		q, joint := s.skipJoint(p, hi)
		if q >= hi || q == p {
			return false
		}
		if e := s.countryCode(q, hi); e > 0 {
			c := s.blanksEnd(e, hi)
			return joint && c > e && s.cityAt(c, hi, false) > c
		}
		if e := s.unit(q, hi); e > 0 {
			p = e
			continue
		}
		if e := s.district(q, hi); e > 0 {
			if districts++; districts > 1 {
				return true
			}
			p = e
			continue
		}
		if !joint {
			return false
		}
		if e := s.cityThenCode(q, hi, true); e > 0 && (s.b[p] == ',' && s.is(s.codeStart(e)-2, isLetter) || !s.bareCode(e) || s.knownCity(q, e)) {
			return true
		}
		if code := s.postcode(q, hi); code > 0 {
			if code == hi || s.b[code] != ' ' {
				return !s.is(q, isDigit)
			}
			name := s.blanksEnd(code, hi)
			city := s.cityAt(name, hi, false)
			if city == 0 || (houseFirst || code-q == 4) && !s.knownCity(name, city) {
				return false
			}
			return city > name && s.flags(name, s.wordEnd(name, hi))&(wordFunction|wordNoun|wordNotStreet) == 0
		}
		if p = s.namePiece(q, hi, false); p == 0 {
			return false
		}
		names++
	}
	return false
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
		if !s.commits(c, q) || s.b[c] == ',' {
			return s.cityAfter(e, hi) // what came before was a house or a district
		}
		return e
	}
	if e := s.plainCode(q, hi); e > 0 && q == c+1 && s.ends(e) && !s.yearLike(q, e) {
		return e
	}
	if e := s.shortState(q, hi); e > 0 {
		return e
	}
	for k := c; k > p; k-- {
		if s.b[k-1] == ' ' {
			if e := max(s.stateAndCode(k, hi), s.shortState(k, hi)); e > 0 {
				return e
			}
		}
	}
	if joint {
		return s.provinceAfter(c, hi)
	}
	return 0
}

// yearLike tells whether b[i:j] may be a year of our time.
func (s *scanner) yearLike(i, j int) bool {
	return j-i == 4 && (s.hasPrefix(i, j, "19") || s.hasPrefix(i, j, "20"))
}

// shortState reads an Australian state of two letters with its code, "WA 6000".
func (s *scanner) shortState(p, hi int) int {
	if p+7 > hi || s.b[p+2] != ' ' || s.b[p+1] != 'A' && s.b[p+1] != 'T' || s.flags(p, p+2)&wordState == 0 || s.digits(p+3, hi) != 4 || !s.ends(p+7) {
		return 0
	}
	return p + 7
}

// provinceAfter reads "(RM)" after a city that ends at c; the city's name may end with small words.
func (s *scanner) provinceAfter(c, hi int) int {
	for words := 0; words < areaWords && c+1 < hi && s.b[c] == ' ' && s.is(c+1, isLower); words++ {
		c = s.wordEnd(c+1, hi)
		if c+1 < hi && s.b[c] == '\'' && s.is(c+1, isLower) {
			c = s.wordEnd(c+1, hi)
		}
	}
	if s.hasPrefix(c, hi, " (") && c+4 < hi && s.is(c+2, isUpper) {
		if e := s.wordEnd(c+2, hi); e > c+3 && e < hi && s.b[e] == ')' {
			return e + 1
		}
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
