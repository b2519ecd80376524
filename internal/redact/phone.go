package redact

import "slices"

// Bounds of ITU-T E.164, in digits.
const (
	phoneMax   = 15
	countryMax = 3
	nanpLen    = 10
	formMax    = 12 // digits of the longest group of a form

	areaMin     = 2 // digits of an area code in brackets
	areaMax     = 5
	nationalMin = 8 // and of the whole number that it begins
)

type phoneForm struct {
	Region string
	Starts []string
	Groups [][]int
	Score  int

	rule string
}

// phoneGrouping is one way to write a form: how many digits each of its groups has.
type phoneGrouping struct {
	form *phoneForm
	lens []int
}

// phoneTable is rules/phones.json.
type phoneTable struct {
	Threshold         int
	ContextRaise      int `json:"context_raise"`
	ContextLower      int `json:"context_lower"`
	International     int
	InternationalAny  int `json:"international_any"`
	InternationalRun  int `json:"international_run"`
	International00   int `json:"international_00"`
	International00In int `json:"international_00_plain"`
	ContextOnly       int `json:"context_only"`
	GTINPenalty       int `json:"gtin_penalty"`
	AreaInBrackets    int `json:"area_in_brackets"`
	Countries         map[string][2]int
	NANP              struct{ Paren, Dash, Dot, Space, Plain int }
	Forms             []phoneForm

	byGroups  [formMax + 1][formMax + 1][]phoneGrouping // by the digits of the first group and of the second, 0 where there is none
	countries [1000][2]int8                             // by calling code
	known     [1000]bool
}

func (t *tables) loadPhones() {
	p := &t.phones
	load("phones.json", p)
	for code, lengths := range p.Countries {
		n := atoi(code)
		p.known[n] = true
		p.countries[n] = [2]int8{int8(lengths[0]), int8(lengths[1])}
	}
	for k := range p.Forms {
		f := &p.Forms[k]
		f.rule = "phone.national." + f.Region
		for _, lens := range f.Groups {
			second := 0
			if len(lens) > 1 {
				second = lens[1]
			}
			list := &p.byGroups[lens[0]][second]
			*list = append(*list, phoneGrouping{f, lens})
		}
	}
	// The longest first: a form may be the beginning of another.
	for _, seconds := range p.byGroups {
		for _, list := range seconds {
			slices.SortStableFunc(list, func(a, b phoneGrouping) int { return len(b.lens) - len(a.lens) })
		}
	}
}

// candidate is a possible phone number: groups up to last, bytes start to end, and what it weighs by itself.
type candidate struct {
	last, start, end int
	score            int
	plain            bool
	rule             string
}

// phones finds phone numbers among the groups of a cluster that no other detector claimed.
func (s *scanner) phones(count, limit int) {
	for g := 0; g < count; g++ {
		if s.used[g] {
			continue
		}
		free := g
		for free < count && !s.used[free] {
			free++
		}
		if last := s.phone(g, free, limit); last >= 0 {
			g = last
		}
	}
}

// phone tries every way to read a number from group g on, the surest first, and returns its last group or -1.
func (s *scanner) phone(g, count, limit int) int {
	var c candidate
	ok := s.international(g, count, &c) && s.dials(&c, limit)
	ok = ok || s.nanp(g, count, &c) && s.dials(&c, limit)
	if n := s.groups[g].len(); !ok && n <= formMax {
		ok = s.nationals(s.t.phones.byGroups[n][0], g, count, limit, &c)
		if !ok && g+1 < count && s.groups[g+1].len() <= formMax {
			ok = s.nationals(s.t.phones.byGroups[n][s.groups[g+1].len()], g, count, limit, &c)
		}
	}
	ok = ok || s.labelled(g, count, &c) && s.dials(&c, limit)
	if !ok {
		return -1
	}
	s.claim(g, c.last, c.start, c.end, Phone, c.rule)
	return c.last
}

// dials weighs a candidate with its context.
func (s *scanner) dials(c *candidate, limit int) bool {
	t := &s.t.phones
	end := c.end
	if end < limit && s.is(end, isLetter) {
		end = s.extension(end, limit) // glued to the number
	}
	if !s.stands(c.start, end) || s.priced(c.start) || s.fraction(c.start) {
		return false
	}
	if c.end < len(s.b) && s.b[c.end] == '%' || s.selector(c.start) {
		return false
	}
	score := c.score
	says := s.near(c.start, c.end, contextPhone, c.plain)
	if says != lowers && s.articleNumber(c.start) && (says == neutral || s.near(c.start, len(s.b), contextPhone, c.plain) == raises) {
		says = lowers // what is said right before the number counts more than what is said further left
	}
	switch says {
	case raises:
		score += t.ContextRaise
	case lowers:
		score -= t.ContextLower
	default:
		if c.plain && s.productNumber(s.groups[c.last]) {
			score -= t.GTINPenalty
		}
	}
	if score < t.Threshold {
		return false
	}
	c.end = s.extension(c.end, limit)
	return true
}

