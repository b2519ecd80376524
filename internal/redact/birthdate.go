package redact

// Years of birth of living people, with room to spare.
const (
	birthFirst = 1900
	birthLast  = 2029
)

// birthDate reads the date near i that a label says is one of birth. A label that is also another word counts only
// directly before it.
func (s *scanner) birthDate(i, limit int, seen seenLabel) int {
	start, end := s.date(i, limit)
	if end == 0 || start < seen.end || seen.weak && start-seen.end > 4 {
		return 0
	}
	return s.add(start, end, DateOfBirth, "birth.labelled")
}

// date reads the date that the digits at i begin, or whose year they are.
func (s *scanner) date(i, limit int) (start, end int) {
	if end, ok := s.numericDate(i, limit); ok {
		return i, end
	}
	p := i
	for p < limit && s.is(p, isDigit) {
		p++
	}
	if p-i == dateYear && s.birthYear(i) {
		if end = s.yearFirst(p, limit); end > 0 {
			return i, end
		}
		if start = s.yearLast(i); start >= 0 {
			return start, p
		}
		return 0, 0
	}
	if start = s.monthBefore(i); start < 0 || p-i > 2 { // May 3 1990
		return 0, 0
	}
	p = s.skip(s.ordinal(p, limit), limit, 2)
	if p+dateYear <= limit && s.allDigits(p, p+dateYear) && s.birthYear(p) {
		return start, p + dateYear
	}
	return 0, 0
}

func (s *scanner) allDigits(p, end int) bool {
	for ; p < end; p++ {
		if !s.is(p, isDigit) {
			return false
		}
	}
	return end >= len(s.b) || !s.is(end, isDigit)
}

func (s *scanner) birthYear(p int) bool {
	y := s.value(group{start: p, end: p + dateYear})
	return y >= birthFirst && y <= birthLast
}

// numericDate reads 31.12.1990, 12/31/90, 1990-12-31, 19901231 and 1990年12月31日.
func (s *scanner) numericDate(i, limit int) (end int, ok bool) {
	var part, digits [3]int
	var seps [3]byte
	p := i
	for n := range part {
		start := p
		for p < limit && p-start < 9 && s.is(p, isDigit) {
			part[n] = part[n]*10 + int(s.b[p]-'0')
			p++
		}
		digits[n], end = p-start, p
		if n == 0 && digits[0] >= 8 {
			return p, digits[0] == 8 && s.plainDate(i)
		}
		if digits[n] == 0 || n == 2 {
			break
		}
		if p+1 >= limit {
			return 0, false
		}
		seps[n] = s.b[p]
		if !s.dateSep(seps[n]) {
			return 0, false
		}
		p++
		for q := p; p < limit && p-q < 2 && s.b[p] == ' '; {
			p++
		}
	}
	if digits[2] == 0 || seps[0] != seps[1] && seps[0] < foldUnspaced || end < limit && s.is(end, isDigit) {
		return 0, false
	}
	if c := seps[1]; c >= foldUnspaced && end < limit && s.unspaced(end) {
		end++
	}
	if digits[0] == dateYear {
		return end, part[0] >= birthFirst && part[0] <= birthLast && digits[1] <= 2 && digits[2] <= 2 && dayMonth(part[2], part[1])
	}
	if digits[0] > 2 || digits[1] > 2 || digits[2] != 2 && digits[2] != dateYear {
		return 0, false
	}
	if digits[2] == dateYear && (part[2] < birthFirst || part[2] > birthLast) {
		return 0, false
	}
	return end, dayMonth(part[0], part[1]) || dayMonth(part[1], part[0])
}

func (s *scanner) dateSep(c byte) bool {
	return s.t.sep[c]&(sepDash|sepDot|sepSlash|sepSpace) != 0 && c != '\t' || isUnspaced(c)
}

