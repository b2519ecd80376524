package redact

import (
	"bytes"
	"slices"
	"strings"
)

type keyForm struct {
	Rule, Prefix, Charset string
	Min                   int
	Random                bool
	Tracks                bool   // it is the id of an advertising or analytics service
	Keep                  bool   // Prefix only announces the secret, and stays
	Lead                  string // the charset of what belongs to the key before Prefix, or nothing
	LeadMin               int    `json:"lead_min"`

	at            int    // index in Prefix of its rarest character, which triggers it
	before, after uint32 // what stands beside that, as in secretTable
	kind          Type
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
	Passwords   []string
	ColonKeys   []string `json:"colon_keys"`
	ProseKeys   []string `json:"prose_keys"`
	RandomKeys  []string `json:"random_keys"`
	Schemes     []string
	NotValues   []string `json:"not_values"`
	CodeWords   []string `json:"code_words"`
	CodePhrases []string `json:"code_phrases"`
	NeverWords  []string `json:"never_words"`
	ShareWords  []string `json:"share_words"`
	AskWords    []string `json:"ask_words"`
	ProveWords  []string `json:"prove_words"`
	ValueMax    int      `json:"value_max"`
	SaysWords   []string `json:"says_words"`
	Recovery    []string
	Seeds       []string
	Commands    map[string]string
	Owners      []string // words before a label that tell whose password it is
	ForWords    []string `json:"for_words"` // and behind it, what it is for
	Roots       []string // what begins the name of a value in a program
	Senders     []string // words of other things that a code may be of: "mobile code"
	Pairs       []string // labels of a username and its password
	Users       []string // and of a username that its password follows
	KeyWords    []string `json:"key_words"` // words before a licence or gift card key
	Answers     []string // what a security question gets
	AnswersSure []string `json:"answers_sure"` // the same, and says so
	Phrases     []string // labels of a password of several words
	Secretly    []string // words that tell that a question or answer is secret
	Questions   []string
	Tells       []string // words of a sentence about an answer

	byTrigger     [256]*[32][]*keyForm // by the byte that triggers, and the lowest five bits of the one before it
	ends          [1 << 10]bool        // by nameEnd
	saysEnd       endings
	coderEnd      endings       // and "is"
	recoveryEnd   [1 << 10]bool // by nameEnd
	askEnd        [1 << 10]bool // the same for the words before a code
	before, after [256]uint32   // by a byte that triggers: which bytes, in their lowest five bits, stand beside it

	names                                          backTable // of what is given a secret; a value is what it is
	schemes, notValues, coders                     map[string]bool
	says, passwords, recovery, seeds, recoveryEnds map[string]bool
	never, share, ask, prove                       map[string]bool
	owners, forWords, roots                        map[string]bool
	senders, pairs, users, keyWords                map[string]bool
	secretly, questions, tells                     map[string]bool
	answers                                        map[string]int
	answerEnd, pairEnd                             [1 << 10]bool // by nameEnd
	announceEnd                                    endings       // of the words directly before a code
}

func (t *tables) loadSecrets() {
	x := &t.secrets
	load("secrets.json", x)
	for k := range x.Prefixes {
		p := &x.Prefixes[k]
		if p.kind, p.rule = Secret, "secret."+p.Rule; p.Tracks {
			p.kind, p.rule = TrackingID, "tracking."+p.Rule
		}
		for i := range len(p.Prefix) {
			if strings.IndexByte(x.Rarity, p.Prefix[i]) < strings.IndexByte(x.Rarity, p.Prefix[p.at]) {
				p.at = i
			}
		}
		c := p.Prefix[p.at]
		p.before, p.after = always, always
		if p.at > 0 {
			p.before = 1 << (p.Prefix[p.at-1] & 31)
		}
		if p.at+1 < len(p.Prefix) {
			p.after = 1 << (p.Prefix[p.at+1] & 31)
		}
		if x.byTrigger[c] == nil {
			x.byTrigger[c] = new([32][]*keyForm)
		}
		for bits := range x.byTrigger[c] {
			if p.before>>bits&1 != 0 {
				x.byTrigger[c][bits] = append(x.byTrigger[c][bits], p)
			}
		}
		x.before[c] |= p.before
		x.after[c] |= p.after
		t.trigger[c] |= p.after
	}
	for _, list := range [][]string{x.Keys, x.Passwords, x.ColonKeys, x.ProseKeys, x.RandomKeys, {"authorization"}} {
		for _, name := range list {
			if w := t.word(name); len(w) > 1 {
				x.ends[nameEnd(w[len(w)-2], w[len(w)-1])] = true
			}
		}
	}
	names := make(map[string]int16)
	for _, of := range []struct {
		kind int16
		list []string
	}{{randomSecret, x.RandomKeys}, {weakSecret, x.Keys}, {colonSecret, x.ColonKeys}, {proseSecret, x.ProseKeys}, {headerSecret, []string{"authorization"}}} {
		for _, name := range of.list { // what is in two lists is what the later one says
			names[t.word(name)] = of.kind
		}
	}
	for name, kind := range names {
		x.names.add(name, kind)
	}
	for _, w := range append([]string{" ", `"`, "'", "`"}, x.SaysWords...) { // the signs may stand between
		x.saysEnd.add(t.word(w))
	}
	x.coderEnd.add("is")
	for _, w := range slices.Concat(x.CodeWords, x.CodePhrases) {
		x.coderEnd.add(t.word(w))
	}
	t.loadSecretWords()
}

// keyPrefix finds a vendor's key by the rare character at i of its prefix.
func (s *scanner) keyPrefix(i, hi int) int {
	x, c := &s.t.secrets, s.b[i]
	if i+1 >= hi {
		return 0
	}
	before, after := byte(0), uint32(1)<<(s.b[i+1]&31)
	if i > s.floor {
		before = s.b[i-1] & 31
	}
	if x.byTrigger[c] == nil || x.after[c]&after == 0 {
		return 0
	}
	for _, p := range x.byTrigger[c][before] {
		if p.after&after == 0 {
			continue
		}
		start := i - p.at
		if start < s.floor || !s.hasPrefix(start, hi, p.Prefix) {
			continue
		}
		body := start + len(p.Prefix)
		if p.Lead != "" {
			start = s.keyLead(start, p)
		}
		if start < 0 || start > s.floor && s.is(start-1, isAlnum) && s.is(start, isAlnum) {
			continue
		}
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
			if p.Keep {
				if !s.isSecretValue(body, end) {
					continue
				}
				start = body
			}
			return s.add(start, end, p.kind, p.rule)
		}
	}
	return 0
}

// leadMax bounds what belongs to a key before its prefix, in characters.
const keyLeadMax = 64

// keyLead returns where a key begins whose prefix begins at start, or -1.
func (s *scanner) keyLead(start int, p *keyForm) int {
	k := start
	for k > s.floor && start-k < keyLeadMax && s.inCharset(k-1, p.Lead[0]) {
		k--
	}
	if start-k < p.LeadMin {
		return -1
	}
	return k
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
	case 'd':
		return s.is(i, isDigit)
	case 'k':
		return s.is(i, isUpper|isDigit) || c == '-'
	case 'v':
		return !s.is(i, isBlank) && c != '"' && c != '\'' && c != '<'
	case 'x':
		return s.is(i, isUpper|isLower|isDigit) || c == '_' || c == '$'
	case 'w':
		return !s.is(i, isBlank) && c != ';'
	case 'c':
		return s.is(i, isToken) || c == '$' || c == '.' || c == '/' || c == '=' || c == ',' || c == '+'
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
	s.sawFar(i, limit)
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
