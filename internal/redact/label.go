package redact

import "strings"

// labelTable is the labels of rules/identifiers.json: what the words left of a number say that it is.
type labelTable struct {
	byText map[string]label
	back   backTable // the same; a value is the number of its label in kinds
	kinds  []label
	hint   [1 << 15 / 64]uint64 // by hintOf the last word of a label: most words are told to be none without a look-up
	window int                  // characters left of a value in which a label counts
}

// label is what a label names: a kind, or otherThing.
type label struct {
	kind int16
	weak bool
}

// otherThing is the kind of a label that names no identifier, such as "order number".
const otherThing = -1

// labelWords is how many words a label has at most.
const labelWords = 6

// seenLabel is the nearest label left of the place up to which the text was read.
type seenLabel struct {
	start, end int
	label
}

// labelReader reads the words of a text once, however often the scanner asks.
type labelReader struct {
	from, upTo int // the words between these places were read
	found      seenLabel
}

func (l *labelTable) add(t *tables, text string, kind int16, weak bool) {
	words := strings.Fields(text)
	folded := t.word(strings.Join(words, ""))
	if _, taken := l.byText[folded]; !taken {
		l.byText[folded] = label{kind, weak}
		l.back.add(folded, int16(len(l.kinds)))
		l.kinds = append(l.kinds, label{kind, weak})
	}
	last := t.word(words[len(words)-1])
	l.setHint(last)
	l.setHint(folded)
	if isUnspaced(last[len(last)-1]) {
		for n := 1; n <= len(folded); n++ { // any part of a run of such letters may be a label
			l.setHint(folded[len(folded)-n:])
		}
	}
}

func (l *labelTable) setHint(word string) {
	at := hintOf(word[0], word[len(word)-1], len(word))
	l.hint[at/64] |= 1 << (at % 64)
}

func (l *labelTable) hinted(at uint) bool { return l.hint[at/64]>>(at%64)&1 != 0 }

func hintOf(first, last byte, n int) uint {
	return uint(first&31) | uint(last&31)<<5 | uint(min(n, 31))<<10
}

// labelBefore returns the nearest label that ends before i, within the window and not across another redaction.
func (s *scanner) labelBefore(i int) (seenLabel, bool) {
	r, limit := &s.labels, max(s.floor, i-s.t.labels.window)
	if r.upTo < limit {
		p := limit
		for p > s.floor && p > r.upTo && limit-p < wordMax && s.is(p-1, isLetter) {
			p--
		}
		r.from, r.upTo = p, p
	}
	s.readLabels(i)
	f := r.found
	return f, f.end > 0 && f.start >= s.floor && f.end <= i && i-f.end <= s.t.labels.window
}

// joint is how many characters may stand between two words of one label.
const joint = 3

// readLabels looks for the last label between what was read before and to.
func (s *scanner) readLabels(to int) {
	r, b := &s.labels, s.b
	for p := to; p > r.upTo; {
		if class[b[p-1]]&isLetter == 0 {
			p--
			continue
		}
		end := p
		for p--; p > r.upTo && class[b[p-1]]&isLetter != 0; p-- {
			if class[b[p]]&isUpper != 0 && class[b[p-1]]&isLower != 0 {
				break
			}
		}
		found := false
		if c := b[p]; isUnspaced(c) {
			found = s.unspacedLabel(p, end)
		} else if s.t.labels.hinted(hintOf(lower(c), lower(b[end-1]), end-p)) {
			found = s.spacedLabel(end)
		}
		if found {
			break
		}
	}
	r.upTo = max(r.upTo, to)
}

// spacedLabel keeps the longest label that ends with the word that ends at end, if there is one.
func (s *scanner) spacedLabel(end int) (found bool) {
	b, from, l := s.b, s.labels.from, &s.t.labels
	h := uint32(0)
	for p, words := end, 0; words < labelWords; words++ {
		last := p
		for p > from && class[b[p-1]]&isLetter != 0 {
			p--
			if h = backHash(h, lower(b[p])); !l.back.isEnd(h) {
				return found
			}
			if class[b[p]]&isUpper != 0 && p > from && class[b[p-1]]&isLower != 0 {
				break
			}
		}
		if p == last {
			return found
		}
		if n := s.backFind(&l.back, h, p, end, isLetter); n != 0 {
			s.labels.found, found = seenLabel{p, end, l.kinds[l.back.words[n].value]}, true
		}
		for last = p; p > from && class[b[p-1]]&isLetter == 0; p-- {
			if last-p == joint {
				return found
			}
		}
	}
	return found
}

// unspacedLabelMax is the longest label in a script without spaces, in letters.
const unspacedLabelMax = 12

// unspacedLabel keeps the longest of the labels that end last in b[start:end], if there is one. Any part may be one.
func (s *scanner) unspacedLabel(start, end int) (found bool) {
	l := &s.t.labels
	for e := end; e > start && !found; e-- {
		h := uint32(0)
		for p := e - 1; p >= start && e-p <= unspacedLabelMax; p-- {
			if h = backHash(h, s.b[p]); !l.back.isEnd(h) {
				break
			}
			for n := l.back.first[h>>(32-backBits)]; n != 0; n = l.back.words[n].next {
				if x := &l.back.words[n]; x.text == string(s.b[p:e]) {
					s.labels.found, found = seenLabel{p, e, l.kinds[x.value]}, true
				}
			}
		}
	}
	return found
}
