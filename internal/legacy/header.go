package legacy

import (
	"crypto/sha256"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/codesight/codesight/internal/event"
)

// header is the session as this system knows it.
func (m *mapper) header(s *session, events []*event.Event, o Options) event.Session {
	started := startOf(s, events)
	m.report.Assumed["time of consent"]++
	return event.Session{
		ID: sessionID(s.ID, started), StartedAt: started,
		Consent: event.Consent{Policy: o.Policy, GrantedAt: started, Scopes: o.Scopes},
		Client: event.Client{
			Name: "codesight-legacy", Version: "unknown", Browser: browser(s.UserAgent), Platform: platform(s.UserAgent),
			Viewport: &events[0].Page.Viewport, Transport: "import",
		},
		Task: taskOf(s.Config.GeneratedTask),
	}
}

// sessionID derives a UUIDv7 (RFC 9562) from the old id and the start, so that a session keeps its id however often it
// is imported.
func sessionID(old string, started int64) string {
	sum := sha256.Sum256([]byte("codesight legacy session 1\n" + strconv.FormatInt(started, 10) + "\n" + old))
	var id uuid.UUID
	copy(id[:], sum[:])
	for i := range 6 {
		id[i] = byte(started >> (8 * (5 - i)))
	}
	id[6] = 0x70 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	return id.String()
}

func taskOf(t *task) *event.Task {
	if t == nil || strings.TrimSpace(t.Title) == "" {
		return nil
	}
	out := &event.Task{
		Title: cut(t.Title, 300), Description: cut(t.Description, 4000), Difficulty: cut(t.Difficulty, 32),
		Steps: cutAll(t.Steps, 50, 500), SuccessCriteria: cutAll(t.SuccessCriteria, 50, 500), Tags: cutAll(t.Tags, 20, 64),
	}
	if len(t.ID) <= 64 {
		out.ID = t.ID
	}
	if u, err := url.Parse(t.Website); err == nil && len(u.Hostname()) <= 253 {
		out.Site = u.Hostname()
	}
	return out
}

func cutAll(list []string, most, runes int) []string {
	list = list[:min(most, len(list))]
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, cut(s, runes))
	}
	return out
}

// browsers are the tokens of a user agent that name a browser, the most telling first: each also claims to be those
// behind it.
var browsers = []struct{ token, name string }{
	{"Edg/", "Edge"},
	{"OPR/", "Opera"},
	{"Firefox/", "Firefox"},
	{"Chrome/", "Chrome"},
	{"Version/", "Safari"},
}

// browser is the name and the major version that a user agent states.
func browser(agent string) string {
	for _, b := range browsers {
		if _, after, ok := strings.Cut(agent, b.token); ok {
			major, _, _ := strings.Cut(after, ".")
			if n, err := strconv.Atoi(major); err == nil {
				return b.name + " " + strconv.Itoa(n)
			}
		}
	}
	return ""
}

var platforms = []struct{ token, name string }{
	{"Android", "Android"},
	{"iPhone", "iOS"},
	{"iPad", "iOS"},
	{"Macintosh", "macOS"},
	{"Windows", "Windows"},
	{"CrOS", "ChromeOS"},
	{"Linux", "Linux"},
}

func platform(agent string) string {
	for _, p := range platforms {
		if strings.Contains(agent, p.token) {
			return p.name
		}
	}
	return ""
}
