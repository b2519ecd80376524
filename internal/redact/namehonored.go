package redact

// Bounds of a name before an honorific such as 様, in letters.
const (
	honoredMin = 2
	honoredMax = 6
)

func (t *tables) loadHonorifics(after, not []string) {
	t.notHonored = t.wordSet(not)
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
	if n := end - start; n < honoredMin || n > honoredMax || start > s.floor && s.is(start-1, isAlnum) && !s.unspaced(start-1) {
		return 0
	}
	for k := start; k <= end-honoredMin; k++ {
		if s.t.notHonored[string(s.b[k:end])] {
			return 0
		}
	}
	return s.add(start, end, Person, "name.honored")
}

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
