package redact

// Bounds of a name.
const (
	runMax     = 10 // capital words looked at together
	nameWords  = 5  // words of one name
	surnameMin = 3  // letters of a surname that nobody listed
)

// nameWord is a word of a run of capital words.
type nameWord struct {
	start, end int // end without a dot
	entry      int
	flags      uint32
	dotted     bool
	initial    bool
	small      bool // a particle in small letters
	caps       bool // all capitals
}

// name looks at the capital that begins a word at i. It judges the whole run of capital words once, and returns the end
// of the last name in it, or 0.
func (s *scanner) name(i, hi int) int {
	if i < s.runEnd || s.inURL || i > s.floor && !s.opens(i-1) {
		return 0
	}
	hi = min(hi, s.mailStart)
	if end := s.wordEnd(i, hi); s.unnamed(i, end, hi) {
		s.runEnd = end
		return 0
	}
	n := s.readRun(i, hi)
	if n == 0 {
		return 0
	}
	s.runEnd = s.run[n-1].end
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
			if s.run[last].dotted && s.run[last].initial {
				end++
			}
			if street := s.streetAhead(end, hi); street > 0 {
				return street
			}
			if first == last {
				end = s.commaGiven(end, hi)
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
		}
	}
	return (!s.may(i, end, matters) || s.flags(i, end)&matters == 0) && s.labelFor(i) == 0
}

// nameOrGreeting looks at a word that begins with a capital, or in a script without them.
func (s *scanner) nameOrGreeting(i, hi int) int {
	if s.is(i, isUpper) {
		return s.name(i, hi)
	}
	return s.greeting(i, hi)
}

// opens tells whether a word may begin after b[i].
func (s *scanner) opens(i int) bool {
	switch s.b[i] {
	case '_', '-', '/', '#', '@', '.', '\\', '=', '$', '%', '\'':
		return s.b[i] == '/' && i > s.floor && s.b[i-1] == ' ' || s.b[i] == '.' && i > s.floor && s.is(i-1, isLetter)
	}
	return !s.is(i, isAlnum)
}

// readRun reads the run of capital words that begins at i: words apart by one space, initials and titles with a dot,
// particles in small letters between them.
func (s *scanner) readRun(i, hi int) int {
	n, named := 0, 0
	for p := i; n < runMax && p < hi; {
		start := p
		p = s.wordEnd(p, hi)
		head := p
		for p > start && p+1 < hi && (s.b[p] == '\'' || s.b[p] == '-') && s.is(p+1, isLetter) {
			p = s.wordEnd(p+1, hi)
		}
		if p == start || p < hi && (s.is(p, isDigit) || s.b[p] == '_') {
			break
		}
		if !s.is(start, isUpper) && (n == 0 || !s.may(start, head, wordParticle)) {
			break
		}
		w := &s.run[n]
		end := p
		if end-start > 2 && s.b[end-2] == '\'' && lower(s.b[end-1]) == 's' {
			end -= 2 // Anna's
			if head > end {
				head = end
			}
		}
		*w = nameWord{start: start, end: end, entry: s.entry(start, head)}
		if head < end && head-start <= 2 {
			w.entry = -1 // O'Brien
		}
		if w.entry >= 0 {
			w.flags = s.t.lexicon.flags[w.entry]
		}
		w.initial = end-start == 1
		if !s.is(start, isUpper) {
			if n == 0 || w.flags&wordParticle == 0 {
				break
			}
			w.small = true
		} else {
			w.caps = end-start > 1 && s.is(start+1, isUpper) && s.is(end-1, isUpper)
		}
		n++
		if !w.small {
			named = n
		}
		if end < p { // a possessive ends a run
			break
		}
		if p < hi && s.b[p] == '.' && (w.initial || w.flags&(wordHonorific|wordDotted|wordHonorificWeak|wordParticle) != 0) {
			w.dotted = true
			p++
			if w.initial && p < hi && s.is(p, isUpper) {
				continue // J.R.
			}
		}
		if p+1 >= hi || s.b[p] != ' ' || !s.is(p+1, isLetter) {
			break
		}
		p++
	}
	if n > 0 {
		s.sawFar(i, s.run[n-1].end)
	}
	return named
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
		if s.commaGiven(w.end, hi) > w.end {
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
		return w.dotted && w.initial && next.flags&wordNoun == 0 && (k == 0 && !s.sizeBefore(w.start))
	}
	return k == 0 && (next.flags&wordGiven != 0 || next.flags&wordSurname != 0 && next.flags&wordNoun == 0)
}