// articleGap is how many characters may stand between the label of another number and that number.
const articleGap = 4

// articleNumber tells whether the number at start directly follows the label of something else: "Order code 020 9231 4498".
func (s *scanner) articleNumber(start int) bool {
	seen, ok := s.labelBefore(start)
	if !ok || seen.kind != otherThing || start-seen.end > articleGap {
		return false
	}
	for p := seen.end; p > seen.start; { // the label of a phone is one of something else to identifiers
		if !s.is(p-1, isLetter) {
			p--
			continue
		}
		end := p
		if p = s.wordStart(p, seen.start); s.wordSays(p, end, contextPhone, false) == raises {
			return false
		}
	}
	return true
}

// selector tells whether start follows a word and a dash or underscore, as in "part-415-555-2671".
func (s *scanner) selector(start int) bool {
	return start-2 >= s.floor && (s.b[start-1] == '-' || s.b[start-1] == '_') && s.is(start-2, isAlnum)
}

// openLeft moves start over the sign and bracket that belong to the number.
func (s *scanner) openLeft(g, start int) int {
	if start-1 >= s.floor && s.b[start-1] == '(' && (g == 0 || s.groups[g].sep&sepOpen != 0 || s.groups[g].start == start) {
		return start - 1
	}
	return start
}

// phoneSep tells whether group g may continue a phone number.
func (s *scanner) phoneSep(g int) bool {
	x := s.groups[g]
	if x.sep&(sepLine|sepPlus) != 0 {
		return false
	}
	return x.sep&sepDot == 0 || x.sepLen == 1
}

// international reads +49 30 123456 and 0049 30 123456.
func (s *scanner) international(g, count int, c *candidate) bool {
	start := s.groups[g].start
	plus := start-1 >= s.floor && s.b[start-1] == '+'
	sign := start - 1
	if !plus && start-2 >= s.floor && s.b[start-2] == '+' && (s.b[start-1] == '(' || s.b[start-1] == ' ') {
		plus, sign = true, start-2
	}
	skip := 0
	if !plus {
		if s.groups[g].len() < 3 && !(s.groups[g].len() == 2 && g+1 < count) || s.b[start] != '0' || s.b[start+1] != '0' {
			return false
		}
		skip, sign = 2, start
	}
	t := &s.t.phones
	last, score := s.internationalEnd(g, count, skip), t.International
	if last < 0 && plus {
		last, score = s.anyLength(g, count), t.InternationalAny
		if s.isRun(g) {
			last, score = g, t.InternationalRun
		}
	}
	if last < 0 {
		return false
	}
	if last == g+1 && s.joined(last, sepDot) && s.groups[g].len()-skip <= countryMax { // +12.3456789 is a coordinate
		return false
	}
	*c = candidate{last: last, start: s.openLeft(g, sign), end: s.groups[last].end, score: score, rule: "phone.international"}
	if !plus {
		c.score, c.plain = t.International00, last == g
		if c.plain {
			c.score = t.International00In
		}
	}
	return true
}

// internationalEnd returns the last group with which the digits from group g on, after skip of them, make a number of
// its country's length; the longest wins.
func (s *scanner) internationalEnd(g, count, skip int) int {
	best, total, zero := -1, -skip, 0
	var head [countryMax + 1]int
	n := 0
	for k := g; k < count && (k == g || s.phoneSep(k)); k++ {
		x := s.groups[k]
		if k > g && x.len() == 1 && s.b[x.start] == '0' && x.sep&sepOpen != 0 {
			zero = 1 // the (0) that is dialled only within the country
		}
		for i := x.start; i < x.end && n < countryMax; i++ {
			if i-x.start < skip && k == g {
				continue
			}
			head[n+1] = head[n]*10 + int(s.b[i]-'0')
			n++
		}
		total += x.len()
		if total-zero > phoneMax {
			break
		}
		if s.countryFits(head, n, total-zero) {
			best = k
		}
	}
	return best
}

// runMin is the least of digits after a "+" that are a number by themselves, without a label: fewer are an amount.
const runMin = 10

