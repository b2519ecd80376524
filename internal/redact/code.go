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
	if n := end - start; n < labelledMin || n > labelledMax+1 || !s.free(start, end) || s.codeGoesOn(end) || s.noPIN(seen.start, seen.end, end) {
		return 0
	}
	return s.add(start, end, Secret, "secret.code")
}

// codeEnd returns the end of the first group of the cluster, or of the last where they are halves or thirds of a code.
func (s *scanner) codeEnd(count int) int {
	g := s.groups[0]
	if count == 3 && g.len() == 2 && s.groups[1].len() == 2 && s.groups[2].len() == 2 && s.joined(1, sepSpace) && s.joined(2, sepSpace) {
		return s.groups[2].end
	}
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

// signMax bounds the sign that may stand for the verb, with its blanks, in characters: "482913 - your code".
const signMax = 3

// codeBefore reads a one-time code that is followed by what it is.
func (s *scanner) codeBefore(i, limit, count int) int {
	end := s.codeEnd(count)
	if n := end - i; n < labelledMin || n > labelledMax+1 || count > 2 || end+4 > limit {
		return 0
	}
	sign := s.b[end] == ':' || s.b[end] == ' ' && s.b[end+1] == '-'
	if !sign && (s.b[end] != ' ' || !s.is(end+1, isLetter|isBlank)) {
		return 0
	}
	start := s.codeSender(i)
	if start == i && !s.free(i, end) {
		return 0
	}
	p := end
	if sign {
		for p < limit && p-end < signMax && (s.b[p] == ' ' || s.b[p] == ':' || s.b[p] == '-') {
			p++
		}
	}
	for n := range wordsAfter {
		for p < limit && (s.b[p] == ' ' || s.b[p] == '-' && n > 1) {
			p++
		}
		begin := p
		for p < limit && s.is(p, isLetter) {
			p++
		}
		if p == begin {
			return 0
		}
		word := s.lowered(begin, p)
		if n == 0 {
			if sign && !s.t.secrets.owners[string(word)] || !sign && !s.t.ids.verbs[string(word)] {
				return 0
			}
			continue
		}
		if s.otherWord(word) {
			return 0
		}
		if s.t.ids.nouns[string(word)] {
			return s.add(start, end, Secret, "secret.code")
		}
	}
	return 0
}

// codeSender returns where a code begins whose digits begin at i and that its sender put a letter before: G-482913.
func (s *scanner) codeSender(i int) int {
	if i-2 < s.floor || s.b[i-1] != '-' || !s.is(i-2, isUpper) || i-2 > s.floor && !s.is(i-3, isBlank) {
		return i
	}
	return i - 2
}

// Bounds of the words around a code that somebody is asked to enter or to keep to himself, in words.
const (
	shareWords = 12
	proveWords = 3
	askReach   = 160 // in characters
)

// codeAsked reads a one-time code that one is asked to enter ("use 482913 to sign in"), or not to share ("your Example
// code: 482913. Don't share it").
func (s *scanner) codeAsked(i, limit, count int) int {
	end := s.codeEnd(count)
	if n := end - i; n < labelledMin || n > labelledMax+1 || count > 2 {
		return 0
	}
	p := i
	for p > s.floor && i-p < 2 && (s.b[p-1] == ' ' || s.b[p-1] == ':') {
		p--
	}
	if p == i || p-1 <= s.floor || !s.t.secrets.askEnd[nameEnd(s.b[p-2], s.b[p-1])] {
		return 0
	}
	start := p
	for start > s.floor && p-start < wordMax && s.is(start-1, isLetter) {
		start--
	}
	if start == p {
		return 0
	}
	word := s.lowered(start, p)
	noun := s.t.ids.nouns[string(word)]
	if !noun && !s.t.secrets.ask[string(word)] || !s.free(i, end) || !s.codeFollowed(end, limit, noun) {
		return 0
	}
	return s.add(i, end, Secret, "secret.code")
}

// codeFollowed tells whether the words after a code say what it proves, or (after a noun) that it is not to be shared.
func (s *scanner) codeFollowed(p, limit int, noun bool) bool {
	limit = min(limit, p+askReach)
	start, never := p, false
	for n := range shareWords {
		for p < limit && !s.is(p, isLetter) && !s.is(p, isDigit) {
			p++
		}
		begin := p
		for p < limit && p-begin < wordMax && (s.is(p, isLetter) || s.b[p] == '\'') {
			p++
		}
		s.sawFar(start, p)
		if p == begin {
			return false
		}
		word := s.lowered(begin, p)
		if n < proveWords && s.t.secrets.prove[string(word)] || never && s.t.secrets.share[string(word)] {
			return true
		}
		if n == 0 && !noun && string(word) != "to" {
			return false
		}
		never = never || noun && s.t.secrets.never[string(word)]
	}
	return false
}

// Lengths of a one-time or card verification code, in digits.
const (
	codeMin = 3
	codeMax = 8
)

// oneTimeCode finds the code after "verification code", "CVV", "PIN" in the first group of a cluster, which has as many
// digits as a code.
func (s *scanner) oneTimeCode(count int) int {
	g := s.groups[0]
	end := g.end
	if count > 1 && (g.len() == 3 || count == 2 && g.len() == 4 && s.joined(1, sepDash)) && s.groups[1].len() == g.len() && s.groups[1].sepLen == 1 {
		end = s.groups[1].end
	}
	if s.floor >= g.start-2 {
		return 0
	}
	k := g.start
	for k > s.floor && g.start-k < 3 && (s.b[k-1] == ' ' || s.b[k-1] == ':' || s.b[k-1] == '#' || s.b[k-1] == ')' || s.b[k-1] == '=' || s.b[k-1] == '\n' || s.b[k-1] == '-' && s.b[k] == ' ') {
		k--
	}
	if k == g.start {
		return 0
	}
	if k > 1 && !s.t.secrets.coderEnd.may(s.b[k-2], s.b[k-1]) {
		return 0
	}
	k, word := s.codeWord(k)
	if word == k-2 && string(s.lowered(word, k)) == "is" {
		for k = word; k > s.floor && s.b[k-1] == ' '; {
			k--
		}
		k, word = s.codeWord(k)
	}
	if word == k || !s.t.secrets.coders[string(s.lowered(word, k))] || s.noPIN(word, k, end) {
		return 0
	}
	return s.add(g.start, end, Secret, "secret.code")
}

// noPIN tells whether the number that ends at end and follows the label b[label:k] is the year of a pin that is worn, or a
// postal index number of India.
func (s *scanner) noPIN(label, k, end int) bool {
	g := s.groups[0]
	switch string(s.lowered(label, k)) {
	case "pin":
		return k == g.start-1 && s.b[k] == ' ' && g.len() == 4 && end == g.end && (s.hasPrefix(g.start, end, "19") || s.hasPrefix(g.start, end, "20"))
	case "pin code", "pin-code", "pincode":
		return (g.len() == 6 || end-g.start == 7) && s.b[g.start] >= '1' && s.b[g.start] <= '8' && !s.hasOwner(label)
	}
	return false
}

// codeWord returns the label that ends at k: a word, or two joined by a space or dash where the last is "code" or
// "password".
func (s *scanner) codeWord(k int) (end, start int) {
	start = k
	for start > s.floor && s.is(start-1, isUpper|isLower|isDigit) {
		start--
	}
	if w := s.lowered(start, k); string(w) != "code" && string(w) != "password" {
		return k, start
	}
	p := start
	if p > s.floor && (s.b[p-1] == ' ' || s.b[p-1] == '-') {
		p--
		for p > s.floor && (s.is(p-1, isUpper|isLower|isDigit) || s.b[p-1] == '-') {
			p--
		}
		return k, p
	}
	return k, start
}
