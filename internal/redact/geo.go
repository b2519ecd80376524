package redact

// How exact a place must be, in decimals: four are eleven metres.
const (
	geoDigits   = 6 // digits of the shortest first number of a pair without a label
	geoDecimals = 4 // of both numbers of a pair without a label
	geoLabelled = 3 // after a label
	geoPair     = 2 // of both numbers of a pair after a label
	geoGap      = 12
)

// degrees is one number of a place.
type degrees struct {
	start, end      int
	whole, decimals int
}

// degreesAt reads the number whose first digit is at i, with its sign and what stands for its direction.
func (s *scanner) degreesAt(i, limit int) (d degrees, ok bool) {
	d.start = i
	if i > s.floor && (s.b[i-1] == '-' || s.b[i-1] == '+') {
		d.start--
	}
	p := i
	for p < limit && p-i < 4 && s.is(p, isDigit) {
		d.whole = d.whole*10 + int(s.b[p]-'0')
		p++
	}
	if p == i || p-i > 3 || d.whole > 180 || p+1 >= limit || s.b[p] != '.' || !s.is(p+1, isDigit) {
		return d, false
	}
	for p++; p < limit && s.is(p, isDigit); p++ {
		d.decimals++
	}
	d.end = s.direction(p, limit)
	return d, d.decimals <= 16 && (d.end >= len(s.b) || !s.is(d.end, isAlnum) && s.b[d.end] != '.' || s.b[d.end] == '.' && (d.end+1 >= len(s.b) || !s.is(d.end+1, isDigit)))
}

// direction moves p over "° N", "°", " W".
func (s *scanner) direction(p, limit int) int {
	q := p
	if q < limit && s.b[q] == foldSymbol {
		q++
		p = q
	}
	if q < limit && s.b[q] == ' ' {
		q++
	}
	if q < limit && s.compass(s.b[q]) && (q+1 >= len(s.b) || !s.is(q+1, isAlnum)) {
		return q + 1
	}
	return p
}

func (s *scanner) compass(c byte) bool {
	return c == 'N' || c == 'S' || c == 'E' || c == 'W' || c == 'O'
}

// pair returns the second number after the first one d.
func (s *scanner) pair(d degrees, limit int) (degrees, bool) {
	p := d.end
	for n := 0; p < limit && n < 4 && (s.b[p] == ',' || s.b[p] == ' ' || s.b[p] == ';' || s.b[p] == '/' || s.b[p] == '+'); n++ {
		p++
	}
	if p == d.end {
		return d, false
	}
	if p < limit && (s.b[p] == '-' || s.b[p] == '+') {
		p++
	}
	if p >= limit || !s.is(p, isDigit) {
		return d, false
	}
	return s.degreesAt(p, limit)
}

// coordinates reads a pair of numbers that are exact enough to be a place.
func (s *scanner) coordinates(i, limit int) int {
	return s.place2(i, limit, geoDecimals)
}

func (s *scanner) place2(i, limit, decimals int) int {
	a, ok := s.degreesAt(i, limit)
	if !ok || a.decimals < decimals || a.whole > 90 || s.priced(a.start) || a.start > s.floor && (s.is(a.start-1, isAlnum) || s.b[a.start-1] == '.') {
		return 0
	}
	b, ok := s.pair(a, limit)
	if !ok || b.decimals < decimals {
		return 0
	}
	return s.add(a.start, b.end, Geo, "geo.pair")
}

// coordinate reads a pair or a single number after a label such as "lat".
func (s *scanner) coordinate(i, limit int, seen seenLabel) int {
	if i-seen.end > s.t.ids.Reach || s.fraction(i) || s.priced(i) {
		return 0
	}
	if end := s.place2(i, limit, geoPair); end > 0 {
		return end
	}
	d, ok := s.degreesAt(i, limit)
	if !ok || d.decimals < geoLabelled || seen.weak && d.decimals < geoDecimals || d.start < seen.end || d.start-seen.end > geoGap || !s.direct(seen, d.start) {
		return 0
	}
	return s.add(d.start, d.end, Geo, "geo.labelled")
}

// minutes reads 48°51'29"N 2°17'40"E, whose first digit is at i.
func (s *scanner) minutes(i, limit int) int {
	end := s.angle(i, limit)
	if end == 0 || s.fraction(i) {
		return 0
	}
	p := end
	for p < limit && p-end < 3 && (s.b[p] == ' ' || s.b[p] == ',') {
		p++
	}
	if second := s.angle(p, limit); second > 0 {
		end = second
	}
	return s.add(i, end, Geo, "geo.minutes")
}

// angle returns the end of degrees, minutes, seconds and a direction, or 0.
func (s *scanner) angle(p, limit int) int {
	for _, mark := range [3]byte{foldSymbol, '\'', '"'} {
		start := p
		for p < limit && p-start < 8 && (s.is(p, isDigit) || s.b[p] == '.') {
			p++
		}
		if p == start {
			if mark == foldSymbol {
				return 0
			}
			continue
		}
		if p >= limit || s.b[p] != mark {
			return 0
		}
		p++
		if p < limit && s.b[p] == ' ' {
			p++
		}
	}
	if p < limit && s.compass(s.b[p]) && (p+1 >= len(s.b) || !s.is(p+1, isLetter)) {
		return p + 1
	}
	return 0
}
