package redact

// networkTable is rules/network.json.
type networkTable struct {
	FileExtensions []string `json:"file_extensions"`
	TopLevel       []string `json:"top_level"`
	AtWords        []string `json:"at_words"`
	DotWords       []string `json:"dot_words"`
	MailWords      []string `json:"mail_words"`
	IP             struct {
		Threshold    int
		ContextRaise int            `json:"context_raise"`
		ContextLower int            `json:"context_lower"`
		V4ByDigits   map[string]int `json:"v4_by_digits"`
		Blocks       []string       `json:"private_blocks"`
		PrivateRaise int            `json:"private_raise"`
		URLRaise     int            `json:"url_raise"`
		PortRaise    int            `json:"port_raise"`
	}

	fileExt, topLevel    map[string]bool
	ats, dots, mailWords map[string]bool
	v4Score              [13]int // by the number of digits
}

func (n *networkTable) index(t *tables) {
	n.ats, n.dots, n.mailWords = t.wordSet(n.AtWords), t.wordSet(n.DotWords), t.wordSet(n.MailWords)
	for _, c := range []byte("({<") { // which may hold a word for the sign of a mail address
		for w := range n.ats {
			t.trigger[c] |= 1 << (w[0] & 31)
		}
		t.trigger[c] |= 1 << (' ' & 31)
	}
	n.fileExt, n.topLevel = make(map[string]bool), make(map[string]bool)
	for _, w := range n.FileExtensions {
		n.fileExt[w] = true
	}
	for _, w := range n.TopLevel {
		n.topLevel[w] = true
	}
	for digits, score := range n.IP.V4ByDigits {
		d := 0
		for _, c := range []byte(digits) {
			d = d*10 + int(c-'0')
		}
		n.v4Score[d] = score
	}
}

// ipv4 finds addresses among the groups of a cluster. A version number has the same shape, so the more digits and the
// better the context, the likelier an address.
func (s *scanner) ipv4(count int) {
	for g := 0; g+3 < count; g++ {
		if s.used[g] || !s.quad(g, count) {
			continue
		}
		start, end := s.groups[g].start, s.groups[g+3].end
		if s.ipv4Score(start, end) >= s.t.network.IP.Threshold {
			s.claim(g, g+3, start, end, IP, "ip.v4")
			g += 3
		}
	}
}

// quad tells whether four groups from g on are the octets of an address and nothing more.
func (s *scanner) quad(g, count int) bool {
	for k := g; k < g+4; k++ {
		x := s.groups[k]
		if x.end-x.start > 3 || s.value(x) > 255 || s.b[x.start] == '0' && x.end-x.start > 1 {
			return false
		}
		if k > g && !s.joined(k, sepDot) {
			return false
		}
	}
	if g > 0 && s.joined(g, sepDot) || g+4 < count && s.joined(g+4, sepDot) {
		return false
	}
	return s.borderLeft(s.groups[g].start) && s.borderRight(s.groups[g+3].end)
}

// borderLeft tells whether no word, number or file name runs into i from the left.
func (s *scanner) borderLeft(i int) bool {
	return i == s.floor || !s.is(i-1, isAlnum) && s.b[i-1] != '_' && s.b[i-1] != '.'
}

// borderRight is borderLeft for the right. A dash before a letter belongs to a version such as 1.2.3.4-beta.
func (s *scanner) borderRight(i int) bool {
	if i >= len(s.b) {
		return true
	}
	c := s.b[i]
	if c == '-' || c == '+' {
		return i+1 >= len(s.b) || !s.is(i+1, isAlnum)
	}
	if _, right := s.glued(i, i); right == glueMin {
		return true // "203.0.113.25port"
	}
	return !s.is(i, isAlnum) && c != '_'
}

func (s *scanner) ipv4Score(start, end int) int {
	ip := &s.t.network.IP
	score := s.t.network.v4Score[end-start-3]
	for _, block := range ip.Blocks {
		if s.hasPrefix(start, end, block) {
			score += ip.PrivateRaise
			break
		}
	}
	if start-2 >= s.floor && s.b[start-1] == '/' {
		if s.b[start-2] == '/' {
			return score + ip.URLRaise
		}
		if s.is(start-2, isLetter) { // Chrome/120.0.0.0
			score -= ip.ContextLower
		}
	}
	if end+1 < len(s.b) && (s.b[end] == ':' || s.b[end] == '/') && s.is(end+1, isDigit) {
		score += ip.PortRaise
	}
	switch s.near(start, end, contextIP, false) {
	case raises:
		score += ip.ContextRaise
	case lowers:
		score -= ip.ContextLower
	}
	return score
}

// Shapes of an IPv6 address, in groups and hexadecimal digits.
const (
	v6Groups    = 8
	v6GroupMax  = 4
	v6ShortMin  = 3 // groups of a compressed address whose first group tells nothing
	v6PrefixLen = 4 // digits of a first group that tells: 2001, fe80, fd00
)

