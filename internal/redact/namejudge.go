package redact

// extent returns the last word of the name that begins at word k, judged by what announced it, or -1.
func (s *scanner) extent(k, n, hi, kind int) int {
	if k >= n {
		return -1
	}
	last, count, known, stopped := -1, 0, false, uint32(0)
	for j := k; j < n && j-k < nameWords; j++ {
		w := &s.run[j]
		f := w.flags
		if f&wordBrand != 0 && s.startPhrase(w.start, hi, w.entry, wordBrand) > 0 {
			if j == k {
				return -1
			}
			break
		}
		if j > k && f&wordParticle != 0 && !w.initial && (w.small || !w.caps && f&(wordGiven|wordSurname) == 0) && (w.small || j < n-1 || kind&labelStrict == 0) {
			continue
		}
		if f&wordHonorific != 0 && j == k && kind != 0 {
			if end := s.extent(j+1, n, hi, labelLoose|labelStrict); end > j {
				return end
			}
			return -1
		}
		if j > k && w.dotted && f&wordHonorific != 0 && (j < n-1 || last < k || !s.generation(w)) {
			break
		}
		if f&(wordFunction|wordNoun) != 0 && !w.initial && !s.surnameToo(j, k, n, last, kind) {
			stopped = f
			break
		}
		if w.initial && j == k && !w.dotted && kind == 0 {
			return -1
		}
		if !w.initial {
			known = known || f&(wordGiven|wordGivenWeak|wordSurname) != 0
		}
		count++
		last = j
	}
	if last < 0 || s.organisation(k, last, n, hi) || k == 0 && kind != 0 && s.t.saints[string(s.lowered(s.run[k].start, s.run[k].end))] {
		return -1
	}
	if kind == 0 {
		if last+1 < n && s.t.titleWords[string(s.lowered(s.run[last+1].start, s.run[last+1].end))] {
			return -1
		}
		return s.likely(k, last, hi, stopped)
	}
	return s.announced(k, last, hi, kind, count, known, stopped)
}

// surnameToo tells whether word j, which is also an ordinary word, is a part of the name that begins at k.
func (s *scanner) surnameToo(j, k, n, last, kind int) bool {
	f, labelled := s.run[j].flags, kind&(labelLoose|labelStrict) != 0
	if j == k {
		if labelled && f&(wordGiven|wordGivenWeak) != 0 && j+1 < n && s.run[j+1].flags&(wordFunction|wordNoun) == 0 {
			return true
		}
		return f&wordFunction == 0 && f&(wordGiven|wordGivenWeak) != 0 || labelled && f&wordSurname != 0
	}
	if labelled && last >= k && s.run[j-1].small { // van den Broek
		return true
	}
	if labelled && last >= k && j+1 < n && f&(wordGiven|wordGivenWeak) != 0 && s.run[j+1].flags&(wordFunction|wordNoun) == 0 { // Anna May Berg
		return true
	}
	if labelled && j == n-1 && last == j-1 && (f&wordFunction == 0 || kind&labelStrict != 0) && s.run[k].flags&(wordGiven|wordNoun) == wordGiven && s.ends(s.run[j].end) {
		return true
	}
	return f&wordSurname != 0 && last >= k && (labelled || f&wordFunction == 0 && s.ends(s.run[j].end))
}

// ends tells whether nothing follows place i on its line that belongs to the same phrase.
func (s *scanner) ends(i int) bool {
	if i >= len(s.b) {
		return true
	}
	switch s.b[i] {
	case '\n', '\r', '\t', ',', '.', ';', '!', '?', ')', '|', '"', ':', '<', foldSymbol, '[':
		return true
	case ' ':
		return i+1 >= len(s.b) || !s.is(i+1, isAlnum)
	}
	return false
}

// announced judges words k to last after a label.
func (s *scanner) announced(k, last, hi, kind, count int, known bool, stopped uint32) int {
	f := &s.run[k]
	end := s.run[last].end
	if count == 1 && (f.initial || f.flags&(wordCity|wordState) != 0 && f.flags&wordGiven == 0) {
		return -1
	}
	if f.flags&wordCountry != 0 && f.flags&wordGiven == 0 && s.startPhrase(f.start, hi, f.entry, wordCountry) > 0 {
		return -1
	}
	if kind&labelPlace != 0 && s.town(k, last) {
		return -1
	}
	if known {
		if kind&labelPerson == labelBy && count == 1 && (f.flags&wordGiven == 0 || f.flags&wordNoun != 0 || stopped&wordNoun != 0) {
			return -1
		}
		return last
	}
	if stopped&wordNoun != 0 || s.labelsCode(end, hi) || count == 1 && kind&labelLine != 0 || s.isLabel(f.start, end) {
		return -1
	}
	if kind&labelStrict != 0 {
		return last
	}
	if kind&labelLoose != 0 && (count > 1 && count <= 3 || s.ends(end)) {
		return last
	}
	if last > k && s.run[last].initial && s.run[last].dotted {
		return last
	}
	return -1
}

