package redact

import "bytes"

// Mail addresses that somebody wrote so that no machine reads them: ann (at) example (dot) com, ann AT example DOT com,
// "mail ann at example dot com", and those that lines or blanks cut at their signs.

// bracketsMax is the longest word in brackets, with its blanks, in characters.
const bracketsMax = 12

// splitMail reads the address whose sign is at place at and that blanks or line ends cut, if it is one.
func (s *scanner) splitMail(at, from, hi int) (start, end int) {
	left, right := at, at+1
	for left > from && at-left < 2 && s.is(left-1, isBlank) {
		left--
	}
	for right < hi && right-at < 3 && s.is(right, isBlank) {
		right++
	}
	start = s.mailLocal(left, from)
	if start == left {
		return at, 0
	}
	end, plain := s.spelledDomain(right, hi)
	sure := s.mailLike(start, left) || !plain && right > at+1
	if end == 0 || !sure && (left < at || s.b[at+1] == ' ') {
		return at, 0 // "follow us @example.com"
	}
	return start, end
}

// mailLike tells the local part of an address from a word.
func (s *scanner) mailLike(start, end int) bool {
	for k := start + 1; k < end; k++ {
		if s.is(k, isDigit) || s.b[k] == '.' || s.b[k] == '_' {
			return true
		}
	}
	return false
}

// spelledDomain returns the end of the domain that begins at i, whose dots may be words or stand between blanks, or 0.
// Its last label is a known one. plain says that all of its dots are dots.
func (s *scanner) spelledDomain(i, hi int) (end int, plain bool) {
	hi = min(hi, i+domainMax)
	plain = true
	for at, labels := i, 0; ; labels++ {
		start := at
		for at < hi && (s.is(at, isAlnum) || s.b[at] == '-') {
			at++
		}
		if at == start {
			return end, plain
		}
		if labels > 0 && s.t.network.topLevel[string(s.lowered(start, at))] {
			end = at
		}
		next := s.spelledDot(at, hi)
		if next == 0 || end > 0 && next > at+1 && !s.countryAt(next, hi) {
			return end, plain
		}
		plain = plain && next == at+1
		at = next
	}
}

// countryAt tells whether a top-level label of two letters stands at i: "example dot co dot uk".
func (s *scanner) countryAt(i, hi int) bool {
	return i+2 <= hi && s.t.network.topLevel[string(s.lowered(i, i+2))] && (i+2 == hi || !s.is(i+2, isAlnum))
}

// spelledDot returns where the next label of a domain begins after what stands for a dot at i, or 0.
func (s *scanner) spelledDot(i, hi int) int {
	if i+1 >= hi {
		return 0
	}
	if s.b[i] == '.' {
		if s.is(i+1, isAlnum) {
			return i + 1
		}
		return 0
	}
	k := i
	if s.is(k, isBlank) {
		k++
	}
	if s.b[k] == '.' && k+1 < hi { // " . " or a line that begins with the dot
		if s.b[i] == '\n' && s.is(k+1, isAlnum) {
			return k + 1
		}
		if k > i && k+2 < hi && s.b[k+1] == ' ' && s.is(k+2, isAlnum) {
			return k + 2
		}
		return 0
	}
	if end := s.bracketed(k, hi, s.t.network.dots); end > 0 {
		if end < hi && s.b[end] == ' ' {
			end++
		}
		return end
	}
	if k > i && k+4 < hi && s.b[k+3] == ' ' && (s.hasPrefix(k, hi, "dot") || s.hasPrefix(k, hi, "DOT")) {
		return k + 4
	}
	return 0
}

// bracketed returns the end of the brackets at i that hold one of the words, or 0.
func (s *scanner) bracketed(i, hi int, words map[string]bool) int {
	hi = min(hi, i+bracketsMax)
	if i >= hi {
		return 0
	}
	n := bytes.IndexByte([]byte("([{<"), s.b[i])
	if n < 0 {
		return 0
	}
	k := i + 1
	for k < hi && s.b[k] == ' ' {
		k++
	}
	start := k
	for k < hi && !s.is(k, isBlank) && s.b[k] != ")]}>"[n] {
		k++
	}
	if !words[string(s.lowered(start, k))] {
		return 0
	}
	for k < hi && s.b[k] == ' ' {
		k++
	}
	if k >= hi || s.b[k] != ")]}>"[n] {
		return 0
	}
	return k + 1
}