// isRun tells whether group g is an unbroken number that makes none of its country: mistyped, or of a plan that is not
// known.
func (s *scanner) isRun(g int) bool {
	n := s.groups[g].len()
	return n >= runMin && n <= phoneMax && s.b[s.groups[g].start] != '0'
}

// anyLength returns the last group of such a number in groups.
func (s *scanner) anyLength(g, count int) int {
	best, total := -1, 0
	for k := g; k < count && (k == g || s.phoneSep(k)); k++ {
		total += s.groups[k].len()
		if total > phoneMax {
			break
		}
		if total >= nationalMin {
			best = k
		}
	}
	return best
}

func (s *scanner) countryFits(head [countryMax + 1]int, n, total int) bool {
	for size := min(n, countryMax); size >= 1; size-- {
		code := head[size]
		if !s.t.phones.known[code] || code < [4]int{0, 1, 10, 100}[size] {
			continue
		}
		lengths := s.t.phones.countries[code]
		return total-size >= int(lengths[0]) && total-size <= int(lengths[1])
	}
	return false
}

// nanp reads the forms of North America: (415) 555-2671, 1-415-555-2671, 415.555.2671, 4155552671.
func (s *scanner) nanp(g, count int, c *candidate) bool {
	first := g
	if s.groups[g].len() == 1 && s.b[s.groups[g].start] == '1' && g+1 < count && s.phoneSep(g+1) {
		first = g + 1
	}
	area := s.groups[first]
	t := &s.t.phones.NANP
	if n := area.len(); first == g && (n == nanpLen || n == nanpLen+1 && s.b[area.start] == '1') {
		*c = candidate{last: g, start: area.start, end: area.end, score: t.Plain, plain: true, rule: "phone.nanp"}
		return s.nanpValid(area.end-nanpLen, area.end-nanpLen+3)
	}
	if area.len() != 3 || first+2 >= count || s.groups[first+1].len() != 3 || s.groups[first+2].len() != 4 ||
		!s.phoneSep(first+1) || !s.phoneSep(first+2) || !s.nanpValid(area.start, s.groups[first+1].start) {
		return false
	}
	if s.runsOn(g, first+2, count) {
		return false
	}
	*c = candidate{last: first + 2, start: s.openLeft(first, s.groups[g].start), end: s.groups[first+2].end, rule: "phone.nanp"}
	seps := s.groups[first+1].sep | s.groups[first+2].sep
	switch {
	case seps&sepClose != 0:
		c.score = t.Paren
	case seps&sepDash != 0:
		c.score = t.Dash
	case seps == sepDot:
		c.score = t.Dot
	case seps == sepSpace || seps&sepSlash != 0:
		c.score = t.Space
	default:
		return false
	}
	if first > g {
		c.score += 10
	}
	return true
}

// nanpValid checks the first digits of area code and exchange.
func (s *scanner) nanpValid(area, exchange int) bool {
	return s.b[area] >= '2' && s.b[exchange] >= '2' && !(s.b[area+1] == '1' && s.b[area+2] == '1')
}

// runsOn tells whether the number from g to last is a piece of a longer one with the same single separator.
func (s *scanner) runsOn(g, last, count int) bool {
	sep := s.groups[last].sep
	if sep != sepDash && sep != sepDot {
		return false
	}
	return g > 0 && s.joined(g, sep) || last+1 < count && s.joined(last+1, sep)
}

// nationals tries the groupings of national forms in their order.
func (s *scanner) nationals(list []phoneGrouping, g, count, limit int, c *candidate) bool {
	for k := range list {
		if lens := list[k].lens; len(lens) > 2 && (g+2 >= count || s.groups[g+2].len() != lens[2]) {
			continue
		}
		if s.national(g, count, &list[k], c) && s.dials(c, limit) {
			return true
		}
	}
	return false
}

// national reads the groups of one form.
func (s *scanner) national(g, count int, x *phoneGrouping, c *candidate) bool {
	lens := x.lens
	if g+len(lens) > count {
		return false
	}
	for k := 1; k < len(lens); k++ {
		if s.groups[g+k].len() != lens[k] || !s.phoneSep(g+k) {
			return false
		}
	}
	last := g + len(lens) - 1
	if !s.starts(g, last, x.form.Starts) || s.mixedDots(g, last) || s.runsOn(g, last, count) {
		return false
	}
	*c = candidate{
		last: last, start: s.openLeft(g, s.groups[g].start), end: s.groups[last].end,
		score: x.form.Score, plain: last == g, rule: x.form.rule,
	}
	return true
}

