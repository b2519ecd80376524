package event

// Type says what happened. The object of an [Event] that is named after its type carries the details.
type Type string

// The types that a client may send.
const (
	Navigation     Type = "navigation"
	Click          Type = "click"
	Input          Type = "input"
	Select         Type = "select"
	Submit         Type = "submit"
	Scroll         Type = "scroll"
	Hover          Type = "hover"
	Key            Type = "key"
	Focus          Type = "focus"
	Blur           Type = "blur"
	Drag           Type = "drag"
	Drop           Type = "drop"
	Touch          Type = "touch"
	Tab            Type = "tab"
	Dialog         Type = "dialog"
	Clipboard      Type = "clipboard"
	Effect         Type = "effect"
	SnapshotTaken  Type = "snapshot"
	ScreenshotShot Type = "screenshot"
	Gap            Type = "gap"
)

// Refused marks a tombstone: the event that a client sent under this number was invalid. Its place in the sequence is
// kept, its content is not. Only the server makes tombstones.
const Refused Type = "refused"

// Event is one thing that happened in the recorded browser, numbered by the client from 1 without gaps.
type Event struct {
	Seq  int64 `json:"seq" minimum:"1" maximum:"9007199254740991" doc:"Number of the event in its session, from 1 without gaps."`
	Time int64 `json:"time" minimum:"946684800000" maximum:"4102444800000" doc:"When it happened, in milliseconds since the Unix epoch."`
	Type Type  `json:"type" enum:"navigation,click,input,select,submit,scroll,hover,key,focus,blur,drag,drop,touch,tab,dialog,clipboard,effect,snapshot,screenshot,gap" doc:"What happened; the object of the same name holds the details."`

	Tab      int64  `json:"tab" minimum:"0" maximum:"9007199254740991" doc:"The browser's number of the tab."`
	Frame    string `json:"frame" minLength:"1" maxLength:"64" doc:"The browser's number of the frame in the tab; \"0\" is the top frame."`
	Document string `json:"document,omitzero" maxLength:"64" doc:"The browser's id of the document (documentId); a new one after each load."`
	Run      string `json:"run,omitzero" maxLength:"64" doc:"Id of the recorder's run; a new one each time the extension's service worker starts."`
	Page     Page   `json:"page" doc:"The page as it was when the event happened."`

	Target     *Target        `json:"target,omitzero" doc:"The element that was acted on, described before the page reacted."`
	Screenshot *ScreenshotRef `json:"screenshot,omitzero" doc:"The frame that shows the page before the action; on type screenshot, the frame itself."`
	Snapshot   *Snapshot      `json:"snapshot,omitzero" doc:"The page's interactive elements before the action; on type snapshot, the snapshot itself."`
	Redactions map[string]int `json:"redactions,omitempty" maxProperties:"32" minimum:"0" maximum:"1000000" propertyNames:"PERSON,EMAIL,PHONE,ADDRESS,CARD,IBAN,BANK_ACCOUNT,NATIONAL_ID,TAX_ID,PASSPORT,DRIVER_LICENSE,HEALTH_ID,DATE_OF_BIRTH,IP,MAC,GEO,VIN,LICENSE_PLATE,CRYPTO_WALLET,SECRET,USERNAME,TRACKING_ID,URL_VALUE,PRIVATE" doc:"How many private values of each placeholder type were taken out."`
	Resizing   bool           `json:"resizing,omitzero" doc:"The action overlapped a resize or zoom, so its coordinates are uncertain."`
	Mistake    bool           `json:"mistake,omitzero" doc:"The participant said, looking through the recording, that this was done by mistake."`

	Navigation *NavigationDetail `json:"navigation,omitzero"`
	Click      *ClickDetail      `json:"click,omitzero"`
	Input      *InputDetail      `json:"input,omitzero"`
	Select     *SelectDetail     `json:"select,omitzero"`
	Submit     *SubmitDetail     `json:"submit,omitzero"`
	Scroll     *ScrollDetail     `json:"scroll,omitzero"`
	Hover      *HoverDetail      `json:"hover,omitzero"`
	Key        *KeyDetail        `json:"key,omitzero"`
	Focus      *FocusDetail      `json:"focus,omitzero"`
	Blur       *FocusDetail      `json:"blur,omitzero"`
	Drag       *DragDetail       `json:"drag,omitzero"`
	Drop       *DropDetail       `json:"drop,omitzero"`
	Touch      *TouchDetail      `json:"touch,omitzero"`
	TabChange  *TabDetail        `json:"tab_change,omitzero" doc:"Details of type tab (the name tab is taken by the tab's number)."`
	Dialog     *DialogDetail     `json:"dialog,omitzero"`
	Clipboard  *ClipboardDetail  `json:"clipboard,omitzero"`
	Effect     *EffectDetail     `json:"effect,omitzero"`
	Gap        *GapDetail        `json:"gap,omitzero"`
	Refused    *RefusedDetail    `json:"refused,omitzero" schema:"-" doc:"Only in what the server stored: why the event that had this number was refused."`
}

