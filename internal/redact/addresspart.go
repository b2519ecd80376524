package redact

// Bounds of a part of an address.
const (
	unitID      = 6 // characters of a unit's number
	floorDigits = 3
	areaWords   = 3 // of the name of a district
)

// unitAt tells whether "Apt 4" or its like stands at p.
func (s *scanner) unitAt(p, hi int) bool { return s.unit(p, hi) > 0 }

// unit reads "Apt 4B", "#5", "кв. 12", "D:4", "2. tv" and "hs" and returns its end, or 0.
func (s *scanner) unit(p, hi int) int {
	if p >= hi {
		return 0
	}
	q := p
	if s.b[q] == '#' {
		return s.unitID(q+1, hi)
	}
	e := s.wordEnd(q, hi)
	if e == q {
		return s.floorPart(p, hi)
	}
	part := s.part(q, e)
	if part&(partUnit|partHouse) != 0 {
		for q = e; q < hi && q-e < 4 && (s.b[q] == '.' || s.b[q] == ':' || s.b[q] == ' ' || s.b[q] == '-' || s.b[q] == foldSymbol); q++ {
		}
		if w := s.wordEnd(q, hi); q > e && w > q && s.part(q, w)&partHouse != 0 { // Plot No. 5
			k := w
			for k < hi && k-w < 3 && (s.b[k] == '.' || s.b[k] == ':' || s.b[k] == ' ') {
				k++
			}
			if k < hi && s.is(k, isDigit) {
				q = k
			}
		}
		if q < hi && s.b[q] == '#' {
			q++
		}
		if q > e || (e-p > 1 || s.is(p, isOther)) && q < hi && s.is(q, isDigit) {
			if end := s.unitID(q, hi); end > 0 {
				return end
			}
		}
	}
	if part&partDoor != 0 && (s.is(p, isLower) || e-p == 2) {
		if end := s.doors(p, hi); end > 0 {
			return end
		}
	}
	return s.floorPart(p, hi)
}

// unitID reads the number of a unit at q: digits, capitals, a dash.
func (s *scanner) unitID(q, hi int) int {
	from, digit := q, false
	for q < hi && q-from < unitID && (s.is(q, isUpper|isDigit) || (s.b[q] == '-' || s.b[q] == '/') && q > from && q+1 < hi && s.is(q+1, isDigit) || s.is(q, isLower) && q == from+1) {
		digit = digit || s.is(q, isDigit)
		q++
	}
	if q == from && q+1 < hi && s.is(q, isLower) && s.ends(q+1) {
		return q + 1
	}
	if q == from || q < hi && s.is(q, isAlnum) || !digit && q-from > 1 {
		return 0
	}
	return q
}

// doors reads words such as "st. th." and "bajo", and "R/C", and returns their end, or 0.
func (s *scanner) doors(p, hi int) int {
	end := 0
	for range 2 {
		e := s.wordEnd(p, hi)
		if e == p || s.part(p, e)&(partDoor|partFloor) == 0 {
			break
		}
		end = e
		if e < hi && s.b[e] == '.' {
			end++
		}
		p = end
		if p+1 < hi && s.b[p] == ' ' {
			p++
		}
	}
	if end > 0 && s.b[end-1] != '.' && !s.ends(end) {
		return 0
	}
	return end
}

// floorPart reads "B 4", "2º B", "3rd floor", "2. tv" and "4. em. 3": stairs, floors and doors.
func (s *scanner) floorPart(p, hi int) int {
	q := p
	if s.is(q, isUpper) {
		if q+2 < hi && s.b[q+1] == ' ' && s.is(q+2, isDigit) {
			if n := s.digits(q+2, hi); n <= floorDigits && s.ends(q+2+n) {
				return q + 2 + n
			}
		}
		if s.hasPrefix(q, hi, "R/C") && s.ends(q+3) {
			return q + 3
		}
		if q+2 < hi && s.b[q+1] == ' ' { // A lph. 3. em.
			if e := s.wordEnd(q+2, hi); e < hi && s.b[e] == '.' && s.part(q+2, e)&(partUnit|partFloor) != 0 {
				return e + 1
			}
		}
	}
	n := s.digits(q, hi)
	if n == 0 {
		n = s.roman(q, hi) - q
	}
	if q += n; n <= 0 || n > floorDigits {
		return 0
	}
	if s.is(p, isUpper) {
		if d := s.digits(min(q+1, hi), hi); q < hi && s.b[q] == '/' && d > 0 && d <= floorDigits && s.ends(q+1+d) { // II/4
			return q + 1 + d
		}
		if s.ends(q) && !s.floorWord(q+1, hi) {
			return q
		}
	}
	if q >= hi {
		return 0
	}
	mark := q
	if s.b[q] == '.' {
		q++
	}
	if q < hi && (s.b[q] == 'o' || s.b[q] == 'a') && (q+1 >= hi || !s.is(q+1, isLetter) || s.is(q+1, isUpper) && s.ends(q+2)) {
		if q++; q < hi && s.is(q, isUpper) {
			return q + 1 // 3ºB
		}
	} else if e := s.wordEnd(q, hi); e == q+2 && q == mark && s.is(q, isOther) && s.floorWord(e, hi) {
		q = e // 5ος όροφος
	} else if q+1 < hi && q == mark && s.is(q, isLower) && s.is(q+1, isLower) && (q+2 >= hi || !s.is(q+2, isAlnum)) {
		q += 2 // 3rd
	}
	signed := q > mark
	if q < hi && s.b[q] == ' ' {
		q++
	}
	e := s.wordEnd(q, hi)
	switch {
	case e > q && s.part(q, e)&partFloor != 0 && (signed || s.is(q, isUpper|isLower)) && e > mark+1:
		q = e
	case signed && e > q && e-q <= 2 && (s.is(q, isUpper) || s.part(q, e)&partDoor != 0) && (e >= hi || !s.is(e, isAlnum)):
		return e
	case signed && s.b[q-1] != ' ' && s.b[q-1] != '.' && s.ends(q):
		return q
	default:
		return 0
	}
	if q < hi && s.b[q] == '.' {
		q++
	}
	k := q
	if k < hi && s.b[k] == ' ' {
		k++
	}
	if w := s.doors(k, hi); k > q && w > 0 {
		return w
	}
	if d := s.digits(k, hi); k > q && (s.b[q-1] == '.' || s.is(q-1, isLetter)) && d > 0 && d <= floorDigits && s.ends(k+d) {
		if k += d; k < hi && s.b[k] == '.' && s.floorWord(k+1, hi) { // 4. ajtó
			return s.wordEnd(k+2, hi)
		}
		return k
	}
	return q
}

