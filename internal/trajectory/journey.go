package trajectory

// Journey is the way through the site: what kind of page each step was on, the parts that it falls into, and whether
// the task was seen to be done.
type Journey struct {
	Origin
	Site     string    `json:"site,omitzero"` // host of most steps
	Pages    []Page    `json:"pages"`         // of the steps, in their order
	Segments []Segment `json:"segments"`
	Outcome  Verdict   `json:"outcome"`
}

// Page is the kind of page on which a step was taken.
type Page struct {
	Step int    `json:"step"`
	Kind string `json:"kind"`
	Why  string `json:"why"` // which evidence decided
}

// Segment is a run of steps with one aim.
type Segment struct {
	Goal string `json:"goal"`
	Kind string `json:"kind"`
	From int    `json:"from"` // first step
	To   int    `json:"to"`   // last step
}

// Done says how much of a task was seen to be done.
type Done string

// The values of Done.
const (
	Achieved Done = "achieved"
	Partly   Done = "partly"
	NotShown Done = "not_shown"
	NoTask   Done = "no_task"
)

// Verdict is the outcome against the task, with what it rests on.
type Verdict struct {
	Done     Done       `json:"done"`
	Aim      string     `json:"aim,omitzero"` // the rule that read the task
	Needed   int        `json:"needed,omitzero"`
	Seen     int        `json:"seen,omitzero"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Evidence is a step that shows something to be done.
type Evidence struct {
	Step int    `json:"step"`
	What string `json:"what"`
}
