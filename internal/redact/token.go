package redact

import "crypto/sha256"

// Lengths of the codes that are told by their letters and digits alone, in characters.
const (
	vinLen        = 17
	vinSerial     = 5  // digits at the end of a vehicle number of a large maker
	vinDigits     = 3  // at least, after a label
	walletMin     = 14 // BIP 173
	walletMax     = 110
	ethLen        = 42
	moneroLen     = 95
	base58Min     = 26
	base58Max     = 35
	base58Payload = 25 // version, hash of 20 bytes, check of 4
	labelledToken = 25 // shortest wallet that only its label tells
)

// token looks at the run of letters and digits around the digit at i, once: a vehicle number or a wallet.
func (s *scanner) token(i, limit int) int {
	if i < s.tokenEnd {
		return 0
	}
	b, end := s.b[:limit], s.groups[0].end
	for end < len(b) && class[b[end]]&(isUpper|isLower|isDigit) != 0 {
		end++
	}
	s.tokenEnd = end
	start := i
	for start > s.floor && i-start < walletMax && class[b[start-1]]&(isUpper|isLower|isDigit) != 0 {
		start--
	}
	n := end - start
	if n < walletMin || n > walletMax || start > s.floor && s.b[start-1] == '_' {
		return 0
	}
	switch {
	case n == vinLen:
		return s.vin(start, end)
	case n == ethLen && s.isETH(start, end), n == moneroLen && (s.b[start] == '4' || s.b[start] == '8') && s.isBase58(start, end), s.bech32(start, end), n >= base58Min && n <= base58Max && s.base58Check(start, end):
		return s.add(start, end, CryptoWallet, "wallet.checked")
	case n >= labelledToken && s.isBase58(start, end) && s.random(start, end):
		if seen, ok := s.labelBefore(start); ok && seen.kind >= 0 && s.t.ids.Kinds[seen.kind].Parse == "wallet" {
			return s.add(start, end, CryptoWallet, "wallet.labelled")
		}
	}
	return 0
}

// vin tells a vehicle number by its check digit and shape, or by its label.
func (s *scanner) vin(start, end int) int {
	digits, small := 0, 0
	for k := start; k < end; k++ {
		c := upper(s.b[k])
		if c == 'I' || c == 'O' || c == 'Q' {
			return 0
		}
		if s.is(k, isDigit) {
			digits++
		} else if c != s.b[k] {
			small++
		}
		s.id[k-start] = c
	}
	seen, ok := s.labelBefore(start)
	if ok && seen.kind >= 0 && s.t.ids.Kinds[seen.kind].Parse == "vin" && digits >= vinDigits {
		return s.add(start, end, VIN, "vin.labelled")
	}
	if ok && seen.kind == otherThing || small > 0 || digits == vinLen || !s.allDigits(end-vinSerial, end) || !checkVIN(s.id[:vinLen]) {
		return 0
	}
	return s.add(start, end, VIN, "vin.checked")
}

// isETH tells 0x and forty hexadecimal digits. Its check (EIP-55) is in the case of letters and optional: a mistyped
// address is as private.
func (s *scanner) isETH(start, end int) bool {
	if s.b[start] != '0' || s.b[start+1] != 'x' {
		return false
	}
	for k := start + 2; k < end; k++ {
		if !s.is(k, isHex) {
			return false
		}
	}
	return true
}

// base58Value is the place of a letter or digit in the alphabet of Base58, which leaves out 0, I, O and l, or -1.
func base58Value(c byte) int {
	switch {
	case c >= '1' && c <= '9':
		return int(c - '1')
	case c >= 'A' && c <= 'H':
		return int(c-'A') + 9
	case c >= 'J' && c <= 'N':
		return int(c-'J') + 17
	case c >= 'P' && c <= 'Z':
		return int(c-'P') + 22
	case c >= 'a' && c <= 'k':
		return int(c-'a') + 33
	case c >= 'm' && c <= 'z':
		return int(c-'m') + 44
	}
	return -1
}

func (s *scanner) isBase58(start, end int) bool {
	for k := start; k < end; k++ {
		if base58Value(s.b[k]) < 0 {
			return false
		}
	}
	return true
}

// base58Check decodes the 25 bytes of an address and compares its last four with the double SHA-256 of the others.
func (s *scanner) base58Check(start, end int) bool {
	var raw [base58Payload]byte
	for k := start; k < end; k++ {
		carry := base58Value(s.b[k])
		if carry < 0 {
			return false
		}
		for i := len(raw) - 1; i >= 0; i-- {
			carry += int(raw[i]) * 58
			raw[i] = byte(carry)
			carry >>= 8
		}
		if carry != 0 {
			return false
		}
	}
	sum := sha256.Sum256(raw[:21])
	sum = sha256.Sum256(sum[:])
	return string(sum[:4]) == string(raw[21:])
}

const bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// Checks of BIP 173 and BIP 350, and the longest word before the separator, in letters.
const (
	bech32Check  = 1
	bech32mCheck = 0x2bc830a3
	bech32Word   = 16
	bech32Data   = 6
)

func (s *scanner) bech32(start, end int) bool {
	one := start
	for one < end && s.is(one, isUpper|isLower) && one-start <= bech32Word {
		one++
	}
	if one-start < 2 || one >= end || s.b[one] != '1' || end-one <= bech32Data {
		return false
	}
	sum := uint32(1)
	for k := start; k < one; k++ {
		sum = bech32Step(sum) ^ uint32(lower(s.b[k])>>5)
	}
	sum = bech32Step(sum)
	for k := start; k < one; k++ {
		sum = bech32Step(sum) ^ uint32(lower(s.b[k])&31)
	}
	for k := one + 1; k < end; k++ {
		v := -1
		for n := range len(bech32Letters) {
			if bech32Letters[n] == lower(s.b[k]) {
				v = n
			}
		}
		if v < 0 {
			return false
		}
		sum = bech32Step(sum) ^ uint32(v)
	}
	return sum == bech32Check || sum == bech32mCheck
}

func bech32Step(sum uint32) uint32 {
	top := sum >> 25
	sum = sum & 0x1ffffff << 5
	for k, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
		if top>>k&1 != 0 {
			sum ^= g
		}
	}
	return sum
}
