package redact

// Bounds of a password that a sentence says, in characters and words.
const (
	saidMax     = 64 // of the password up to its first digit
	saidBetween = 5  // words between the name and the verb: "the password of the hotel's network is"
)

// saidPassword finds the password of "your password is Hunter22": the digit at i stands in it.
func (s *scanner) saidPassword(i, hi int) int {
	start := i
	for start > s.floor && i-start < saidMax && !s.is(start-1, isBlank) && !s.unspaced(start-1) {
		start--
	}
	if start-2 <= s.floor || i-start == saidMax {
		return 0
	}
	if c := s.b[start]; (c == '"' || c == '\'' || c == '`') && start < i {
		start++
	}
	if !s.runs(start, proseMin, hi) || !s.saidBefore(start) {
		return 0
	}
	end := s.bareEnd(start, hi, false)
	if end <= i || !s.isSecretValue(start, end) || !s.looksSecret(start, end) {
		return 0
	}
	return s.add(start, end, Secret, "secret.said")
}

// runs tells whether n characters without a blank begin at i.
func (s *scanner) runs(i, n, hi int) bool {
	for k := i; k < i+n; k++ {
		if k >= hi || s.is(k, isBlank) {
			return false
		}
	}
	return true
}

// maySay is a quick test whether saidPassword may find something at i; saying yes wrongly only costs time.
func (s *scanner) maySay(i int) bool {
	if i-1 <= s.floor {
		return false
	}
	if c := s.b[i-1]; class[c]&isBlank == 0 {
		return true
	}
	return i < 3 || s.t.secrets.saysEnd.may(s.b[i-3], s.b[i-2])
}

// unspaced tells whether b[i] is a letter of a script without spaces.
func (s *scanner) unspaced(i int) bool { return s.b[i] >= foldUnspaced && s.b[i] < foldAlphabet }

// saidBefore tells whether a verb stands before i, and before that, in the same sentence, the name of a secret.
func (s *scanner) saidBefore(i int) bool {
	p := i
	for p > s.floor && i-p < 2 && (s.b[p-1] == ' ' || s.b[p-1] == '"' || s.b[p-1] == '\'' || s.b[p-1] == '`') {
		p--
	}
	end := p
	if p == s.floor || p > 1 && !s.t.secrets.saysEnd.may(s.b[p-2], s.b[p-1]) {
		return false
	}
	if p > s.floor && s.unspaced(p-1) {
		p--
	} else {
		for p > s.floor && end-p < wordMax && s.is(p-1, isLetter) {
			p--
		}
	}
	if p == end || end > 1 && !s.t.secrets.saysEnd.fits(s.b[end-2], s.b[end-1], end-p) || !s.t.secrets.says[string(s.lowered(p, end))] {
		return false
	}
	for range saidBetween {
		for p > s.floor && s.b[p-1] == ' ' {
			p--
		}
		if p == s.floor || !s.is(p-1, isAlnum) && s.b[p-1] != '\'' {
			return false
		}
		if kind, _ := s.secretName(p); kind >= proseSecret {
			return true
		}
		for end := p; p > s.floor && end-p < wordMax && (s.is(p-1, isAlnum) || s.b[p-1] == '\'' || s.b[p-1] == '-'); {
			p--
		}
	}
	return false
}
