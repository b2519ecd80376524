package redact

// greeting looks at a word of a script without capitals at i, which may greet a person: "Здравствуйте, Иван!", or be a label
// with the name on the next line.
func (s *scanner) greeting(i, hi int) int {
	if s.inURL || i > s.floor && s.is(i-1, isAlnum) {
		return 0
	}
	hi = min(hi, s.mailStart)
	p := s.wordEnd(i, hi)
	if s.flags(i, p)&wordLabel == 0 {
		return s.gluedGreeting(i, p)
	}
	kind, _ := s.labelEnding(p)
	start := p
	for p < hi && p-start < 2 && joins(s.b[p], kind) {
		p++
	}
	if p == start || p >= hi || s.is(p, isUpper) || s.unspaced(p) && s.t.notGreeted[string(s.b[p:s.wordEnd(p, hi)])] {
		return 0
	}
	return s.spoken(p, hi)
}

// gluedGreeting reads the name between a greeting in a script without spaces, which begins at i, and the end of its letters:
// "亲爱的林鹤轩，".
func (s *scanner) gluedGreeting(i, end int) int {
	if !s.unspaced(i) || end-i > honoredLabelMax || !s.ends(end) {
		return 0
	}
	start := s.honoredStart(i, end)
	if n := end - start; start == i || n < honoredMin || n > gluedMax || s.notHonored(start, end) || s.t.notGreeted[string(s.b[start:end])] {
		return 0
	}
	if kind, _ := s.labelEnding(start); kind&labelLoose == 0 || s.flags(start, end)&(wordNoun|wordFunction|wordNotUser) != 0 {
		return 0
	}
	return s.add(start, end, Person, "name.greeting")
}

// gluedMax is the longest name directly after a greeting, in letters: two of a surname and two of a given name.
const gluedMax = 4

// joins tells whether the character c may stand between what announced a name and the name.
func joins(c byte, kind int) bool {
	return kind&labelLoose != 0 && (c == ' ' || c == ',') || kind&labelName != 0 && (c == '\n' || c == ',')
}

// smallName finds a name in small letters after a greeting: "Hi anna,".
func (s *scanner) smallName(n, hi int) int {
	end := s.run[n-1].end
	if s.run[n-1].flags&wordNamed == 0 {
		return 0
	}
	p := end
	if p < hi && s.b[p] == ',' {
		p++
	}
	if p+1 >= hi || s.b[p] != ' ' || !s.is(p+1, isLower) {
		return 0
	}
	e := s.wordEnd(p+1, hi)
	f := s.flags(p+1, e)
	kind, _ := s.labelEnding(end)
	if kind&labelLoose == 0 || f&wordGiven == 0 || f&(wordFunction|wordNoun) != 0 || !s.ends(e) {
		return 0
	}
	return s.add(p+1, e, Person, "name.greeting")
}
