package redact

// How a part of a card number is shown, in characters.
const (
	lastDigits = 4
	maskMin    = 2  // signs before the digits that make a mask
	maskSure   = 8  // of them, that make one without a word about cards
	maskMax    = 24 // looked at
)

// lastFour reads the last digits of a card (or an account, or a phone) after "ending in".
func (s *scanner) lastFour(i int, seen seenLabel) int {
	g := s.groups[0]
	if g.len() != lastDigits || !s.direct(seen, i) || s.priced(i) || s.fraction(i) || !s.free(i, g.end) {
		return 0
	}
	switch {
	case s.near(seen.start, g.end, contextCard, false) == raises, s.near(seen.start, g.end, contextIBAN, false) == raises:
		return s.add(i, g.end, Card, "card.last")
	case s.near(seen.start, g.end, contextPhone, false) == raises:
		return s.add(i, g.end, Phone, "phone.last")
	}
	return 0
}

// maskedCard reads the digits after "**** **** ****" or "xxxx-".
func (s *scanner) maskedCard(i, limit int) int {
	g := s.groups[0]
	if g.len() != lastDigits || i-1 <= s.floor || g.end < limit && s.is(g.end, isAlnum) {
		return 0
	}
	masks, symbols, times := 0, 0, 0
	p := i
	for ; p > s.floor && i-p < maskMax; p-- {
		c := s.b[p-1]
		if c != ' ' && c != '-' && !isMask(c) && !isDot(c) {
			break
		}
		if isMask(c) {
			masks++
		}
		if lower(c) == 'x' {
			times++
		}
		if isDot(c) {
			symbols++
		}
	}
	if masks+symbols == 0 || p > s.floor && s.is(p-1, isAlnum) && s.is(p, isAlnum) {
		return 0
	}
	if masks == 1 && times == 1 { // 2560 x 1440
		return 0
	}
	if masks < maskSure && (masks == 0 && symbols < maskMin || s.near(i, g.end, contextCard, false) != raises) {
		return 0
	}
	return s.add(i, g.end, Card, "card.last")
}

func isMask(c byte) bool { return c == '*' || c == 'x' || c == 'X' || c == '#' }

func isDot(c byte) bool { return c == foldSymbol || c == '.' }
