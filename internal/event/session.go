package event

// Session is one recording of one participant doing one task.
type Session struct {
	ID        string  `json:"id" format:"uuid" pattern:"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" doc:"UUIDv7 made by the client (RFC 9562)."`
	StartedAt int64   `json:"started_at" minimum:"946684800000" maximum:"4102444800000" doc:"In milliseconds since the Unix epoch."`
	Consent   Consent `json:"consent"`
	Client    Client  `json:"client"`
	Task      *Task   `json:"task,omitzero"`
}

// Consent is what the participant agreed to before recording began.
type Consent struct {
	Policy    string   `json:"policy" minLength:"1" maxLength:"64" doc:"Version of the text that was agreed to."`
	GrantedAt int64    `json:"granted_at" minimum:"946684800000" maximum:"4102444800000" doc:"In milliseconds since the Unix epoch."`
	Scopes    []string `json:"scopes" minItems:"1" maxItems:"8" enum:"events,screenshots,model,publish" doc:"events and screenshots may be recorded; model: may be sent to a model; publish: may be released outside the project."`
}

// Client is the software that recorded the session.
type Client struct {
	Name      string    `json:"name" minLength:"1" maxLength:"64"`
	Version   string    `json:"version" minLength:"1" maxLength:"32"`
	Browser   string    `json:"browser,omitzero" maxLength:"64" doc:"Name and major version."`
	Platform  string    `json:"platform,omitzero" maxLength:"64" doc:"Operating system."`
	Lang      string    `json:"lang,omitzero" maxLength:"35" doc:"BCP 47."`
	Timezone  string    `json:"timezone,omitzero" maxLength:"64" doc:"IANA name."`
	Viewport  *Viewport `json:"viewport,omitzero"`
	Transport string    `json:"transport,omitzero" enum:"ws,http,import"`
}

// Task is what the participant was asked to do.
type Task struct {
	ID              string   `json:"id,omitzero" maxLength:"64"`
	Title           string   `json:"title" minLength:"1" maxLength:"300"`
	Description     string   `json:"description,omitzero" maxLength:"4000"`
	Steps           []string `json:"steps,omitempty" maxItems:"50" maxLength:"500"`
	SuccessCriteria []string `json:"success_criteria,omitempty" maxItems:"50" maxLength:"500"`
	Site            string   `json:"site,omitzero" maxLength:"253" doc:"Host name."`
	Difficulty      string   `json:"difficulty,omitzero" maxLength:"32"`
	Tags            []string `json:"tags,omitempty" maxItems:"20" maxLength:"64"`
}
