package redact

import "bytes"

// assignment finds the value that a secret's name is given at i: password=…, "api_key": "…", Authorization: ….
func (s *scanner) assignment(i, hi int) int {
	name, arrow := i, s.arrow(i, hi)
	if arrow {
		name--
	}
	kind, quoted := s.secretName(name)
	if kind == noSecret && s.b[i] == '=' {
		kind, quoted = s.keyAttribute(i)
	}
	if kind == noSecret && s.b[i] == ':' {
		kind = s.namedFor(i, hi)
	}
	if kind == noSecret {
		return 0
	}
	if s.b[i] == '>' && !arrow {
		return s.element(i, hi, kind)
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
		if end > k+1 && s.isSecretValue(k+1, end) && (kind != randomSecret || s.isRandom(k+1, end)) {
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
	if end <= k || !s.isSecretValue(k, end) || kind == randomSecret && !s.isRandom(k, end) {
		return 0
	}
	if kind == randomSecret {
		strict = true
	}
	if !strict && !s.believed(kind, name, k, end) {
		return 0
	}
	if !strict || s.is(gap, isBlank) {
		s.userBefore(s.labelStart(name))
	}
	return s.add(k, end, Secret, "secret.assigned")
}

// labelStart returns where the word begins that ends before the sign at i.
func (s *scanner) labelStart(i int) int {
	if i > s.floor && s.b[i-1] == ' ' {
		i--
	}
	return s.backWord(i)
}

// arrow tells whether the ">" at i ends an arrow between a name and a value: password -> Hunter22.
func (s *scanner) arrow(i, hi int) bool {
	return s.b[i] == '>' && i > s.floor && s.b[i-1] == '-' && i+1 < hi && s.b[i+1] == ' '
}

// What the name left of a ":" or "=" is.
const (
	noSecret     = iota
	randomSecret // secret where its value is random (session=…)
	weakSecret   // secret where a program writes it (sid=…), an ordinary word elsewhere
	colonSecret  // the same, but secret also where a person gives it letters and digits (pass: …)
	proseSecret  // secret also where a person writes it (Password: …)
	headerSecret // Authorization
)

// Bounds of a name, in characters and in parts ("aws_secret_access_key" has four).
const (
	nameMax  = 40
	partsMax = 4
	stemMin  = 5  // of a name that other letters are glued to ("Kundenkennwort")
	tailMax  = 24 // of what stands in brackets behind a name
)

// nameTail returns where a name ends before its number or a remark in brackets: password2, Password (temporary).
func (s *scanner) nameTail(end int) int {
	if end > s.floor && s.b[end-1] == ')' {
		p := end - 1
		for p > s.floor && end-p < tailMax && s.b[p-1] != '(' {
			p--
		}
		if p-2 <= s.floor || s.b[p-1] != '(' {
			return end
		}
		end = p - 1
		if s.b[end-1] == ' ' {
			end--
		}
	}
	p := end
	for p > s.floor && end-p < 2 && s.is(p-1, isDigit) {
		p--
	}
	if p < end && p > s.floor && s.b[p-1] == '_' {
		p--
	}
	if p == s.floor || !s.is(p-1, isLetter) {
		return end
	}
	return p
}

// secretName reads the name that ends before i, backwards, and tells whether it is quoted or joined by
// underscores, as programs write it.
func (s *scanner) secretName(i int) (kind int, quoted bool) {
	end := i
	for end > s.floor && s.b[end-1] == ' ' && i-end < 2 {
		end--
	}
	if end > s.floor && (s.b[end-1] == '"' || s.b[end-1] == '\'' || s.b[end-1] == '`' || s.b[end-1] == ']') {
		quoted = s.b[end-1] != ']'
		end--
		if !quoted && end > s.floor && (s.b[end-1] == '"' || s.b[end-1] == '\'') { // env["password"]
			quoted = true
			end--
		}
	}
	end = s.nameTail(end)
	if end-2 >= s.floor && s.is(end-2, isAlnum) && !s.t.secrets.ends[nameEnd(s.b[end-2], s.b[end-1])] {
		return noSecret, quoted
	}
	limit := max(s.floor, end-nameMax)
	h, parts := uint32(0), 0
	for p := end; p > limit && parts < partsMax; {
		c := s.b[p-1]
		if !s.is(p-1, isAlnum) {
			if c != '_' && c != '-' && c != ' ' && (c != '\'' || p-2 < limit || !s.is(p-2, isLetter)) || p == end || !s.is(p, isAlnum) {
				break
			}
			quoted = quoted || c == '_'
			p--
			continue
		}
		if h = backHash(h, lower(c)); !s.t.secrets.names.isEnd(h) {
			break
		}
		p--
		begins := s.partBegins(p, limit)
		if !begins && end-p < stemMin {
			continue
		}
		if begins && !s.unspaced(p) {
			parts++
		}
		n := s.backFind(&s.t.secrets.names, h, p, end, isAlnum)
		if !begins && s.t.secrets.names.words[n].value != proseSecret {
			continue
		}
		switch is := int(s.t.secrets.names.words[n].value); {
		case is >= proseSecret:
			return is, quoted
		case is > randomSecret || is == randomSecret && kind == noSecret:
			kind = is
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
	return isUnspaced(c) || s.is(p, isUpper) && s.is(p-1, isLower)
}

// quotedEnd returns the place of the closing quote, or 0.
func (s *scanner) quotedEnd(k, hi int, quote byte) int {
	hi = min(hi, k+s.t.secrets.ValueMax)
	start := k
	for ; k < hi && s.b[k] != '\n'; k++ {
		if s.b[k] == quote {
			break
		}
	}
	s.sawFar(start, k)
	if k >= hi || s.b[k] != quote {
		return 0
	}
	return k
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
	return s.b[end-1] != '[' && bytes.IndexByte(s.b[k:end], '(') < 0 && !s.reference(k, end)
}

// randomMin is the shortest value of a name that is secret only where its value is random, in characters.
const randomMin = 16

// isRandom tells a session or key from words, numbers and UUIDs.
func (s *scanner) isRandom(k, end int) bool {
	if end-k < randomMin || end-k == uuidLen && s.uuidAt(k) {
		return false
	}
	for p := k; p < end; p++ {
		if !s.inCharset(p, 't') && s.b[p] != ':' {
			return false
		}
	}
	return s.random(k, end)
}

// keyAttribute reads the name of key="ApiKey" value=… and name="csrf-token" content=…, whose last "=" is at i.
func (s *scanner) keyAttribute(i int) (kind int, quoted bool) {
	for _, value := range [...]string{"value", "content"} {
		p := i - len(value)
		if p-2 >= s.floor && s.hasPrefix(p, i, value) && s.b[p-1] == ' ' && s.b[p-2] == '"' {
			return s.secretName(p - 1)
		}
	}
	return noSecret, false
}

// element reads what stands in the element whose tag, <password> or <string name="password">, ends at i.
func (s *scanner) element(i, hi, kind int) int {
	name, named := i, s.b[i-1] == '"'
	for name > s.floor && i-name < nameMax && s.b[name-1] != '<' && (named || !s.is(name-1, isBlank)) {
		name--
	}
	if named && bytes.Count(s.b[name:i], []byte(`name="`)) != 1 { // <string name="password">
		return 0
	}
	if name == s.floor || s.b[name-1] != '<' || s.b[name] == '/' {
		return 0
	}
	end := i + 1
	for limit := min(hi, i+s.t.secrets.ValueMax); end < limit && s.b[end] != '<' && s.b[end] != '\n'; {
		end++
	}
	s.sawFar(i, end)
	if end+1 >= hi || s.b[end] != '<' || s.b[end+1] != '/' || !s.isSecretValue(i+1, end) || bytes.IndexByte(s.b[i+1:end], ' ') >= 0 {
		return 0
	}
	if kind == randomSecret && !s.isRandom(i+1, end) || kind < proseSecret && kind > randomSecret && !s.looksSecret(i+1, end) {
		return 0
	}
	return s.add(i+1, end, Secret, "secret.assigned")
}
