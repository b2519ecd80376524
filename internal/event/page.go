package event

// Page is the document that an event happened in.
type Page struct {
	URL      string   `json:"url" minLength:"1" maxLength:"4096" doc:"Redacted URL."`
	Title    string   `json:"title" maxLength:"1000" doc:"Redacted title."`
	Viewport Viewport `json:"viewport"`
	Scroll   Point    `json:"scroll" doc:"Scroll position of the document, in CSS pixels."`
	Lang     string   `json:"lang,omitzero" maxLength:"35" doc:"Language tag of the document (BCP 47)."`
	Product  *Product `json:"product,omitzero" doc:"What the page's own structured data says is for sale."`
}

// Viewport is the coordinate system in which an event happened.
type Viewport struct {
	Width  float64 `json:"width" minimum:"0" maximum:"100000" doc:"In CSS pixels."`
	Height float64 `json:"height" minimum:"0" maximum:"100000" doc:"In CSS pixels."`
	DPR    float64 `json:"dpr" minimum:"0.1" maximum:"20" doc:"Device pixels per CSS pixel."`
	Zoom   float64 `json:"zoom" minimum:"0.1" maximum:"20" doc:"1 is 100 %."`
}

// Point is a position in CSS pixels.
type Point struct {
	X float64 `json:"x" minimum:"-10000000" maximum:"10000000"`
	Y float64 `json:"y" minimum:"-10000000" maximum:"10000000"`
}

// Product is a thing for sale, as JSON-LD, microdata or Open Graph of the page name it.
type Product struct {
	Name         string   `json:"name,omitzero" maxLength:"500"`
	Brand        string   `json:"brand,omitzero" maxLength:"200"`
	Price        string   `json:"price,omitzero" maxLength:"32" doc:"Decimal number as the page states it."`
	Currency     string   `json:"currency,omitzero" maxLength:"3" doc:"ISO 4217 code."`
	SKU          string   `json:"sku,omitzero" maxLength:"100"`
	Options      []string `json:"options,omitempty" maxItems:"100" maxLength:"200"`
	Availability string   `json:"availability,omitzero" maxLength:"100" doc:"Last part of the schema.org term, such as InStock."`
}
