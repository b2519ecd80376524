package redact

import (
	"bytes"
	"strconv"
	"strings"
)

// cardMax is the longest card number of ISO/IEC 7812, in digits.
const cardMax = 19

type prefixRange struct{ lo, hi, len int }

type issuer struct {
	Ranges  []string
	Lengths []int

	prefixes []prefixRange
	lengths  [cardMax + 1]bool
}

// cardTable is rules/cards.json.
type cardTable struct {
	Threshold    int
	ContextRaise int            `json:"context_raise"`
	ContextLower int            `json:"context_lower"`
	GroupedScore int            `json:"grouped_score"`
	PlainScore   map[string]int `json:"plain_score"`
	WeakPrefixes []string       `json:"weak_prefixes"`
	WeakPenalty  int            `json:"weak_penalty"`
	Issuers      []issuer
	Groupings    [][]int

	plain [cardMax + 1]int
}

func (t *tables) loadCards() {
	c := &t.cards
	load("cards.json", c)
	for k := range c.Issuers {
		x := &c.Issuers[k]
		for _, r := range x.Ranges {
			x.prefixes = append(x.prefixes, parsePrefixes(r))
		}
		for _, n := range x.Lengths {
			x.lengths[n] = true
		}
	}
	for n, score := range c.PlainScore {
		c.plain[atoi(n)] = score
	}
}

// parsePrefixes reads "51-55" or "34".
func parsePrefixes(s string) prefixRange {
	for k := range len(s) {
		if s[k] == '-' {
			return prefixRange{atoi(s[:k]), atoi(s[k+1:]), k}
		}
	}
	return prefixRange{atoi(s), atoi(s), len(s)}
}

func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		panic("rules: " + err.Error())
	}
	return v
}

// cards finds card numbers among the groups of a cluster: alone, or grouped as cards are embossed.
func (s *scanner) cards(count int) {
	for g := 0; g < count; g++ {
		if last := s.card(g, count); last >= 0 {
			s.claim(g, last, s.groups[g].start, s.groups[last].end, Card, "card.luhn")
			g = last
		}
	}
}

// card returns the last group of the card number that begins with group g, or -1.
func (s *scanner) card(g, count int) int {
	if n := s.groups[g].len(); n >= cardDigits {
		if n <= cardMax && s.isCard(g, g, n) {
			return g
		}
		return -1
	}
	if s.groups[g].len() == 1 {
		return s.spreadCard(g, count)
	}
	for _, form := range s.t.cards.Groupings {
		if g+len(form) > count || s.groups[g].len() != form[0] {
			continue
		}
		digits, k := form[0], 1
		for k < len(form) && s.groups[g+k].len() == form[k] && s.cardSep(g+k) {
			digits += form[k]
			k++
		}
		if k == len(form) && s.isCard(g, g+k-1, digits) {
			return g + k - 1
		}
	}
	return -1
}

// oddCard finds the card whose digits begin at i and whose groups one other mark joins: 4111_1111_1111_1111,
// 4111 | 1111 | 1111 | 1111. It returns its end, or 0.
func (s *scanner) oddCard(i, limit int) int {
	end := s.groups[0].end
	if n := end - i; n != 4 || end+1 >= limit || i > s.floor && s.is(i-1, isAlnum) {
		return 0
	}
	joint := end
	for joint < limit && joint-end < maxSepLen && !s.is(joint, isAlnum) {
		joint++
	}
	sep := s.b[end:joint]
	odd := false
	for _, c := range sep {
		odd = odd || c == foldSymbol || strings.IndexByte("_|,;:/*", c) >= 0
	}
	if joint == limit || !odd {
		return 0
	}
	for _, form := range s.t.cards.Groupings {
		p, n := end, 1
		digits := form[0]
		for n < len(form) && form[0] == 4 && bytes.HasPrefix(s.b[p:limit], sep) {
			start := p + len(sep)
			for p = start; p < limit && p-start < form[n] && s.is(p, isDigit); {
				p++
			}
			if p-start != form[n] {
				break
			}
			s.groups[n] = group{start: start, end: p}
			digits += form[n]
			n++
		}
		if n == len(form) && (p == limit || !s.is(p, isAlnum)) && digits >= cardDigits && s.luhn(0, n-1, digits) && s.issued(i, p, digits) {
			return s.add(i, p, Card, "card.luhn")
		}
	}
	return 0
}

// spreadCard returns the last group of the card that is written digit by digit from group g on, or -1.
func (s *scanner) spreadCard(g, count int) int {
	last := g
	for last+1 < count && s.groups[last+1].len() == 1 && s.cardSep(last+1) && s.groups[last+1].sepLen == 1 {
		last++
	}
	digits := last - g + 1
	if s.groups[g].len() != 1 || digits < cardDigits || digits > cardMax || !s.luhn(g, last, digits) || !s.issued(s.groups[g].start, s.groups[last].end, digits) {
		return -1
	}
	return last
}

// cardSep tells whether group g may continue a card number.
func (s *scanner) cardSep(g int) bool {
	x := s.groups[g]
	if x.sep&(sepDot|sepPlus) != 0 {
		return x.sepLen == 1
	}
	return x.sep&(sepOpen|sepClose|sepSlash) == 0 || x.sep == sepSlash && x.sepLen == 1
}

func (s *scanner) isCard(g, last, digits int) bool {
	t := &s.t.cards
	start, end := s.groups[g].start, s.groups[last].end
	if !s.luhn(g, last, digits) || !s.issued(start, end, digits) || !s.stands(start, end) {
		return false
	}
	grouped := last > g
	if !grouped && s.fraction(start) {
		return false
	}
	score := t.GroupedScore
	if !grouped {
		score = t.plain[digits]
		for _, w := range t.WeakPrefixes {
			if digits < 15 && s.hasPrefix(start, end, w) {
				score -= t.WeakPenalty
			}
		}
	}
	switch s.near(start, end, contextCard, false) {
	case raises:
		score += t.ContextRaise
	case lowers:
		score -= t.ContextLower
	}
	return score >= t.Threshold
}

// luhn is the check digit of ISO/IEC 7812-1, Annex B.
func (s *scanner) luhn(g, last, digits int) bool {
	sum, double := 0, digits%2 == 0
	for k := g; k <= last; k++ {
		for i := s.groups[k].start; i < s.groups[k].end; i++ {
			d := int(s.b[i] - '0')
			if double {
				d *= 2
				if d > 9 {
					d -= 9
				}
			}
			sum += d
			double = !double
		}
	}
	return sum%10 == 0
}

// issued tells whether an issuer has numbers with this beginning and length.
func (s *scanner) issued(start, end, digits int) bool {
	var head [7]int // head[n] is the number that the first n digits make
	n := 0
	for i := start; i < end && n < 6; i++ {
		if s.is(i, isDigit) {
			head[n+1] = head[n]*10 + int(s.b[i]-'0')
			n++
		}
	}
	for k := range s.t.cards.Issuers {
		x := &s.t.cards.Issuers[k]
		if !x.lengths[digits] {
			continue
		}
		for _, p := range x.prefixes {
			if head[p.len] >= p.lo && head[p.len] <= p.hi {
				return true
			}
		}
	}
	return false
}