// town tells whether word k, the first of those up to last after a label of a place, is a town and no name: "From: London
// Heathrow", but not "From: Paris Anderson".
func (s *scanner) town(k, last int) bool {
	f := &s.run[k]
	if f.flags&wordGiven != 0 || last > k && (f.flags&wordSurname != 0 || s.run[last].flags&wordSurname != 0) {
		return false
	}
	return s.t.towns[string(s.lowered(f.start, f.end))]
}

// labelsCode tells whether the words that end at end are a label themselves: a colon, a number or a placeholder
// follows.
func (s *scanner) labelsCode(end, hi int) bool {
	p := end
	for p < hi && p-end < 3 && (s.b[p] == ' ' || s.b[p] == '.' || s.b[p] == '#' || s.b[p] == ':') {
		if s.b[p] == ':' {
			return true
		}
		p++
	}
	return p > end && p < hi && (s.is(p, isDigit) || s.b[p] == '[')
}

// likely judges words k to last where nothing announced them: a given name, and what looks like a surname.
func (s *scanner) likely(k, last, hi int, stopped uint32) int {
	w := &s.run[k]
	strong := w.flags&wordGiven != 0 && w.flags&(wordGivenWeak|wordNoun|wordFunction) == 0
	if last == k {
		if strong && (s.owned(k, hi) || s.addressed(k, hi)) {
			return k
		}
		return -1
	}
	if k > 0 && s.run[k-1].flags&(wordParticle|wordDotted) != 0 {
		return -1
	}
	sure, shaped, unknown, tail := false, false, 0, false
	for j := k + 1; j <= last; j++ {
		x := &s.run[j]
		tail = false
		switch {
		case x.small || x.initial && !x.dotted && x.flags&wordParticle != 0:
		case x.initial:
			sure = sure || x.dotted && (j == last || strong)
		case x.flags&wordSurname != 0 && x.flags&(wordNoun|wordFunction) == 0:
			sure = true
		case x.flags&wordSurname != 0:
			shaped = true
		case j < last && strong && x.flags&wordGiven != 0 && x.flags&(wordGivenWeak|wordNoun|wordFunction) == 0: // Anna Maria
		case x.flags&(wordCity|wordStreet|wordStreetWeak|wordState|wordUnit) != 0:
			return -1
		case s.surnameShaped(x):
			shaped = true
		case x.end-x.start >= surnameMin:
			unknown++
			tail = x.flags&(wordGiven|wordGivenWeak) == 0
		}
	}
	if !sure && (!strong || !shaped && unknown != 1) || tail && sure && !strong {
		return -1
	}
	if stopped&wordNoun != 0 || k > 0 && s.before(k, sure && strong) || s.describes(w.start) {
		return -1
	}
	if (!sure || !strong) && s.thingAround(w.start, s.run[last].end, k, hi) || s.edition(s.run[last].end, hi) {
		return -1
	}
	return last
}

// before tells whether the capital word before word k makes it a part of the name of a thing; an unknown word does not
// where the name is a sure one.
func (s *scanner) before(k int, sure bool) bool {
	w := &s.run[k-1]
	if w.flags&(wordNoun|wordFunction) == wordNoun || s.t.saints[string(s.lowered(w.start, w.end))] {
		return true
	}
	return !sure && k == 1 && w.flags == 0 && !w.initial && !w.joint
}

// describes tells whether the label of a thing stands before place i: "Color: ".
func (s *scanner) describes(i int) bool {
	if i-2 <= s.floor || s.b[i-1] != ' ' || s.b[i-2] != ':' {
		return false
	}
	w := s.backWord(i - 2)
	return w < i-2 && s.flags(w, i-2)&wordNotLabel != 0
}

// isLabel tells whether b[start:end] is a label itself, as in a form that nobody filled in.
func (s *scanner) isLabel(start, end int) bool {
	kind, begin := s.labelEnding(end)
	return kind != 0 && begin == start
}

// organisation tells whether words k to last, with what follows them, name a company or an institute: "Acme Supplies GmbH".
func (s *scanner) organisation(k, last, n, hi int) bool {
	for j := k + 1; j < n; j++ {
		if w := &s.run[j]; !w.small && s.t.organisations[string(s.lowered(w.start, w.end))] {
			return true
		}
	}
	p := s.run[last].end
	if last < n-1 || p+2 >= hi || !s.hasPrefix(p, hi, ", ") && !s.hasPrefix(p, hi, " & ") {
		return false
	}
	if s.b[p] == ',' {
		p += 2
	} else {
		p += 3
	}
	e := s.wordEnd(p, hi)
	return e > p && s.t.organisations[string(s.lowered(p, e))]
}

