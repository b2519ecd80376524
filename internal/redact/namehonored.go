package redact

// Bounds of a name before an honorific such as 様, in letters.
const (
	honoredMin = 2
	honoredMax = 6
)

func (t *tables) loadHonorifics(after, not, notGreeted []string) {
	t.notHonored, t.notGreeted = t.wordSet(not), t.wordSet(notGreeted)
	for _, h := range after {
		word := t.word(h)
		t.honorsAfter = append(t.honorsAfter, word)
		t.honorAfter[word[0]] = true
		t.trigger[word[0]] = always
	}
}

// honored finds the name before an honorific that stands at i: "佐藤様". The letters before it are all of their run.
func (s *scanner) honored(i, hi int) int {
	if s.inURL || !s.honorificAt(i, hi) {
		return 0
	}
	end := i
	if end-1 > s.floor && s.b[end-1] == ' ' {
		end--
	}
	start := end
	for start > s.floor && end-start <= honoredLabelMax && s.unspaced(start-1) {
		start--
	}
	start = s.honoredStart(start, end)
	family := s.familyBefore(start)
	if n := end - start; n < honoredMin && family == start || n > honoredMax || start > s.floor && s.is(start-1, isAlnum) && !s.unspaced(start-1) {
		return 0
	}
	if s.notHonored(start, end) {
		return 0
	}
	return s.add(family, end, Person, "name.honored")
}

// notHonored tells whether b[start:end] ends as a word that no person is named by: "顾客".
func (s *scanner) notHonored(start, end int) bool {
	for k := start; k <= end-honoredMin; k++ {
		if s.t.notHonored[string(s.b[k:end])] {
			return true
		}
	}
	return false
}

// familyBefore returns where the family name begins that stands before a given name at start and a space: "塚本 涼太さん".
func (s *scanner) familyBefore(start int) int {
	if start-2 <= s.floor || s.b[start-1] != ' ' {
		return start
	}
	from := start - 1
	for from > s.floor && start-from <= familyMax && s.unspaced(from-1) {
		from--
	}
	if n := start - 1 - from; n == 0 || n > familyMax || from > s.floor && s.is(from-1, isAlnum) || s.flags(from, start-1)&(wordNoun|wordFunction|wordNamed) != 0 {
		return start
	}
	return from
}

// familyMax is the longest family name before a space, in letters.
const familyMax = 3

// honoredLabelMax is how far back a label without a space before a name is looked for: 尊敬的.
const honoredLabelMax = 12

// honoredStart skips a label at the start of b[start:end].
func (s *scanner) honoredStart(start, end int) int {
	for p := start + 1; p < end; p++ {
		if n := s.entry(start, p); n >= 0 && s.t.lexicon.flags[n]&wordNamed != 0 {
			return p
		}
	}
	return start
}

// honorificAt tells whether an honorific stands at i, and nothing after it that makes it a part of a word.
func (s *scanner) honorificAt(i, hi int) bool {
	for _, h := range s.t.honorsAfter {
		if s.hasPrefix(i, hi, h) {
			e := i + len(h)
			return e >= hi || !s.is(e, isAlnum) || e+1 >= hi || !s.is(e+1, isAlnum)
		}
	}
	return false
}
