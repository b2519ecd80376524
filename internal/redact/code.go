package redact

// Lengths of a one-time code that a label in the window tells, in characters.
const (
	labelledMin = 4
	labelledMax = 8
)

// labelledCode reads the one-time code that a label stands directly before: digits, in two groups or not, or capitals and
// digits.
func (s *scanner) labelledCode(i, limit, lead, count int, seen seenLabel) int {
	start, end := i-lead, s.codeEnd(count)
	for end < limit && s.is(end, isUpper|isDigit) {
		end++
	}
	if start < seen.end || !s.direct(seen, start) || s.priced(start) || s.fraction(start) {
		return 0
	}
	for k := start; k < i; k++ {
		if !s.is(k, isUpper) {
			return 0
		}
	}
	if n := end - start; n < labelledMin || n > labelledMax+1 || !s.free(start, end) || s.codeGoesOn(end) {
		return 0
	}
	return s.add(start, end, Secret, "secret.code")
}

// codeEnd returns the end of the first group of the cluster, or of the second where both are halves of a code.
func (s *scanner) codeEnd(count int) int {
	g := s.groups[0]
	if count == 2 && g.len() >= 3 && g.len() <= 4 && s.groups[1].len() == g.len() && s.groups[1].sepLen == 1 && s.groups[1].sep&(sepSpace|sepDash) != 0 {
		return s.groups[1].end
	}
	return g.end
}

// codeGoesOn tells whether a percent sign, colon or symbol after the number makes it a measure or a time.
func (s *scanner) codeGoesOn(end int) bool {
	if end >= len(s.b) {
		return false
	}
	c := s.b[end]
	return c == '%' || c == '$' || c == ':' && end+1 < len(s.b) && s.is(end+1, isDigit)
}

// wordsAfter is how many words after a number may tell that it is a code: "482913 is your Example verification code".
const wordsAfter = 6

// codeBefore reads a one-time code that is followed by what it is.
func (s *scanner) codeBefore(i, limit, count int) int {
	end := s.codeEnd(count)
	if n := end - i; n < labelledMin || n > labelledMax+1 || count > 2 || end+4 > limit || s.b[end] != ' ' || !s.free(i, end) {
		return 0
	}
	p := end
	for n := range wordsAfter {
		for p < limit && s.b[p] == ' ' {
			p++
		}
		start := p
		for p < limit && s.is(p, isLetter) {
			p++
		}
		if p == start {
			return 0
		}
		word := s.lowered(start, p)
		if n == 0 {
			if !s.t.ids.verbs[string(word)] {
				return 0
			}
			continue
		}
		if l, ok := s.t.labels.byText[string(word)]; ok && l.kind == otherThing {
			return 0
		}
		if s.t.ids.nouns[string(word)] {
			return s.add(i, end, Secret, "secret.code")
		}
	}
	return 0
}
