package redact

import "bytes"

// proseMin is the shortest secret that a person writes after a label, in characters; fewer are words.
const proseMin = 6

// saidCapitals is how many capitals after small letters make a word a random one.
const saidCapitals = 2

// looksSecret tells a password in prose from the next word of a sentence.
func (s *scanner) looksSecret(k, end int) bool {
	if end-k < proseMin {
		return false
	}
	digits, letters, symbols, capitals := 0, 0, 0, 0
	for p := k; p < end; p++ {
		if p > k && s.is(p, isUpper) && s.is(p-1, isLower) {
			capitals++
		}
		switch {
		case s.is(p, isDigit):
			digits++
		case s.is(p, isLetter):
			letters++
		case bytes.IndexByte([]byte("!@#$%^&*_+=~"), s.b[p]) >= 0:
			symbols++
		}
	}
	return digits > 0 && letters > 0 || symbols > 0 || digits == end-k || capitals >= saidCapitals
}

// believed tells whether b[k:end], which a person wrote after the name of a secret that ends before name, is the secret
// rather than the next word of a sentence.
func (s *scanner) believed(kind, name, k, end int) bool {
	switch kind {
	case weakSecret:
		return false
	case colonSecret:
		return s.mixed(k, end) || end-k >= colonMin && s.random(k, end)
	}
	return s.looksSecret(k, end) || s.plainPassword(name, k, end)
}

// colonMin is the shortest value without digits of a name that is secret before a colon, in characters.
const colonMin = 12

// mixed tells whether b[k:end] is long enough for a secret, and holds both letters and digits.
func (s *scanner) mixed(k, end int) bool {
	var seen byte
	for p := k; p < end; p++ {
		seen |= class[s.b[p]]
	}
	return end-k >= proseMin && seen&isDigit != 0 && seen&(isUpper|isLower) != 0
}

// plainMax is the longest password without a digit, in letters; longer ones are names of programs.
const plainMax = 24

// plainPassword tells a password that is an ordinary word: it ends its line, and either its label says whose it is, or a
// username or address stands before that.
func (s *scanner) plainPassword(name, k, end int) bool {
	if end-k < proseMin || end-k > plainMax || end < len(s.b) && s.b[end] != '\n' {
		return false
	}
	for p := k; p < end; p++ {
		if !s.is(p, isUpper|isLower) && (s.b[p] != '-' || p == k) {
			return false
		}
	}
	for name > s.floor && s.b[name-1] == ' ' {
		name--
	}
	label := s.backWord(name)
	word := s.lowered(label, name)
	if s.t.secrets.passwords[string(word)] {
		return s.hasOwner(label)
	}
	for n := range max(0, len(word)-stemMin) { // "Telefonpasswort" is of something
		if s.t.secrets.passwords[string(word[n+1:])] {
			return true
		}
	}
	return false
}

// ownerGap is how far before a label the name of its owner may end, in characters.
const ownerGap = 4

// hasOwner tells whether the label that begins at p follows what was redacted as its owner, or a word such as "your" or "wifi".
func (s *scanner) hasOwner(p int) bool {
	if s.redacted > 0 && p-s.redacted <= ownerGap && p >= s.redacted {
		return true
	}
	if p == s.floor || s.b[p-1] != ' ' && s.b[p-1] != '-' {
		return false
	}
	return s.t.secrets.owners[string(s.lowered(s.backWord(p-1), p-1))]
}

// Bounds of "the key of the hotel's network:": in words, and of such a word as "of", in letters.
const (
	forWords = 5
	forMax   = 5
)

// namedFor tells what is named before the colon at i where words say what it is for: "Clave del wifi: …".
func (s *scanner) namedFor(i, hi int) int {
	if i+1 >= hi || !s.is(i+1, isBlank) {
		return noSecret
	}
	p := i
	if p > s.floor && s.b[p-1] == ' ' {
		p--
	}
	for range forWords {
		end := p
		for p > s.floor && end-p < wordMax && (s.is(p-1, isAlnum) || s.b[p-1] == '-' || s.b[p-1] == '\'') {
			p--
		}
		if p == end || p-1 <= s.floor || s.b[p-1] != ' ' {
			return noSecret
		}
		if end-p <= forMax && s.t.secrets.forWords[string(s.lowered(p, end))] {
			if kind, _ := s.secretName(p - 1); kind >= proseSecret {
				return kind
			}
			if s.t.secrets.passwords[string(s.lowered(s.backWord(p-1), p-1))] {
				return proseSecret
			}
		}
		p--
	}
	return noSecret
}

// reference tells whether b[k:end] is a value of a program rather than one itself: process.env.TOKEN.
func (s *scanner) reference(k, end int) bool {
	dot := bytes.IndexByte(s.b[k:end], '.')
	return dot > 0 && s.t.secrets.roots[string(s.lowered(k, k+dot))]
}
