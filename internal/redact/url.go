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

	keep, tracking, private, safe map[string]bool
}

func (t *tables) loadURLs() {
	u := &t.urls
	load("urls.json", u)
	u.keep, u.tracking = t.wordSet(u.Keep), t.wordSet(u.Tracking)
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
	s.url(start, end)
	s.floor = max(s.floor, start, s.redacted)
	s.mailStart = -1
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

// url redacts the address b[lo:hi].
func (s *scanner) url(lo, hi int) {
	was := s.inURL
	s.inURL = true
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
	s.inURL = was
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
	if s.at2(rest, hi) == [2]byte{'/', '/'} {
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

func (s *scanner) urlAuthority(lo, hi int) {
	host := lo
	for k := lo; k < hi; k++ {
		if s.b[k] == '@' {
			host = k + 1
		}
	}
	if host > lo+1 && !s.isPlaceholder(lo, host-1) {
		s.add(lo, host-1, Secret, "url.userinfo")
	}
	if host < hi {
		s.floor = max(lo, host-2)
		s.hostScan(host, hi)
	}
}

// hostScan looks for an address in numbers; "//" before it raises it.
func (s *scanner) hostScan(host, hi int) {
	if s.b[host] == '[' {
		s.urlHostV6(host, hi)
		return
	}
	k := host
	for k < hi && (s.is(k, isDigit) || s.b[k] == '.') {
		k++
	}
	dots := bytes.Count(s.b[host:k], []byte{'.'})
	if dots == 3 && s.is(k-1, isDigit) && (k == hi || s.b[k] == ':') {
		s.add(host, k, IP, "ip.v4")
		return
	}
	s.piece(host, hi)
}

func (s *scanner) urlHostV6(host, hi int) {
	end := s.find(host, hi, "]")
	if end < hi && s.placeholder(host, hi) == 0 && bytes.Count(s.b[host:end], []byte{':'}) >= 2 {
		s.add(host+1, end, IP, "ip.v6")
	}
}

// urlPath scans each segment, and replaces those that carry a token, or a name after a word such as "users".
func (s *scanner) urlPath(lo, hi int) {
	after := false
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
		case after && !safe || s.opaque(k, params):
			s.add(k, params, URLValue, "url.path")
		default:
			s.piece(k, params)
		}
		after = private || after && safe
		if params < end {
			s.urlQuery(params+1, end)
		}
		k = end
	}
}

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
	case kept && end-value <= s.t.urls.KeepValueMax && !s.opaque(value, end):
		s.piece(value, end)
	case secret:
		s.add(value, end, Secret, "url.secret")
	default:
		s.urlValue(value, end)
	}
}

// urlValue replaces a value as a whole: by what it is, where one detector covers it all, else as [URL_VALUE].
func (s *scanner) urlValue(lo, hi int) {
	mark := len(s.spans)
	s.piece(lo, hi)
	if len(s.spans) == mark+1 && s.spans[mark].Start == lo && s.spans[mark].End == hi {
		return
	}
	s.spans = s.spans[:mark]
	s.add(lo, hi, URLValue, "url.query")
}

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
	return tracked, kept, kind > randomSecret && hi-lo > 2 // "pw" is also the width of a page
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

// opaque tells whether a segment or value holds a token (a UUID, a hash, a session) rather than words and numbers.
func (s *scanner) opaque(lo, hi int) bool {
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
