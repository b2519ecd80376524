package redact

import (
	"bytes"
	"strings"
)

type keyForm struct {
	Rule, Prefix, Charset string
	Min                   int
	Random                bool

	at            int    // index in Prefix of its rarest character, which triggers it
	before, after uint32 // what stands beside that, as in secretTable
	rule          string
}

// secretTable is rules/secrets.json.
type secretTable struct {
	Rarity   string
	Prefixes []keyForm
	PEM      struct {
		Begin, Needs, End string
		HeaderMax         int `json:"header_max"`
		BodyMax           int `json:"body_max"`
	}
	Keys        []string
	ProseKeys   []string `json:"prose_keys"`
	Schemes     []string
	NotValues   []string `json:"not_values"`
	CodeWords   []string `json:"code_words"`
	CodePhrases []string `json:"code_phrases"`
	ValueMax    int      `json:"value_max"`

	byTrigger     [256][]*keyForm
	ends          [1 << 10]bool // by nameEnd
	before, after [256]uint32   // by a byte that triggers: which bytes, in their lowest five bits, stand beside it

	keys, prose, schemes, notValues, coders map[string]bool
}

func (t *tables) loadSecrets() {
	x := &t.secrets
	load("secrets.json", x)
	for k := range x.Prefixes {
		p := &x.Prefixes[k]
		p.rule = "secret." + p.Rule
		for i := range len(p.Prefix) {
			if strings.IndexByte(x.Rarity, p.Prefix[i]) < strings.IndexByte(x.Rarity, p.Prefix[p.at]) {
				p.at = i
			}
		}
		c := p.Prefix[p.at]
		x.byTrigger[c] = append(x.byTrigger[c], p)
		p.before, p.after = always, always
		if p.at > 0 {
			p.before = 1 << (p.Prefix[p.at-1] & 31)
		}
		if p.at+1 < len(p.Prefix) {
			p.after = 1 << (p.Prefix[p.at+1] & 31)
		}
		x.before[c] |= p.before
		x.after[c] |= p.after
		t.trigger[c] |= p.after
	}
	for _, list := range [][]string{x.Keys, x.ProseKeys, {"authorization"}} {
		for _, name := range list {
			if w := t.word(name); len(w) > 1 {
				x.ends[nameEnd(w[len(w)-2], w[len(w)-1])] = true
			}
		}
	}
	x.keys, x.prose = t.wordSet(x.Keys), t.wordSet(x.ProseKeys)
	x.schemes, x.notValues = t.wordSet(x.Schemes), t.wordSet(x.NotValues)
	x.coders = t.wordSet(append(append([]string(nil), x.CodeWords...), x.CodePhrases...))
}

// keyPrefix finds a vendor's key by the rare character at i of its prefix.
func (s *scanner) keyPrefix(i, hi int) int {
	x, c := &s.t.secrets, s.b[i]
	if i+1 >= hi {
		return 0
	}
	before, after := always, uint32(1)<<(s.b[i+1]&31)
	if i > s.floor {
		before = 1 << (s.b[i-1] & 31)
	}
	if x.before[c]&before == 0 || x.after[c]&after == 0 {
		return 0
	}
	for _, p := range x.byTrigger[c] {
		if p.before&before == 0 || p.after&after == 0 {
			continue
		}
		start := i - p.at
		if start < s.floor || !s.hasPrefix(start, hi, p.Prefix) || start > s.floor && s.is(start-1, isAlnum) {
			continue
		}
		body := start + len(p.Prefix)
		if p.Random && body < s.wordsEnd {
			continue
		}
		end := body
		for end < hi && s.inCharset(end, p.Charset[0]) {
			end++
		}
		for end > body && (s.b[end-1] == '.' || s.b[end-1] == '-') {
			end--
		}
		if p.Random && !s.random(body, end) {
			s.wordsEnd = end
			continue
		}
		if end-body >= p.Min {
			return s.add(start, end, Secret, p.rule)
		}
	}
	return 0
}

// inCharset is the charset column of rules/secrets.json.
func (s *scanner) inCharset(i int, set byte) bool {
	c := s.b[i]
	switch set {
	case 'a':
		return s.is(i, isUpper|isLower|isDigit)
	case 'u':
		return s.is(i, isUpper|isDigit)
	case 'h':
		return s.is(i, isHex)
	case 'j':
		return s.is(i, isToken) || c == '.' || c == '='
	case 't':
		return s.is(i, isToken) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='
	}
	return s.is(i, isToken)
}