// surnameShaped tells whether a word ends or begins as surnames do.
func (s *scanner) surnameShaped(w *nameWord) bool {
	n := w.end - w.start
	if n < 5 {
		return false
	}
	if s.b[w.start+1] == '\'' || s.hasPrefix(w.start, w.end, "Mc") {
		return true
	}
	for k := w.start; k < w.end; k++ {
		if s.b[k] == '-' {
			return true
		}
	}
	for _, end := range s.t.surnameEnds {
		if n > len(end)+1 && s.sameWord(w.end-len(end), w.end, end) {
			return true
		}
	}
	return false
}

// thingAround tells whether the words beside b[start:end] make it the name of a thing: an article before it, a number or
// the word of a product after it.
func (s *scanner) thingAround(start, end, k, hi int) bool {
	if end+1 < hi && s.b[end] == ' ' {
		if s.is(end+1, isDigit) {
			return true
		}
		e := s.wordEnd(end+1, hi)
		if e > end+1 && s.flags(end+1, e)&(wordNoun|wordFunction) == wordNoun {
			return true
		}
	}
	if k > 0 {
		return false
	}
	a, b := s.wordBefore(start)
	if a == b || s.b[b-1] == '\'' {
		return false
	}
	switch string(s.lowered(a, b)) {
	case "the", "a", "an", "our", "this", "these", "new", "der", "die", "das", "ein", "eine", "le", "la", "une", "el", "una", "il":
		return true
	}
	return s.flags(a, b)&wordNoun != 0 && s.b[a] >= 'a'
}

// edition tells whether a word of products follows place i in brackets, as it does the name of a work: "(Remastered)".
func (s *scanner) edition(i, hi int) bool {
	if !s.hasPrefix(i, hi, " (") {
		return false
	}
	e := s.wordEnd(i+2, hi)
	return e > i+2 && s.flags(i+2, e)&(wordNoun|wordFunction) == wordNoun
}

// owned tells whether word k is a possessive before something that a shop keeps for a person: "Anna's cart".
func (s *scanner) owned(k, hi int) bool {
	e := s.run[k].end
	if !s.hasPrefix(e, hi, "'s ") {
		return false
	}
	w := s.wordEnd(e+3, hi)
	return w > e+3 && s.flags(e+3, w)&wordOwned != 0
}

// addressed tells whether word k begins a line and a sentence to or of a person follows: "Anna, you left".
func (s *scanner) addressed(k, hi int) bool {
	w := &s.run[k]
	e := w.end
	if !s.lineStart(w.start) || e+2 >= hi || !s.hasPrefix(e, hi, ", ") && !s.hasPrefix(e, hi, ": ") || !s.is(e+2, isLower) {
		return false
	}
	return s.flags(e+2, s.wordEnd(e+2, hi))&wordFunction != 0
}

// lineStart tells whether a line begins at i.
func (s *scanner) lineStart(i int) bool { return i == 0 || i > s.floor && s.b[i-1] == '\n' }

// commaGiven returns the end of ", Anna" after a surname that ends at end: the form of lists and labels. Without it, end.
// After a label any given name counts, without one only those that are no other word; after a surname that stands alone there,
// any word does that is no other.
func (s *scanner) commaGiven(end, hi int, labelled, alone bool) int {
	if !s.hasPrefix(end, hi, ", ") {
		return end
	}
	e := s.wordEnd(end+2, hi)
	if e == end+2 || !s.is(end+2, isUpper) {
		return end
	}
	f := s.flags(end+2, e)
	sure := f&wordGiven != 0 && f&wordGivenWeak == 0
	sure = sure || labelled && f&wordGivenWeak != 0
	if alone && f&(wordBrand|wordCity|wordState|wordCountry|wordStreet) == 0 {
		e, sure = s.givenEnd(e, hi), true
	}
	if !sure || f&(wordNoun|wordFunction) != 0 || !s.ends(e) {
		return end
	}
	return e
}

// givenEnd returns the end of the second given name that may follow the one that ends at e: "Tăng, Nguyệt Cát".
func (s *scanner) givenEnd(e, hi int) int {
	if e+1 < hi && s.b[e] == ' ' && s.is(e+1, isUpper) {
		if second := s.wordEnd(e+1, hi); s.flags(e+1, second)&(wordNoun|wordFunction|wordCity) == 0 {
			return second
		}
	}
	return e
}

// generation tells whether a word says which of a family's bearers of a name it is: "Sr.".
func (s *scanner) generation(w *nameWord) bool {
	return s.sameWord(w.start, w.end, "sr") || s.sameWord(w.start, w.end, "jr")
}
