package trajectory

import "github.com/codesight/codesight/internal/event"

// Composed is a session as training examples. A step that makes none is in Excluded with its reason.
type Composed struct {
	Origin
	Site     string     `json:"site,omitzero"` // host of most steps
	System   string     `json:"system"`        // the instruction, the same for all
	Examples []Example  `json:"examples"`
	Excluded []Excluded `json:"excluded,omitempty"`
}

// Example is one decision: what an agent would see, and what the person did.
type Example struct {
	Step       int                  `json:"step"`
	User       string               `json:"user"`   // the prompt: nothing in it comes from the action or from what followed
	Kind       Kind                 `json:"kind"`   // of the answer
	Answer     string               `json:"answer"` // an Action as JSON
	Screenshot *event.ScreenshotRef `json:"screenshot,omitzero"`
	Site       string               `json:"site,omitzero"`
	PageKind   string               `json:"page_kind,omitzero"`
	Partial    bool                 `json:"partial,omitzero"` // only part of the page's elements was recorded
	Private    bool                 `json:"private,omitzero"` // the answer's text is a placeholder
}

// Excluded is a step that makes no example.
type Excluded struct {
	Step   int    `json:"step"`
	Reason string `json:"reason"`
}

// Why a step makes no example.
const (
	NotGroundable   = "not_groundable"        // its target could not be found among the elements
	NoElements      = "no_elements"           // no list of elements was recorded before it
	StaleElements   = "stale_elements"        // the list of elements was older than the step before
	BeyondBound     = "beyond_bound"          // its target is not among the elements that fit in a prompt
	TooFewChoices   = "too_few_choices"       // a partial list so short that it gives the answer away
	AnswerOnPage    = "answer_in_observation" // the observation already shows what is typed only now
	NoObservation   = "no_observation"        // nothing was recorded of the page before it
	ByMistake       = "by_mistake"            // the participant said that it was done by mistake
	NotForAnExample = "not_for_an_example"    // an action that an agent cannot repeat, such as an upload
)

// Archived describes the sealed bundle of a session.
type Archived struct {
	Origin
	SHA256  string `json:"sha256"` // of the bundle
	Size    int    `json:"size"`   // bytes
	Entries int    `json:"entries"`
}
