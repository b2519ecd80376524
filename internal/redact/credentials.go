package redact

import "bytes"

// Bounds of a pair of a username and its password, in characters.
const (
	pairUserMin = 3
	pairUserMax = 40
	pairGap     = 3 // between both
	hostMax     = 64
)

// credentials finds the pair that the colon at i gives to a name such as "login" or "credentials": admin / Hunter22.
func (s *scanner) credentials(i, hi int) int {
	end := i
	if end > s.floor && s.b[end-1] == ' ' {
		end--
	}
	if i+2 >= hi || !s.is(i+1, isBlank) || end-1 <= s.floor || !s.t.secrets.pairEnd[nameEnd(s.b[end-2], s.b[end-1])] || !s.t.secrets.pairs[string(s.lowered(s.backWord(end), end))] {
		return 0
	}
	user := i + 2
	p := user
	if s.b[p] == '[' {
		p = max(p, s.placeholder(p, hi))
	} else {
		for p < hi && p-user < pairUserMax && s.is(p, isMail) {
			p++
		}
	}
	if p-user < pairUserMin || p >= s.mailStart && s.mailStart >= user {
		return 0
	}
	k, sign := p, false
	for k < hi && k-p < pairGap && (s.b[k] == ' ' || !sign && (s.b[k] == '/' || s.b[k] == ':' || s.b[k] == ',' || s.b[k] == '|')) {
		sign = sign || s.b[k] != ' '
		k++
	}
	end = s.bareEnd(k, hi, false)
	if !sign || !s.looksSecret(k, end) || !s.isSecretValue(k, end) || s.allDigits(k, end) {
		return 0
	}
	if s.b[user] != '[' {
		s.add(user, p, Username, "username.pair")
	}
	return s.add(k, end, Secret, "secret.pair")
}

// userBefore adds the username that stands before the label of its password, which begins at p: "user tester01 pw …".
func (s *scanner) userBefore(p int) {
	end := p
	for end > s.floor && p-end < pairGap && (s.is(end-1, isBlank) || s.b[end-1] == ',' || s.b[end-1] == ';' || s.b[end-1] == '/') {
		end--
	}
	start := end
	for start > s.floor && end-start < pairUserMax && s.is(start-1, isMail) && !s.unspaced(start-1) {
		start--
	}
	label := start
	for label > s.floor && start-label < pairGap && (s.b[label-1] == ' ' || s.b[label-1] == ':' || s.b[label-1] == '=' || s.b[label-1] == '\t') {
		label--
	}
	if end == p || end-start < pairUserMin || label == start || label == s.floor || !s.t.secrets.users[string(s.lowered(s.backWord(label), label))] {
		return
	}
	s.add(start, end, Username, "username.pair")
}

// userInfo finds the password of user:password@host without a scheme, whose colon is at i. A host that has a domain is read as
// that of a mail address, which covers the password.
func (s *scanner) userInfo(i, hi int) int {
	if i == s.floor || i+1 >= hi || !s.is(i-1, isToken) || s.is(i+1, isBlank) {
		return 0
	}
	part := s.b[i+1 : min(hi, i+1+pairUserMax)]
	n := bytes.IndexByte(part, '@')
	if n < 0 {
		return 0
	}
	start := i
	for start > s.floor && i-start < pairUserMax && s.is(start-1, isToken) {
		start--
	}
	if start > s.floor && !s.is(start-1, isBlank) && s.b[start-1] != '"' && s.b[start-1] != '\'' {
		return 0
	}
	if bytes.ContainsAny(part[:n], " \t\n/") || !s.isSecretValue(i+1, i+1+n) || !s.isHost(i+2+n, hi) {
		return 0
	}
	return s.add(i+1, i+1+n, Secret, "secret.userinfo")
}

// isHost tells whether a network address, "localhost" or a name with a port begins at k.
func (s *scanner) isHost(k, hi int) bool {
	p, dots, letters := k, 0, 0
	for p < hi && p-k < hostMax && (s.is(p, isToken) || s.b[p] == '.') {
		if s.b[p] == '.' {
			dots++
		} else if s.is(p, isLetter) {
			letters++
		}
		p++
	}
	switch {
	case p == k:
		return s.hasPrefix(k, hi, "[IP]")
	case letters == 0:
		return dots == 3
	case p+1 < hi && s.b[p] == ':' && s.is(p+1, isDigit):
		return true
	}
	return s.sameWord(k, p, "localhost")
}
