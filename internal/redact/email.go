package redact

import "bytes"

// Bounds of RFC 5321, with room for what people glue to an address, in characters.
const (
	localMax  = 128
	domainMax = 253
	quotedMax = 66
)

// nextMail finds the first mail address in b[from:hi] and keeps its place; without one, the place is hi.
func (s *scanner) nextMail(from, hi int) {
	if s.signStart < from {
		s.nextSign(from, hi)
	}
	s.mailStart, s.mailEnd = s.signStart, s.signEnd
	s.saidMail(from, s.mailStart)
}

// nextSign is nextMail for the addresses that hold an "@".
func (s *scanner) nextSign(from, hi int) {
	for at := from; at < hi; at++ {
		n := bytes.IndexByte(s.b[at:hi], '@')
		if n < 0 {
			break
		}
		at += n
		start, end := s.mailLocal(at, from), s.mailDomain(at+1, hi)
		if start == at && end > 0 {
			start = s.unspacedLocal(at, from, end)
		}
		if start == at || end == 0 {
			start, end = s.splitMail(at, from, hi)
		}
		if start < at && end > 0 {
			s.signStart, s.signEnd = start, end
			return
		}
	}
	s.signStart, s.signEnd = hi, hi
}

// mailLocal returns where the local part before the "@" at place at begins, or at itself where there is none.
func (s *scanner) mailLocal(at, from int) int {
	from = max(from, at-localMax)
	j := at
	for j > from && s.is(j-1, isMail) {
		j--
	}
	for j < at && !s.is(j, isAlnum) && s.b[j] != '_' {
		j++
	}
	if j == at && at > from && s.b[at-1] == '"' {
		if q := bytes.LastIndexByte(s.b[max(from, at-quotedMax):at-1], '"'); q >= 0 {
			return max(from, at-quotedMax) + q
		}
	}
	return j
}

// unspacedLocalMax is the longest local part in a script without spaces, in letters: where the words before it end, nothing tells.
const unspacedLocalMax = 12

// unspacedLocal is mailLocal for such a script: 用户@例子.com. Only before a domain with a known top-level label, or one in
// such a script: people are mentioned by an "@", too.
func (s *scanner) unspacedLocal(at, from, end int) int {
	top := end
	for top > at+1 && s.b[top-1] != '.' {
		top--
	}
	if !s.unspaced(end-1) && !s.t.network.topLevel[string(s.lowered(top, end))] {
		return at
	}
	j := at
	for j > from && at-j < unspacedLocalMax && (s.unspaced(j-1) || j < at && s.is(j-1, isMail)) {
		j--
	}
	return j
}

// mailDomain returns the end of the domain that begins at i, or 0.
func (s *scanner) mailDomain(i, hi int) int {
	hi = min(hi, i+domainMax)
	if i < hi && s.b[i] == '[' {
		return s.mailLiteral(i, hi)
	}
	labels, end, at := 0, 0, i
	firstEnd := 0
	for {
		start := at
		for at < hi && (s.is(at, isAlnum) || s.b[at] == '-') {
			at++
		}
		if at == start {
			break
		}
		labels++
		if labels == 1 {
			firstEnd = at
		} else if stop := s.topLevel(start, at, s.labelFollows(at, hi)); stop > 0 {
			if labels > 2 && end > 0 && s.newSentence(start, end) {
				break
			}
			end = stop
			if stop < at {
				break
			}
		}
		if at+1 >= hi || s.b[at] != '.' {
			break
		}
		at++
	}
	if end == 0 || s.fileName(i, firstEnd, end) {
		return 0
	}
	return end
}

// labelFollows tells whether another label comes after the one that ends at i.
func (s *scanner) labelFollows(i, hi int) bool {
	return i+1 < hi && s.b[i] == '.' && s.is(i+1, isAlnum)
}

// topLevel returns where the label b[start:end] ends if it is a top-level one, or 0: it is letters, and the last one of a
// domain ends where the next word was glued to it with a capital ("comAdd") or a digit or dash.
func (s *scanner) topLevel(start, end int, followed bool) int {
	k := start
	for k < end && s.is(k, isLetter) {
		k++
	}
	if k-start < 2 {
		if s.hasPrefix(start, end, "xn--") {
			return end
		}
		return 0
	}
	if followed {
		if k == end {
			return end
		}
		return 0
	}
	for c := start + 1; c < k; c++ {
		if s.is(c, isUpper) && s.is(c-1, isLower) && s.t.network.topLevel[string(s.lowered(start, c))] {
			return c
		}
	}
	if k == end {
		return end
	}
	if s.hasPrefix(start, end, "xn--") {
		return end
	}
	if s.t.network.topLevel[string(s.lowered(start, k))] {
		return k
	}
	return 0
}

// newSentence tells whether the label at start is the first word of the next sentence rather than of the domain: a
// capital after a known small-letter top-level label that ended at end.
func (s *scanner) newSentence(start, end int) bool {
	if !s.is(start, isUpper) || !s.is(end-1, isLower) {
		return false
	}
	k := end
	for k > 0 && s.is(k-1, isLetter) {
		k--
	}
	return s.t.network.topLevel[string(s.lowered(k, end))]
}

// fileName tells "icon@2x.png" from an address.
func (s *scanner) fileName(first, firstEnd, end int) bool {
	k := first
	for k < firstEnd && s.is(k, isDigit) {
		k++
	}
	if k == first || k != firstEnd-1 || lower(s.b[k]) != 'x' {
		return false
	}
	dot := bytes.LastIndexByte(s.b[first:end], '.')
	return s.t.network.fileExt[string(s.lowered(first+dot+1, end))]
}

// mailLiteral reads a domain such as [192.0.2.1].
func (s *scanner) mailLiteral(i, hi int) int {
	k := i + 1
	for k < hi && (s.is(k, isAlnum) || s.b[k] == '.' || s.b[k] == ':') {
		k++
	}
	if k-i < 4 || k >= hi || s.b[k] != ']' || !s.is(k-1, isHex) {
		return 0
	}
	if end := s.placeholder(i, hi); end > 0 {
		return 0
	}
	return k + 1
}

// wordMax bounds the words that are looked up in tables, in characters.
const wordMax = 48

// lowered returns b[i:j] in small letters for a look-up, or nothing where it is too long. The result is valid until the
// next call.
func (s *scanner) lowered(i, j int) []byte {
	if j-i > wordMax || j <= i {
		return nil
	}
	for k := i; k < j; k++ {
		s.word[k-i] = lower(s.b[k])
	}
	return s.word[:j-i]
}
