package redact

// Bounds of what a label announces, in characters.
const (
	labelGap     = 6 // blanks and signs between a label and its value
	usernameMin  = 2
	usernameMax  = 64
	postcodeMax  = 10
	spokenWords  = 4 // words of a name that no capital marks
	spokenMin    = 2
	fieldMax     = 24  // of the label of the next field
	addressLabel = 160 // of an address that has no known form
)

// labelFor returns what a label directly before start announces.
func (s *scanner) labelFor(start int) int {
	if s.afterLabel && start > s.floor && s.is(start-1, isLower) {
		return labelBy
	}
	p, strict, line, known := start, false, false, false
	if p-3 >= s.floor && s.b[p-1] == ' ' && s.is(p-2, isLetter) && !s.t.lexicon.namedEnd.may(s.b[p-3], s.b[p-2]) {
		return 0
	}
	for p > s.floor && start-p < labelGap && !s.is(p-1, isAlnum) {
		switch s.b[p-1] {
		case ' ', ',', '"', '*', '.', '\'', '!':
		case '\n', '\r':
			strict, line = true, true
		case '=':
			strict, known = true, true
		case ':', '\t', '|', '-', '>':
			strict = true
		default:
			return 0
		}
		p--
	}
	if p == start || p == s.floor {
		return 0
	}
	colon := s.b[p] == ':'
	if colon && s.numbered(p) {
		p -= 2
	}
	if p-2 >= s.floor && !s.t.lexicon.namedEnd.may(s.b[p-2], s.b[p-1]) || !s.may(s.backWord(p), p, wordNamed) {
		return 0
	}
	if s.b[p] == '!' || s.b[p] == '.' && p+1 < len(s.b) && s.b[p+1] == ' ' && !s.sameWord(p-4, p, "attn") && s.flags(s.backWord(p), p)&wordHonorific == 0 {
		return 0
	}
	kind, begin := s.labelEnding(p)
	if !strict {
		kind &^= labelStrict
	}
	if kind&labelStrict != 0 {
		a, b := s.wordBefore(begin)
		if b > a && s.flags(a, b)&wordNotLabel != 0 {
			return 0
		}
		if !colon && b > a && b == begin-1 && s.b[b] == ' ' {
			kind &^= labelStrict // a word in the middle of a line
		}
	}
	if kind&labelPerson == 0 {
		return 0
	}
	if known {
		return labelBy
	}
	if line && kind&labelName == 0 && !colon {
		kind |= labelLine
	}
	return kind & (labelPerson | labelPlace | labelLine)
}

// labelColon looks at the colon at i: a label before it may announce a username, an address, or a name that no capital
// marks. Other names are found by their capitals.
func (s *scanner) labelColon(i, hi int) int {
	if s.inURL || i <= s.floor {
		return 0
	}
	end := i
	for end > s.floor && i-end < 2 && (s.b[end-1] == ' ' || s.b[end-1] == '"' || s.b[end-1] == '*' || s.b[end-1] == '\'') {
		end--
	}
	if end == s.floor || !s.is(end-1, isAlnum) {
		return 0
	}
	counted := s.numbered(end)
	if counted {
		end -= 2
	}
	kind, begin := s.labelEnding(end)
	if counted {
		kind &= labelPerson
	}
	if kind == 0 {
		return 0
	}
	hi = min(hi, s.mailStart)
	p := i + 1
	for p < hi && p-i < labelGap && (s.b[p] == ' ' || s.b[p] == '"' || s.b[p] == '\'' || s.b[p] == '\n' || s.b[p] == '\t' || s.b[p] == '\r') {
		p++
	}
	if p >= hi || p == i+1 && s.b[p] == '/' {
		return 0
	}
	a, b := s.wordBefore(begin)
	before := uint32(0)
	if b > a {
		before = s.flags(a, b)
	}
	if kind&labelAddress != 0 && before&wordNotAddress == 0 {
		if end := s.addressAfter(p, hi); end > 0 {
			return end
		}
	}
	if kind&labelPost != 0 {
		if end := s.postcodeAfter(p, hi); end > 0 {
			return end
		}
	}
	if kind&(labelUser|labelUserToo) != 0 {
		if end := s.username(p, hi); end > 0 {
			return end
		}
	}
	if kind&(labelLoose|labelStrict) != 0 && before&wordNotLabel == 0 {
		return s.spoken(p, hi)
	}
	return 0
}

// numbered tells whether a digit by itself ends at p, as in "Passenger 1".
func (s *scanner) numbered(p int) bool {
	return p-3 >= s.floor && s.is(p-1, isDigit) && s.b[p-2] == ' ' && s.is(p-3, isLetter)
}

// username reads the name that a person has on the site.
func (s *scanner) username(p, hi int) int {
	start, mixed := p, false
	if p < hi && s.b[p] == '@' {
		p++
	}
	for p < hi && p-start < usernameMax && (s.is(p, isAlnum) || s.b[p] == '_' || s.b[p] == '-' || s.b[p] == '.') {
		mixed = mixed || p > start && (s.is(p, isDigit) || s.b[p] == '_' || s.b[p] == '.' || s.b[p] == '-')
		p++
	}
	for p > start && (s.b[p-1] == '.' || s.b[p-1] == '-') {
		p--
	}
	if p-start < usernameMin || p < hi && s.b[p] == '@' {
		return 0
	}
	f := s.flags(start, p)
	if f&(wordNotUser|wordFunction) != 0 || !mixed && s.b[start] != '@' && !s.ends(p) {
		return 0
	}
	return s.add(start, p, Username, "username.label")
}