// plainDate tells whether the eight digits at i are 19901231, 31121990 or 12311990.
func (s *scanner) plainDate(i int) bool {
	two := func(k int) int { return s.value(group{start: i + k, end: i + k + 2}) }
	if s.birthYear(i) && dayMonth(two(6), two(4)) {
		return true
	}
	return s.birthYear(i+4) && (dayMonth(two(0), two(2)) || dayMonth(two(2), two(0)))
}

// skip moves p over at most n characters that stand within a date.
func (s *scanner) skip(p, limit, n int) int {
	for ; p < limit && n > 0 && (s.b[p] == ' ' || s.b[p] == ',' || s.b[p] == '.' || s.b[p] == '-' || s.b[p] == '/'); n-- {
		p++
	}
	return p
}

// back moves p left over what skip moves right over.
func (s *scanner) back(p, n int) int {
	for ; p > s.floor && n > 0; n-- {
		if c := s.b[p-1]; c != ' ' && c != ',' && c != '.' && c != '-' && c != '/' && c != '\'' {
			break
		}
		p--
	}
	return p
}

// ordinal moves p over "st", "nd", "rd", "th", "er", "º".
func (s *scanner) ordinal(p, limit int) int {
	q := p
	for q < limit && q-p < 3 && s.is(q, isLower) {
		q++
	}
	if q-p <= 2 {
		return q
	}
	return p
}

// monthMax is the longest name of a month, in letters.
const monthMax = 12

// monthBefore returns where the name of a month begins that stands before p, or -1.
func (s *scanner) monthBefore(p int) int {
	p = s.back(p, 2)
	end := p
	for p > s.floor && end-p <= monthMax && s.is(p-1, isLetter) {
		p--
	}
	if p == end || end-p > monthMax || !s.t.ids.months[string(s.lowered(p, end))] {
		return -1
	}
	return p
}

// yearFirst returns the end of " May 3" after a year that ends at p, or 0.
func (s *scanner) yearFirst(p, limit int) int {
	p = s.skip(p, limit, 2)
	start := p
	for p < limit && p-start <= monthMax && s.is(p, isLetter) {
		p++
	}
	if p == start || p-start > monthMax || !s.t.ids.months[string(s.lowered(start, p))] {
		return 0
	}
	p = s.skip(p, limit, 2)
	start = p
	for p < limit && p-start < 3 && s.is(p, isDigit) {
		p++
	}
	if p == start || p-start > 2 {
		return 0
	}
	return p
}

// yearLast returns where the date begins whose year stands at i: 3 May 1990, May 3rd, 1990, 3 de mayo de 1990; or -1.
func (s *scanner) yearLast(i int) int {
	p := s.back(i, 3)
	if q := s.particle(p); q < p {
		p = s.back(q, 2)
	}
	if m := s.monthBefore(p); m >= 0 {
		p = s.back(m, 2)
		if q := s.particle(p); q < p {
			p = s.back(q, 2)
		}
		start := s.dayBefore(p)
		if start < 0 {
			return m
		}
		return start
	}
	day := s.dayBefore(p)
	if day < 0 {
		return -1
	}
	return s.monthBefore(day)
}

// particle moves p left over "de", "of", "del", "do".
func (s *scanner) particle(p int) int {
	q := p
	for q > s.floor && p-q < 4 && s.is(q-1, isLetter) {
		q--
	}
	switch string(s.lowered(q, p)) {
	case "de", "of", "del", "do", "den":
		return q
	}
	return p
}

// dayBefore returns where one or two digits, with or without an ordinal's letters, begin before p, or -1.
func (s *scanner) dayBefore(p int) int {
	end := p
	for p > s.floor && end-p < 3 && s.is(p-1, isLetter) {
		p--
	}
	if end-p > 2 {
		return -1
	}
	end = p
	for p > s.floor && end-p < 3 && s.is(p-1, isDigit) {
		p--
	}
	if n := end - p; n == 0 || n > 2 {
		return -1
	}
	return p
}