// bracketMail finds the address whose "(at)" is at i.
func (s *scanner) bracketMail(i, hi int) int {
	end := s.bracketed(i, hi, s.t.network.ats)
	if end == 0 {
		return 0
	}
	left := i
	if left > s.floor && s.b[left-1] == ' ' {
		left--
	}
	if end < hi && s.b[end] == ' ' {
		end++
	}
	start := s.spelledLocal(left, s.floor)
	s.sawFar(i, min(hi, i+domainMax))
	if end, _ = s.spelledDomain(end, hi); end == 0 || start == left {
		return 0
	}
	return s.add(start, end, Email, "email.spelled")
}

// capitalMail finds the address whose " AT " begins with the A at i.
func (s *scanner) capitalMail(i, hi int) int {
	if i-2 < s.floor || s.b[i-1] != ' ' || !s.hasPrefix(i, hi, "AT ") {
		return 0
	}
	start := s.spelledLocal(i-1, s.floor)
	s.sawFar(i, min(hi, i+domainMax))
	end, plain := s.spelledDomain(i+3, hi)
	if start == i-1 || end == 0 || plain && !s.mailLike(start, i-1) {
		return 0
	}
	return s.add(start, end, Email, "email.spelled")
}

// spelledParts is how many dots of a local part may be words.
const spelledParts = 3

// spelledLocal is mailLocal for a local part that may have words for dots.
func (s *scanner) spelledLocal(end, from int) int {
	start := s.mailLocal(end, from)
	for range spelledParts {
		part := s.dotBefore(start, from)
		if start == end || part < 0 {
			break
		}
		first := s.mailLocal(part, from)
		if first == part {
			break
		}
		start = first
	}
	return start
}

// dotBefore returns where a part of an address ends that what stands for a dot joins to the part at i, or -1.
func (s *scanner) dotBefore(i, from int) int {
	p := i
	if p > from && s.b[p-1] == ' ' {
		p--
	}
	if p-len(" dot") >= from && p < i && (s.hasPrefix(p-4, p, " dot") || s.hasPrefix(p-4, p, " DOT")) {
		return p - 4
	}
	for q := p - 1; q > from && p-q < bracketsMax; q-- {
		if s.bracketed(q, p, s.t.network.dots) != p {
			continue
		}
		if s.b[q-1] == ' ' {
			q--
		}
		return q
	}
	return -1
}

const wordDot = " dot "

// saidMail looks for an address such as "ann at example dot com" in b[from:hi], and makes it the next one.
func (s *scanner) saidMail(from, hi int) {
	for d := s.nextDot(from, hi); d < hi; d = s.nextDot(d+1, hi) {
		label := d
		for label > from && d-label < localMax && (s.is(label-1, isAlnum) || s.b[label-1] == '-' || s.b[label-1] == '.') {
			label--
		}
		left := label - len(" at ")
		if left <= from || !s.hasPrefix(left, hi, " at ") {
			continue
		}
		local, start := s.mailLocal(left, from), s.spelledLocal(left, from)
		end, _ := s.spelledDomain(label, hi)
		if local < left && end > 0 && (start < local || s.mailLike(start, left) || s.flags(start, left)&wordFunction == 0 && s.mailWord(start, from)) {
			s.mailStart, s.mailEnd = start, end
			return
		}
	}
}

// nextDot returns the next place of " dot " from i on, or hi. It looks at no part of the text twice.
func (s *scanner) nextDot(i, hi int) int {
	if s.dotAt < i {
		s.dotAt = len(s.b)
		if end := min(len(s.b), s.dotLimit); i < end {
			if n := bytes.Index(s.b[i:end], []byte(wordDot)); n >= 0 {
				s.dotAt = i + n
			}
		}
	}
	return min(s.dotAt, hi)
}

// mailReach is how far left of an address a word may say that it is one, in characters.
const mailReach = 24

// mailWord tells whether a word such as "mail" stands before i.
func (s *scanner) mailWord(i, from int) bool {
	limit := max(from, i-mailReach)
	for p := i; p > limit; {
		if !s.is(p-1, isLetter) {
			if s.sentenceEnd(p-1) || s.b[p-1] == ']' { // the words of placeholders say nothing
				return false
			}
			p--
			continue
		}
		end := p
		for p > limit && s.is(p-1, isLetter) {
			p--
		}
		if s.t.network.mailWords[string(s.lowered(p, end))] {
			return true
		}
	}
	return false
}