// ipv6 reads the address whose first colon is at i.
func (s *scanner) ipv6(i, hi int) int {
	start := i
	for start > s.floor && i-start <= v6GroupMax && s.is(start-1, isHex) {
		start--
	}
	if i-start > v6GroupMax || start > s.floor && (s.is(start-1, isAlnum) || s.b[start-1] == '_') {
		return 0
	}
	if start == i && (i+1 >= hi || s.b[i+1] != ':') {
		return 0
	}
	k, groups := start, 0
	compressed, hasDigit := false, false
	firstLen := i - start
	for k < hi {
		g := k
		for k < hi && k-g < v6GroupMax && s.is(k, isHex) {
			hasDigit = hasDigit || s.is(k, isDigit)
			k++
		}
		if k > g {
			groups++
		}
		if k+1 >= hi || s.b[k] != ':' {
			break
		}
		if s.b[k+1] == ':' {
			if compressed {
				break
			}
			compressed = true
			k += 2
			continue
		}
		if k == g || !s.is(k+1, isHex) || groups == v6Groups {
			break
		}
		k++
	}
	if groups > 1 && k+1 < hi && s.b[k] == '.' && s.is(k+1, isDigit) {
		for groups++; k < hi && (s.is(k, isDigit) || s.b[k] == '.' && k+1 < hi && s.is(k+1, isDigit)); {
			k++
		}
	}
	if k < hi && (s.is(k, isAlnum) || s.b[k] == '_' || s.b[k] == ':' && k+1 < hi && s.is(k+1, isAlnum) && groups != v6Groups) {
		return 0
	}
	if !s.ipv6Counts(start, groups, firstLen, compressed, hasDigit) {
		return 0
	}
	return s.add(start, s.zone(start, k, hi), IP, "ip.v6")
}

// zoneMax is the longest name of a network interface, in characters.
const zoneMax = 15

// zone returns the end of an address that ends at k, with the name of its link where it has one: fe80::1%eth0 (RFC 4007).
func (s *scanner) zone(start, k, hi int) int {
	if k+1 >= hi || s.b[k] != '%' || !s.is(k+1, isLetter) || lower(s.b[start]) != 'f' {
		return k
	}
	z := k + 1
	for z < hi && z-k <= zoneMax && s.is(z, isAlnum) {
		z++
	}
	return z
}

// ipv6Counts tells an address from a time, a CSS pseudo-element or a C++ name.
func (s *scanner) ipv6Counts(start, groups, firstLen int, compressed, hasDigit bool) bool {
	if !hasDigit || groups > v6Groups {
		return false
	}
	if !compressed {
		return groups == v6Groups
	}
	if groups == v6Groups {
		return false
	}
	first := lower(s.b[start])
	if firstLen == v6PrefixLen && (first == '2' || first == '3' || first == 'f') {
		return groups >= 2
	}
	return groups >= v6ShortMin
}

// MAC is six pairs of hexadecimal digits.
const (
	macPairs = 6
	macLen   = macPairs*3 - 1
)

// mac reads the hardware address whose first separator is at i.
func (s *scanner) mac(i, hi int) int {
	start := i - 2
	if start < s.floor || start+macLen > hi || s.b[i+3] != s.b[i] {
		return 0
	}
	letters := s.b[i] == ':' // with dashes, digits alone are some other number
	for k := 0; k < macLen; k++ {
		c := start + k
		if k%3 == 2 {
			if s.b[c] != s.b[i] {
				return 0
			}
			continue
		}
		if !s.is(c, isHex) {
			return 0
		}
		letters = letters || s.is(c, isLetter)
	}
	end := start + macLen
	if !letters || start > s.floor && (s.is(start-1, isAlnum) && !s.named(start) || s.b[start-1] == s.b[i]) ||
		end < hi && (s.is(end, isAlnum) || s.b[end] == s.b[i] && end+1 < hi && s.is(end+1, isHex)) {
		return 0
	}
	return s.add(start, end, MAC, "mac.eui48")
}

// dashedMAC reads the address a4-5d-ee-b8-de-4b in whose first or a later pair the digit at i stands.
func (s *scanner) dashedMAC(i, hi int) int {
	if s.b[i+1] == '-' {
		i--
	}
	for n := 0; n < macPairs-1 && i-3 >= s.floor && s.b[i-1] == '-' && s.is(i-2, isHex) && s.is(i-3, isHex); n++ {
		i -= 3
	}
	return s.mac(i+2, hi)
}

// named tells whether the letters "mac" stand before start.
func (s *scanner) named(start int) bool {
	return start-3 >= s.floor && string(s.lowered(start-3, start)) == "mac"
}

// Shape of a hardware address in three groups, as some makers of network devices write it, in characters.
const (
	dottedGroup = 4
	dottedLen   = 3*dottedGroup + 2
)

// dottedMAC reads the address 001b.4411.3ab7 whose first digit is at i.
func (s *scanner) dottedMAC(i, hi int) int {
	start := i
	for start > s.floor && i-start < dottedGroup && s.is(start-1, isHex) {
		start--
	}
	end := start + dottedLen
	if end > hi || s.b[start+dottedGroup] != '.' || s.b[end-dottedGroup-1] != '.' || start > s.floor && s.is(start-1, isAlnum) || end < hi && s.is(end, isAlnum) {
		return 0
	}
	letters := false
	for k := start; k < end; k++ {
		if (k-start)%(dottedGroup+1) == dottedGroup {
			continue
		}
		if !s.is(k, isHex) {
			return 0
		}
		letters = letters || s.is(k, isLetter)
	}
	if !letters {
		return 0
	}
	return s.add(start, end, MAC, "mac.dotted")
}
