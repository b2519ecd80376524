package redact

import "bytes"

// urlAuthority replaces the user of b[lo:hi], and looks at the host after it.
func (s *scanner) urlAuthority(lo, hi int) {
	host := lo
	for k := lo; k < hi; k++ {
		if s.b[k] == '@' {
			host = k + 1
		}
	}
	if host > lo+1 && !s.isPlaceholder(lo, host-1) {
		s.add(lo, host-1, Secret, "url.userinfo")
	}
	if host < hi {
		s.floor = max(lo, host-2)
		s.hostScan(host, hi)
	}
}

// hostScan looks for an address in numbers, which tells where somebody is. This machine's own tells nothing.
func (s *scanner) hostScan(host, hi int) {
	if s.b[host] == '[' {
		s.urlHostV6(host, hi)
		return
	}
	end := s.find(host, hi, ":")
	if s.hostNumber(host, end) {
		s.add(host, end, IP, "ip.v4")
		return
	}
	for k := host; k < end; k++ {
		if !s.is(k, isDigit) || k > host && s.is(k-1, isAlnum) {
			continue
		}
		if stop := s.octets(k, end); stop > 0 {
			if k > host || stop < end || !s.loopback(k, stop) {
				s.add(k, stop, IP, "ip.v4")
			}
			s.floor = stop
			return
		}
	}
	s.piece(host, hi)
}

// Lengths of an IPv4 address that a host's name writes as one number (URL Standard, section 3.5), in characters.
const (
	hostDigits = 8 // or more
	hostHex    = len("0x7f000001")
)

// hostNumber tells whether b[host:end] is an address written as one number.
func (s *scanner) hostNumber(host, end int) bool {
	if end-host == hostHex && s.b[host] == '0' && lower(s.b[host+1]) == 'x' {
		for k := host + 2; k < end; k++ {
			if !s.is(k, isHex) {
				return false
			}
		}
		return true
	}
	return end-host >= hostDigits && s.allDigits(host, end)
}

// octets returns the end of the four octets that begin at i, joined by dots or dashes as providers name their lines
// (203-0-113-25.dynamic.example), or 0.
func (s *scanner) octets(i, hi int) int {
	k, joint := i, byte(0)
	for n := range 4 {
		if n > 0 {
			if k >= hi || s.b[k] != '.' && s.b[k] != '-' || joint != 0 && s.b[k] != joint {
				return 0
			}
			joint = s.b[k]
			k++
		}
		start, v := k, 0
		for k < hi && k-start < 3 && s.is(k, isDigit) {
			v = v*10 + int(s.b[k]-'0')
			k++
		}
		if k == start || v > 255 {
			return 0
		}
	}
	if k < hi && s.is(k, isAlnum) {
		return 0
	}
	return k
}

// loopback tells the addresses of the machine itself (RFC 6890): 127.0.0.0/8 and 0.0.0.0.
func (s *scanner) loopback(host, end int) bool {
	return s.hasPrefix(host, end, "127.") || string(s.b[host:end]) == "0.0.0.0"
}

func (s *scanner) urlHostV6(host, hi int) {
	for k := host; k < min(hi, host+2) && s.b[k] == '['; k++ {
		if end := s.placeholder(k, hi); end > 0 {
			s.moveFloor(end) // its type is no label of what follows
			return
		}
	}
	end := s.find(host, hi, "]")
	if end < hi && string(s.b[host+1:end]) != "::1" && bytes.Count(s.b[host:end], []byte{':'}) >= 2 {
		s.add(host+1, end, IP, "ip.v6")
	}
}
