package redact

import "bytes"

// A text is scanned until nothing more is found, so that redacting twice equals redacting once: a replacement can bring a
// word nearer to what stands left of it. (What stands right of it is judged the same in every pass, for nothing left of a
// span or placeholder is looked at.) So after the first pass only a stretch before each span is scanned again.

// maxPasses bounds how often a text is scanned. Real text needs two passes; a text that is still changing after this
// many is withheld as a whole.
const maxPasses = 8

// How far right of its place a detector looks, at most, but for addresses, in bytes. It stays within reach, unless there are
// farLook bytes without a space, or it says by sawFar that it read as many with spaces. Then it stays within farReach,
// which is more than the longest value of a secret.
const (
	reach    = 192
	farLook  = 96
	farReach = 640
)

// marks remembers places of the scan from which it can go on as it did.
type marks struct {
	kept      [markCount]mark // the last ones since the floor moved, by their number
	count     int
	next      int // the place from which on the next one is set
	stretches []stretch
}

// Marks lie a part of the reach apart, so that the last few of them are further back than the far reach.
const (
	markCount = 16
	markEvery = farReach / (markCount - 4)
)

// mark is a place of the main loop, and the state that it had there.
type mark struct {
	at, floor, redacted int
	far                 bool // from here to the next mark, a look saw far
	memo
}

// stretch is a part of the view that must be scanned again because spans in it were replaced: from a mark to stop.
type stretch struct {
	mark
	first, last int // the spans of this stretch, by their number
	stop        int
}

func (m *marks) reset() { m.count, m.next, m.stretches = 0, 0, m.stretches[:0] }

// pass sets a mark where the last one is far enough back.
func (s *scanner) pass(i int) {
	if i < s.next {
		return
	}
	s.kept[s.count%markCount] = mark{i, s.floor, s.redacted, false, s.memo}
	s.count++
	s.next = i + markEvery
}

// sawFar says that a detector read b[from:to] and found nothing so far: what is replaced in it may change that.
func (s *scanner) sawFar(from, to int) {
	if to-from > farLook && s.count > 0 {
		s.kept[(s.count-1)%markCount].far = true
	}
}

// unbroken tells whether farLook bytes without a space may stand within the far reach before i: half of them is what it asks.
func (s *scanner) unbroken(i int) bool {
	const part = farLook / 2
	for low := max(0, i-farReach); i-part >= low; i -= part {
		if bytes.IndexByte(s.b[i-part:i], ' ') < 0 {
			return true
		}
	}
	return false
}

// stretch records that the look at place from, after which the scan went on at stop, found spans.
func (s *scanner) stretch(from, stop int) {
	k, oldest, back := s.count-1, max(0, s.count-markCount), reach
	if s.unbroken(from) {
		back = farReach
	}
	for k > oldest && s.kept[k%markCount].at > from-back {
		k--
	}
	for far := k - 1; far >= oldest && s.kept[(far+1)%markCount].at > from-farReach; far-- {
		if s.kept[far%markCount].far {
			k = far
		}
	}
	first := 0
	if n := len(s.stretches); n > 0 {
		first = s.stretches[n-1].last
	}
	s.stretches = append(s.stretches, stretch{s.kept[k%markCount], first, len(s.spans), stop})
	s.count, s.next = 0, 0
}

// settle appends the private values of text to dst. Where late says that the time ran out, the whole text is one, unseen;
// late may be nil.
func (e *Engine) settle(text string, dst []Span, scan func(*scanner), late func() bool) []Span {
	s := e.pool.Get().(*scanner)
	defer e.release(s)
	s.start(e, text)
	s.late = late
	scan(s)
	if s.stopped {
		return append(dst, Span{0, len(text), unseen.Type, unseen.Rule})
	}
	if len(s.spans) == 0 {
		return dst
	}
	original := s.view
	found := append([]Span(nil), s.spans...)
	s.view, s.spare = s.spare, view{}
	defer func() { s.view, s.spare = original, s.view }()
	for n := range maxPasses {
		s.replace(&original, found)
		if n > 0 || len(s.stretches) == 0 || !s.quietAgain(found) {
			s.reset()
			scan(s)
			if !s.stopped && len(s.spans) > 0 {
				found = merge(found, s.spans)
				continue
			}
		}
		if s.stopped {
			return append(dst, Span{0, len(text), unseen.Type, unseen.Rule})
		}
		for _, f := range found {
			dst = append(dst, Span{original.origin(f.Start), original.origin(f.End), f.Type, f.Rule})
		}
		return dst
	}
	return append(dst, Span{Start: 0, End: len(text), Type: Private, Rule: "unsettled"})
}

