package trajectory

import "github.com/codesight/codesight/internal/event"

// Assembled says of what a recording consists, once it is proved to be whole. The events themselves stay in their
// segments.
type Assembled struct {
	Origin
	Events    int64              `json:"events"`  // with the refused ones, so also the last number
	Refused   int64              `json:"refused"` // tombstones among them
	FirstTime int64              `json:"first_time"`
	LastTime  int64              `json:"last_time"`
	Types     map[event.Type]int `json:"types"`
	Documents []Document         `json:"documents"` // in order of their first event
	Gaps      []Gap              `json:"gaps,omitempty"`
	Images    int                `json:"images"` // stored screenshots
}

// Document is one document in one frame of one tab.
type Document struct {
	Tab    int64  `json:"tab"`
	Frame  string `json:"frame"`
	ID     string `json:"id,omitzero"` // the browser's documentId
	URL    string `json:"url"`         // when it was first seen
	First  int64  `json:"first"`       // number of its first event
	Last   int64  `json:"last"`
	Events int    `json:"events"`
}

// Gap is an interruption that the recorder itself reported.
type Gap struct {
	Seq    int64  `json:"seq"`
	Reason string `json:"reason"`
	Lost   int    `json:"lost,omitzero"` // events known to be missing
}
