package redact

import (
	"encoding/binary"
	"math/bits"
)

// wordEnd returns the end of the letters that begin at k, up to hi.
func (s *scanner) wordEnd(k, hi int) int {
	if k >= hi {
		return k
	}
	for b := s.b[:len(s.b)+viewPad]; k < hi; k += 8 {
		others, ok := nonLetters(binary.LittleEndian.Uint64(b[k:]))
		if !ok {
			return s.wordEndSlow(k, hi)
		}
		if others != 0 {
			return min(hi, k+bits.TrailingZeros64(others)/8)
		}
	}
	return hi
}

func (s *scanner) wordEndSlow(k, hi int) int {
	for b := s.b[:hi]; k < len(b) && class[b[k]]&isLetter != 0; {
		k++
	}
	return k
}

// backWord returns where the letters begin that end at p. It does not look further left than a word is long.
func (s *scanner) backWord(p int) int {
	b, limit := s.b, max(s.floor, p-wordMax)
	for p >= 8 && p > limit {
		others, ok := nonLetters(binary.LittleEndian.Uint64(b[p-8 : p]))
		if !ok {
			break
		}
		if others != 0 {
			return max(limit, p-bits.LeadingZeros64(others)/8)
		}
		p -= 8
	}
	for p > limit && class[b[p-1]]&isLetter != 0 {
		p--
	}
	return max(limit, p)
}

// nonLetters sets the highest bit of each of eight bytes that is no letter. It knows ASCII only, and says where there is
// something else.
func nonLetters(x uint64) (others uint64, ok bool) {
	const (
		each    = 0x0101010101010101
		fromA   = (0x80 - 'a') * each // carries into the highest bit from "a" on
		behindZ = (0x80 - 'z' - 1) * each
	)
	small := x | caseBits
	return ^((small + fromA) &^ (small + behindZ)) & highBits, x&highBits == 0
}
