package redact

// Bounds of what stands before a street, or before the city of an address.
const (
	headPieces = 3
	headMax    = 40 // characters of a piece
)

// headBefore returns where the city, the district and the postcode begin that stand before a street, as in Hungary and
// Russia, or the building's name; or from.
func (s *scanner) headBefore(from int) int {
	at, best := from, from
	for range headPieces {
		p, joint := at, false
		for p > s.floor && at-p < joinMax && (s.b[p-1] == ' ' || s.b[p-1] == ',' || s.b[p-1] == '\n') {
			p--
			joint = joint || s.b[p] != ' '
		}
		if !joint {
			break
		}
		b := p
		for b > s.floor && p-b < headMax && (s.is(b-1, isAlnum) || s.b[b-1] == ' ' || s.b[b-1] == '.' || s.b[b-1] == '-') {
			b--
		}
		for b < p && (s.b[b] == ' ' || s.b[b] == '.') {
			b++
		}
		if p-b < 3 {
			break
		}
		sure := s.sureHead(b, p)
		if !sure && (p-b >= headMax || s.cityAt(b, p, false) != p) {
			if b = s.headWithin(b, p); b < p {
				best = b
			}
			break
		}
		if at = b; sure {
			best = b
		}
	}
	return best
}

// sureHead tells whether b[i:j] before a street is a part of its address: by its form, or as a known city.
func (s *scanner) sureHead(i, j int) bool {
	return s.surePiece(i, j) || s.cityAt(i, j, false) == j && s.knownCity(i, j)
}

// headWithin returns where such a part begins that ends a sentence's piece b[i:j], "sent to H-3506 Érd"; j where none does.
func (s *scanner) headWithin(i, j int) int {
	for k := i + 1; k < j; k++ {
		if s.b[k-1] == ' ' && (s.is(k, isDigit) || s.is(k, isUpper)) && s.sureHead(k, j) {
			return k
		}
	}
	return j
}

// surePiece tells whether what stands before a street, b[i:j], is a postcode, alone or with its city, or a district.
func (s *scanner) surePiece(i, j int) bool {
	if e := s.countryCode(i, j); e > 0 { // H-1051 Budapest
		return e == j || s.b[e] == ' ' && s.cityAt(e+1, j, false) == j
	}
	n := s.digits(i, j)
	if n < 4 || n > 6 {
		return s.district(i, j) == j
	}
	if n == j-i {
		return n > 4
	}
	return s.b[i+n] == ' ' && s.cityAt(i+n+1, j, false) == j
}

// indianAddress finds an Indian address by its code of six digits after a known city or state, "Pune, Maharashtra -
// 411004", and takes in what stands left of that: the forms of streets are too many to know.
func (s *scanner) indianAddress(count, hi int) int {
	start, digits := s.groups[0].start, s.groups[count-1].end
	if count > 1 && (count > 2 || s.groups[0].len() != indianCode/2 || digits-start != indianCode+1 || s.b[digits-4] != ' ') {
		return 0
	}
	if digits-start != indianCode+count-1 || digits < hi && s.is(digits, isAlnum) || s.b[start] == '0' {
		return 0
	}
	p := s.signsBefore(start)
	w := s.backWord(p)
	if w < p && s.part(w, p)&partCode != 0 {
		p = s.signsBefore(w)
		w = s.backWord(p)
	}
	if w == p || p == start || !s.is(w, isUpper) || s.flags(w, p)&wordCity == 0 && s.part(w, p)&partRegion == 0 {
		return 0
	}
	from := s.addressLeft(w)
	if from == w {
		return 0
	}
	return s.finishAddress(from, digits, hi, "address.postcode")
}

// signsBefore skips the signs between two pieces leftwards.
func (s *scanner) signsBefore(p int) int {
	q := p
	for q > s.floor && p-q < joinMax && inAddress(s.b[q-1]) {
		q--
	}
	return q
}

// addressLeft returns where the words and numbers of an address begin that go on up to p: the first piece between commas
// or line ends with a number in it; p where there is none.
func (s *scanner) addressLeft(p int) int {
	best, low, number := p, max(s.floor, p-blockLeft), false
	for {
		q := p
		for q > low && (inAddress(s.b[q-1]) || s.b[q-1] == '\n') {
			if q--; number && (s.b[q] == ',' || s.b[q] == '\n') {
				best = p
			}
		}
		w := q
		for w > low && q-w <= houseDigits && s.is(w-1, isDigit) {
			w--
		}
		if w < q {
			number = true
		} else if w = s.backWord(q); w == q || w < low || !s.addressWord(w, q) {
			break
		}
		p = w
	}
	if number {
		best = p
	}
	return best
}