// sizeBefore tells whether the word before i is something that a single letter follows: a size, a name's first part.
func (s *scanner) sizeBefore(i int) bool {
	a, b := s.wordBefore(i)
	return b > a && s.flags(a, b)&(wordFunction|wordNoun) != 0
}

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
		if j > k && f&wordParticle != 0 && !w.initial && (w.small || !w.caps && f&(wordGiven|wordSurname) == 0) {
			continue
		}
		if f&wordHonorific != 0 && j == k && kind != 0 {
			if end := s.extent(j+1, n, hi, labelLoose|labelStrict); end > j {
				return end
			}
			return -1
		}
		if f&(wordFunction|wordNoun) != 0 && !w.initial && !s.surnameToo(j, k, last, kind) {
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
	if last < 0 {
		return -1
	}
	if kind == 0 {
		return s.likely(k, last, hi, stopped)
	}
	return s.announced(k, last, hi, kind, count, known, stopped)
}

// surnameToo tells whether word j, which is also an ordinary word, is a part of the name that begins at k.
func (s *scanner) surnameToo(j, k, last, kind int) bool {
	f := s.run[j].flags
	if j == k {
		return f&wordFunction == 0 && f&(wordGiven|wordGivenWeak) != 0 || kind&(labelLoose|labelStrict) != 0 && f&wordSurname != 0
	}
	return f&wordSurname != 0 && last >= k && (kind&(labelLoose|labelStrict) != 0 || f&wordFunction == 0 && s.ends(s.run[j].end))
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
	if known {
		if kind&labelPerson == labelBy && count == 1 && (f.flags&wordGiven == 0 || f.flags&wordNoun != 0 || stopped&wordNoun != 0) {
			return -1
		}
		return last
	}
	if stopped&wordNoun != 0 || s.labelsCode(end, hi) {
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
		if strong && s.owned(k, hi) {
			return k
		}
		return -1
	}
	if k > 0 && s.run[k-1].flags&(wordParticle|wordDotted) != 0 {
		return -1
	}
	sure, shaped, unknown := false, false, false
	for j := k + 1; j <= last; j++ {
		x := &s.run[j]
		switch {
		case x.small || x.initial && !x.dotted && x.flags&wordParticle != 0:
		case x.initial:
			sure = sure || x.dotted && (j == last || strong)
		case x.flags&wordSurname != 0 && x.flags&(wordNoun|wordFunction) == 0:
			sure = true
		case x.flags&wordSurname != 0:
			shaped = true
		case x.flags&(wordCity|wordStreet|wordStreetWeak|wordState|wordUnit) != 0:
			return -1
		case s.surnameShaped(x):
			shaped = true
		case x.end-x.start >= surnameMin:
			unknown = true
		}
	}
	switch {
	case sure:
	case !strong || !shaped && !unknown:
		return -1
	case stopped&wordNoun != 0 || k > 0 && s.run[k-1].flags&wordNoun != 0 || s.thingAround(w.start, s.run[last].end, k, hi):
		return -1
	}
	return last
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

// owned tells whether word k is a possessive before something that a shop keeps for a person: "Anna's cart".
func (s *scanner) owned(k, hi int) bool {
	e := s.run[k].end
	if !s.hasPrefix(e, hi, "'s ") {
		return false
	}
	w := s.wordEnd(e+3, hi)
	return w > e+3 && s.flags(e+3, w)&wordOwned != 0
}

// commaGiven returns the end of ", Anna" after a surname that ends at end: the form of lists and labels. Without it, end.
func (s *scanner) commaGiven(end, hi int) int {
	if !s.hasPrefix(end, hi, ", ") {
		return end
	}
	e := s.wordEnd(end+2, hi)
	if e == end+2 || !s.is(end+2, isUpper) {
		return end
	}
	f := s.flags(end+2, e)
	if f&wordGiven == 0 || f&(wordGivenWeak|wordNoun|wordFunction) != 0 || !s.ends(e) {
		return end
	}
	return e
}

// greeting looks at a word of a script without capitals at i, which may greet a person: "Здравствуйте, Иван!".
func (s *scanner) greeting(i, hi int) int {
	if s.inURL || i > s.floor && s.is(i-1, isAlnum) {
		return 0
	}
	hi = min(hi, s.mailStart)
	p := s.wordEnd(i, hi)
	if s.flags(i, p)&wordLabel == 0 {
		return 0
	}
	if kind, _ := s.labelEnding(p); kind&labelLoose == 0 {
		return 0
	}
	start := p
	for p < hi && p-start < 2 && (s.b[p] == ' ' || s.b[p] == ',') {
		p++
	}
	if p == start || p >= hi || s.is(p, isUpper) {
		return 0
	}
	return s.spoken(p, hi)
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
