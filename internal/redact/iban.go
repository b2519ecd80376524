package redact

// Shapes of an IBAN (ISO 13616), in characters.
const (
	ibanMax       = 34
	ibanSepMax    = 12 // separators inside one
	ibanDigitsMin = 8  // fewer are words that pass the check by chance
)

func (t *tables) loadIBANs() {
	var raw struct{ Lengths map[string]int }
	load("ibans.json", &raw)
	t.ibans = raw.Lengths
}

// iban reads the account number whose check digits begin at i, after the two letters of its country.
func (s *scanner) iban(i, hi int) int {
	start := i - 2
	if start < s.floor || i+1 >= hi || !s.is(i-1, isUpper|isLower) || !s.is(start, isUpper|isLower) || !s.is(i+1, isDigit) {
		return 0
	}
	country := [2]byte{s.b[start] &^ 0x20, s.b[start+1] &^ 0x20}
	length := s.t.ibans[string(country[:])]
	if length == 0 || !s.ibanBegins(start) {
		return 0
	}
	end := s.ibanEnd(start, hi, length)
	if end == 0 || !s.ibanCounts(start, end) {
		return 0
	}
	return s.add(start, end, IBAN, "iban.mod97")
}

// ibanBegins tells whether the country's letters begin a word, or follow the word IBAN itself.
func (s *scanner) ibanBegins(start int) bool {
	if start == s.floor || !s.is(start-1, isAlnum) {
		return true
	}
	return start-4 >= s.floor && string(s.lowered(start-4, start)) == "iban"
}

// ibanEnd collects length letters and digits with single separators between them.
func (s *scanner) ibanEnd(start, hi, length int) int {
	k, seps := start, 0
	for n := 0; n < length; {
		if k >= hi {
			return 0
		}
		switch {
		case s.is(k, isDigit|isUpper|isLower):
			n++
			k++
		case seps < ibanSepMax && n > 1 && s.t.sep[s.b[k]]&(sepSpace|sepDash|sepDot|sepPlus|sepLine) != 0 && s.is(k-1, isAlnum):
			seps++
			k++
		default:
			return 0
		}
	}
	if k < hi && s.is(k, isDigit) || k < hi && s.is(k, isLetter) && !s.is(k-1, isDigit) {
		return 0
	}
	return k
}

// ibanCounts is the check of ISO/IEC 7064 MOD 97-10 over the rearranged number, and the look at what surrounds it.
func (s *scanner) ibanCounts(start, end int) bool {
	var chars [ibanMax]byte
	n, digits := 0, 0
	for k := start; k < end; k++ {
		if s.is(k, isAlnum) {
			chars[n] = lower(s.b[k])
			n++
		}
		if s.is(k, isDigit) {
			digits++
		}
	}
	if digits < ibanDigitsMin {
		return false
	}
	sum := 0
	for k := range n {
		c := chars[(k+4)%n]
		if c <= '9' {
			sum = (sum*10 + int(c-'0')) % 97
		} else {
			sum = (sum*100 + int(c-'a') + 10) % 97
		}
	}
	return sum == 1 && s.near(start, end, contextIBAN, false) != lowers
}
