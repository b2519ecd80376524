package legacy

import "io"

// ReadOnly reads and maps an export without storing it, for the fuzz test.
func ReadOnly(r io.Reader) error {
	report := newReport()
	return eachSession(r, func(s *session) error {
		m := mapper{report: &report}
		if events := m.events(s); len(events) > 0 {
			m.header(s, events, Options{})
		}
		return nil
	})
}
