package redact

// Bounds of a cluster: digit groups that stand close enough to be one number.
const (
	maxGroups   = 32 // groups looked at together
	stepGroups  = 24 // and of those, after which the next cluster begins, so that nothing is cut at the border
	maxSepLen   = 3  // characters between two groups, such as ") -"
	phoneDigits = 7  // the shortest number worth a look
	cardDigits  = 12
)

// group is a run of digits b[start:end], and what separates it from the group before.
type group struct {
	start, end int
	sep        byte // set of sep* classes
	sepLen     int
}

// number looks at the digits that begin at i, and returns the next place to look at.
func (s *scanner) number(i, hi int) int {
	if i > s.floor && s.is(i-1, isUpper|isLower) {
		if end := s.iban(i, hi); end > 0 {
			return end
		}
	}
	if s.maySay(i) {
		if end := s.saidPassword(i, hi); end > 0 {
			return end
		}
	}
	if i >= s.keyEnd && (i > s.floor && (s.b[i-1] == '-' || s.is(i-1, isUpper)) || s.mayGroup(i, hi)) {
		if end := s.groupedKey(i, hi); end > 0 {
			return end
		}
	}
	if i+2 < hi && (s.is(i+1, isUpper|isLower) || i > s.floor && s.is(i-1, isUpper|isLower)) {
		if end := s.fours(i, hi); end > 0 {
			return end
		}
	}
	if i+2 < hi && (s.b[i+2] == '-' || s.b[i+1] == '-') {
		if end := s.dashedMAC(i, hi); end > 0 {
			return end
		}
	}
	limit := min(hi, s.mailStart)
	count, digits, next := s.cluster(i, limit)
	s.sawFar(i, s.groups[count-1].end)
	if after := s.groups[0].end; after < hi && (s.b[after] == '.' || s.is(after, isHex)) {
		if end := s.dottedMAC(i, hi); end > 0 {
			return end
		}
	}
	if count <= 2 && digits == indianCode && !s.inURL {
		if end := s.indianAddress(count, hi); end > 0 {
			return end
		}
	}
	if n := s.groups[0].len(); n >= codeMin && n <= codeMax {
		if end := s.oneTimeCode(count); end > 0 {
			return end
		}
	}
	if end := s.identifier(i, limit, count, digits); end > 0 {
		return end
	}
	if end := s.address(count, hi); end > 0 {
		return end
	}
	if digits < phoneDigits && count < 4 {
		if count == 1 && digits == 4 {
			return max(next, s.oddCard(i, limit))
		}
		return next
	}
	if end := s.uuid(i, limit); end > 0 {
		return end
	}
	mark := len(s.spans)
	if digits >= cardDigits {
		s.cards(count)
	}
	if count >= 4 {
		s.ipv4(count)
	}
	if digits >= phoneDigits {
		s.phones(count, limit)
	}
	s.order(mark)
	if n := len(s.spans); n > mark {
		s.moveFloor(s.spans[n-1].End)
		return s.floor
	}
	return next
}

// cluster fills s.groups from i on. It returns how many groups and digits there are and where to look next.
func (s *scanner) cluster(i, limit int) (count, digits, next int) {
	b, sep, sepLen := s.b[:limit], byte(0), 0
	for p := i; ; {
		start := p
		for p < len(b) && b[p]-'0' <= 9 {
			p++
		}
		s.groups[count] = group{start, p, sep, sepLen}
		s.used[count] = false
		count++
		digits += p - start
		if count == maxGroups {
			return count, digits, s.groups[stepGroups].start
		}
		q := p
		sep = 0
		for q < len(b) && q-p <= maxSepLen && s.t.sep[b[q]] != 0 {
			sep |= s.t.sep[b[q]]
			q++
		}
		sepLen = q - p
		if sepLen == 0 || sepLen > maxSepLen || q >= len(b) || b[q]-'0' > 9 {
			return count, digits, p
		}
		p = q
	}
}

// claim records what the groups from g to last are.
func (s *scanner) claim(g, last, start, end int, t Type, rule string) {
	for k := g; k <= last; k++ {
		s.used[k] = true
	}
	s.spans = append(s.spans, Span{Start: start, End: end, Type: t, Rule: rule})
}

// order sorts the spans that one cluster added; there are few, and they do not overlap.
func (s *scanner) order(mark int) {
	for i := mark + 1; i < len(s.spans); i++ {
		for k := i; k > mark && s.spans[k].Start < s.spans[k-1].Start; k-- {
			s.spans[k], s.spans[k-1] = s.spans[k-1], s.spans[k]
		}
	}
}

// joined tells whether group g follows the one before with exactly this one separator.
func (s *scanner) joined(g int, sep byte) bool {
	return s.groups[g].sep == sep && s.groups[g].sepLen == 1
}

func (s *scanner) value(g group) int {
	v := 0
	for k := g.start; k < g.end; k++ {
		v = v*10 + int(s.b[k]-'0')
	}
	return v
}

func (g group) len() int { return g.end - g.start }

// glueMin is how many letters that touch a number make a word glued to it ("card4111…"); fewer belong to the same code.
const glueMin = 3

// glued counts the letters that touch b[start:end] on the left and on the right, up to glueMin.
func (s *scanner) glued(start, end int) (left, right int) {
	for left < glueMin && start-left-1 >= s.floor && s.is(start-left-1, isLetter) {
		left++
	}
	for right < glueMin && end+right < len(s.b) && s.is(end+right, isLetter) {
		right++
	}
	return left, right
}

// stands tells whether the number b[start:end] is not a part of a code such as a hash or a class name.
func (s *scanner) stands(start, end int) bool {
	left, right := s.glued(start, end)
	return (left == 0 || left == glueMin) && (right == 0 || right == glueMin)
}

// fraction tells whether the digits at start are what follows a decimal point.
func (s *scanner) fraction(start int) bool {
	return start-2 >= s.floor && s.b[start-1] == '.' && s.is(start-2, isDigit)
}

// priced tells whether a currency sign stands before start.
func (s *scanner) priced(start int) bool {
	k := start - 1
	if k >= s.floor && s.b[k] == ' ' {
		k--
	}
	return k >= s.floor && s.b[k] == '$'
}

// uuidLen is the length of a UUID's text form.
const uuidLen = 36

// uuid returns the end of the UUID that the digits at i stand in, or 0.
func (s *scanner) uuid(i, limit int) int {
	u := i
	for u > s.floor && i-u < uuidLen && (s.is(u-1, isHex) || s.b[u-1] == '-') {
		u--
	}
	if u+uuidLen > len(s.b) || u+uuidLen > limit && limit < len(s.b) {
		return 0
	}
	if !s.uuidAt(u) || u+uuidLen <= i {
		return 0
	}
	return u + uuidLen
}

func (s *scanner) uuidAt(u int) bool {
	if u+uuidLen > len(s.b) {
		return false
	}
	for k := range uuidLen {
		if k == 8 || k == 13 || k == 18 || k == 23 {
			if s.b[u+k] != '-' {
				return false
			}
		} else if !s.is(u+k, isHex) {
			return false
		}
	}
	end := u + uuidLen
	return end == len(s.b) || !s.is(end, isAlnum)
}
