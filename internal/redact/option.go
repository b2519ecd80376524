package redact

import "bytes"

// option finds the secret that a program is given on its command line: --password x, mysql -px, curl -u user:x. The
// dash that begins the option is at i.
func (s *scanner) option(i, hi int) int {
	if i > s.floor && !s.is(i-1, isBlank) || i+2 >= hi {
		return 0
	}
	if s.b[i+1] != '-' {
		return s.shortOption(i, hi)
	}
	k := i + 2
	for k < hi && k-i < nameMax && s.is(k, isToken) {
		k++
	}
	if k+1 >= hi || s.b[k] != ' ' {
		return 0
	}
	if s.sameWord(i+2, k, "user") {
		return s.userOption(k+1, hi, true)
	}
	if kind, _ := s.secretName(k); kind == noSecret {
		return 0
	}
	return s.optionValue(k+1, hi, true)
}

// optionValue reads the value that begins at k, in quotes or not. unsure takes only what looks like a secret.
func (s *scanner) optionValue(k, hi int, unsure bool) int {
	if k >= hi || s.b[k] == '-' {
		return 0
	}
	if q := s.b[k]; q == '"' || q == '\'' {
		if end := s.quotedEnd(k+1, hi, q); end > k+1 && s.isSecretValue(k+1, end) {
			return s.add(k+1, end, Secret, "secret.option")
		}
		return 0
	}
	end := s.bareEnd(k, hi, false)
	if end <= k || !s.isSecretValue(k, end) || unsure && !s.looksSecret(k, end) {
		return 0
	}
	return s.add(k, end, Secret, "secret.option")
}

// commandReach is how far left of a short option its command may stand, in characters.
const commandReach = 120

// shortOption reads -p, -u or -a of the commands whose options of that letter hold a secret.
func (s *scanner) shortOption(i, hi int) int {
	letter := s.b[i+1]
	if bytes.IndexByte([]byte("puakwcP"), letter) < 0 {
		return 0
	}
	form := ""
	for p, limit := i, max(s.floor, i-commandReach); p > limit && form == ""; {
		if !s.is(p-1, isToken) {
			if s.b[p-1] == '\n' || s.b[p-1] == '|' || s.b[p-1] == ';' {
				break
			}
			p--
			continue
		}
		end := p
		for p > limit && s.is(p-1, isToken) {
			p--
		}
		form = s.t.secrets.Commands[string(s.lowered(p, end))]
	}
	if form == "" || form[0] != letter {
		return 0
	}
	k := i + 2
	glued := s.b[k] != ' '
	if !glued {
		k++
	}
	switch form[1] {
	case '?': // -p SECRET, or -p and something else
		return s.optionValue(k, hi, true)
	case '=': // -pSECRET: apart, it would be the name of a database
		if !glued {
			return 0
		}
	case ':': // -u user:SECRET
		return s.userOption(k, hi, false)
	}
	return s.optionValue(k, hi, false)
}

// userOption reads user:SECRET from k on. unsure takes only what looks like a secret, and not user:group.
func (s *scanner) userOption(k, hi int, unsure bool) int {
	colon := k
	for colon < hi && colon-k < nameMax && !s.is(colon, isBlank) && s.b[colon] != ':' {
		colon++
	}
	if colon+1 >= hi || s.b[colon] != ':' || s.is(colon+1, isBlank) || s.b[colon+1] == '/' {
		return 0
	}
	if s.b[k] == '"' || s.b[k] == '\'' {
		k++
	}
	end := s.bareEnd(colon+1, hi, false)
	if unsure && (!s.looksSecret(colon+1, end) || s.allDigits(colon+1, end)) {
		return 0
	}
	return s.add(k, end, Secret, "secret.option")
}
