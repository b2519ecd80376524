package dataset

import "github.com/codesight/codesight/internal/event"

// manifestFormat marks a folder as a release of this program.
const manifestFormat = "codesight-release/1"

// Manifest says what is in a release.
type Manifest struct {
	Release       string         `json:"release"` // manifestFormat
	Format        string         `json:"format"`
	FormatVersion int            `json:"format_version"`
	CodeVersion   string         `json:"code_version"`
	CreatedAt     string         `json:"created_at"` // RFC 3339, UTC
	Filters       Filters        `json:"filters"`
	Counts        Counts         `json:"counts"`
	Files         []File         `json:"files"`
	Sessions      []Session      `json:"sessions"`       // ordered by id
	LeftOut       map[string]int `json:"left_out"`       // sessions that did not pass, by reason
	StepsLeftOut  map[string]int `json:"steps_left_out"` // steps of the sessions above that make no example, by reason
}

// Filters are the settings that chose the sessions.
type Filters struct {
	MinQuality   int      `json:"min_quality"`
	ApprovedOnly bool     `json:"approved_only"`
	Scopes       []string `json:"scopes"` // consent that the format needs
	Split        float64  `json:"split"`  // share of participants in train
}

// Counts are the totals.
type Counts struct {
	Sessions     map[string]int `json:"sessions"` // by split
	Participants map[string]int `json:"participants"`
	Examples     map[string]int `json:"examples"`
	Partial      int            `json:"partial"`      // examples whose element list was recorded around the target
	Placeholders map[string]int `json:"placeholders"` // in prompts and answers, by type
	Actions      map[string]int `json:"actions"`
}

// File is a data file.
type File struct {
	Name   string `json:"name"`
	Lines  int    `json:"lines"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Session is a session of the release.
type Session struct {
	ID          string        `json:"id"`
	Participant string        `json:"participant"`
	Split       string        `json:"split"`
	Site        string        `json:"site,omitzero"`
	Client      string        `json:"client"` // what recorded it
	Quality     int64         `json:"quality"`
	Verdict     string        `json:"verdict,omitzero"`
	Consent     event.Consent `json:"consent"`
	Source      string        `json:"source"`         // names the recording and the versions of the stages that made the examples
	Content     string        `json:"content_sha256"` // of the session's lines in the data file
	Examples    int           `json:"examples"`
}
