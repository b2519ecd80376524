package redact

// Bounds of secrets of several words, in characters and words.
const (
	answerMin    = 3
	answerMax    = 48
	answerWords  = 6
	answerBefore = 3   // words before "answer" that tell that it is one to a security question
	questionFar  = 160 // of the question itself, in characters
)

// answer finds what the colon or equals sign at i gives to a security question or a passphrase: "Security answer: Mrs. Hathaway",
// "Passphrase: correct horse battery staple".
func (s *scanner) answer(i, hi int) int {
	end := i
	if end > s.floor && s.b[end-1] == ' ' {
		end--
	}
	if end-1 <= s.floor || !s.t.secrets.answerEnd[nameEnd(s.b[end-2], s.b[end-1])] {
		return 0
	}
	start := s.backWord(end)
	if start == end {
		return 0
	}
	word := s.lowered(start, end)
	is := s.t.secrets.answers[string(word)]
	if is == noAnswer && s.t.secrets.secretly[string(word)] && s.answerFor(start) {
		is = answerSecret
	}
	if is == noAnswer || is == answerAsked && !s.secretly(start) && !s.questioned(start) {
		return 0
	}
	k := i + 1
	for k < hi && k-i < labelGap && (s.is(k, isBlank) || s.b[k] == '"' || s.b[k] == '\'') {
		k++
	}
	if k == i+1 && s.b[i] == ':' {
		return 0
	}
	p, words := k, 0
	for p < hi && p-k <= answerMax && s.b[p] != '\n' && s.b[p] != ';' && s.b[p] != ',' && s.b[p] != '"' && s.b[p] != '<' && s.b[p] != '|' && s.b[p] != '[' {
		if p == k || s.b[p-1] == ' ' {
			words++
		}
		p++
	}
	s.sawFar(k, p)
	for p > k && (s.is(p-1, isBlank) || s.b[p-1] == '.' || s.b[p-1] == '\'') {
		p--
	}
	if p-k < answerMin || p-k > answerMax || words > answerWords || !s.is(k, isAlnum) || s.tells(k, p) || !s.isSecretValue(k, p) {
		return 0
	}
	if is == answerPhrase && (words < 2 || !s.smallWords(k, p)) {
		return 0
	}
	return s.add(k, p, Secret, "secret.answer")
}

// What a word before a colon announces.
const (
	noAnswer     = iota
	answerAsked  // an answer, if what was asked is a security question
	answerSecret // one to a security question
	answerPhrase // several words that are a password
)

// answerFor tells whether "answer" and a small word stand before p: "respuesta de seguridad".
func (s *scanner) answerFor(p int) bool {
	for range answerBefore {
		if p == s.floor || s.b[p-1] != ' ' {
			return false
		}
		end := p - 1
		p = s.backWord(end)
		if word := s.lowered(p, end); !s.t.secrets.forWords[string(word)] {
			return s.t.secrets.answers[string(word)] == answerAsked
		}
	}
	return false
}

// secretly tells whether one of the words before p says that an answer is one to a security question.
func (s *scanner) secretly(p int) bool {
	for range answerBefore {
		if p == s.floor || s.b[p-1] != ' ' && s.b[p-1] != '_' && s.b[p-1] != '-' {
			return false
		}
		end := p - 1
		if p = s.backWord(end); s.t.secrets.secretly[string(s.lowered(p, end))] {
			return true
		}
	}
	return false
}

// questionWords is how many words stand between "question" and "security" at most: "pregunta de seguridad".
const questionWords = 2

// questioned tells whether a security question stands before p.
func (s *scanner) questioned(p int) bool {
	from, limit := p, max(s.floor, p-questionFar)
	asks, secret := -questionFar, questionFar // by the word
	for n := 0; p > limit; {
		if !s.is(p-1, isLetter) {
			p--
			continue
		}
		end := p
		if p = s.backWord(end); p == end {
			break
		}
		word := s.lowered(p, end)
		if s.t.secrets.questions[string(word)] {
			asks = n
		}
		if s.t.secrets.secretly[string(word)] {
			secret = n
		}
		if max(asks-secret, secret-asks) <= questionWords {
			s.sawFar(p, from)
			return true
		}
		n++
	}
	s.sawFar(p, from)
	return false
}

// tells reports that b[k:end] begins or goes on as a sentence about the answer does, not as one.
func (s *scanner) tells(k, end int) bool {
	for p := k; p < end; {
		w := s.wordEnd(p, end)
		if w == p {
			p++
			continue
		}
		if word := s.lowered(p, w); s.t.secrets.notValues[string(word)] || s.t.secrets.tells[string(word)] {
			return true
		}
		p = w
	}
	return false
}

// smallWords tells whether b[k:end] is words of small letters.
func (s *scanner) smallWords(k, end int) bool {
	for ; k < end; k++ {
		if !s.is(k, isLower|isOther) && s.b[k] != ' ' && s.b[k] != '-' {
			return false
		}
	}
	return true
}
