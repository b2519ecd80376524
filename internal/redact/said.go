package redact

import "bytes"

// Bounds of a password that a sentence says, in characters and words.
const (
	saidMax     = 64 // of the password up to its first digit
	saidGap     = 3  // between the name and the password
	saidBetween = 5  // words between the name and the verb: "the password of the hotel's network is"
)

// saidPassword finds the password of "your password is Hunter22" and "password Hunter22", or on the line after its name: the
// digit at i stands in it.
func (s *scanner) saidPassword(i, hi int) int {
	b, low, start := s.b, max(s.floor, i-saidMax), i
	for start > low && class[b[start-1]]&isBlank == 0 && b[start-1] != '(' && b[start-1] != '|' && !s.unspaced(start-1) {
		start--
	}
	if start-2 <= s.floor || i-start == saidMax || !s.saysBefore(start) {
		return 0
	}
	if b[start-1] == '\n' {
		if end := s.recoveryListed(start, hi); end > 0 {
			return end
		}
	}
	from := start
	if c := b[start]; (c == '"' || c == '\'' || c == '`') && start < i {
		start++
	}
	for k := i; k < start+proseMin; k++ { // no blank stands before i
		if k >= hi || class[b[k]]&isBlank != 0 {
			return 0
		}
	}
	verb := s.verbBefore(start)
	named := proseSecret
	if verb == 0 {
		named = s.namedBefore(from)
	}
	if named == noSecret || verb > 0 && s.unspaced(verb) && !s.secretBefore(verb, randomSecret) { // without spaces the value may be long
		return 0
	}
	end := s.bareEnd(start, hi, false)
	for k := i; k < end; k++ { // what is said after it in such a script
		if s.unspaced(k) {
			end = k
		}
	}
	if named == randomSecret && (end-start < randomMin || !s.random(start, end)) {
		return 0
	}
	least := proseSecret
	switch {
	case end-start >= randomMin && s.random(start, end):
		least = randomSecret
	case s.mixed(start, end):
		least = colonSecret
	}
	if end <= i || !s.looksSecret(start, end) || !s.isSecretValue(start, end) || verb > 0 && !s.secretBefore(verb, least) {
		return 0
	}
	if verb == 0 {
		s.userBefore(s.backWord(s.nameGap(from)))
	}
	return s.add(start, end, Secret, "secret.said")
}

// maySay is a quick test whether saidPassword may find something at i; saying yes wrongly only costs time.
func (s *scanner) maySay(i int) bool {
	if i-1 <= s.floor {
		return false
	}
	return class[s.b[i-1]]&isBlank == 0 || s.saysBefore(i)
}

// saysBefore is a quick test whether a verb or a name may stand before what begins at i.
func (s *scanner) saysBefore(i int) bool {
	if i < 3 || class[s.b[i-1]]&isBlank == 0 && s.b[i-1] != '(' && s.b[i-1] != '|' {
		return true
	}
	end := nameEnd(s.b[i-3], s.b[i-2])
	if s.t.secrets.saysEnd.may(s.b[i-3], s.b[i-2]) || s.t.secrets.ends[end] || s.b[i-1] == '\n' && s.t.secrets.recoveryEnd[end] {
		return true
	}
	p := s.nameGap(i)
	return p < i-1 && p-2 >= s.floor && s.t.secrets.ends[nameEnd(s.b[p-2], s.b[p-1])]
}

// nameGap returns where the word ends that stands before i, and blanks or signs such as a dash or bracket, or "'s".
func (s *scanner) nameGap(i int) int {
	p := i
	for p > s.floor && i-p < saidGap && (s.is(p-1, isBlank) || bytes.IndexByte([]byte("(|>;-"), s.b[p-1]) >= 0) {
		p--
	}
	if p-2 > s.floor && s.b[p-1] == 's' && s.b[p-2] == '\'' {
		p -= 2
	}
	return p
}

// namedBefore tells what stands directly before i, or on the line before: a word for a password (proseSecret), or the name of
// another secret, which only a random value follows without a sign between them (randomSecret).
func (s *scanner) namedBefore(i int) int {
	p := s.nameGap(i)
	if p == i || p-2 < s.floor || !s.is(p-1, isAlnum) || !s.t.secrets.ends[nameEnd(s.b[p-2], s.b[p-1])] {
		return noSecret
	}
	if s.t.secrets.passwords[string(s.lowered(s.backWord(p), p))] {
		return proseSecret
	}
	switch kind, _ := s.secretName(p); {
	case kind >= proseSecret && (s.unspaced(p-1) || s.b[i-1] == '(' || s.b[i-1] == '|'):
		return proseSecret
	case kind != noSecret:
		return randomSecret
	}
	return noSecret
}

// verbBefore returns where a verb begins that stands before i, or 0.
func (s *scanner) verbBefore(i int) int {
	p := i
	for p > s.floor && i-p < 2 && (s.b[p-1] == ' ' || s.b[p-1] == '"' || s.b[p-1] == '\'' || s.b[p-1] == '`') {
		p--
	}
	end := p
	if p == s.floor || p > 1 && !s.t.secrets.saysEnd.may(s.b[p-2], s.b[p-1]) {
		return 0
	}
	if s.unspaced(p - 1) {
		p--
	} else {
		p = s.backWord(p)
	}
	if p == end || end > 1 && !s.t.secrets.saysEnd.fits(s.b[end-2], s.b[end-1], end-p) || !s.t.secrets.says[string(s.lowered(p, end))] {
		return 0
	}
	return p
}

// secretBefore tells whether the name of a secret of at least such a kind stands before the verb at p, in the same sentence.
func (s *scanner) secretBefore(p, least int) bool {
	for n := range saidBetween {
		for p > s.floor && s.b[p-1] == ' ' {
			p--
		}
		if p == s.floor || !s.is(p-1, isAlnum) && s.b[p-1] != '\'' {
			return false
		}
		if kind, _ := s.secretName(p); kind >= least && (n == 0 || kind != colonSecret) {
			return true
		}
		for end := p; p > s.floor && end-p < wordMax && (s.is(p-1, isAlnum) || s.b[p-1] == '\'' || s.b[p-1] == '-'); {
			p--
		}
	}
	return false
}
