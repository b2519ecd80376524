package dataset

import (
	"github.com/codesight/codesight/internal/trajectory"
)

// Format is a way to write examples down.
type Format struct {
	Name    string
	Version int      // raised when lines change their form
	About   string   // one line for help and the card
	Needs   []string // consent scopes without which a session may not be exported in this format

	line func(sample) ([]byte, error) // one example as a line of JSON, without its end
}

// sample is one example with what it belongs to.
type sample struct {
	system  string
	example trajectory.Example
	session string
	split   string
}

// Formats are all formats, in the order in which help names them.
var Formats = []Format{openAIChat}

func formatNamed(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
