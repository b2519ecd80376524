package event

// FieldError names one mistake in what a client sent: where it is and what is wrong with it. It never holds a value.
type FieldError struct {
	Location string `json:"location" maxLength:"300" doc:"Path to the field, such as events[3].target.box."`
	Message  string `json:"message" maxLength:"300" doc:"What is wrong, without the value."`
}

// MaxErrors bounds how many mistakes are reported of one event, so that a hostile event cannot make a large answer.
const MaxErrors = 20

// Report collects the mistakes of one value.
type Report struct {
	Errors []FieldError
}

// Add notes a mistake. Past [MaxErrors] it does nothing.
func (r *Report) Add(location, message string) {
	if len(r.Errors) < MaxErrors {
		r.Errors = append(r.Errors, FieldError{Location: location, Message: message})
	}
}

// OK says that no mistake was found.
func (r *Report) OK() bool { return len(r.Errors) == 0 }
