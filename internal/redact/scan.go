package redact

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// scanner is the state of one pass over one text. It comes from the engine's pool.
type scanner struct {
	e     *Engine
	t     *tables
	view         // the text as it is scanned, see fold.go
	spans []Span // found so far, in bytes of the view

	floor      int  // nothing left of it is looked at: the end of the last span or placeholder, or the part that is scanned
	redacted   int  // the end of the last span or placeholder
	mailStart  int  // the next mail address at or after the current place
	mailEnd    int  //
	signStart  int  // the same of the addresses that hold an "@"
	signEnd    int  //
	dotAt      int  // the next place of " dot ", which is looked for up to dotLimit
	dotLimit   int  //
	inURL      bool // a piece of an address is being scanned: no address inside an address, and no names
	afterLabel bool // a name directly after its label is being read
	inPart     bool // the same, or a value of an address that is scanned as a text
	memo
	marks

	run    [runMax]nameWord
	id     [idMax]byte
	groups [maxGroups]group
	used   [maxGroups]bool
	word   [wordMax]byte
	pluses []int // of the value that is scanned, see urlquery.go

	depth     int // how deep this text was hidden in others, see coded.go
	codedStop int // where the run of base64 ends that was looked at last
	codedWork int // how many characters were decoded

	spare view // the view that was replaced last; see settle.go

	late    func() bool // the time for the text is over; it is asked now and then, and may be nil
	looks   int         // how often a detector was asked
	stopped bool        // late said so: what was found is not all
}

// memo is what one look remembers for the next, so that no part of the text is judged twice. It is forgotten at each
// span: what follows one is judged like what follows a placeholder.
type memo struct {
	wordsEnd int // up to here, a run of words was tried as a random key in vain
	runEnd   int // up to here, a run of capital words was judged
	tokenEnd int // up to here, runs of letters and digits were looked at
	codedEnd int // up to here, runs of base64 were looked at
	keyEnd   int // up to here, runs of capitals and digits were tried as a key in groups
	labels   labelReader

	blockless int // a number that begins here stands in no labelled address, nor does what goes on from it
}

func (s *scanner) start(e *Engine, text string) {
	s.e, s.t = e, e.t
	s.late, s.looks, s.stopped = nil, 0, false
	s.fold(&e.t.fold, text)
	s.reset()
}

// reset makes ready for a pass over the view.
func (s *scanner) reset() {
	s.spans = s.spans[:0]
	s.inURL, s.inPart = false, false
	s.depth, s.codedStop, s.codedWork = 0, 0, 0
	s.redacted, s.memo = 0, memo{}
	s.dotAt, s.dotLimit = -1, len(s.b)
	s.marks.reset()
}

func (s *scanner) scanText() { s.scan(0, len(s.b)) }

func (s *scanner) scanURL() { s.field(0, len(s.b)) }

// scan finds the private values of b[lo:hi], left to right. Each place is looked at by the first detector that its byte
// triggers; a mail address that begins there wins over all; a span that is found moves the floor.
func (s *scanner) scan(lo, hi int) {
	s.floor, s.mailStart, s.signStart = lo, -1, -1
	s.scanFrom(lo, hi, hi)
}

// scanFrom goes on with the scan at place i, up to stop; nothing from hi on is looked at.
func (s *scanner) scanFrom(i, stop, hi int) {
	for i < stop {
		if !s.inPart {
			s.pass(i)
		}
		if s.mailStart < i {
			s.nextMail(i, hi)
		}
		if i = s.nextTrigger(i, min(stop, s.mailStart)); i >= stop {
			return
		}
		if s.looks++; s.looks%looksPerCheck == 0 && s.late != nil && s.late() {
			s.stopped = true
		}
		if s.stopped {
			return
		}
		from, found := i, len(s.spans)
		if i == s.mailStart {
			i = s.add(i, s.mailEnd, Email, "email.address")
		} else {
			i = s.look(i, hi)
		}
		if len(s.spans) > found && !s.inPart {
			s.stretch(from, i)
		}
	}
}

// nextTrigger returns the first place from i on at which a detector may begin, or stop. It looks at eight places at a time.
func (s *scanner) nextTrigger(i, stop int) int {
	if i <= s.floor && i < stop {
		if s.triggers(i) {
			return i
		}
		i++
	}
	b, pairs := s.b[:len(s.b)+viewPad], &s.t.pairs
	for ; i < stop; i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		at := uint(pairs[uint16(x)]) | uint(pairs[uint16(x>>16)])<<2 | uint(pairs[uint16(x>>32)])<<4 | uint(pairs[x>>48])<<6
		for ; at != 0; at &= at - 1 {
			k := i + bits.TrailingZeros(at)
			if k >= stop {
				return stop
			}
			if class[b[k]]&isDigit != 0 || s.triggers(k) && !s.quiet(k) {
				return k
			}
		}
	}
	return stop
}

// triggers tells, by the byte after it, whether a detector may begin at i.
func (s *scanner) triggers(i int) bool { return s.t.trigger[s.b[i]]>>(s.after(i)&31)&1 != 0 }

// What two bytes beside each other say.
const (
	pairFirst  = 1 << iota // a detector may begin at the first one, by the second
	pairSecond             // one may begin at the second one, by the first
)

// loadPairs joins what the triggers say of the bytes before and after them.
func (t *tables) loadPairs() {
	for first := range 256 {
		for second := range 256 {
			pair := byte(0)
			if t.trigger[first]>>(second&31)&1 != 0 {
				pair |= pairFirst
			}
			if t.trigger[second] != 0 && t.loud(byte(first), byte(second)) {
				pair |= pairSecond
			}
			t.pairs[first|second<<8] = pair
		}
	}
}

