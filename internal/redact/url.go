package redact

import "bytes"

// urlTable is rules/urls.json.
type urlTable struct {
	Keep             []string
	KeepPrefixes     []string `json:"keep_prefixes"`
	Tracking         []string
	TrackingPrefixes []string `json:"tracking_prefixes"`
	PrivatePath      []string `json:"private_path"`
	SafePath         []string `json:"safe_path"`
	OpaqueMin        int      `json:"opaque_min"`
	KeepValueMax     int      `json:"keep_value_max"`
	AnchorMax        int      `json:"anchor_max"`

	Version []string // keys of a file's version, which may be a hash

	keep, tracking, private, safe, version map[string]bool
}

func (t *tables) loadURLs() {
	u := &t.urls
	load("urls.json", u)
	u.keep, u.tracking = t.wordSet(u.Keep), t.wordSet(u.Tracking)
	u.version = t.wordSet(u.Version)
	u.private, u.safe = t.wordSet(u.PrivatePath), t.wordSet(u.SafePath)
}

// at is b[i] where it shapes an address; a percent escape never does ("%26" is data), and is 0 here.
func (s *scanner) at(i int) byte {
	if len(s.escaped) > 0 && s.isEscaped(i) {
		return 0
	}
	return s.b[i]
}

// find returns the first place in [i, hi) whose shaping byte is one of set, or hi.
func (s *scanner) find(i, hi int, set string) int {
	for ; i < hi; i++ {
		c := s.at(i)
		for k := range len(set) {
			if set[k] == c {
				return i
			}
		}
	}
	return hi
}

// schemeMax is the longest scheme before "://" in a text, in characters.
const schemeMax = 16

// urlInText redacts the address whose "://" is at i, and returns its end.
func (s *scanner) urlInText(i, hi int) int {
	start := i
	for start > s.floor && i-start < schemeMax && (s.is(start-1, isUpper|isLower|isDigit) || s.b[start-1] == '+') {
		start--
	}
	for start < i && !s.is(start, isUpper|isLower) {
		start++
	}
	if i-start < 2 {
		return 0
	}
	end := s.urlEnd(i+3, hi)
	mailStart, mailEnd, signStart, signEnd := s.mailStart, s.mailEnd, s.signStart, s.signEnd
	s.url(start, end)
	s.floor = max(s.floor, start, s.redacted)
	s.mailStart, s.mailEnd, s.signStart, s.signEnd = mailStart, mailEnd, signStart, signEnd
	if mailStart < end {
		s.mailStart = -1
	}
	if signStart < end {
		s.signStart = -1
	}
	return end
}

// urlEnd returns where an address within a text ends: before a blank, a quote, a bracket of markup, or the punctuation
// of the sentence around it.
func (s *scanner) urlEnd(i, hi int) int {
	k := i
	for k < hi {
		c := s.at(k)
		if c != 0 && (c <= ' ' || c == foldSymbol || bytes.IndexByte([]byte("\"<>'`{}|\\^"), c) >= 0) {
			break
		}
		k++
	}
	open := [2]int{bytes.Count(s.b[i:k], []byte("(")), bytes.Count(s.b[i:k], []byte("["))}
	closed := [2]int{bytes.Count(s.b[i:k], []byte(")")), bytes.Count(s.b[i:k], []byte("]"))}
	for ; k > i; k-- {
		switch c := s.at(k - 1); {
		case c == ')' && open[0] < closed[0]:
			closed[0]--
		case c == ']' && open[1] < closed[1]:
			closed[1]--
		case c == 0 || bytes.IndexByte([]byte(".,;:!?"), c) < 0:
			return k
		}
	}
	return k
}

// field redacts what stands in the place of an address: an address with blanks around it, or, since any text can stand
// there, words.
func (s *scanner) field(lo, hi int) {
	for lo < hi && s.is(lo, isBlank) {
		lo++
	}
	for lo < hi && s.is(hi-1, isBlank) {
		hi--
	}
	k := lo
	for k < hi && !s.is(k, isBlank) {
		k++
	}
	if k == hi {
		s.url(lo, hi)
		return
	}
	switch colon := s.find(lo, k, ":/?#"); {
	case s.at(lo) == '/' || s.at(lo) == '?' || s.at(lo) == '#' || s.at(lo) == '.':
		s.url(lo, hi)
	case colon+1 < k && s.at(colon) == ':':
		s.url(lo, hi)
	default:
		s.inPart = true // what is left may be an address, so each pass must see all of it
		s.scan(lo, hi)
	}
}

// url redacts the address b[lo:hi].
func (s *scanner) url(lo, hi int) {
	inURL, inPart := s.inURL, s.inPart
	s.inURL, s.inPart = true, true
	s.floor = lo
	rest, done := s.urlScheme(lo, hi)
	if !done {
		path := rest
		if s.at2(rest, hi) == [2]byte{'/', '/'} {
			path = s.find(rest+2, hi, "/?#\\")
			s.urlAuthority(rest+2, path)
		}
		query := s.find(path, hi, "?#")
		s.urlPath(path, query)
		fragment := query
		if query < hi && s.at(query) == '?' {
			fragment = s.find(query+1, hi, "#")
			s.urlQuery(query+1, fragment)
		}
		if fragment < hi {
			s.urlFragment(fragment+1, hi)
		}
	}
	s.inURL, s.inPart = inURL, inPart
}

func (s *scanner) at2(i, hi int) [2]byte {
	if i+1 >= hi {
		return [2]byte{}
	}
	return [2]byte{s.at(i), s.at(i + 1)}
}