// quietAgain tells whether the stretches before the spans, which were replaced, hold nothing more. It does not know where
// a span reaches back into a stretch before its own: a street that begins within the address of a page.
func (s *scanner) quietAgain(found []Span) bool {
	for _, x := range s.stretches {
		if found[x.first].Start < x.at {
			return false
		}
	}
	s.spans, s.mailStart, s.signStart = s.spans[:0], -1, -1
	shift := 0 // bytes by which the replaced view is longer, up to here
	for k := range s.stretches {
		x := &s.stretches[k]
		s.floor, s.redacted, s.memo = x.floor+shift, x.redacted+shift, x.memo
		s.move(shift)
		from := x.at + shift
		for _, f := range found[x.first:x.last] {
			shift += len(f.Type) + 2 - (f.End - f.Start)
		}
		s.count, s.next, s.codedStop = 0, 0, 0
		s.dotAt, s.dotLimit = -1, x.stop+shift+farReach
		s.scanFrom(from, x.stop+shift, len(s.b))
		if len(s.spans) > 0 {
			return false
		}
	}
	return true
}

// move says that everything before the current place grew by so many bytes.
func (m *memo) move(shift int) {
	m.wordsEnd += shift
	m.runEnd += shift
	m.tokenEnd += shift
	m.codedEnd += shift
	m.keyEnd += shift
	m.labels.from += shift
	m.labels.upTo += shift
	m.labels.found.start += shift
	m.labels.found.end += shift
}

// replace makes the view of v with each span replaced by its placeholder.
func (s *scanner) replace(v *view, spans []Span) {
	size := len(v.b)
	for _, f := range spans {
		size += max(0, len(f.Type)+2-(f.End-f.Start))
	}
	b := grow(s.b, size)[:0]
	s.seams, s.escaped, s.escape = s.seams[:0], s.escaped[:0], 0
	at, k := 0, 0
	upTo := func(end int) { // the escapes before the next span
		for ; k < len(v.escaped) && int(v.escaped[k]) < end; k++ {
			s.escaped = append(s.escaped, v.escaped[k]+int32(len(b)-at))
		}
	}
	for _, f := range spans {
		upTo(f.Start)
		b = append(b, v.b[at:f.Start]...)
		b = append(b, '[')
		b = append(b, f.Type...)
		b = append(b, ']')
		at = f.End
		for k < len(v.escaped) && int(v.escaped[k]) < at {
			k++
		}
	}
	upTo(len(v.b))
	b = append(b, v.b[at:]...)
	s.b = b
	s.pad()
}

// merge adds later spans, which are in bytes of the view that earlier spans were replaced in, to the earlier ones. A
// later span that swallowed a placeholder takes its place.
func merge(earlier, later []Span) []Span {
	out := make([]Span, 0, len(earlier)+len(later))
	shift := 0 // bytes of the original minus bytes of the replaced view, up to here
	i := 0
	for _, l := range later {
		for ; i < len(earlier) && earlier[i].Start-shift < l.Start; i++ {
			out = append(out, earlier[i])
			shift += earlier[i].End - earlier[i].Start - (len(earlier[i].Type) + 2)
		}
		start, whole := l.Start+shift, 0 // a placeholder is swallowed whole, or not at all
		for ; i < len(earlier) && earlier[i].Start-shift < l.End; i++ {
			shift += earlier[i].End - earlier[i].Start - (len(earlier[i].Type) + 2)
			whole = earlier[i].End
		}
		out = append(out, Span{Start: start, End: max(l.End+shift, whole), Type: l.Type, Rule: l.Rule})
	}
	return append(out, earlier[i:]...)
}
