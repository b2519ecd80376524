package redact

// nameWord is a word of a run of capital words.
type nameWord struct {
	start, end int // end without a dot
	entry      int
	flags      uint32
	dotted     bool
	initial    bool
	small      bool // a particle in small letters
	caps       bool // all capitals
	joint      bool // of two parts: Anne-Marie
}

// readRun reads the run of capital words that begins at i: words apart by one space, initials and titles with a dot,
// particles in small letters between them.
func (s *scanner) readRun(i, hi int) int {
	n, named := 0, 0
	for p := i; n < runMax && p < hi; {
		start := p
		var head int
		p, head = s.runWord(start, hi)
		if p == start || p < hi && (s.is(p, isDigit) && !s.afterLabel || s.b[p] == '_') {
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
		*w = nameWord{start: start, end: end, entry: s.entry(start, head), joint: head < end}
		if head < end && head-start <= 2 {
			w.entry = -1 // O'Brien
		}
		if w.entry >= 0 {
			w.flags = s.t.lexicon.flags[w.entry]
		}
		w.initial = end-start == 1
		if w.joint {
			w.flags = s.jointFlags(w)
		}
		if !s.is(start, isUpper) {
			if s.flags(start, head)&wordParticle == 0 || w.joint && !s.is(head+1, isUpper) {
				break
			}
			w.small = !w.joint // a particle alone, or al-Khatib
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
			p = s.titleEnd(w, p, hi)
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

// wordAlone is the flags that say something of one word, rather than of a phrase that it may begin.
const wordAlone = wordGiven | wordGivenWeak | wordSurname | wordNoun | wordFunction | wordLabel

// jointFlags are the flags of a word of two parts: those of the first, unless that is an ordinary word and the last a
// given name, as in Maj-Britt, or only a letter or a particle, as in E-mail and
// al-Khatib; and whether it ends a label, as "G'day" does.
func (s *scanner) jointFlags(w *nameWord) uint32 {
	last := s.flags(s.backWord(w.end), w.end)
	if s.b[w.start+1] == '-' || s.is(w.start, isLower) {
		return last & wordAlone
	}
	if w.flags&(wordFunction|wordNoun) != 0 && last&wordGiven != 0 {
		return last
	}
	return w.flags | last&wordLabel
}

// titleEndMax is the longest end of a title after its dot, as in Dott.ssa, in letters.
const titleEndMax = 3

// titleEnd returns where a title with a dot ends, whose last letters may stand after the dot: "Sig.ra".
func (s *scanner) titleEnd(w *nameWord, p, hi int) int {
	end := p
	for end < hi && end-p < titleEndMax && s.is(end, isLower) {
		end++
	}
	if w.initial || end == p || end >= hi || s.b[end] != ' ' {
		return p
	}
	return end
}

// runWord reads a word with the parts that apostrophes and dashes join to it; head is the end of its first part.
func (s *scanner) runWord(start, hi int) (end, head int) {
	p := start
	if s.afterLabel {
		for p < hi && !s.textSeam(start, p) && (s.is(p, isLetter) || (s.b[p] == '\'' || s.b[p] == '-') && p+1 < hi && p > start && s.is(p+1, isLetter) && s.is(p-1, isLetter)) {
			p++
		}
		return p, s.wordEnd(start, p)
	}
	p = s.wordEnd(p, hi)
	head = p
	for p > start && p+1 < hi && (s.b[p] == '\'' || s.b[p] == '-') && s.is(p+1, isLetter) {
		p = s.wordEnd(p+1, hi)
	}
	return p, head
}

// textSeam tells whether another text begins at p, in a run without blanks between the texts: "Anna BergEmail".
func (s *scanner) textSeam(start, p int) bool {
	return s.afterLabel && p-start > 2 && s.is(p, isUpper) && s.is(p-1, isLower) && !(p-start == 3 && s.hasPrefix(start, p, "Mac"))
}
