package redact

import "bytes"

// scanner is the state of one pass over one text. It comes from the engine's pool.
type scanner struct {
	e     *Engine
	t     *tables
	text  string  // the input
	b     []byte  // its folded view, see fold.go
	off   []int32 // place of each byte of b in text; empty where they are the same
	spans []Span  // found so far, in bytes of b until place() maps them

	floor     int  // end of the last span or placeholder: nothing left of it is looked at
	mailStart int  // the next mail address at or after the current place
	mailEnd   int  //
	wordsEnd  int  // up to here, a run of words was tried as a random key in vain
	inURL     bool // a piece of an address is being scanned: no address inside an address
	runEnd    int  // up to here, a run of capital words was judged
	run       [runMax]nameWord

	labels   labelReader
	tokenEnd int // up to here, runs of letters and digits were looked at
	id       [idMax]byte

	groups [maxGroups]group
	used   [maxGroups]bool
	word   [wordMax]byte
}

func (s *scanner) start(e *Engine, text string) {
	s.e, s.t, s.text = e, e.t, text
	s.spans = s.spans[:0]
	s.inURL = false
	s.wordsEnd, s.tokenEnd = 0, 0
	s.labels = labelReader{}
	s.runEnd = 0
	s.fold(text)
}

func (s *scanner) scanText() {
	s.scan(0, len(s.b))
	s.place()
}

func (s *scanner) scanURL() {
	s.url(0, len(s.b))
	s.place()
}

// place maps the spans from the view to the input.
func (s *scanner) place() {
	if len(s.off) == 0 {
		return
	}
	for i := range s.spans {
		p := &s.spans[i]
		p.Start, p.End = int(s.off[p.Start]), int(s.off[p.End])
	}
}

// scan finds the private values of b[lo:hi], left to right. Each place is looked at by the first detector that its byte
// triggers; a mail address that begins there wins over all; a span that is found moves the floor.
func (s *scanner) scan(lo, hi int) {
	s.floor = lo
	s.mailStart = -1
	b, trigger := s.b, &s.t.trigger
	for i := lo; i < hi; {
		if s.mailStart < i {
			s.nextMail(i, hi)
		}
		for i < s.mailStart && !trigger[b[i]] {
			i++
		}
		switch {
		case i >= hi:
			return
		case i == s.mailStart:
			s.add(i, s.mailEnd, Email, "email.address")
			i = s.mailEnd
		default:
			i = s.look(i, hi)
		}
	}
}

// look lets the detectors of the trigger at i try, and returns the next place to look at.
func (s *scanner) look(i, hi int) int {
	c := s.b[i]
	if s.t.class[c]&isDigit != 0 {
		return s.number(i, hi)
	}
	switch c {
	case '[':
		if end := s.placeholder(i, hi); end > 0 {
			s.floor = end
			return end
		}
		return i + 1
	case ':', '=':
		if end := s.assignmentOrAddress(i, hi); end > 0 {
			return end
		}
	case '-':
		if end := s.pem(i, hi); end > 0 {
			return end
		}
		if end := s.mac(i, hi); end > 0 {
			return end
		}
	}
	if end := s.keyPrefix(i, hi); end > 0 {
		return end
	}
	if s.t.class[c]&(isUpper|isOther) != 0 {
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
	if end := s.assignment(i, hi); end > 0 || b[i] != ':' {
		return end
	}
	return s.labelColon(i, hi)
}

// add records a span of the view and moves the floor to its end.
func (s *scanner) add(start, end int, t Type, rule string) int {
	s.spans = append(s.spans, Span{Start: start, End: end, Type: t, Rule: rule})
	s.floor = end
	return end
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
func (s *scanner) is(i int, class byte) bool { return s.t.class[s.b[i]]&class != 0 }

// hasPrefix tells whether b[i:hi] begins with p.
func (s *scanner) hasPrefix(i, hi int, p string) bool {
	return hi-i >= len(p) && string(s.b[i:i+len(p)]) == p
}
