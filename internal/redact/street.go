package redact

// Bounds of a street's name.
const (
	sureStreet = 5 // letters of a street word that is no other one
	titleMax   = 4 // letters of a word that is cut short, "gen."
)

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
		case end > 0 && q-from <= 3 && s.is(from, isLower) && q+1 < hi && s.b[q] == ' ' && s.is(q+1, isUpper) && !weak && g&wordFunction == 0 || end > 0 && q-from == 1 && s.b[from] == 'a' && q+1 < hi && s.b[q] == ' ' && s.is(q+1, isUpper): // rue du Four à Chaux
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
		if _, proof := s.addressTail(end, hi); proof == tailNames {
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
	if p == s.floor || p == start && s.is(p-1, isAlnum) {
		return 0
	}
	if sign := s.houseSign(start); sign < start {
		for p = sign; p > s.floor && sign-p < 3 && (s.b[p-1] == ' ' || s.b[p-1] == ','); {
			p--
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
			for digits+3 <= hi && s.b[digits] == ' ' && s.digits(digits+1, hi) == 2 { // Postfach 10 20 30
				digits += 3
			}
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
	house := s.houseEnd(digits, hi)
	if from < 0 && s.part(begin, p)&partStreet != 0 {
		if from = s.capitalsBefore(begin, p); from == begin {
			from = -1
		}
	}
	if from < 0 && (s.is(begin, isUpper|isOther) || s.isStreetEnd(begin, p)) {
		closed := s.ends(house)
		if closed || s.cityFollows(house, hi, false) {
			at := s.capitalsBefore(begin, p)
			if at >= 0 && (!closed || s.labelledHere(at) || s.placed(at, begin) || s.cityFollows(house, hi, false)) {
				from = at
			}
		}
	}
	if from < 0 || s.measured(digits, hi) {
		return 0
	}
	return s.finishAddress(from, house, hi, "address.street")
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
		if a, b := s.wordBefore(begin); b > a && b == begin-1 && s.b[b] == ' ' && s.is(a, isUpper) && s.part(a, b)&partIn != 0 {
			return a // Södra Förstadsgatan
		}
		return s.wordsOfName(s.dutchParticles(begin))
	}
	return -1
}

// wordsOfName returns where the capital words before the one at begin begin that nothing else is known of, or that is short
// for one: "Burgemeester de Vlugtlaan", "Gl. Kongevej".
func (s *scanner) wordsOfName(begin int) int {
	p := begin - 1
	if p <= s.floor || s.b[p] != ' ' {
		return begin
	}
	if s.b[p-1] == '.' {
		p--
	}
	w := s.backWord(p)
	if p-w < 2 || !s.is(w, isUpper) || w > s.floor && s.is(w-1, isAlnum) || s.b[p] == '.' && p-w > titleMax {
		return begin
	}
	if f := s.flags(w, p); f&^(wordPlace|wordSurname|wordPart|wordParticle) != 0 || f&wordSurname != 0 && s.b[p] == ' ' && w > s.floor && s.b[w-1] == ' ' {
		return begin
	}
	return w
}

// dutchParticles returns where "van der" begins before the name at begin, or begin.
func (s *scanner) dutchParticles(begin int) int {
	at := begin
	for range 2 {
		a, b := s.wordBefore(at)
		if a == b || b != at-1 || s.b[b] != ' ' || !s.is(a, isLower) || s.flags(a, b)&wordPlace == 0 {
			break
		}
		if at = a; s.hasPrefix(a, b, "van") {
			return a
		}
	}
	return begin
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
	if joint != ' ' && joint != '/' && joint != '\'' || c != '/' && c != '.' && c != '-' && class[c]&isAlnum == 0 {
		return false
	}
	if joint != ' ' || class[c]&isLower == 0 {
		return true
	}
	w := s.backWord(begin - 1)
	return begin-1-w < 2 || !s.is(w, isLower) || w > s.floor && (s.b[w-1] == '-' || s.b[w-1] == '.') || s.may(w, begin-1, wordPlace|wordPrefix|wordPrefixWeak)
}

// prefixedBefore walks left from the word at begin to a street word that comes first: "Via Giuseppe Verdi", "ul. Długa".
func (s *scanner) prefixedBefore(begin, end int) int {
	at, words := begin, 0
	particle, capital := false, false
	for words <= streetWords && end-at < streetLeft {
		e := s.wordEnd(at, end)
		short := words > 0 && e-at <= titleMax && s.b[e] == '.'
		if s.is(at, isLower) && e-at > 1 && !short && !s.may(at, e, wordPlace|wordPrefix|wordPrefixWeak) {
			return -1
		}
		if e < end && s.b[e] == '-' && s.is(e+1, isLetter) { // пр-т, б-р
			if k := s.wordEnd(e+1, end); k < begin && s.flags(at, k)&wordPrefix != 0 {
				e = k
			}
		}
		f := s.flags(at, e)
		if words > 0 && f&(wordPrefix|wordPrefixWeak) != 0 || words > 0 && e-at == 1 && lower(s.b[at]) == 'c' && s.b[e] == '/' {
			weak := f&(wordPrefixWeak|wordStreet) != 0 && s.b[e] != '/' && (s.b[e] != '.' || e-at == 1 && !s.is(at, isOther))
			small := s.is(at, isLower) && s.b[e] != '.' && s.hasPrefix(at, e, "via")
			if capital && !small && (!weak || particle) {
				return at
			}
			return -1
		}
		switch {
		case f&wordPlace != 0 && !s.is(at, isUpper) && words > 0:
			particle = true
		case s.is(at, isUpper) || s.is(at, isOther):
			if e-at > 1 && s.is(at+1, isUpper) && e-at <= 5 && f == 0 && words == 0 && !s.capsBefore(at) && !s.romanNumber(at, e) {
				return -1 // Via UPS 2
			}
			capital = true
		case short: // ul. gen. Bema
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
		if q > s.floor+2 && s.is(q-1, isDigit) { // ul. 3 Maja
			if f&(wordNoun|wordFunction) == wordNoun {
				return -1
			}
			k := q - 1
			for k > s.floor && q-k < 3 && s.is(k-1, isDigit) {
				k--
			}
			if k-1 <= s.floor || s.b[k-1] != ' ' {
				return -1
			}
			if q = k - 1; s.b[q-1] == '.' {
				q--
			}
		}
		w := q
		for w > s.floor && (s.is(w-1, isLetter) || s.b[w-1] == '-' && w-1 > s.floor && s.is(w-2, isLetter)) {
			w--
		}
		if w == q {
			return -1
		}
		if b := s.b; q-w <= 3 && w-2 >= s.floor && b[w-1] == '.' && s.is(w, isLower) && s.contracted(w-2, q) {
			w -= 2
			if capital {
				return w
			}
		}
		at = w
	}
	return -1
}

// contracted tells whether b[i:j] is short for an Italian street word: "V.le", "P.zza", "C.so", "L.go".
func (s *scanner) contracted(i, j int) bool {
	for _, short := range []string{"v.le", "p.zza", "p.za", "p.le", "c.so", "l.go", "v.lo"} {
		if s.sameWord(i, j, short) {
			return i == s.floor || !s.is(i-1, isAlnum)
		}
	}
	return false
}

// romanNumber tells whether the word b[i:j] is a number in Roman digits: "Jana Pawla II 5".
func (s *scanner) romanNumber(i, j int) bool {
	for ; i < j; i++ {
		if c := s.b[i]; c != 'I' && c != 'V' && c != 'X' {
			return false
		}
	}
	return true
}

// placed tells whether a name of a street begins at i with two words that say where it lies: "An der Eiche".
func (s *scanner) placed(i, last int) bool {
	e := s.wordEnd(i, last)
	if e+1 >= last || s.part(i, e)&partIn == 0 || s.b[e] != ' ' || !s.is(e+1, isLower) {
		return false
	}
	return s.flags(e+1, s.wordEnd(e+1, last))&wordPlace != 0
}

// capitalsBefore returns where the capital words begin that end with b[begin:p], or -1: the name of a street of no known
// form, where something else says that it is one. In a script without capitals it is one word.
func (s *scanner) capitalsBefore(begin, p int) int {
	at, area, long := -1, false, false
	for words := 0; words < streetWords; words++ {
		f, part := s.flags(begin, p), s.part(begin, p)
		street := words == 0 && (part&partStreet != 0 || s.isStreetEnd(begin, p))
		named := words == 1 && long // Moda Caddesi
		long = street && p-begin >= sureStreet
		switch {
		case words > 0 && part&partArea != 0:
			at, area = begin, true
		case area && s.is(begin, isUpper):
			at, area = begin, false
		case s.is(begin, isOther):
			if !street && at >= 0 {
				return at
			}
			if !street {
				return begin
			}
		case s.is(begin, isUpper) && (f&(wordFunction|wordNoun|wordLabel) == 0 || f&wordPlace != 0 || part&partIn != 0 || street || named && f&wordLabel == 0):
			at = begin
		case words > 0 && f&wordPlace != 0 || street:
		default:
			return at
		}
		q := begin
		if q > s.floor && (s.b[q-1] == '-' || s.b[q-1] == '\'') && q-1 > s.floor && s.is(q-2, isLetter) {
			p = q - 1
			begin = s.backWord(p)
			continue
		}
		if q <= s.floor || s.b[q-1] != ' ' {
			return at
		}
		p = q - 1
		if p > s.floor && s.b[p-1] == '.' {
			p--
		}
		begin = s.backWord(p)
		if begin == p || s.b[p] == '.' && s.part(begin, p)&partArea == 0 && s.flags(begin, p)&wordPlace == 0 {
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

// streetAhead lets the number after a run of capital words decide whether they are a street: "Via Giuseppe Verdi 3".
func (s *scanner) streetAhead(end, hi int) int {
	p := s.houseSignEnd(s.streetWordEnd(end, hi), hi)
	n := s.digits(p, hi)
	if p == end || n == 0 || n > houseDigits {
		return 0
	}
	return s.streetBefore(p, p+n, hi)
}

// streetWordEnd skips a street word in small letters after the name that ends at p: "Karl Johans gate".
func (s *scanner) streetWordEnd(p, hi int) int {
	if p+1 < hi && s.b[p] == ' ' && s.is(p+1, isLower) {
		if e := s.wordEnd(p+1, hi); s.part(p+1, e)&partStreet != 0 {
			return e
		}
	}
	return p
}

// houseSignEnd skips what may stand between a street and its number: ", ", " No. ", ", nº ", " #".
func (s *scanner) houseSignEnd(p, hi int) int {
	q := s.gapEnd(p, hi)
	e := s.wordEnd(q, hi)
	if e == q || q == p {
		return q
	}
	if e-q == 1 && e+1 < hi && s.b[e] == '.' && s.b[e+1] == 'o' {
		return s.gapEnd(e+2, hi)
	}
	if s.part(q, e)&partHouse != 0 {
		return s.gapEnd(e, hi)
	}
	return q
}

// gapEnd skips up to three blanks and signs.
func (s *scanner) gapEnd(p, hi int) int {
	q := p
	for q < hi && q-p < 3 && (s.b[q] == ' ' || s.b[q] == ',' || s.b[q] == '.' || s.b[q] == ':' || s.b[q] == '#') {
		q++
	}
	return q
}
