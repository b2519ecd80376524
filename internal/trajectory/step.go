package trajectory

import "github.com/codesight/codesight/internal/event"

// Normalised is a recording as the steps that a person took. Every event of the recording is accounted for once: it is
// part of a step, or it is in Dropped with its reason.
type Normalised struct {
	Origin
	Steps     []Step     `json:"steps"`
	Snapshots []Snapshot `json:"snapshots,omitempty"` // those that steps refer to, once each
	Dropped   []Dropped  `json:"dropped,omitempty"`
}

// Step is one action of the person, with the page before it.
type Step struct {
	Number     int         `json:"number"` // from 1
	Events     []int64     `json:"events"` // numbers of the events that it was made of
	Time       int64       `json:"time"`   // of the first, in milliseconds since the Unix epoch
	DurationMS int64       `json:"duration_ms,omitzero"`
	Tab        int         `json:"tab"` // tabs are counted from 1 in the order in which they appear
	Before     Observation `json:"before"`
	Action     Action      `json:"action"`
	Target     *Target     `json:"target,omitzero"`
	GroundedBy string      `json:"grounded_by,omitzero"` // how the target was found among the elements: recorder, box, name, ancestor
	Private    bool        `json:"private,omitzero"`     // the action's text is a placeholder
	Mistake    bool        `json:"mistake,omitzero"`     // the participant said that it was done by mistake
	After      Outcome     `json:"after"`
}

// Observation is what could be seen before the action.
type Observation struct {
	URL        string               `json:"url,omitzero"`
	Title      string               `json:"title,omitzero"`
	Viewport   event.Viewport       `json:"viewport"`
	Scroll     event.Point          `json:"scroll"`
	Snapshot   string               `json:"snapshot,omitzero"` // id of the element list; empty where there was none
	Stale      bool                 `json:"stale,omitzero"`    // another step came between the element list and this one
	Screenshot *event.ScreenshotRef `json:"screenshot,omitzero"`
	Product    *event.Product       `json:"product,omitzero"`
}

// Snapshot is a list of interactive elements in page order.
type Snapshot struct {
	ID        string          `json:"id"`
	Elements  []event.Element `json:"elements"`
	Truncated bool            `json:"truncated,omitzero"` // the page had more elements than the recorder's budget
	Partial   bool            `json:"partial,omitzero"`   // only what stood around targets was recorded, in the order of the names
	Scroll    event.Point     `json:"scroll"`             // of the document when the list was taken
}

// Kind is a word of the action vocabulary.
type Kind string

// The action vocabulary. The fields of [Action] that each kind uses stand behind it.
const (
	Click     Kind = "click"      // element
	Type      Kind = "type"       // element, text: the field's value afterwards
	Select    Kind = "select"     // element, options: labels of the chosen ones
	Press     Kind = "press"      // key, such as Enter or Control+a; element where one had the focus
	Scroll    Kind = "scroll"     // direction, pixels
	Hover     Kind = "hover"      // element
	Drag      Kind = "drag"       // element, to
	Upload    Kind = "upload"     // element
	Submit    Kind = "submit"     // element: a form that was sent by other means than a click or a key
	Navigate  Kind = "navigate"   // url
	GoBack    Kind = "go_back"    //
	GoForward Kind = "go_forward" //
	Reload    Kind = "reload"     //
	NewTab    Kind = "new_tab"    //
	SwitchTab Kind = "switch_tab" // tab
	CloseTab  Kind = "close_tab"  //
	Dialog    Kind = "dialog"     // accept
)

// Action is what the person did, in the form in which it is the answer of a training example. Elements are indexes into
// the step's snapshot.
type Action struct {
	Kind      Kind     `json:"action"`
	Element   *int     `json:"element,omitzero"`
	To        *int     `json:"to,omitzero"`
	Text      *string  `json:"text,omitzero"`
	Options   []string `json:"options,omitempty"`
	Key       string   `json:"key,omitzero"`
	Direction string   `json:"direction,omitzero"` // up, down, left, right
	Pixels    int      `json:"pixels,omitzero"`    // CSS pixels
	URL       string   `json:"url,omitzero"`
	Tab       int      `json:"tab,omitzero"`
	Accept    *bool    `json:"accept,omitzero"`
}

// NeedsElement says that the action means nothing without its element.
func (a Action) NeedsElement() bool {
	switch a.Kind {
	case Click, Type, Select, Hover, Drag, Upload, Submit:
		return true
	default:
		return false
	}
}

// Target is what is kept of the element that was acted on; the events have all of it.
type Target struct {
	Tag      string `json:"tag"`
	Role     string `json:"role,omitzero"`
	Name     string `json:"name,omitzero"`
	Verified bool   `json:"verified,omitzero"` // one of its selectors matched exactly this element when it was recorded
}

// Effect says what was seen to come of a step.
type Effect string

// The effects, strongest first.
const (
	Navigated   Effect = "navigated"
	OpenedTab   Effect = "opened_tab"
	OpenedPopup Effect = "opened_dialog"
	ChangedPage Effect = "changed_page" // title or elements differ
	NoneSeen    Effect = "none_seen"    // the elements before and after are the same
	Unknown     Effect = "unknown"      // nothing was recorded that could tell
)

// Outcome is what changed after the action, until the next one.
type Outcome struct {
	Effect Effect `json:"effect"`
	URL    string `json:"url,omitzero"`   // where it changed
	Title  string `json:"title,omitzero"` // where it changed
}

// Dropped is what did not become a step of its own.
type Dropped struct {
	Events []int64    `json:"events"`
	Type   event.Type `json:"type"`
	Reason string     `json:"reason"`
	Step   int        `json:"step,omitzero"` // the step that it belongs to
}

// Why events are no steps.
const (
	Observed      = "observation"       // a snapshot or a screenshot
	Consequence   = "consequence"       // it followed from the step
	FocusOnly     = "focus_only"        // it moved the focus and nothing else
	PartOfTyping  = "part_of_typing"    // an editing key within a field
	PartOfStep    = "part_of_step"      // the step says the same: the click into a field that was then typed in
	ScrolledBack  = "scrolled_back"     // the scrolling ended where it began
	DeadClick     = "dead_click"        // a click on nothing interactive that changed nothing
	NotVocabulary = "not_in_vocabulary" // a gesture that no word of the vocabulary stands for
	StartState    = "start"             // the page that was there when recording began
	ByPage        = "by_page"           // the page did it by itself
	Interrupted   = "gap"               // the recorder reported a gap
	WasRefused    = "refused"           // a tombstone
)
