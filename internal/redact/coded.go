package redact

import "unicode/utf8"

// Bounds of base64 (RFC 4648).
const (
	codedMin   = 12 // characters worth a look, three bytes of text for each four
	codedDepth = 3  // base64 within base64
	codedOften = 2  // how often a text may be decoded from all of its places together
	codedSmall = 4096
)

// coded looks at the run of base64 around i, once, and replaces it where the text that it stands for holds something
// private. A capital after a small letter or digit, as there is one at i, is what tells such a run from a word.
func (s *scanner) coded(i, hi int) int {
	start := i
	for start > s.floor && s.codedByte(start-1) {
		start--
	}
	end := min(hi, max(i, s.codedStop))
	for end < hi && s.codedByte(end) {
		end++
	}
	s.codedEnd, s.codedStop = end, end
	if s.hides(start, end) {
		return s.add(start, s.padding(end, hi), Private, "coded.base64")
	}
	for k := i; k > start; k-- {
		if s.b[k-1] == '/' { // which also joins the segments of a path
			if s.hides(k, end) {
				return s.add(k, s.padding(end, hi), Private, "coded.base64")
			}
			break
		}
	}
	return 0
}

// codedByte tells whether b[i] is a letter of base64.
func (s *scanner) codedByte(i int) bool {
	return s.is(i, isToken) || s.b[i] == '+' || s.b[i] == '/'
}

func (s *scanner) padding(end, hi int) int {
	for n := 0; n < 2 && end < hi && s.b[end] == '='; n++ {
		end++
	}
	return end
}

// hides tells whether b[lo:hi] begins as base64 of a text that holds something private.
func (s *scanner) hides(lo, hi int) bool {
	if hi-lo < codedMin || s.depth == codedDepth || s.codedWork > codedOften*len(s.b)+codedSmall {
		return false
	}
	var first [codedMin / 4 * 3]byte // most of what is no base64 is seen by its beginning
	if n := s.decode(lo, lo+codedMin, first[:0]); len(n) < len(first) {
		return false
	}
	raw := s.decode(lo, hi, make([]byte, 0, (hi-lo)/4*3+3))
	s.codedWork += hi - lo
	inner := s.e.pool.Get().(*scanner)
	defer s.e.release(inner)
	inner.start(s.e, string(raw))
	inner.depth, inner.late = s.depth+1, s.late
	inner.scanText()
	s.stopped = s.stopped || inner.stopped
	return len(inner.spans) > 0
}

// decode appends to raw the text that b[lo:hi] stands for in base64, in either alphabet, up to the first byte that texts
// do not have.
func (s *scanner) decode(lo, hi int, raw []byte) []byte {
	bits, n := uint32(0), 0
	for k := lo; k < hi; k++ {
		v := sixBits(s.b[k])
		if v < 0 {
			break
		}
		bits = bits<<6 | uint32(v)
		if n += 6; n < 8 {
			continue
		}
		n -= 8
		c := byte(bits >> n)
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F {
			break
		}
		raw = append(raw, c)
	}
	return raw[:validText(raw)]
}

// validText returns how many bytes of raw are valid UTF-8 from its beginning. A character that is cut at the end counts.
func validText(raw []byte) int {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n <= 1 {
			if !utf8.FullRune(raw[i:]) {
				return len(raw)
			}
			return i
		}
		i += n
	}
	return len(raw)
}

func sixBits(c byte) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c - 'A')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 26
	case c >= '0' && c <= '9':
		return int(c-'0') + 52
	case c == '+' || c == '-':
		return 62
	case c == '/' || c == '_':
		return 63
	}
	return -1
}