// loud tells whether a detector may begin at c after such a byte, whatever follows.
func (t *tables) loud(before, c byte) bool {
	is, after := class[c], class[before]
	switch {
	case is&isLetter == 0, is&isOther != 0 && t.honorAfter[c], is&(isUpper|isOther) != 0 && after&isAlnum == 0, is&isUpper != 0 && after&(isLower|isDigit) != 0:
		return true
	}
	return t.secrets.before[c]>>(before&31)&1 != 0
}

// looksPerCheck is after how many looks it is asked whether the time is over. They take less than a millisecond.
const looksPerCheck = 1024

// quiet tells, by the bytes beside it, that the letter at i begins no word, belongs to no key's prefix, and makes no run
// that may be base64.
func (s *scanner) quiet(i int) bool {
	c, before := class[s.b[i]], s.b[i-1]
	if c&isLetter == 0 || c&isOther != 0 && s.t.honorAfter[s.b[i]] || c&(isUpper|isOther) != 0 && class[before]&isAlnum == 0 {
		return false
	}
	if c&isUpper != 0 && class[before]&(isLower|isDigit) != 0 && i >= s.codedEnd {
		return false
	}
	return s.t.secrets.before[s.b[i]]>>(before&31)&1 == 0
}

// after is the byte of the view after i; past the end it is 0.
func (s *scanner) after(i int) byte { return s.b[:i+2][i+1] }

// look lets the detectors of the trigger at i try, and returns the next place to look at.
func (s *scanner) look(i, hi int) int {
	c := s.b[i]
	if class[c]&isDigit != 0 {
		return s.number(i, hi)
	}
	switch c {
	case '[':
		if end := s.placeholder(i, hi); end > 0 {
			s.moveFloor(end)
			return end
		}
		return max(i+1, s.bracketMail(i, hi))
	case '(', '{', '<':
		return max(i+1, s.bracketMail(i, hi))
	case '>':
		return max(i+1, s.assignment(i, hi))
	case ':', '=':
		if end := s.assignmentOrAddress(i, hi); end > 0 {
			return end
		}
	case '-':
		if end := s.pem(i, hi); end > 0 {
			return end
		}
		if end := s.option(i, hi); end > 0 {
			return end
		}
		if end := s.mac(i, hi); end > 0 {
			return end
		}
	}
	if s.t.secrets.after[c]>>(s.after(i)&31)&1 != 0 {
		if end := s.keyPrefix(i, hi); end > 0 {
			return end
		}
	}
	if class[c]&(isUpper|isOther) != 0 {
		if i > s.floor && i >= s.codedEnd && !s.inURL && class[c]&isUpper != 0 && class[s.b[i-1]]&(isLower|isDigit) != 0 {
			if end := s.coded(i, hi); end > 0 {
				return end
			}
			if end := s.saidPassword(i, hi); end > 0 {
				return end
			}
			if end := s.randomKey(i, hi); end > 0 {
				return end
			}
		}
		if c == 'A' && s.after(i) == 'T' {
			if end := s.capitalMail(i, hi); end > 0 {
				return end
			}
		}
		if end := s.nameOrGreeting(i, hi); end > 0 {
			return end
		}
	}
	return i + 1
}

func (s *scanner) assignmentOrAddress(i, hi int) int {
	b := s.b
	if b[i] == ':' {
		if i+2 < hi && b[i+1] == '/' && b[i+2] == '/' && !s.inURL {
			if end := s.urlInText(i, hi); end > 0 {
				return end
			}
		}
		if end := s.mac(i, hi); end > 0 {
			return end
		}
		if end := s.ipv6(i, hi); end > 0 {
			return end
		}
	}
	if end := s.answer(i, hi); end > 0 {
		return end
	}
	if end := s.assignment(i, hi); end > 0 {
		return end
	}
	if end := s.recovery(i, hi); end > 0 || b[i] != ':' {
		return end
	}
	if end := s.userInfo(i, hi); end > 0 {
		return end
	}
	if end := s.credentials(i, hi); end > 0 {
		return end
	}
	return s.labelColon(i, hi)
}

// add records a span of the view and moves the floor to its end.
func (s *scanner) add(start, end int, t Type, rule string) int {
	s.spans = append(s.spans, Span{Start: start, End: end, Type: t, Rule: rule})
	s.moveFloor(end)
	return end
}

// moveFloor says that a span or placeholder ends at end.
func (s *scanner) moveFloor(end int) {
	s.floor, s.redacted, s.memo = end, end, memo{}
}

// placeholderMax is the longest placeholder, in bytes: [DRIVER_LICENSE].
const placeholderMax = 16

// placeholder returns the end of the placeholder that begins at i, or 0.
func (s *scanner) placeholder(i, hi int) int {
	part := s.b[i+1 : min(hi, i+placeholderMax)]
	n := bytes.IndexByte(part, ']')
	if n <= 0 || !s.t.typeName[string(part[:n])] {
		return 0
	}
	return i + n + 2
}

// is tells whether b[i] is of a class.
func (s *scanner) is(i int, of byte) bool { return class[s.b[i]]&of != 0 }

// hasPrefix tells whether b[i:hi] begins with p.
func (s *scanner) hasPrefix(i, hi int, p string) bool {
	return hi-i >= len(p) && string(s.b[i:i+len(p)]) == p
}
