package redact

import "bytes"

// Bounds of keys that nothing but their letters tells, in characters.
const (
	opaqueMin    = 32
	opaqueMax    = 512 // longer runs are files and pictures
	opaqueClass  = 3   // capitals, small letters and digits each, at least
	opaquePrefix = 24  // of the prefix of a vendor's key
)

// randomKey finds the random run of letters and digits around i that no vendor's prefix tells: at two of five places it changes
// between small letters, capitals and digits, which words and names in programs do not.
func (s *scanner) randomKey(i, hi int) int {
	start, end := i, min(hi, max(i, s.codedEnd))
	for start > s.floor && s.codedByte(start-1) && i-start < opaqueMax {
		start--
	}
	for end < hi && s.codedByte(end) && end-i < opaqueMax {
		end++
	}
	for start < end && s.b[start] == '/' {
		start++
	}
	n := end - start
	if n < opaqueMin || n > opaqueMax || !s.dense(start, end) || s.digest(start) {
		return 0
	}
	var first [codedMin / 4 * 3]byte
	if len(s.decode(start, start+codedMin, first[:0])) == len(first) {
		return 0 // base64 of a text, which coded looks at
	}
	if seen, ok := s.labelBefore(start); ok && seen.kind >= 0 && s.t.ids.Kinds[seen.kind].Parse == "wallet" {
		return 0
	}
	if n <= base58Max && s.isBase58(start, end) && s.base58Check(start, end) {
		return 0 // a wallet
	}
	for k := start; k < start+opaquePrefix; k++ {
		if after := s.t.secrets.after[s.b[k]]; after>>(s.after(k)&31)&1 != 0 {
			if found := s.keyPrefix(k, hi); found > 0 {
				return found
			}
		}
	}
	return s.add(s.dottedStart(start), s.padding(end, hi), Secret, "secret.random")
}

// dottedMin is the shortest part of a key before a dot, in characters.
const dottedMin = 6

// dottedStart returns where the key begins whose last part begins at start: parts with capitals and small letters or digits,
// with dots between them.
func (s *scanner) dottedStart(start int) int {
	for start-1 > s.floor && s.b[start-1] == '.' {
		p, seen := start-1, byte(0)
		for p > s.floor && start-p < keyRunMax && s.is(p-1, isToken) {
			p--
			seen |= class[s.b[p]]
		}
		if start-1-p < dottedMin || seen&isUpper == 0 || seen&(isLower|isDigit) == 0 {
			break
		}
		start = p
	}
	return start
}

// dense tells whether b[start:end] changes as often as random letters and digits do.
func (s *scanner) dense(start, end int) bool {
	changes, last, upper, lower, digits := 0, byte(0), 0, 0, 0
	for k := start; k < end; k++ {
		is := class[s.b[k]] & (isLower | isUpper | isDigit)
		switch is {
		case isLower:
			lower++
		case isUpper:
			upper++
		case isDigit:
			digits++
		}
		if is != 0 && last != 0 && is != last {
			changes++
		}
		last = is
	}
	return changes*5 >= (end-start)*2 && min(upper, lower, digits) >= opaqueClass
}

// digest tells whether what begins at start is the digest of a file (sha384-…) or the data of one (base64,…).
func (s *scanner) digest(start int) bool {
	return s.hasPrefix(start, len(s.b), "sha") || start > s.floor && s.b[start-1] == ',' && bytes.HasSuffix(s.b[s.floor:start-1], []byte("base64"))
}

// Bounds of a key in groups, in characters and groups.
const (
	keyRunMax    = 64
	keyGroupMin  = 4
	keyGroupMax  = 8
	keyGroups    = 3 // at least, after a word for one
	keySureSize  = 5 // of the groups of a product key, which has as many of them
	keySingleMin = 10
	keySingleMax = 32
	keyWords     = 3 // before it, of which one says that it is a key
)

// mayGroup is a quick test whether the digit at i begins a group of capitals and digits before a dash.
func (s *scanner) mayGroup(i, hi int) bool {
	p := i
	for p < hi && p-i < keyGroupMax && s.is(p, isUpper|isDigit) {
		p++
	}
	return p < hi && (s.b[p] == '-' || p-i == keyGroupMax)
}

// Groups of a key for a second factor, as it is shown to be typed in.
const (
	fourMin  = 4 // groups of four letters and digits
	fourMost = 16
	fourSize = 4
)

