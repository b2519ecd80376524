package redact

// unspacedTable is what marks addresses in scripts without spaces, by the folded byte of one letter. A byte stands for
// several letters, so that two marks are needed.
type unspacedTable struct {
	mark   [256]uint8
	block  [2]byte // what follows the number of a block
	number byte    // what follows the number of a house
}

// Marks of a letter in an address.
const (
	markRoad       = 1 << iota // before a number, as the end of a road's name
	markGate                   // after a number
	markPrefecture             //
	markCity                   //
	markRoadKorean             //
	markPlaceKorean
)

const (
	unspacedLeft  = 40 // letters of an address before its number
	unspacedRight = 12 // letters between two numbers
	unspacedParts = 10 // numbers and what stands between them
	koreanWords   = 5
)

func (t *tables) loadUnspaced(raw map[string]string) {
	for mark, letters := range map[uint8]string{
		markRoad: raw["roads"], markGate: raw["gates"], markPrefecture: raw["prefectures"], markCity: raw["cities"],
		markRoadKorean: raw["korean_roads"], markPlaceKorean: raw["korean_places"],
	} {
		for _, r := range letters {
			t.unspaced.mark[t.fold.rune(r)] |= mark
		}
	}
	t.unspaced.number = t.word(raw["number"])[0]
	copy(t.unspaced.block[:], t.word(raw["block"]))
}

// mayBeUnspaced tells quickly whether unspacedAddress may find something; saying yes wrongly only costs time.
func (s *scanner) mayBeUnspaced(start, digits int) bool {
	if digits-start == 3 && s.b[:digits+1][digits] == '-' {
		return true
	}
	return start >= 2 && (isUnspaced(s.b[start-1]) || s.b[start-1] == ' ' && isUnspaced(s.b[start-2]))
}

// unspacedAddress finds a Chinese, Japanese or Korean address by the number b[start:digits] in it.
func (s *scanner) unspacedAddress(start, digits, hi int) int {
	if start > s.floor && s.is(start-1, isUpper|isLower|isDigit) {
		return 0
	}
	if begin, q := s.japaneseCode(start, digits, hi); q > 0 {
		return s.add(begin, s.unspacedTail(q, hi), Address, "address.unspaced")
	}
	if start-2 <= s.floor {
		return 0
	}
	before := s.b[start-1]
	if before == ' ' && isUnspaced(s.b[start-2]) {
		if from := s.koreanBefore(start - 1); from >= 0 {
			return s.add(from, s.unspacedTail(digits, hi), Address, "address.unspaced")
		}
	}
	if !isUnspaced(before) {
		return 0
	}
	from := start
	seen, city := false, false
	for from > s.floor && start-from < unspacedLeft {
		c := s.b[from-1]
		if c == ' ' && from-2 >= s.floor && s.t.unspaced.mark[s.b[from-2]]&(markPrefecture|markCity) != 0 {
			from--
			continue
		}
		if !isUnspaced(c) {
			break
		}
		from--
		if m := s.t.unspaced.mark[c]; m&markPrefecture != 0 && city {
			seen = true
		} else if m&markCity != 0 && start-from > 1 {
			city = true
		}
	}
	m := s.t.unspaced.mark
	switch {
	case start-from >= 3 && m[before]&markRoad != 0 && digits < hi && m[s.b[digits]]&markGate != 0:
	case start-from >= 3 && s.hasPrefix(digits, hi, string(s.t.unspaced.block[:])):
	case start-from >= 6 && seen && digits+1 < hi && s.b[digits] == '-' && s.is(digits+1, isDigit) && digits-start <= 2:
	case start-from >= 6 && seen && digits < hi && s.b[digits] == s.t.unspaced.number:
	default:
		return 0
	}
	return s.add(from, s.unspacedTail(digits, hi), Address, "address.unspaced")
}

// japaneseCode reads "231-0023" before letters of such a script, and returns where the address begins and the letters do.
func (s *scanner) japaneseCode(start, digits, hi int) (begin, q int) {
	if digits-start != 3 || digits+6 >= hi || s.b[digits] != '-' || s.digits(digits+1, hi) != 4 {
		return 0, 0
	}
	q = digits + 5
	if s.b[q] == ' ' || s.b[q] == '\n' {
		q++
	}
	for k := q; k < q+3; k++ {
		if k >= hi || !isUnspaced(s.b[k]) {
			return 0, 0
		}
	}
	begin = start
	if begin > s.floor && s.b[begin-1] == foldSymbol {
		begin--
	}
	return begin, q
}

// koreanBefore returns where the words begin that end at p and are a road and what it lies in, or -1.
func (s *scanner) koreanBefore(p int) int {
	if s.t.unspaced.mark[s.b[p-1]]&markRoadKorean == 0 {
		return -1
	}
	from := -1
	for words := range koreanWords {
		w := p
		for w > s.floor && p-w < unspacedRight && (isUnspaced(s.b[w-1]) || s.is(w-1, isDigit)) {
			w--
		}
		if w == p || words > 0 && s.t.unspaced.mark[s.b[p-1]]&markPlaceKorean == 0 {
			break
		}
		if words > 0 {
			from = w
		}
		if w-2 < s.floor || s.b[w-1] != ' ' || !isUnspaced(s.b[w-2]) {
			break
		}
		p = w - 1
	}
	return from
}

// unspacedTail returns the end of an address in such a script that goes on at p: numbers, and letters between and after
// them, also after a blank, a comma or a bracket.
func (s *scanner) unspacedTail(p, hi int) int {
	end := p
	for range unspacedParts {
		q := p
		for q < hi && q-p < joinMax && (s.b[q] == '-' || s.b[q] == ' ' || s.b[q] == ',' || s.b[q] == '(') {
			q++
		}
		spaced := q > p && s.b[q-1] != '-'
		k := q
		for k < hi && k-q < unspacedLeft && isUnspaced(s.b[k]) {
			k++
		}
		n := s.digits(k, hi)
		switch {
		case n > 0 && n <= 5 && (!spaced || k > q || k+n >= hi || isUnspaced(s.b[k+n]) || n == 5):
			end = k + n
		case k == q || k-q > 2 && !(q > p && s.b[q-1] == '('):
			if k > q && !spaced && s.t.unspaced.mark[s.b[q]]&markGate != 0 {
				return q + 1
			}
			return end
		case spaced && s.b[q-1] != '(':
			return end
		default:
			end = k
		}
		p = end
	}
	return end
}
