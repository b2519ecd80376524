package redact

// backTable finds words that are read from their last letter to their first, over what joins their parts. What is read is
// hashed letter by letter; at the first one with which no word of the table ends, the reader may stop.
type backTable struct {
	ends  [1 << backEndBits / 64]uint64 // a bit by the hash of each end of a word
	first [1 << backBits]int16          // by the hash of a whole word: which of words to compare first, 0 for none
	words []backWord
}

type backWord struct {
	text  string
	next  int16 // the next word of the same hash
	value int16
}

// Bits of a hash that find a word, and those that find an end of one.
const (
	backBits    = 11
	backEndBits = 16
)

// backHash takes one more letter into a hash.
func backHash(h uint32, c byte) uint32 { return (h ^ uint32(c)) * 0x9E3779B1 }

func (t *backTable) add(text string, value int16) {
	h := uint32(0)
	for k := len(text) - 1; k >= 0; k-- {
		h = backHash(h, text[k])
		end := h >> (32 - backEndBits)
		t.ends[end/64] |= 1 << (end % 64)
	}
	if t.words == nil {
		t.words = make([]backWord, 1) // that of number 0 is none
	}
	at := &t.first[h>>(32-backBits)]
	t.words = append(t.words, backWord{text, *at, value})
	*at = int16(len(t.words) - 1)
}

// isEnd tells whether a word may end with what was read; saying yes wrongly only costs time.
func (t *backTable) isEnd(h uint32) bool {
	end := h >> (32 - backEndBits)
	return t.ends[end/64]>>(end%64)&1 != 0
}

// backFind returns the number of the word of t whose letters, all of the classes of, are those of b[start:end], which hash
// to h; 0 where there is none.
func (s *scanner) backFind(t *backTable, h uint32, start, end int, of byte) int16 {
	n := t.first[h>>(32-backBits)]
	for n != 0 && !s.spells(start, end, t.words[n].text, of) {
		n = t.words[n].next
	}
	return n
}

// spells tells whether the characters of b[start:end] that are of the classes are those of text.
func (s *scanner) spells(start, end int, text string, of byte) bool {
	n := 0
	for _, c := range s.b[start:end] {
		if class[c]&of == 0 {
			continue
		}
		if n == len(text) || lower(c) != text[n] {
			return false
		}
		n++
	}
	return n == len(text)
}