// NavigationDetail says how the page of the event came to be shown.
type NavigationDetail struct {
	Kind string `json:"kind" enum:"load,reload,back_forward,history,fragment" doc:"load: a new document; history: the page changed its own address (pushState)."`
	From string `json:"from,omitzero" maxLength:"4096" doc:"URL of the page before, redacted."`
}

// ClickDetail is a press of a mouse button, or of what the browser reports as one.
type ClickDetail struct {
	X         float64  `json:"x" minimum:"-100000" maximum:"1000000" doc:"From the viewport's left edge, in CSS pixels."`
	Y         float64  `json:"y" minimum:"-100000" maximum:"1000000" doc:"From the viewport's top edge, in CSS pixels."`
	Button    string   `json:"button" enum:"left,middle,right,back,forward"`
	Count     int      `json:"count,omitzero" minimum:"0" maximum:"10" doc:"2 for a double click."`
	Modifiers []string `json:"modifiers,omitempty" maxItems:"4" enum:"alt,ctrl,meta,shift"`
	Keyboard  bool     `json:"keyboard,omitzero" doc:"The click was made with the keyboard (Enter or Space)."`
}

// InputDetail is typing in one field, coalesced until the field is left, another event follows, or typing pauses.
type InputDetail struct {
	Value      string `json:"value" maxLength:"10000" doc:"The field's value afterwards; a placeholder where the field is private."`
	Private    bool   `json:"private,omitzero" doc:"The field is private, so its value was not recorded."`
	Kind       string `json:"kind,omitzero" enum:"type,paste,cut,drop,delete,autofill" doc:"How the value was changed last."`
	Keystrokes int    `json:"keystrokes,omitzero" minimum:"0" maximum:"1000000"`
	DurationMS int64  `json:"duration_ms,omitzero" minimum:"0" maximum:"86400000" doc:"From the first change to the last, in milliseconds."`
}

// SelectDetail is a choice in a select, a checkbox, a radio button, or another widget that offers choices.
type SelectDetail struct {
	Options []string `json:"options,omitempty" maxItems:"100" maxLength:"500" doc:"Labels of the chosen options; placeholders where private."`
	Checked *bool    `json:"checked,omitzero" doc:"For a checkbox or a radio button, its state afterwards."`
	Private bool     `json:"private,omitzero"`
}

// SubmitDetail is a form that was sent.
type SubmitDetail struct {
	Action string `json:"action,omitzero" maxLength:"4096" doc:"The form's target URL, redacted."`
	Method string `json:"method,omitzero" enum:"get,post,dialog"`
	Fields int    `json:"fields,omitzero" minimum:"0" maximum:"10000" doc:"How many fields the form has."`
}

// ScrollDetail is one scroll gesture, coalesced from its first movement to its rest.
type ScrollDetail struct {
	From       Point `json:"from" doc:"Scroll position before, in CSS pixels."`
	To         Point `json:"to" doc:"Scroll position after, in CSS pixels."`
	DurationMS int64 `json:"duration_ms,omitzero" minimum:"0" maximum:"86400000"`
}

