// Package trajectory holds the types of what the pipeline makes of a recording: the steps that a person took, each with
// what could be seen before it and what came of it, the quality of the whole with its reasons, the journey through the
// site, and the training examples.
//
// They are stored as stage results and read by whoever shows or exports them, so they live below all of these. The
// package decides nothing, and it imports only package event.
package trajectory

// The stages of the pipeline, which are also the names of their stored results.
const (
	StageAssemble  = "assemble"  // Assembled
	StageNormalise = "normalise" // Normalised
	StageScore     = "score"     // Quality
	StageJourney   = "journey"   // Journey
	StageCompose   = "compose"   // Composed
	StageArchive   = "archive"   // Archived
	StageFailure   = "failure"   // Failure, of a session that failed
)

// Failure is why a session could not be processed. Its zero value says that a session which had failed did not fail
// again.
type Failure struct {
	Stage string `json:"stage,omitzero"`
	Error string `json:"error,omitzero"` // holds no recorded value
}

// Origin names what a result was made from: a hash over the session's header, events and images, and over the versions of
// the stages before.
type Origin struct {
	Input string `json:"input"`
}

// MadeFrom returns the name of the input.
func (o *Origin) MadeFrom() string { return o.Input }

// SetMadeFrom sets the name of the input.
func (o *Origin) SetMadeFrom(input string) { o.Input = input }
