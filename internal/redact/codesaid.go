package redact

import "bytes"

// Bounds of the sentence before a code, in words, and of what stands in brackets behind one, in characters.
const (
	saidWords   = 10
	bracketMax  = 24
	announceGap = 3 // characters between the sentence and its code
)

// codeSaid reads the code that the sentence before it announces: "your code for today is 4471", "to finish signing in, type
// 602931", "enter this code to sign in: 88 21 45".
func (s *scanner) codeSaid(i, count int) int {
	end := s.codeEnd(count)
	if n := end - i; n < labelledMin || n > labelledMax+1 || s.priced(i) || s.codeGoesOn(end) {
		return 0
	}
	p, colon := i, false
	for p > s.floor && i-p < announceGap && (s.b[p-1] == ' ' || s.b[p-1] == ':' || s.b[p-1] == '\n') {
		p--
		colon = colon || s.b[p] == ':'
	}
	if p == i || p-1 <= s.floor || !s.is(p-1, isLetter) {
		return 0
	}
	says, asks := false, false
	if !colon {
		if !s.t.secrets.announceEnd.may(s.b[p-2], s.b[p-1]) {
			return 0
		}
		w := s.backWord(p)
		says, asks = s.t.ids.verbs[string(s.lowered(w, p))], s.t.secrets.ask[string(s.lowered(w, p))]
	}
	if !colon && !says && !asks || !s.free(i, end) || !s.speaksOfCode(p, says, asks) {
		return 0
	}
	if seen, ok := s.labelBefore(i); ok && seen.kind == otherThing && !says {
		return 0
	}
	return s.add(i, end, Secret, "secret.code")
}

// speaksOfCode tells whether the sentence that ends at p speaks of a code: with a verb at its end (says), of one that is
// somebody's or proves something, or with a verb that asks for it (asks), of what it proves.
func (s *scanner) speaksOfCode(p int, says, asks bool) bool {
	noun, proves, yours, other := false, false, false, false
	for n := 0; n < saidWords && p > s.floor; {
		if !s.is(p-1, isLetter) {
			if s.sentenceEnd(p - 1) {
				break
			}
			p--
			continue
		}
		w := s.backWord(p)
		if w == p {
			break
		}
		word := s.lowered(w, p)
		if noun && !yours && n > 0 && s.otherWord(word) {
			other = true
		}
		noun = noun || s.t.ids.nouns[string(word)]
		proves = proves || s.t.secrets.prove[string(word)]
		yours = yours || s.t.secrets.owners[string(word)]
		p = w
		n++
	}
	if asks && !noun {
		return proves
	}
	return noun && !other && (says || yours || proves)
}

// otherWord tells whether a word before "code" makes it one of a thing: "product code".
func (s *scanner) otherWord(word []byte) bool {
	l, ok := s.t.labels.byText[string(word)]
	return ok && l.kind == otherThing && !s.t.secrets.senders[string(word)]
}

// codeInBrackets reads a code that is followed by what it is in brackets: 883120（登录验证码).
func (s *scanner) codeInBrackets(i, limit, count int) int {
	end := s.codeEnd(count)
	if n := end - i; n < labelledMin || n > labelledMax+1 || end+1 >= limit || s.b[end] != '(' || !s.free(i, end) {
		return 0
	}
	part := s.b[end+1 : min(limit, end+bracketMax)]
	n := bytes.IndexByte(part, ')')
	for k := end + 1; k < end+1+n; k++ {
		if l, ok := s.t.labels.byText[string(s.lowered(k, end+1+n))]; ok {
			if l.kind >= 0 && s.t.ids.Kinds[l.kind].Parse == "code" {
				return s.add(i, end, Secret, "secret.code")
			}
			return 0
		}
	}
	return 0
}
