package legacy

// The parts of an export that are read. Everything else in it is passed over.

type session struct {
	ID        string
	StartTime string
	UserAgent string
	Config    config
	Rows      []row
}

type config struct {
	URL           string `json:"url"`
	GeneratedTask *task  `json:"generatedTask"`
}

type task struct {
	ID              string   `json:"id"`
	Title           string   `json:"title"`
	Description     string   `json:"description"`
	Steps           []string `json:"steps"`
	SuccessCriteria []string `json:"successCriteria"`
	Tags            []string `json:"tags"`
	Website         string   `json:"website"`
	Difficulty      string   `json:"difficulty"`
}

// row is an interaction. A FOCUS or NAVIGATION has nearly nothing of it, a CLICK nearly all, much of it twice.
type row struct {
	Type      string   `json:"type"`
	Timestamp float64  `json:"timestamp"`
	Sequence  *float64 `json:"sequence"`

	Selectors   selectors   `json:"selectors"`
	Element     element     `json:"element"`
	Visual      visual      `json:"visual"`
	State       state       `json:"state"`
	Context     pageContext `json:"context"`
	Interaction details     `json:"interaction"`
	ContextData contextData `json:"contextData"`

	broken bool // it has another form
}

type selectors struct {
	Primary      string   `json:"primary"`
	Alternatives []string `json:"alternatives"`
	XPath        string   `json:"xpath"`
	CSSPath      string   `json:"cssPath"`
}

type element struct {
	Tag        string         `json:"tag"`
	Text       string         `json:"text"`
	Attributes map[string]any `json:"attributes"`
	Parents    []parent       `json:"parentElements"` // nearest first
	Nearby     []nearby       `json:"nearbyElements"`
}

type parent struct {
	Tag  string `json:"tagName"`
	ID   string `json:"id"`
	Role string `json:"role"`
	Text string `json:"text"` // cut to cutText characters
}

type nearby struct {
	Tag         string `json:"tagName"`
	Text        string `json:"text"`
	Visible     bool   `json:"isVisible"`
	Interactive bool   `json:"isInteractive"`
}

type visual struct {
	Box         *box      `json:"boundingBox"`
	Viewport    *viewport `json:"viewport"`
	Coordinates *struct {
		X float64 `json:"clientX"`
		Y float64 `json:"clientY"`
	} `json:"coordinates"`
}

type box struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

type viewport struct {
	Width   float64 `json:"width"`
	Height  float64 `json:"height"`
	ScrollX float64 `json:"scrollX"`
	ScrollY float64 `json:"scrollY"`
	DPR     float64 `json:"devicePixelRatio"`
}

type state struct {
	Before *struct {
		URL      string    `json:"url"`
		Title    string    `json:"title"`
		Viewport *viewport `json:"viewport"`
	} `json:"before"`
}

type pageContext struct {
	URL         string `json:"url"`
	PageTitle   string `json:"pageTitle"`
	PageContext struct {
		DOM *node `json:"domSnapshot"`
	} `json:"pageContext"`
}

type node struct {
	Tag        string         `json:"tag"`
	Text       string         `json:"text"`
	Attributes map[string]any `json:"attributes"`
	Children   []node         `json:"children"`
}

type details struct {
	Modifiers struct {
		Alt   bool `json:"altKey"`
		Ctrl  bool `json:"ctrlKey"`
		Meta  bool `json:"metaKey"`
		Shift bool `json:"shiftKey"`
	} `json:"modifiers"`
	ScreenshotID string `json:"screenshotId"`
	Key          string `json:"key"`
}

type contextData struct {
	Ancestors []struct {
		Tag string `json:"tag"`
		ID  string `json:"id"`
	} `json:"ancestors"`
}
