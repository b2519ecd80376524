package trajectory

// Quality is how good a session is as training data, from 0 to 100, with the reasons in full: 100 and the points of all
// reasons add up to the score, unless it was raised to 0.
type Quality struct {
	Origin
	Score   int      `json:"score"`
	Reasons []Reason `json:"reasons"`
}

// Reason is one thing that the score takes into account. Points are 0 where nothing is wrong, negative otherwise.
type Reason struct {
	Code    string `json:"code"`
	Points  int    `json:"points"`
	Message string `json:"message"`
	Count   int    `json:"count"`           // how many are concerned
	Steps   []int  `json:"steps,omitempty"` // which, at most MaxReasonSteps
}

// MaxReasonSteps bounds how many steps a reason names.
const MaxReasonSteps = 100
