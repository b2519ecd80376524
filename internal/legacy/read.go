package legacy

import (
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Bounds of one session of an export. Sessions of 90 rows had 490 KB.
const (
	maxSessionBytes = 64 << 20
	maxRows         = 100_000
)

// ErrFormat says that the file is not an export of sessions, or has one beyond the bounds. The message says where.
var ErrFormat = errors.New("legacy: not a session export")

// eachSession reads a JSON array of sessions, or one session, and hands over each.
func eachSession(r io.Reader, do func(*session) error) error {
	budget := &budgetReader{r: r, left: maxSessionBytes}
	d := jsontext.NewDecoder(budget)
	if d.PeekKind() != '[' {
		return oneSession(d, do)
	}
	if _, err := d.ReadToken(); err != nil {
		return malformed(d)
	}
	for d.PeekKind() != ']' {
		budget.left = maxSessionBytes
		if err := oneSession(d, do); err != nil {
			return err
		}
	}
	return nil
}

func oneSession(d *jsontext.Decoder, do func(*session) error) error {
	s, err := readSession(d)
	if err != nil {
		return err
	}
	return do(s)
}

func readSession(d *jsontext.Decoder) (*session, error) {
	if d.PeekKind() != '{' {
		return nil, malformed(d)
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, malformed(d)
	}
	s := &session{}
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, malformed(d)
		}
		if err := s.member(d, name.String()); err != nil {
			return nil, err
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, malformed(d)
	}
	return s, nil
}

// member reads what is wanted of a session, and passes over the rest: addresses, scores, guesses.
func (s *session) member(d *jsontext.Decoder, name string) error {
	var into any
	switch name {
	case "id":
		into = &s.ID
	case "startTime":
		into = &s.StartTime
	case "userAgent":
		into = &s.UserAgent
	case "config":
		into = &s.Config
	case "enhancedInteractions":
		return s.rows(d)
	default:
		if err := d.SkipValue(); err != nil {
			return malformed(d)
		}
		return nil
	}
	raw, err := d.ReadValue()
	if err != nil {
		return malformed(d)
	}
	if json.Unmarshal(raw, into) != nil {
		return fmt.Errorf("%w: a session's %s has another form", ErrFormat, name)
	}
	return nil
}

func (s *session) rows(d *jsontext.Decoder) error {
	if d.PeekKind() != '[' {
		return malformed(d)
	}
	if _, err := d.ReadToken(); err != nil {
		return malformed(d)
	}
	for d.PeekKind() != ']' {
		raw, err := d.ReadValue()
		if err != nil {
			return malformed(d)
		}
		if len(s.Rows) == maxRows {
			return fmt.Errorf("%w: a session has more than %d rows", ErrFormat, maxRows)
		}
		var r row
		if json.Unmarshal(raw, &r) != nil {
			r = row{broken: true}
		}
		s.Rows = append(s.Rows, r)
	}
	if _, err := d.ReadToken(); err != nil {
		return malformed(d)
	}
	return nil
}

// malformed says where the file is wrong without quoting it.
func malformed(d *jsontext.Decoder) error {
	return fmt.Errorf("%w: at byte %d", ErrFormat, d.InputOffset())
}

// budgetReader ends a session that is beyond its bound before it fills the memory.
type budgetReader struct {
	r    io.Reader
	left int
}

func (b *budgetReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("%w: a session is larger than %d MiB", ErrFormat, maxSessionBytes>>20)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