// urlScheme returns what follows "scheme:"; done says that nothing is left to do. An address that is all data (data:,
// javascript:, blob:, file:) loses it; mailto: and tel: are scanned, and lose everything where nothing was found.
func (s *scanner) urlScheme(lo, hi int) (rest int, done bool) {
	k := lo
	for k < hi && (s.is(k, isUpper|isLower|isDigit) || k > lo && (s.b[k] == '+' || s.b[k] == '-' || s.b[k] == '.')) {
		k++
	}
	if k == lo || k >= hi || s.at(k) != ':' || !s.is(lo, isUpper|isLower) {
		return lo, false
	}
	rest = k + 1
	if rest == hi {
		return rest, true
	}
	switch string(s.lowered(lo, k)) {
	case "about":
		return rest, true
	case "mailto":
		s.urlWhole(rest, s.find(rest, hi, "?"), Email)
		s.urlQueryAfter(rest, hi)
		return rest, true
	case "tel", "sms", "callto", "whatsapp", "facetime":
		s.urlWhole(rest, hi, Phone)
		return rest, true
	case "file", "data", "javascript", "blob", "filesystem", "view-source":
		s.urlWhole(rest, hi, URLValue)
		return rest, true
	}
	if s.at(rest) == '/' {
		return rest, false
	}
	if s.is(rest, isDigit) { // localhost:8080/path
		port := rest
		for port < hi && s.is(port, isDigit) {
			port++
		}
		if port == hi || s.at(port) == '/' || s.at(port) == '?' || s.at(port) == '#' {
			return port, false
		}
	}
	s.urlWhole(rest, hi, URLValue)
	return rest, true
}

func (s *scanner) urlQueryAfter(rest, hi int) {
	if q := s.find(rest, hi, "?"); q < hi {
		s.urlQuery(q+1, hi)
	}
}

// urlWhole replaces b[lo:hi] as a whole.
func (s *scanner) urlWhole(lo, hi int, t Type) {
	if lo < hi && !s.isPlaceholder(lo, hi) {
		s.add(lo, hi, t, "url.value")
	}
}

// isPlaceholder tells whether b[lo:hi] was replaced already.
func (s *scanner) isPlaceholder(lo, hi int) bool {
	if lo >= hi || s.b[lo] != '[' || s.placeholder(lo, hi) != hi {
		return false
	}
	s.moveFloor(hi)
	return true
}

// piece scans a part of the address that is kept.
func (s *scanner) piece(lo, hi int) {
	if lo < hi {
		s.scan(lo, hi)
	}
}

// urlPath scans each segment, and replaces those that carry a token, or a name after a word such as "users".
func (s *scanner) urlPath(lo, hi int) {
	after, first := false, true
	for k := lo; k < hi; {
		if c := s.at(k); c == '/' || c == '\\' {
			k++
			continue
		}
		end := s.find(k, hi, "/\\")
		params := s.find(k, end, ";")
		word := s.lowered(k, params)
		private, safe := s.t.urls.private[string(word)], s.t.urls.safe[string(word)]
		switch {
		case s.isPlaceholder(k, params):
			s.floor = params
		case after && !safe || !s.asset(k, params) && s.opaque(k, params):
			s.add(k, params, URLValue, "url.path")
		case first && s.userMark(k, params):
			s.add(k+1, params, URLValue, "url.path")
		default:
			s.piece(k, params)
		}
		after, first = private || after && safe, false
		if params < end {
			s.urlQuery(params+1, end)
		}
		k = end
	}
}

// urlFragment keeps an anchor, treats a client-side route as a path and key=value as a query, and replaces the rest.
func (s *scanner) urlFragment(lo, hi int) {
	if lo >= hi || s.isPlaceholder(lo, hi) {
		return
	}
	route := lo
	if s.at(lo) == '!' {
		route++
	}
	if route < hi && s.at(route) == '/' {
		query := s.find(route, hi, "?")
		s.urlPath(route, query)
		if query < hi {
			s.urlQuery(query+1, hi)
		}
		return
	}
	if s.find(lo, hi, "=") < hi && s.at(lo) != ':' {
		s.urlQuery(lo, hi)
		return
	}
	anchor := s.is(lo, isLetter) && hi-lo <= s.t.urls.AnchorMax && !s.opaque(lo, hi)
	for k := lo; k < hi && anchor; k++ {
		anchor = s.is(k, isToken|isLetter) || s.b[k] == '.'
	}
	if anchor {
		s.piece(lo, hi)
		return
	}
	s.add(lo, hi, URLValue, "url.fragment")
}

// userMark tells a user's page (/@ann, /~ann) by its sign.
func (s *scanner) userMark(lo, hi int) bool {
	return hi-lo > 1 && (s.b[lo] == '@' || s.b[lo] == '~') && s.is(lo+1, isAlnum)
}

// asset tells the name of a file that a page is made of, which often holds a hash so that caches notice a change.
func (s *scanner) asset(lo, hi int) bool {
	dot := bytes.LastIndexByte(s.b[lo:hi], '.')
	return dot > 0 && s.t.network.fileExt[string(s.lowered(lo+dot+1, hi))]
}

// opaque tells whether a segment or value holds a token (a UUID, a hash, a session) rather than words and numbers, or
// hides something private.
func (s *scanner) opaque(lo, hi int) bool {
	if s.hides(lo, hi) {
		return true
	}
	if hi-lo < s.t.urls.OpaqueMin {
		return false
	}
	for k := lo; k < hi; k++ {
		if k+uuidLen <= hi && (k == lo || !s.is(k-1, isAlnum)) && s.is(k, isHex) && s.uuidAt(k) {
			return true
		}
	}
	for k := lo; k < hi; k++ {
		start := k
		for k < hi && (s.is(k, isUpper|isLower|isDigit) || s.b[k] == '_' || s.b[k] == '=') {
			k++
		}
		if k-start >= s.t.urls.OpaqueMin && s.random(start, k) {
			return true
		}
	}
	return false
}