// HoverDetail is a pointer that rested on an element and thereby revealed something.
type HoverDetail struct {
	X          float64 `json:"x" minimum:"-100000" maximum:"1000000"`
	Y          float64 `json:"y" minimum:"-100000" maximum:"1000000"`
	DurationMS int64   `json:"duration_ms,omitzero" minimum:"0" maximum:"86400000"`
}

// KeyDetail is a key with an effect of its own. Keys that type text are never recorded: they are part of an input.
type KeyDetail struct {
	Key       string   `json:"key" minLength:"1" maxLength:"32" doc:"Named key value of the UI Events standard (Enter, Escape, ArrowDown, F5 …), or one character together with ctrl, alt or meta."`
	Modifiers []string `json:"modifiers,omitempty" maxItems:"4" enum:"alt,ctrl,meta,shift"`
}

// FocusDetail says how the focus came or went.
type FocusDetail struct {
	Via string `json:"via,omitzero" enum:"keyboard,pointer,script"`
}

// DragDetail is the start of a drag.
type DragDetail struct {
	X float64 `json:"x" minimum:"-100000" maximum:"1000000"`
	Y float64 `json:"y" minimum:"-100000" maximum:"1000000"`
}

// DropDetail is its end, or files that were dropped or chosen; the files' names are never recorded.
type DropDetail struct {
	X     float64 `json:"x" minimum:"-100000" maximum:"1000000"`
	Y     float64 `json:"y" minimum:"-100000" maximum:"1000000"`
	Files int     `json:"files,omitzero" minimum:"0" maximum:"10000"`
}

// TouchDetail is a touch gesture that is not reported as a click.
type TouchDetail struct {
	Kind  string `json:"kind" enum:"tap,long_press,swipe,pinch"`
	From  Point  `json:"from"`
	To    Point  `json:"to"`
	Count int    `json:"count,omitzero" minimum:"0" maximum:"20" doc:"How many fingers."`
}

// TabDetail is a change of the browser's tabs.
type TabDetail struct {
	Kind   string `json:"kind" enum:"opened,closed,activated"`
	Opener int64  `json:"opener,omitzero" minimum:"0" maximum:"9007199254740991" doc:"Number of the tab that opened this one."`
}

// DialogDetail is a dialog that opened or was answered.
type DialogDetail struct {
	Kind    string `json:"kind" enum:"alert,confirm,prompt,beforeunload,modal"`
	Action  string `json:"action" enum:"opened,accepted,dismissed"`
	Message string `json:"message,omitzero" maxLength:"2000" doc:"The dialog's text, redacted."`
}

// ClipboardDetail is a use of the clipboard, by a key or a menu. Its content is never recorded.
type ClipboardDetail struct {
	Action string `json:"action" enum:"copy,cut,paste"`
}

// EffectDetail says what was seen to come of the newest click, key, drop or form of the document, once the page had come to
// rest. Where the page was left, or changed its own address, a navigation says so instead.
type EffectDetail struct {
	Kind    string `json:"kind" enum:"dialog,download,changed,none" doc:"changed: something that is shown is another; none: nothing was seen to change (a dead click)."`
	Regions []Box  `json:"regions,omitempty" maxItems:"20" doc:"What changed, in the coordinates of the top frame's viewport, in page order."`
	AfterMS int64  `json:"after_ms,omitzero" minimum:"0" maximum:"86400000" doc:"How long after the action the page was looked at, in milliseconds."`
}

// GapDetail says that recording was interrupted, so that a gap in time is never silent.
type GapDetail struct {
	Reason string `json:"reason" enum:"paused,storage_full,browser_closed,worker_stopped,page_unreachable,excluded_site,clock_changed,removed_by_participant,not_carried_over,unknown"`
	From   int64  `json:"from,omitzero" minimum:"946684800000" maximum:"4102444800000" doc:"Begin of the gap, in milliseconds since the Unix epoch."`
	To     int64  `json:"to,omitzero" minimum:"946684800000" maximum:"4102444800000"`
	Lost   int    `json:"lost,omitzero" minimum:"0" maximum:"1000000000" doc:"How many events are known to be missing."`
}

// RefusedDetail is what is kept of an invalid event.
type RefusedDetail struct {
	Errors []FieldError `json:"errors" maxItems:"20"`
}