// floorWord tells whether the word of a floor or a door follows the blank at p.
func (s *scanner) floorWord(p, hi int) bool {
	return p+1 < hi && s.b[p] == ' ' && s.part(p+1, s.wordEnd(p+1, hi))&partFloor != 0
}

// roman returns the end of the Roman digits at p.
func (s *scanner) roman(p, hi int) int {
	q := p
	for q < hi && q-p < 4 && (s.b[q] == 'I' || s.b[q] == 'V' || s.b[q] == 'X') {
		q++
	}
	if q < hi && s.is(q, isAlnum) {
		return p
	}
	return q
}

// district reads "Col. Centro", "Sector 3" and "Kadıköy Mah." and returns its end, or 0.
func (s *scanner) district(p, hi int) int {
	e := s.wordEnd(p, hi)
	if e == p {
		return 0
	}
	if s.part(p, e)&partDistrict != 0 {
		q := e
		for q < hi && q-e < 3 && (s.b[q] == '.' || s.b[q] == ' ' || s.b[q] == '-' || s.b[q] == ':') {
			q++
		}
		if s.hasPrefix(q, hi, "dit ") { // lieu-dit
			q += 4
		}
		dotted := q > e && s.b[e] == '.'
		if n := s.digits(q, hi); n > 0 && n <= 2 && s.ends(q+n) && (q > e || s.is(p, isUpper)) {
			return q + n
		}
		if (dotted || q > e && e-p > 1) && q < hi && s.is(q, isUpper|isOther) {
			if c := s.cityAt(q, hi, true); c > 0 && (s.ends(c) || dotted) {
				return c
			}
		}
	}
	at := p
	for words := 0; words <= areaWords; words++ {
		w := s.wordEnd(at, hi)
		if w == at || !s.is(at, isUpper|isOther) {
			return 0
		}
		if words > 0 && s.part(at, w)&partArea != 0 && (s.ends(w) || w < hi && s.b[w] == '.') {
			if w < hi && s.b[w] == '.' {
				w++
			}
			return w
		}
		if w+1 >= hi || s.b[w] != ' ' {
			return 0
		}
		at = w + 1
	}
	return 0
}

// houseSign returns where the word before a house number begins that says so ("No: ", "д. ", "n.º "), or p, the place
// after it.
func (s *scanner) houseSign(p int) int {
	q := p
	for q > s.floor && p-q < 3 && (s.b[q-1] == ' ' || s.b[q-1] == '.' || s.b[q-1] == ':') {
		q--
	}
	if q > s.floor && (s.b[q-1] == '#' || s.b[q-1] == foldSymbol && q < p) {
		if q -= 1; q-1 > s.floor && lower(s.b[q-1]) == 'n' && !s.is(q-2, isAlnum) { // n° 12
			q--
		}
		return q
	}
	w := s.backWord(q)
	if q-w == 1 && w-2 >= s.floor && s.b[w-1] == '.' && (lower(s.b[w]) == 'o' && lower(s.b[w-2]) == 'n' || lower(s.b[w]) == 'p' && lower(s.b[w-2]) == 'c') { // n.º, č.p.
		w -= 2
	}
	if w == q || w > s.floor && s.is(w-1, isAlnum) {
		return p
	}
	if q-w == 3 && s.b[w+1] == '.' || s.part(w, q)&partHouse != 0 {
		return w
	}
	return p
}