// fours finds the key of base32 in groups of four that the digit at i stands in: jbsw y3dp ehpk 3pxp.
func (s *scanner) fours(i, hi int) int {
	start := i
	for start > s.floor && i-start < fourSize && s.is(start-1, isAlnum) {
		start--
	}
	if !s.four(start, hi) {
		return 0
	}
	groups, mixed, end := 0, 0, start
	for groups < fourMost && start-fourSize-1 >= s.floor && s.b[start-1] == ' ' && s.four(start-fourSize-1, hi) {
		start -= fourSize + 1
	}
	for p := start; groups < fourMost && s.four(p, hi); p += fourSize + 1 {
		groups++
		if seen := class[s.b[p]] | class[s.b[p+1]] | class[s.b[p+2]] | class[s.b[p+3]]; seen&isDigit != 0 && seen&(isUpper|isLower) != 0 {
			mixed++
		}
		if end = p + fourSize; end >= hi || s.b[end] != ' ' {
			break
		}
	}
	if groups < fourMin || mixed < fourMin/2 {
		return 0
	}
	return s.add(start, end, Secret, "secret.fours")
}

// four tells whether b[p:] begins with four letters or digits of base32 (RFC 4648) that stand alone.
func (s *scanner) four(p, hi int) bool {
	if p < s.floor || p+fourSize > hi || p > s.floor && s.is(p-1, isAlnum) || p+fourSize < len(s.b) && s.is(p+fourSize, isAlnum) {
		return false
	}
	for k := p; k < p+fourSize; k++ {
		if !s.is(k, isUpper|isLower) && (s.b[k] < '2' || s.b[k] > '7') {
			return false
		}
	}
	return true
}

// groupedKey finds the licence, product or gift card key that the digit at i stands in: groups of capitals and digits with
// dashes, or a run of them.
func (s *scanner) groupedKey(i, hi int) int {
	start, end := i, i
	for start > s.floor && i-start < keyRunMax && (s.is(start-1, isUpper|isDigit) || s.b[start-1] == '-') {
		start--
	}
	for end < hi && end-i < keyRunMax && (s.is(end, isUpper|isDigit) || s.b[end] == '-') {
		end++
	}
	s.keyEnd = end
	if n := end - start; n < keySingleMin || n > keyRunMax || start > s.floor && s.is(start-1, isAlnum) || end < len(s.b) && (s.is(end, isAlnum) || s.b[end] == '_') {
		return 0
	}
	groups, even, letters, digits, from := 0, true, 0, 0, start
	for k := start; k <= end; k++ {
		switch {
		case k == end || s.b[k] == '-':
			if n := k - from; k < end || groups > 0 {
				if n < keyGroupMin || n > keyGroupMax {
					return 0
				}
				even = even && n == keySureSize
			}
			groups++
			from = k + 1
		case s.is(k, isDigit):
			digits++
		default:
			letters++
		}
	}
	if digits == 0 || letters == 0 && groups <= keyGroups {
		return 0
	}
	if groups == keySureSize && even && letters > 0 {
		return s.add(start, end, Secret, "secret.grouped")
	}
	if seen, ok := s.labelBefore(start); ok && seen.kind >= 0 && s.t.ids.Kinds[seen.kind].Type != Secret {
		return 0
	}
	single := groups == 1 && end-start <= keySingleMax && letters > 0 && s.random(start, end)
	if !single && groups < keyGroups || !s.keyBefore(start) {
		return 0
	}
	return s.add(start, end, Secret, "secret.grouped")
}

// keyBefore tells whether a word directly before p says that a key follows.
func (s *scanner) keyBefore(p int) bool {
	from := p
	for n := 0; n < keyWords && p > s.floor; {
		if !s.is(p-1, isLetter) {
			if from-p > labelGap || s.is(p-1, isDigit) && n > 0 {
				return false
			}
			p--
			continue
		}
		w := s.backWord(p)
		if w == p {
			return false
		}
		word := s.lowered(w, p)
		if s.t.secrets.keyWords[string(word)] {
			if string(word) != "code" {
				return true
			}
			before := s.lowered(s.backWord(max(s.floor, w-1)), max(s.floor, w-1))
			return !s.otherWord(before) || s.t.secrets.keyWords[string(before)]
		}
		p, from = w, w
		n++
	}
	return false
}
