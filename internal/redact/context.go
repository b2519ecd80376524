package redact

// Kinds of context, an index into the flags of a word.
const (
	contextPhone = iota
	contextCard
	contextIP
	contextIBAN
)

// What the words near a candidate say.
const (
	neutral = iota
	raises
	lowers
)

// Flags of a word: for kind k, bit 3k raises, 3k+1 lowers, 3k+2 lowers a plain number only.
type contextTable struct {
	left, right int
	flags       map[string]uint16
	hint        hintSet // of the words
}

func (t *tables) loadContext() {
	var raw struct {
		Left  int `json:"window_left"`
		Right int `json:"window_right"`
		Types map[string]struct {
			Raise, Lower []string
			Plain        []string `json:"lower_plain"`
		}
	}
	load("context.json", &raw)
	t.context = contextTable{left: raw.Left, right: raw.Right, flags: make(map[string]uint16)}
	for kind, name := range []string{"PHONE", "CARD", "IP", "IBAN"} {
		for bit, words := range [][]string{raw.Types[name].Raise, raw.Types[name].Lower, raw.Types[name].Plain} {
			for _, w := range words {
				word := t.word(w)
				t.context.flags[word] |= 1 << (3*kind + bit)
				t.context.hint.add(word)
			}
		}
	}
}

// near asks the words around b[start:end]: the nearest that has something to say about this kind decides, looking left
// first, not across another redaction. A word that lowers counts only within the same sentence and line; to the right,
// words only raise.
func (s *scanner) near(start, end, kind int, plain bool) int {
	limit := max(s.floor, start-s.t.context.left)
	same := true
	for p := start; p > limit; {
		if !s.is(p-1, isLetter) {
			same = same && !s.sentenceEnd(p-1)
			p--
			continue
		}
		wordEnd := p
		p = s.wordStart(p, limit)
		if says := s.wordSays(p, wordEnd, kind, plain); says == raises || says == lowers && same {
			return says
		}
	}
	limit = min(len(s.b), end+s.t.context.right)
	for p := end; p < limit; {
		if s.b[p] == '[' && s.placeholder(p, len(s.b)) > 0 {
			break
		}
		if !s.is(p, isLetter) {
			p++
			continue
		}
		begin := p
		for p < limit && s.is(p, isLetter) {
			p++
		}
		if s.wordSays(begin, p, kind, plain) == raises {
			return raises
		}
	}
	return neutral
}

// sentenceEnd tells whether b[i] ends a line or a sentence.
func (s *scanner) sentenceEnd(i int) bool {
	switch s.b[i] {
	case '\n', ';', '|':
		return true
	case '.', '!', '?':
		return i+1 < len(s.b) && s.is(i+1, isBlank)
	}
	return false
}

// wordStart returns where the word that ends at p begins. A capital in its middle begins a word of its own
// ("phoneNumber"), but not after a single letter ("iPhone").
func (s *scanner) wordStart(p, limit int) int {
	for p > limit && s.is(p-1, isLetter) {
		p--
		if p-2 >= limit && s.is(p, isUpper) && s.is(p-1, isLower) && s.is(p-2, isLetter) {
			break
		}
	}
	return p
}

// unspacedMax is the longest word looked for in a script without spaces, in letters.
const unspacedMax = 5

// wordSays looks b[start:end] up. In a script without spaces every part of it may be a word.
func (s *scanner) wordSays(start, end, kind int, plain bool) int {
	if s.unspaced(start) {
		for e := end; e > start; e-- {
			for n := 1; n <= unspacedMax && e-n >= start; n++ {
				if says := s.flagSays(e-n, e, kind, plain); says != neutral {
					return says
				}
			}
		}
		return neutral
	}
	return s.flagSays(start, end, kind, plain)
}

func (s *scanner) flagSays(start, end, kind int, plain bool) int {
	if !s.t.context.hint.has(s.b, start, end) {
		return neutral
	}
	flags := s.t.context.flags[string(s.lowered(start, end))] >> (3 * kind)
	switch {
	case flags&1 != 0:
		return raises
	case flags&2 != 0 || flags&4 != 0 && plain:
		return lowers
	}
	return neutral
}