// randomChanges is how often a random key changes between small letters, capitals and digits, at least; words and
// dates joined by dashes change less.
const randomChanges = 3

func (s *scanner) random(start, end int) bool {
	changes := 0
	for k := start + 1; k < end; k++ {
		a := class[s.b[k-1]] & (isLower | isUpper | isDigit)
		b := class[s.b[k]] & (isLower | isUpper | isDigit)
		if a != b && a != 0 && b != 0 {
			changes++
		}
	}
	return changes >= randomChanges
}

// pem finds a private key in PEM armour.
func (s *scanner) pem(i, hi int) int {
	x := &s.t.secrets.PEM
	if !s.hasPrefix(i, hi, x.Begin) {
		return 0
	}
	header := s.b[i+len(x.Begin) : min(hi, i+len(x.Begin)+x.HeaderMax)]
	close := bytes.Index(header, []byte("-----"))
	if close < 0 || !bytes.Contains(header[:close], []byte(x.Needs)) {
		return 0
	}
	body := i + len(x.Begin) + close + 5
	limit := min(hi, body+x.BodyMax)
	end := bytes.Index(s.b[body:limit], []byte(x.End))
	if end < 0 {
		return s.add(i, limit, Secret, "secret.pem") // cut off: what is there is still a key
	}
	end += body + len(x.End)
	if n := bytes.Index(s.b[end:min(hi, end+x.HeaderMax)], []byte("-----")); n >= 0 {
		end += n + 5
	}
	return s.add(i, end, Secret, "secret.pem")
}

// assignment finds the value that a secret's name is given at i: password=…, "api_key": "…", Authorization: ….
func (s *scanner) assignment(i, hi int) int {
	kind, quoted := s.secretName(i)
	if kind == noSecret {
		return 0
	}
	k := i + 1
	for k < hi && (s.b[k] == '=' || s.b[k] == '>') && k-i < 3 {
		k++
	}
	gap := k
	for k < hi && s.is(k, isBlank) && k-gap < 3 {
		k++
	}
	if k >= hi {
		return 0
	}
	if q := s.b[k]; q == '"' || q == '\'' || q == '`' {
		end := s.quotedEnd(k+1, hi, q)
		if end > k+1 && s.isSecretValue(k+1, end) {
			return s.add(k+1, end, Secret, "secret.assigned")
		}
		return 0
	}
	strict := s.b[i] == '=' || quoted
	if kind == headerSecret || s.is(k, isLetter) {
		if w := s.wordEnd(k, hi); s.t.secrets.schemes[string(s.lowered(k, w))] && w+1 < hi && s.b[w] == ' ' {
			k, strict = w+1, kind == headerSecret || strict
		}
	}
	end := s.bareEnd(k, hi, strict)
	if end <= k || !s.isSecretValue(k, end) {
		return 0
	}
	if !strict && (kind == weakSecret || !s.looksSecret(k, end)) {
		return 0
	}
	return s.add(k, end, Secret, "secret.assigned")
}

// What the name left of a ":" or "=" is.
const (
	noSecret     = iota
	weakSecret   // secret where a program writes it (sid=…), an ordinary word elsewhere
	proseSecret  // secret also where a person writes it (Password: …)
	headerSecret // Authorization
)

// Bounds of a name, in characters and in parts ("aws_secret_access_key" has four).
const (
	nameMax  = 40
	partsMax = 4
)

// secretName reads the name that ends before i, backwards, and tells whether it is quoted.
func (s *scanner) secretName(i int) (kind int, quoted bool) {
	end := i
	for end > s.floor && s.b[end-1] == ' ' && i-end < 2 {
		end--
	}
	if end > s.floor && (s.b[end-1] == '"' || s.b[end-1] == '\'' || s.b[end-1] == '`' || s.b[end-1] == ']') {
		quoted = s.b[end-1] != ']'
		end--
	}
	if end-2 >= s.floor && s.is(end-2, isAlnum) && !s.t.secrets.ends[nameEnd(s.b[end-2], s.b[end-1])] {
		return noSecret, quoted
	}
	limit := max(s.floor, end-nameMax)
	at := wordMax // s.word is filled from its end, without the joints
	parts := 0
	for p := end; p > limit && parts < partsMax; {
		c := s.b[p-1]
		if !s.is(p-1, isAlnum) {
			if c != '_' && c != '-' && c != ' ' || p == end || !s.is(p, isAlnum) {
				break
			}
			p--
			continue
		}
		at--
		s.word[at] = lower(c)
		p--
		if !s.partBegins(p, limit) {
			continue
		}
		parts++
		switch name := string(s.word[at:]); {
		case name == "authorization":
			return headerSecret, quoted
		case s.t.secrets.prose[string(s.word[at:])]:
			return proseSecret, quoted
		case s.t.secrets.keys[string(s.word[at:])]:
			kind = weakSecret
		}
	}
	return kind, quoted
}

