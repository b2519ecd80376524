package config

import (
	"errors"
	"fmt"
	"math"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// value is a setting with a form of its own. The error of set says what the setting may be and never repeats the text.
type value interface{ set(text string) error }

// Address is a host and port to listen on.
type Address string

func (a *Address) set(text string) error {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return errors.New("must be HOST:PORT, such as 127.0.0.1:8787 or :8787")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return errors.New("must have a port from 0 to 65535, such as 127.0.0.1:8787")
	}
	if _, err := netip.ParseAddr(host); err != nil && strings.ContainsAny(host, ":/@ ") {
		return errors.New("must have a host name or an IP address, such as 127.0.0.1:8787")
	}
	*a = Address(text)
	return nil
}

// loopback says that only this machine can reach the address.
func (a Address) loopback() bool {
	host, _, _ := net.SplitHostPort(string(a))
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// DatabaseURL names the database.
type DatabaseURL string

func (u *DatabaseURL) set(text string) error {
	const form = "must be sqlite:PATH"
	if scheme(text) == "postgres" || scheme(text) == "postgresql" {
		return errors.New("names PostgreSQL, which this build does not support yet: " + form)
	}
	return setPath(u, text, "sqlite", form)
}

func (u DatabaseURL) path() string { return strings.TrimPrefix(string(u), "sqlite:") }

// BlobURL names the place of screenshots and archives.
type BlobURL string

func (u *BlobURL) set(text string) error {
	const form = "must be file:DIR"
	if scheme(text) == "s3" {
		return errors.New("names S3, which this build does not support yet: " + form)
	}
	return setPath(u, text, "file", form)
}

func (u BlobURL) path() string { return strings.TrimPrefix(string(u), "file:") }

// QueueURL names the job queue. In this build it is always the database.
type QueueURL string

func (u *QueueURL) set(text string) error {
	if s := scheme(text); s == "redis" || s == "rediss" {
		return errors.New("names Redis, which this build does not support yet: leave it unset, and the queue is in the database")
	}
	return errors.New("must be left unset, and the queue is in the database")
}

// KeysetPath is the file of the master keyset.
type KeysetPath string

func (p *KeysetPath) set(text string) error {
	if strings.Contains(text, "://") {
		return errors.New("names a key management service, which this build does not support yet: must be the path of a file")
	}
	*p = KeysetPath(strings.TrimPrefix(text, "file:"))
	if *p == "" {
		return errors.New("must be the path of a file")
	}
	return nil
}

func scheme(text string) string {
	s, _, _ := strings.Cut(text, ":")
	return strings.ToLower(s)
}

// setPath takes SCHEME:PATH and SCHEME:///PATH.
func setPath[T ~string](u *T, text, scheme, form string) error {
	path, ok := strings.CutPrefix(text, scheme+":")
	if strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///") {
		ok = false // a host: not a local path
	}
	path = strings.TrimPrefix(path, "//")
	if !ok || path == "" || strings.ContainsAny(path, "?#\x00") {
		return errors.New(form)
	}
	*u = T(scheme + ":" + path)
	return nil
}

// Origins are exact web origins. There is no wildcard: what may call is named.
type Origins []string

func (o *Origins) set(text string) error {
	var list Origins
	for _, origin := range strings.Split(text, ",") {
		origin = strings.TrimSuffix(strings.TrimSpace(origin), "/")
		u, err := url.Parse(origin)
		if err != nil || u.Scheme == "" || u.Host == "" || strings.Contains(origin, "*") || origin != u.Scheme+"://"+u.Host {
			return errors.New("must be exact origins without wildcards, comma-separated, such as https://research.example or chrome-extension://<id>")
		}
		list = append(list, origin)
	}
	*o = list
	return nil
}

func (o Origins) String() string { return strings.Join(o, ",") }

// Duration is a time.Duration that may also be written in days, such as 90d.
type Duration time.Duration

const day = 24 * time.Hour

func (d *Duration) set(text string) error {
	v, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n float64
		n, err = strconv.ParseFloat(days, 64)
		v = time.Duration(n * float64(day))
		if !(n < float64(math.MaxInt64/day)) {
			err = errors.New("too long")
		}
	}
	if err != nil || v <= 0 {
		return errors.New("must be a duration above zero, such as 25s, 24h or 90d")
	}
	*d = Duration(v)
	return nil
}

func (d Duration) String() string {
	if v := time.Duration(d); v != 0 && v%day == 0 {
		return strconv.FormatInt(int64(v/day), 10) + "d"
	}
	s := time.Duration(d).String()
	for _, zero := range []string{"0s", "0m"} {
		if rest, ok := strings.CutSuffix(s, zero); ok && strings.HasSuffix(rest, map[string]string{"0s": "m", "0m": "h"}[zero]) {
			s = rest
		}
	}
	return s
}

// Size is an amount of storage: bytes, or a share of the disk.
type Size struct {
	Bytes int64   // 0 where Share is set
	Share float64 // of the disk, above 0 to 1; 0 where Bytes is set
	text  string
}

// units of sizes: decimal ones as disks are sold, binary ones as memory is.
var units = []struct {
	suffix string
	bytes  float64
}{
	{"KIB", 1 << 10},
	{"MIB", 1 << 20},
	{"GIB", 1 << 30},
	{"TIB", 1 << 40},
	{"KB", 1e3},
	{"MB", 1e6},
	{"GB", 1e9},
	{"TB", 1e12},
	{"B", 1},
}

func (s *Size) set(text string) error {
	wrong := errors.New("must be a size such as 50GB or 512MiB, or a share of the disk such as 90%")
	if share, ok := strings.CutSuffix(text, "%"); ok {
		f, err := strconv.ParseFloat(strings.TrimSpace(share), 64)
		if err != nil || !(f > 0 && f <= 100) {
			return wrong
		}
		*s = Size{Share: f / 100, text: text}
		return nil
	}
	number, factor := strings.ToUpper(text), 1.0
	for _, u := range units {
		if n, ok := strings.CutSuffix(number, u.suffix); ok {
			number, factor = n, u.bytes
			break
		}
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(f*factor >= 1 && f*factor < math.MaxInt64) {
		return wrong
	}
	*s = Size{Bytes: int64(f * factor), text: text}
	return nil
}

func (s Size) String() string { return s.text }

// number checks an integer against its bounds.
func number(text string, low, high int64) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < low || n > high {
		return 0, fmt.Errorf("must be a whole number from %d to %d", low, high)
	}
	return n, nil
}
