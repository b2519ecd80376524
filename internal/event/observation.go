package event

import "math"

// MaxElements bounds the elements of a snapshot.
const MaxElements = 1000

// Snapshot is what an agent could act on: the page's interactive elements in page order. A snapshot event carries the
// elements under an id; later events of the same page refer to it by that id alone. Where little has changed since an
// earlier snapshot, only what is new is carried: see [Snapshot.List].
type Snapshot struct {
	ID        string    `json:"id" minLength:"1" maxLength:"64"`
	Base      string    `json:"base,omitzero" maxLength:"64" doc:"Id of an earlier snapshot of the same document, of which this one keeps elements."`
	Kept      []Kept    `json:"kept,omitempty" maxItems:"1000" doc:"Elements that are as in the base. The places between them belong to elements, in order."`
	Elements  []Element `json:"elements,omitempty" maxItems:"1000"`
	Target    *int      `json:"target,omitzero" minimum:"0" maximum:"1000" doc:"Index of the element that was acted on. Kept apart from the elements so that nothing in them marks it."`
	HTML      string    `json:"html,omitzero" maxLength:"100000" doc:"Cleaned and redacted HTML around the target, which nothing in it marks. No values of fields."`
	Truncated bool      `json:"truncated,omitzero" doc:"The page had more elements than the budget allows."`
}

// Kept is a run of elements that a snapshot has in common with its base.
type Kept struct {
	At    int     `json:"at" minimum:"0" maximum:"999" doc:"Index of the first of them in this snapshot."`
	From  int     `json:"from" minimum:"0" maximum:"999" doc:"Index of the first of them in the base."`
	Count int     `json:"count" minimum:"1" maximum:"1000"`
	DX    float64 `json:"dx,omitzero" minimum:"-10000000" maximum:"10000000" doc:"How far all of them have moved, in CSS pixels."`
	DY    float64 `json:"dy,omitzero" minimum:"-10000000" maximum:"10000000"`
}

// List returns the whole list of elements, given that of the base; false where the two do not fit together.
func (s *Snapshot) List(base []Element) ([]Element, bool) {
	list := make([]Element, 0, s.count())
	added := s.Elements
	for _, k := range s.Kept {
		n := k.At - len(list)
		if n < 0 || n > len(added) || k.From+k.Count > len(base) {
			return nil, false
		}
		list, added = append(list, added[:n]...), added[n:]
		for _, e := range base[k.From : k.From+k.Count] {
			list = append(list, e.moved(k.DX, k.DY))
		}
	}
	return append(list, added...), true
}

// count is the number of elements of the whole list.
func (s *Snapshot) count() int {
	n := len(s.Elements)
	for _, k := range s.Kept {
		n += k.Count
	}
	return n
}

// moved is the element at its new place. Places are recorded in tenths of a pixel.
func (e Element) moved(dx, dy float64) Element {
	if e.Box == nil || dx == 0 && dy == 0 {
		return e
	}
	b := *e.Box
	b.X, b.Y = math.Round((b.X+dx)*10)/10, math.Round((b.Y+dy)*10)/10
	e.Box = &b
	return e
}

// check says what is wrong between the fields of a snapshot.
func (s *Snapshot) check(at string, r *Report) {
	count := s.count()
	if s.Target != nil && count > 0 && *s.Target >= count {
		r.Add(at+".target", "must be the index of an element")
	}
	if len(s.Kept) > 0 && s.Base == "" {
		r.Add(at+".base", "is required where elements are kept")
	}
	if count > MaxElements {
		r.Add(at+".kept", "must make at most 1000 elements")
	}
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
