package event

// Target is the element that was acted on, described before the page reacted to the action.
type Target struct {
	Tag        string            `json:"tag" minLength:"1" maxLength:"100"`
	Role       string            `json:"role,omitzero" maxLength:"50" doc:"ARIA role, explicit or implied by the element."`
	Name       string            `json:"name,omitzero" maxLength:"500" doc:"Accessible name; left out, with its reason in withheld, where it holds a private value."`
	Text       string            `json:"text,omitzero" maxLength:"2000" doc:"Visible text, redacted."`
	Attributes map[string]string `json:"attributes,omitempty" maxProperties:"40" maxLength:"1000" propertyNames:"alt,aria-checked,aria-current,aria-disabled,aria-expanded,aria-haspopup,aria-label,aria-pressed,aria-selected,autocomplete,checked,class,data-cy,data-qa,data-test,data-testid,disabled,for,href,id,inputmode,max,maxlength,min,multiple,name,open,pattern,placeholder,readonly,rel,required,role,selected,src,step,tabindex,target,title,type" doc:"Attributes of an allow-list."`
	Box        *Box              `json:"box,omitzero" doc:"In the coordinates of the top frame's viewport."`
	Point      *Point            `json:"point,omitzero" doc:"Where in the box the action happened, from its top left corner."`
	Selectors  []Selector        `json:"selectors,omitempty" maxItems:"20" doc:"Ways to find the element again, best first."`
	Ancestors  []Ancestor        `json:"ancestors,omitempty" maxItems:"20" doc:"Nearest first."`
	Nearby     []string          `json:"nearby,omitempty" maxItems:"20" maxLength:"200" doc:"Texts around the element, redacted."`
	FramePath  []string          `json:"frame_path,omitempty" maxItems:"20" maxLength:"500" doc:"CSS selectors of the frames that lead to the element's document, outermost first."`
	Shadow     []string          `json:"shadow,omitempty" maxItems:"20" maxLength:"500" doc:"CSS selectors of the shadow hosts that lead to the element, outermost first."`
	Withheld   map[string]string `json:"withheld,omitempty" maxProperties:"20" enum:"private" propertyNames:"name,text,@alt,@aria-label,@class,@data-cy,@data-qa,@data-test,@data-testid,@for,@href,@id,@name,@pattern,@placeholder,@src,@title" doc:"Which parts were left out and why; an attribute is named with an @ before it."`
}

// Box is a rectangle in CSS pixels.
type Box struct {
	X      float64 `json:"x" minimum:"-10000000" maximum:"10000000"`
	Y      float64 `json:"y" minimum:"-10000000" maximum:"10000000"`
	Width  float64 `json:"width" minimum:"0" maximum:"10000000"`
	Height float64 `json:"height" minimum:"0" maximum:"10000000"`
}

// Selector is one way to find the element again.
type Selector struct {
	Kind       string `json:"kind" enum:"test_id,role,label,placeholder,text,alt,title,id,css,xpath"`
	Value      string `json:"value,omitzero" maxLength:"2000" doc:"Left out, with its reason in withheld, where it holds a private value."`
	Matches    int    `json:"matches" minimum:"0" maximum:"1000000" doc:"How many elements it matched when it was recorded."`
	Verified   bool   `json:"verified,omitzero" doc:"It matched exactly this element when it was recorded."`
	Positional bool   `json:"positional,omitzero" doc:"It depends on the order of elements, so it breaks easily."`
	Withheld   string `json:"withheld,omitzero" enum:"private"`
}

// Ancestor is an element that the target is in.
type Ancestor struct {
	Tag  string `json:"tag" minLength:"1" maxLength:"100"`
	Role string `json:"role,omitzero" maxLength:"50"`
	Name string `json:"name,omitzero" maxLength:"200" doc:"Redacted; left out where it holds a private value."`
	ID   string `json:"id,omitzero" maxLength:"200"`
}
