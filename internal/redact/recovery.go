package redact

// Bounds of recovery codes and seed phrases.
const (
	recoveryMin  = 6  // characters of a code that holds a digit
	recoveryWord = 9  // and of one without, which then holds a dash
	recoveryMost = 64 //
	recoveryGap  = 4  // characters between two codes
	recoveryPair = 4  // digits of each half of a code that is written in two
	seedWords    = 12 // the fewest words of BIP 39
	seedMost     = 24
	seedLetters  = 8 // the longest of its words; the shortest has three
)

// recovery finds what the colon or equals sign at i gives to a name such as "recovery codes" or "seed phrase".
func (s *scanner) recovery(i, hi int) int {
	end := i
	for end > s.floor && i-end < 2 && (s.b[end-1] == ' ' || s.b[end-1] == '"' || s.b[end-1] == ')') {
		end--
	}
	return s.recoveryAt(end, i+1, hi)
}

// recoveryListed finds what stands from start on, on the line after such a name.
func (s *scanner) recoveryListed(start, hi int) int {
	end := start - 1
	for end > s.floor && start-end < recoveryGap && s.is(end-1, isBlank) {
		end--
	}
	return s.recoveryAt(end, start, hi)
}

// recoveryAt reads the codes or words from k on, if a name that announces them ends at end.
func (s *scanner) recoveryAt(end, k, hi int) int {
	if end-1 <= s.floor || !s.is(end-1, isLetter) || !s.t.secrets.recoveryEnd[nameEnd(s.b[end-2], s.b[end-1])] {
		return 0
	}
	p := end
	for n := range 3 {
		for p > s.floor && end-p < wordMax && s.is(p-1, isLetter) {
			p--
		}
		if n == 0 && !s.t.secrets.recoveryEnds[string(s.lowered(p, end))] {
			return 0
		}
		name := s.lowered(p, end)
		for n, c := range name {
			if c == '_' || c == '-' {
				name[n] = ' '
			}
		}
		if s.t.secrets.seeds[string(name)] {
			return s.seedPhrase(k, hi)
		}
		if s.t.secrets.recovery[string(name)] {
			return s.recoveryCodes(k, hi)
		}
		if p-1 <= s.floor || s.b[p-1] != ' ' && s.b[p-1] != '_' && s.b[p-1] != '-' {
			return 0
		}
		p--
	}
	return 0
}

// recoveryCodes replaces each code of a list.
func (s *scanner) recoveryCodes(k, hi int) int {
	last := 0
	for {
		k = s.listItem(k, hi)
		end := k
		digits, dashes := 0, 0
		for end < hi && end-k <= recoveryMost && s.is(end, isToken) {
			if s.is(end, isDigit) {
				digits++
			} else if s.b[end] == '-' {
				dashes++
			}
			end++
		}
		if digits == recoveryPair && end-k == digits && end+recoveryPair < hi && s.b[end] == ' ' && s.digits(end+1, hi) == recoveryPair {
			end += 1 + recoveryPair
		}
		n := end - k
		if n < recoveryMin || n > recoveryMost || digits == 0 && (dashes == 0 || n < recoveryWord) {
			return last
		}
		last = s.add(k, end, Secret, "secret.recovery")
		k = end
	}
}

// listItem skips blanks, quotes, commas and the number of a list's item.
func (s *scanner) listItem(k, hi int) int {
	p := k
	for p < hi && p-k < recoveryGap && (s.is(p, isBlank) || s.b[p] == '"' || s.b[p] == ',' || s.b[p] == '[' || s.b[p] == '-' || s.b[p] == '\'') {
		p++
	}
	n := p
	for n < hi && n-p < 2 && s.is(n, isDigit) {
		n++
	}
	if n > p && n+1 < hi && (s.b[n] == '.' || s.b[n] == ')' || s.b[n] == ':') {
		n++
		for n < hi && s.b[n] == ' ' && n-p < recoveryGap {
			n++
		}
		return n
	}
	return p
}

// seedPhrase replaces twelve words or more, each of three to eight small letters.
func (s *scanner) seedPhrase(k, hi int) int {
	start, first, last, words := k, 0, 0, 0
	for words < seedMost {
		k = s.listItem(k, hi)
		end := k
		for end < hi && s.is(end, isLower) {
			end++
		}
		if end-k < 3 || end-k > seedLetters {
			break
		}
		if words == 0 {
			first = k
		}
		words++
		last, k = end, end
	}
	s.sawFar(start, k)
	if words < seedWords {
		return 0
	}
	return s.add(first, last, Secret, "secret.seed")
}
