package event

// Snapshot is what an agent could act on: the page's interactive elements in page order. A snapshot event carries the
// elements under an id; later events of the same page refer to it by that id alone.
type Snapshot struct {
	ID        string    `json:"id" minLength:"1" maxLength:"64"`
	Elements  []Element `json:"elements,omitempty" maxItems:"1000"`
	Target    *int      `json:"target,omitzero" minimum:"0" maximum:"1000" doc:"Index of the element that was acted on. Kept apart from the elements so that nothing in them marks it."`
	HTML      string    `json:"html,omitzero" maxLength:"100000" doc:"Cleaned and redacted HTML around the target."`
	Truncated bool      `json:"truncated,omitzero" doc:"The page had more elements than the budget allows."`
}

// Element is one interactive element of a snapshot.
type Element struct {
	Role   string   `json:"role" minLength:"1" maxLength:"50"`
	Name   string   `json:"name,omitzero" maxLength:"200" doc:"Accessible name, redacted."`
	Tag    string   `json:"tag" minLength:"1" maxLength:"100"`
	Type   string   `json:"type,omitzero" maxLength:"50" doc:"Type of an input element."`
	Value  string   `json:"value,omitzero" enum:"empty,filled,private" doc:"Class of a field's value; the value itself is never in a snapshot."`
	States []string `json:"states,omitempty" maxItems:"10" enum:"checked,disabled,expanded,collapsed,focused,pressed,readonly,required,selected,offscreen"`
	Box    *Box     `json:"box,omitzero" doc:"In the coordinates of the top frame's viewport."`
	Frame  string   `json:"frame,omitzero" maxLength:"64" doc:"Frame of the element where it is not the event's own."`
}

// ScreenshotRef ties a stored frame to an event.
type ScreenshotRef struct {
	ID    string `json:"id" minLength:"1" maxLength:"64" pattern:"^[0-9a-zA-Z_-]+$" doc:"Id under which the image is uploaded."`
	AgeMS int64  `json:"age_ms,omitzero" minimum:"0" maximum:"86400000" doc:"How long before the action the frame was taken, in milliseconds."`
	Stale bool   `json:"stale,omitzero" doc:"The page changed between the frame and the action."`
}

// ScreenshotMeta describes a stored image.
type ScreenshotMeta struct {
	TakenAt  int64    `json:"taken_at" minimum:"946684800000" maximum:"4102444800000" doc:"In milliseconds since the Unix epoch."`
	Width    int      `json:"width" minimum:"1" maximum:"16384" doc:"In device pixels."`
	Height   int      `json:"height" minimum:"1" maximum:"16384" doc:"In device pixels."`
	Scale    float64  `json:"scale" minimum:"0.1" maximum:"20" doc:"Device pixels per CSS pixel, measured as image width over viewport width."`
	Viewport Viewport `json:"viewport"`
	Masked   int      `json:"masked" minimum:"0" maximum:"100000" doc:"How many regions were painted over before the image left the browser."`
	Tab      int64    `json:"tab" minimum:"0" maximum:"9007199254740991"`
	Document string   `json:"document,omitzero" maxLength:"64"`
}