// nameEnd hashes the last two characters of a name: most names are told to be none by them.
func nameEnd(a, b byte) int { return int(a&31) | int(b&31)<<5 }

// partBegins tells whether a part of a name begins at p.
func (s *scanner) partBegins(p, limit int) bool {
	if p == limit || !s.is(p-1, isAlnum) {
		return true
	}
	c := s.b[p]
	return c >= foldUnspaced && c < foldAlphabet || s.is(p, isUpper) && s.is(p-1, isLower)
}

func (s *scanner) wordEnd(k, hi int) int {
	for b := s.b[:hi]; k < len(b) && class[b[k]]&isLetter != 0; {
		k++
	}
	return k
}

// quotedEnd returns the place of the closing quote, or 0.
func (s *scanner) quotedEnd(k, hi int, quote byte) int {
	hi = min(hi, k+s.t.secrets.ValueMax)
	for ; k < hi && s.b[k] != '\n'; k++ {
		if s.b[k] == quote {
			return k
		}
	}
	return 0
}

// bareEnd returns the end of a value without quotes.
func (s *scanner) bareEnd(k, hi int, strict bool) int {
	start := k
	hi = min(hi, k+s.t.secrets.ValueMax)
	for k < hi && !s.is(k, isBlank) && s.b[k] != '"' && s.b[k] != '<' && s.b[k] != '>' {
		if strict && (s.b[k] == '&' || s.b[k] == ';' || s.b[k] == ',' || s.b[k] == '\'' || s.b[k] == '}') {
			break
		}
		k++
	}
	for k > start && bytes.IndexByte([]byte(".,;:!?)]}'"), s.b[k-1]) >= 0 {
		k--
	}
	return k
}

// secretMin is the shortest value worth replacing, in characters.
const secretMin = 3

// isSecretValue tells a value from a keyword, a variable, a call or a placeholder.
func (s *scanner) isSecretValue(k, end int) bool {
	if end-k < secretMin || s.t.secrets.notValues[string(s.lowered(k, end))] {
		return false
	}
	switch s.b[k] {
	case '$', '{', '<', '*', '(', '[', '#', '/':
		return false
	}
	return s.b[end-1] != '(' && bytes.IndexByte(s.b[k:end], '(') < 0
}

// proseMin is the shortest secret that a person writes after a label, in characters; fewer are words.
const proseMin = 6

// looksSecret tells a password in prose from the next word of a sentence.
func (s *scanner) looksSecret(k, end int) bool {
	if end-k < proseMin {
		return false
	}
	digits, letters, symbols := 0, 0, 0
	for p := k; p < end; p++ {
		switch {
		case s.is(p, isDigit):
			digits++
		case s.is(p, isLetter):
			letters++
		case bytes.IndexByte([]byte("!@#$%^&*_+=~"), s.b[p]) >= 0:
			symbols++
		}
	}
	return digits > 0 && letters > 0 || symbols > 0 || digits == end-k
}

// Lengths of a one-time or card verification code, in digits.
const (
	codeMin = 3
	codeMax = 8
)

// oneTimeCode finds the code after "verification code", "CVV", "PIN" in the first group of a cluster.
func (s *scanner) oneTimeCode(count int) int {
	g := s.groups[0]
	end := g.end
	if g.len() == 3 && count > 1 && s.groups[1].len() == 3 && s.groups[1].sepLen == 1 {
		end = s.groups[1].end
	}
	if n := g.len(); n < codeMin || n > codeMax || s.floor >= g.start-2 {
		return 0
	}
	k := g.start
	for k > s.floor && g.start-k < 3 && (s.b[k-1] == ' ' || s.b[k-1] == ':' || s.b[k-1] == '#' || s.b[k-1] == '\n') {
		k--
	}
	if k == g.start {
		return 0
	}
	k, word := s.codeWord(k)
	if string(s.lowered(word, k)) == "is" {
		for k = word; k > s.floor && s.b[k-1] == ' '; {
			k--
		}
		k, word = s.codeWord(k)
	}
	if word == k || !s.t.secrets.coders[string(s.lowered(word, k))] {
		return 0
	}
	return s.add(g.start, end, Secret, "secret.code")
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
