package redact

// startPhrase returns the end of the longest brand or country (flag) that begins at i, whose first word is an entry, or 0.
func (s *scanner) startPhrase(i, hi, entry int, flag int) int {
	for _, p := range s.t.lexicon.starts[entry] {
		if p.kind != flag {
			continue
		}
		if end := s.phraseAt(i, hi, p.text); end > 0 {
			return end
		}
	}
	return 0
}

// phraseAt matches a phrase forwards; a blank in it also stands for "&", "and" signs and dashes between blanks.
func (s *scanner) phraseAt(i, hi int, text string) int {
	k := i
	for n := range len(text) {
		c := text[n]
		if c == ' ' {
			start := k
			for k < hi && k-start < 4 && (s.b[k] == ' ' || s.b[k] == '&' || s.b[k] == '-' || s.b[k] == '+' || s.b[k] == '.') {
				k++
			}
			if k == start {
				return 0
			}
			continue
		}
		if k >= hi || lower(s.b[k]) != c {
			return 0
		}
		k++
	}
	if k < hi && s.is(k, isAlnum) {
		return 0
	}
	return k
}

// labelEnding returns the kinds of the longest label that ends at end, and where it begins.
func (s *scanner) labelEnding(end int) (kinds, start int) {
	w := s.backWord(end)
	if w == end || !s.may(w, end, wordLabel|wordPart) {
		return 0, end
	}
	n := s.entry(w, end)
	if n < 0 {
		return 0, end
	}
	for _, p := range s.t.lexicon.labels[n] {
		rest := p.text[:len(p.text)-(end-w)]
		if n := len(rest); n > 1 && rest[n-2] != ' ' && (w-2 < s.floor || lower(s.b[w-2]) != rest[n-2]) {
			continue // most are told by their last letter before the word
		}
		if start := s.phraseEnding(w, rest); start >= 0 {
			return p.kind, start
		}
	}
	return 0, end
}

// phraseEnding matches a phrase backwards and returns where it begins, or -1.
func (s *scanner) phraseEnding(end int, text string) int {
	k := end
	for n := len(text) - 1; n >= 0; n-- {
		if k <= s.floor {
			return -1
		}
		k--
		if c := s.b[k]; text[n] == ' ' {
			if c != ' ' && c != '_' && c != '-' {
				return -1
			}
		} else if lower(c) != text[n] {
			return -1
		}
	}
	if k > s.floor && s.is(k-1, isAlnum) {
		return -1
	}
	return k
}

// wordBefore returns the letters that end before i, after at most one blank or joint.
func (s *scanner) wordBefore(i int) (start, end int) {
	end = i
	if end > s.floor && (s.b[end-1] == ' ' || s.b[end-1] == '_' || s.b[end-1] == '-' || s.b[end-1] == '\'') {
		end--
	}
	return s.backWord(end), end
}
