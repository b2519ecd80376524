package redact

// Bounds of a name.
const (
	runMax     = 10 // capital words looked at together
	nameWords  = 5  // words of one name
	surnameMin = 3  // letters of a surname that nobody listed
)

// name looks at the capital that begins a word at i. It judges the whole run of capital words once, and returns the end
// of the last name in it, or 0.
func (s *scanner) name(i, hi int) int {
	if s.inURL {
		return 0
	}
	if i > s.floor && s.is(i-1, isLower) && s.gluedLabel(i) {
		s.afterLabel = true
		end := s.judgeRun(i, min(hi, s.mailStart))
		s.afterLabel = false
		return end
	}
	if i < s.runEnd || i > s.floor && !s.opens(i-1) {
		return 0
	}
	hi = min(hi, s.mailStart)
	if end := s.wordEnd(i, hi); s.unnamed(i, end, hi) {
		s.runEnd = end
		return 0
	}
	return s.judgeRun(i, hi)
}

// gluedLabel tells whether a label ends at i, directly before the value, as in the text of elements without blanks
// between them: "Ship toAnna Berg".
func (s *scanner) gluedLabel(i int) bool {
	if w := s.backWord(i); w == i || !s.may(w, i, wordLabel) {
		return false
	}
	kind, _ := s.labelEnding(i)
	return kind&(labelPerson|labelAddress) != 0
}

// judgeRun finds the names in the run of capital words that begins at i.
func (s *scanner) judgeRun(i, hi int) int {
	n := s.readRun(i, hi)
	if n == 0 {
		return 0
	}
	s.runEnd = max(s.runEnd, s.run[n-1].end)
	if start := s.particlesBefore(i); start < i && s.labelFor(start)&(labelLoose|labelStrict) != 0 {
		s.run[0].start = start
	}
	for k := 0; k < n; {
		w := &s.run[k]
		if w.flags&wordBrand != 0 {
			if end := s.startPhrase(w.start, hi, w.entry, wordBrand); end > 0 {
				for k < n && s.run[k].start < end {
					k++
				}
				s.runEnd = max(s.runEnd, end)
				continue
			}
		}
		first, last := s.nameAt(k, n, hi)
		if last >= first {
			start, end := s.run[first].start, s.run[last].end
			if w := &s.run[last]; w.dotted && w.initial || end < hi && s.b[end] == '.' && s.generation(w) {
				end++
			}
			if street := s.streetAhead(end, hi); street > 0 {
				return street
			}
			labelled := s.labelFor(start)&(labelStrict|labelPlace) == labelStrict
			if first == last || labelled {
				end = s.commaGiven(end, hi, labelled, labelled && first == last && s.run[first].flags&wordGiven == 0)
			}
			s.add(start, end, Person, "name.person")
			return end
		}
		k++
	}
	if end := s.session(hi); end > 0 {
		return end
	}
	return s.smallName(n, hi)
}

// unnamed tells the commonest case quickly: the word b[i:end] is a run by itself, it is no part of a name or label by
// itself, and no label stands before it.
func (s *scanner) unnamed(i, end, hi int) bool {
	matters := uint32(wordBrand | wordSession | wordNamed)
	if end < hi {
		switch c := s.b[end]; {
		case c == ' ':
			if end+1 < hi && s.is(end+1, isLetter) && (s.is(end+1, isUpper) || s.may(end+1, s.wordEnd(end+1, hi), wordParticle)) {
				return false
			}
		case c == '\'' || c == '-' || c == '_' || c == '.' && end-i == 1 || class[c]&isDigit != 0:
			return false
		case c == '.':
			matters |= wordHonorific | wordDotted | wordHonorificWeak | wordParticle
		case c == ',':
			matters |= wordSurname
			fallthrough
		case c == ':':
			if s.lineStart(i) {
				matters |= wordGiven
			}
		}
	}
	return (!s.may(i, end, matters) || s.flags(i, end)&matters == 0) && s.labelFor(i) == 0 && s.particlesBefore(i) == i
}

// particlesMax is how many small particles stand before a surname: "van der Berg".
const particlesMax = 2

// particlesBefore returns where the small particles begin that stand before the word at i, or i.
func (s *scanner) particlesBefore(i int) int {
	start := i
	for range particlesMax {
		if start-2 <= s.floor || s.b[start-1] != ' ' || !s.is(start-2, isLower) {
			break
		}
		w := s.backWord(start - 1)
		if !s.may(w, start-1, wordParticle) || s.flags(w, start-1)&wordParticle == 0 {
			break
		}
		start = w
	}
	return start
}

// nameOrGreeting looks at a word that begins with a capital, or in a script without them.
func (s *scanner) nameOrGreeting(i, hi int) int {
	if s.is(i, isUpper) {
		return s.name(i, hi)
	}
	if s.t.honorAfter[s.b[i]] {
		if end := s.honored(i, hi); end > 0 {
			return end
		}
	}
	return s.greeting(i, hi)
}

// opens tells whether a word may begin after b[i].
func (s *scanner) opens(i int) bool {
	switch s.b[i] {
	case '=':
		return s.gluedLabel(i)
	case '_', '-', '/', '#', '@', '.', '\\', '$', '%', '\'':
		return s.b[i] == '/' && i > s.floor && s.b[i-1] == ' ' || s.b[i] == '.' && i > s.floor && s.is(i-1, isLetter)
	}
	return !s.is(i, isAlnum)
}

// nameAt tells which words of the run are a name that begins at word k; last is before first where none does.
func (s *scanner) nameAt(k, n, hi int) (first, last int) {
	w := &s.run[k]
	if s.honors(k, n) {
		if end := s.extent(k+1, n, hi, labelLoose|labelStrict); end > k {
			return k, end
		}
		return 1, 0
	}
	kind := 0
	if k == 0 || s.run[k-1].flags&wordLabel != 0 {
		kind = s.labelFor(w.start)
	}
	if kind != 0 {
		if end := s.extent(k, n, hi, kind); end >= k {
			return k, end
		}
	}
	if w.flags&(wordGiven|wordGivenWeak) != 0 {
		if end := s.extent(k, n, hi, 0); end >= k {
			return k, end
		}
	}
	if w.flags&wordSurname != 0 && k == n-1 && (k == 0 || s.run[k-1].flags&wordFunction != 0) {
		if s.commaGiven(w.end, hi, false, false) > w.end {
			return k, k
		}
	}
	return 1, 0
}

// honors tells whether word k is a title such as "Mr" that stands before a name.
func (s *scanner) honors(k, n int) bool {
	w := &s.run[k]
	if k+1 >= n || w.flags&(wordHonorific|wordDotted|wordHonorificWeak) == 0 {
		return false
	}
	next := &s.run[k+1]
	if next.flags&(wordFunction|wordHonorific) != 0 && next.flags&(wordHonorific|wordSurname) == 0 {
		return false
	}
	switch {
	case w.flags&wordHonorific != 0:
		return w.dotted || !w.caps || next.caps
	case w.flags&wordDotted != 0:
		return w.dotted && !s.t.saints[string(s.lowered(w.start, w.end))] && next.flags&wordNoun == 0 && (k == 0 && !s.sizeBefore(w.start))
	}
	return k == 0 && (next.flags&wordGiven != 0 || next.flags&wordSurname != 0 && next.flags&wordNoun == 0)
}

// sizeBefore tells whether the word before i is something that a single letter follows: a size, a name's first part.
func (s *scanner) sizeBefore(i int) bool {
	a, b := s.wordBefore(i)
	return b > a && s.flags(a, b)&(wordFunction|wordNoun) != 0
}