// session reads what follows "Signed in as" and its like.
func (s *scanner) session(hi int) int {
	w := &s.run[0]
	if w.flags&wordSession == 0 {
		return 0
	}
	p := s.startPhrase(w.start, hi, w.entry, wordSession)
	if p == 0 || p+1 >= hi {
		return 0
	}
	if s.b[p] == ':' {
		p++
	}
	if s.b[p] != ' ' || p+1 >= hi || s.is(p+1, isUpper) && !s.mixedToken(p+1, hi) {
		return 0
	}
	return s.username(p+1, hi)
}

// mixedToken tells whether the word at p holds a digit or a joint, as usernames do and names do not.
func (s *scanner) mixedToken(p, hi int) bool {
	for ; p < hi && (s.is(p, isAlnum) || s.b[p] == '_'); p++ {
		if s.is(p, isDigit) || s.b[p] == '_' {
			return true
		}
	}
	return false
}

// spoken reads a name in small letters or in a script without capitals, which is all that stands there.
func (s *scanner) spoken(p, hi int) int {
	if s.is(p, isUpper) || !s.is(p, isLetter) {
		return 0
	}
	start, end, words, known, other := p, p, 0, false, false
	for words < spokenWords && p < hi && s.is(p, isLetter) {
		from := p
		for p < hi && (s.is(p, isLetter) || (s.b[p] == '-' || s.b[p] == '\'') && p+1 < hi && s.is(p+1, isLetter)) {
			p++
		}
		f := s.flags(from, p)
		if f&(wordNoun|wordFunction|wordNotUser) != 0 && f&(wordGiven|wordSurname) == 0 || words == 0 && f&wordFunction != 0 {
			return 0
		}
		known = known || f&(wordGiven|wordSurname) != 0
		other = other || s.is(from, isOther)
		words++
		end = p
		if p+1 < hi && s.b[p] == ' ' && s.is(p+1, isLower|isOther) {
			p++
			continue
		}
		break
	}
	if s.isLabel(start, end) || end-start < spokenMin || !s.ends(end) && !s.nextField(end, hi) || !known && !other {
		return 0
	}
	return s.add(start, end, Person, "name.label")
}

// nextField tells whether the label of the next field follows place i: "First name: anna Last name: berg".
func (s *scanner) nextField(i, hi int) bool {
	for p := i + 1; p < hi && p-i < fieldMax && (s.is(p, isLetter) || s.b[p] == ' '); p++ {
		if p+1 < hi && s.b[p+1] == ':' {
			return s.is(i+1, isUpper) && s.isLabel(i+1, p+1)
		}
	}
	return false
}

// postcodeAfter reads the code that follows its label.
func (s *scanner) postcodeAfter(p, hi int) int {
	start, digits := p, 0
	for p < hi && p-start < postcodeMax && (s.is(p, isUpper|isDigit) || (s.b[p] == ' ' || s.b[p] == '-') && p+1 < hi && s.is(p+1, isDigit)) {
		if s.is(p, isDigit) {
			digits++
		}
		p++
	}
	if digits < 2 || p < hi && s.is(p, isAlnum) || p-start < 4 {
		return 0
	}
	end, _ := s.addressTail(start, hi)
	return s.add(start, max(p, end), Address, "address.postcode")
}

// addressAfter reads the address that follows its label: by its form, or all of the line where it has a number or
// several capital words.
func (s *scanner) addressAfter(p, hi int) int {
	line := p
	digit, capitals := -1, 0
	limit := min(hi, p+addressLabel)
	for line < limit && s.b[line] != '\n' && s.b[line] != '\r' && s.b[line] != '[' && s.b[line] != '|' && s.b[line] != '"' && s.b[line] != ';' && s.b[line] != '<' && s.b[line] != '\t' && s.b[line] != '{' {
		if s.b[line] == ':' { // the next label: what stands before it is not a part of this value
			for line > p && s.b[line-1] != ' ' && s.b[line-1] != ',' {
				line--
			}
			break
		}
		if s.is(line, isDigit) && digit < 0 {
			digit = line
		}
		if s.is(line, isUpper) && (line == p || !s.is(line-1, isAlnum)) {
			capitals++
		}
		if s.sentenceEnd(line) && line-p > 2 && s.is(line-1, isLower) && !s.abbreviated(line) {
			break
		}
		line++
	}
	s.sawFar(p, line)
	for line > p && !s.is(line-1, isAlnum) {
		line--
	}
	if line-p < 4 || s.is(p, isLetter) && s.flags(p, s.wordEnd(p, hi))&wordFunction != 0 && digit < 0 || s.placeless(p, line) {
		return 0
	}
	if digit < 0 && capitals < 2 && !s.is(p, isOther) || digit >= line && capitals < 2 {
		return 0
	}
	if digit == p && s.wordless(p, line) {
		return 0
	}
	end, _ := s.addressTail(line, hi)
	return s.add(p, max(line, end), Address, "address.label")
}

// abbreviated tells whether the dot at i ends a short word such as "St." or "Hauptstr.".
func (s *scanner) abbreviated(i int) bool {
	w := i
	for w > s.floor && s.is(w-1, isLetter) {
		w--
	}
	return i-w <= 4 || s.sameWord(i-3, i, "str") || s.part(w, i) != 0
}

// wordless tells whether b[p:end] holds no letters.
func (s *scanner) wordless(p, end int) bool {
	for ; p < end; p++ {
		if s.is(p, isLetter) {
			return false
		}
	}
	return true
}