// starts tells whether the digits of the groups begin as one of the patterns.
func (s *scanner) starts(g, last int, patterns []string) bool {
	for _, p := range patterns {
		k, i := g, s.groups[g].start
		n := 0
		for ; n < len(p); n++ {
			if i == s.groups[k].end {
				if k == last {
					break
				}
				k++
				i = s.groups[k].start
			}
			if p[n] != '?' && p[n] != s.b[i] {
				break
			}
			i++
		}
		if n == len(p) {
			return true
		}
	}
	return false
}

// mixedDots tells whether dots stand between some groups only, as in a date and a time.
func (s *scanner) mixedDots(g, last int) bool {
	dots := 0
	for k := g + 1; k <= last; k++ {
		if s.groups[k].sep == sepDot {
			dots++
		}
	}
	return dots > 0 && dots < last-g
}

// labelled reads any digits in groups; only a label beside them makes them a phone number.
func (s *scanner) labelled(g, count int, c *candidate) bool {
	if g > 0 && !s.used[g-1] && s.phoneSep(g) && !s.newNumber(g) {
		return false // the middle of something
	}
	best, total := -1, 0
	for k := g; k < count && (k == g || s.phoneSep(k)); k++ {
		total += s.groups[k].len()
		if total > phoneMax {
			break
		}
		if total >= phoneDigits {
			best = k
		}
	}
	if best < 0 || s.dateLike(g, best) || s.mixedDots(g, best) {
		return false
	}
	*c = candidate{
		last: best, start: s.openLeft(g, s.groups[g].start), end: s.groups[best].end,
		score: s.t.phones.ContextOnly, plain: best == g, rule: "phone.labelled",
	}
	if c.start < s.groups[g].start && s.areaInBrackets(g, best) {
		c.score, c.rule = s.t.phones.AreaInBrackets, "phone.brackets"
	}
	return true
}

// areaInBrackets tells whether group g is an area code that its brackets close, and one or two long groups follow. A code
// of more than three digits begins with 0.
func (s *scanner) areaInBrackets(g, last int) bool {
	area := s.groups[g].len()
	if last == g || last > g+2 || s.groups[g+1].sep&sepClose == 0 || area < areaMin || area > areaMax || area > 3 && s.b[s.groups[g].start] != '0' {
		return false
	}
	digits := area
	for k := g + 1; k <= last; k++ {
		if s.groups[k].len() < 3 {
			return false
		}
		digits += s.groups[k].len()
	}
	return digits >= nationalMin
}

// newNumber tells whether a bracket or sign makes group g the beginning of a number.
func (s *scanner) newNumber(g int) bool { return s.groups[g].sep&(sepOpen|sepPlus) != 0 }

// dateLike tells 12/31/2026 and 2026-12-31.
func (s *scanner) dateLike(g, last int) bool {
	if last-g < 2 {
		return false
	}
	a, b, c := s.groups[g].len(), s.groups[g+1].len(), s.groups[g+2].len()
	return a == 4 && b <= 2 && c <= 2 || a <= 2 && b <= 2 && c == 4 && last == g+2
}

// extensionMax is the longest extension, in digits.
const extensionMax = 6

// extension moves end over " x123", " ext. 123".
func (s *scanner) extension(end, limit int) int {
	k := end
	for k < limit && k-end < 2 && (s.b[k] == ' ' || s.b[k] == ',') {
		k++
	}
	word := k
	for k < limit && s.is(k, isLetter) && k-word <= 9 {
		k++
	}
	switch string(s.lowered(word, k)) {
	case "x", "ext", "extn", "extension", "durchwahl", "poste":
	default:
		return end
	}
	for k < limit && (s.b[k] == '.' || s.b[k] == ' ' || s.b[k] == ':') && k-word < 12 {
		k++
	}
	digits := k
	for k < limit && s.is(k, isDigit) {
		k++
	}
	if k == digits || k-digits > extensionMax {
		return end
	}
	return k
}

// productNumber tells whether a plain number passes the check of GTIN-12, -13 or -14, or of ISBN-10, and so is as
// likely to be on a label.
func (s *scanner) productNumber(g group) bool {
	n := g.len()
	if n == 10 {
		sum := 0
		for k := range n {
			sum += (n - k) * int(s.b[g.start+k]-'0')
		}
		return sum%11 == 0
	}
	if n < 12 || n > 14 {
		return false
	}
	sum := 0
	for k := range n {
		weight := 1
		if (n-1-k)%2 == 1 {
			weight = 3
		}
		sum += weight * int(s.b[g.start+k]-'0')
	}
	return sum%10 == 0
}
