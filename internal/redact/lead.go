package redact

// Most numbers of a page stand after a small word ("set of 2"), a sign or another number. What stands before one is read
// here once, so that those are told to be no part of an address before the rules of addresses are asked.

// leadTable tells by the last word before a number, without a look-up, that it leads to no number.
type leadTable struct {
	words  hintSet         // units, house signs, street words and post boxes
	street [1 << 10]uint32 // by nameEnd: the third last letters of what the names of streets end with
}

const (
	leadGap   = 5 // characters between a number and the word before it, at most
	leadSigns = 1<<' ' | 1<<',' | 1<<'.' | 1<<':'
)

// loadLeads follows loadLexicon.
func (t *tables) loadLeads() {
	for n, w := range t.lexicon.words {
		if t.lexicon.flags[n]&wordBox != 0 || t.lexicon.parts[n]&(partUnit|partHouse|partStreet) != 0 {
			t.leads.words.add(w)
		}
	}
	for _, list := range t.streetByEnd {
		for _, end := range list {
			n := len(end)
			t.leads.street[nameEnd(end[n-2], end[n-1])] |= 1 << (end[n-3] & 31)
		}
	}
}

// mayLead tells quickly whether what stands before the number at start may be a street, a unit or a house sign; saying yes
// wrongly only costs time.
func (s *scanner) mayLead(start int) bool {
	b, p := s.b[:start], start
	for low := max(s.floor, start-leadGap); p > low && b[p-1] <= ':' && leadSigns>>b[p-1]&1 != 0; {
		p--
	}
	if p == s.floor {
		return false
	}
	c := class[b[p-1]]
	if c&isLower == 0 {
		return c&isLetter != 0 || b[p-1] == '#' || b[p-1] == foldSymbol
	}
	w := s.backWord(p)
	if class[b[w]]&isLower == 0 || s.t.leads.words.has(b, w, p) {
		return true
	}
	if w > 0 && (b[w-1] == '-' || b[w-1] == '\'' || p-w == 1 && b[w-1] == '.') { // Karl-marx 5, n.o 5
		return true
	}
	if p-w > 2 && s.t.leads.street[nameEnd(b[p-2], b[p-1])]>>(b[p-3]&31)&1 != 0 {
		return true
	}
	return s.may(w, p, wordPlace) && s.mayBePrefixed(w)
}
