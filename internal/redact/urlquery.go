package redact

import "bytes"

// urlQuery applies the rules of keys to each key=value.
func (s *scanner) urlQuery(lo, hi int) {
	for k := lo; k < hi; {
		end := s.find(k, hi, "&;")
		eq := s.find(k, end, "=")
		switch {
		case eq == end:
			s.urlBare(k, end)
		default:
			s.urlParameter(k, eq, eq+1, end)
		}
		k = end + 1
	}
}

// bareMax is the longest query or fragment without "=" that is a flag or an anchor rather than data, in characters.
const bareMax = 24

// urlBare keeps a flag such as "?sale" and replaces anything else.
func (s *scanner) urlBare(lo, hi int) {
	if lo >= hi || s.isPlaceholder(lo, hi) {
		return
	}
	letters := 0
	for k := lo; k < hi; k++ {
		if s.is(k, isLetter) {
			letters++
		} else if !s.is(k, isToken) {
			letters = -hi
		}
	}
	if letters*2 > hi-lo && hi-lo <= bareMax {
		s.piece(lo, hi)
		return
	}
	s.add(lo, hi, URLValue, "url.query")
}

func (s *scanner) urlParameter(key, keyEnd, value, end int) {
	tracked, kept, secret := s.keyRule(key, keyEnd)
	s.piece(key, keyEnd)
	if value >= end || s.isPlaceholder(value, end) {
		return
	}
	switch {
	case tracked:
		s.add(value, end, TrackingID, "url.tracking")
	case kept && s.keeps(key, keyEnd, value, end):
		s.words(value, end)
	case secret:
		s.add(value, end, Secret, "url.secret")
	default:
		s.urlValue(value, end)
	}
}

// urlValue replaces a value as a whole: by what it is, where one detector covers it all, else as [URL_VALUE].
func (s *scanner) urlValue(lo, hi int) {
	mark := len(s.spans)
	if !s.holdsURL(lo, hi) {
		s.words(lo, hi)
	}
	if len(s.spans) == mark+1 && s.spans[mark].Start == lo && s.spans[mark].End == hi && s.spans[mark].Type != Private {
		return
	}
	s.spans = s.spans[:mark]
	s.add(lo, hi, URLValue, "url.query")
}

// keeps tells whether the value of a known key may stay: one that is short and holds no token and no other address.
func (s *scanner) keeps(key, keyEnd, lo, hi int) bool {
	if hi-lo > s.t.urls.KeepValueMax || s.holdsURL(lo, hi) {
		return false
	}
	if s.t.urls.version[string(s.lowered(key, keyEnd))] && s.all(lo, hi, isHex) {
		return true
	}
	return !s.opaque(lo, hi)
}

// holdsURL tells whether another address stands in a value.
func (s *scanner) holdsURL(lo, hi int) bool { return bytes.Contains(s.b[lo:hi], []byte("://")) }

// all tells whether every character of b[lo:hi] is of a class.
func (s *scanner) all(lo, hi int, class byte) bool {
	for k := lo; k < hi; k++ {
		if !s.is(k, class) {
			return false
		}
	}
	return true
}

// words scans a value as the text that somebody typed, in which "+" stands for a blank.
func (s *scanner) words(lo, hi int) {
	s.pluses = s.pluses[:0]
	for k := lo; k < hi; k++ {
		if s.b[k] == '+' && s.at(k) == '+' && !s.plusOfNumber(lo, k, hi) {
			s.b[k] = ' '
			s.pluses = append(s.pluses, k)
		}
	}
	s.inURL = false
	s.piece(lo, hi)
	s.inURL = true
	for _, k := range s.pluses {
		s.b[k] = '+'
	}
}

// plusOfNumber tells whether the "+" at k begins a telephone number and was left unescaped by mistake.
func (s *scanner) plusOfNumber(lo, k, hi int) bool {
	return k+1 < hi && s.is(k+1, isDigit) && (k == lo || s.b[k-1] == ' ')
}

// shortKey is the longest key that says too little to name a secret: "pw" is also the width of a page.
const shortKey = 2

// keyRule looks a query key up, without a trailing [] or [name].
func (s *scanner) keyRule(lo, hi int) (tracked, kept, secret bool) {
	u := &s.t.urls
	name := lo
	for name < hi && s.b[name] != '[' {
		name++
	}
	word := s.lowered(lo, name)
	tracked = u.tracking[string(word)]
	for _, p := range u.TrackingPrefixes {
		tracked = tracked || bytes.HasPrefix(word, []byte(p))
	}
	kept = u.keep[string(word)]
	whole := s.lowered(lo, hi)
	for _, p := range u.KeepPrefixes {
		kept = kept || bytes.HasPrefix(whole, []byte(p))
	}
	s.floor = lo
	kind, _ := s.secretName(hi)
	return tracked, kept, kind > randomSecret && hi-lo > shortKey
}
