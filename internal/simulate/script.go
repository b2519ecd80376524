package simulate

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
)

// script writes the events of one session: a person who looks for furniture in a shop, again and again. Every event is
// a pure function of the session's id, its start and the number.
type script struct {
	id      string
	started int64 // milliseconds since the Unix epoch
	bytes   int   // about how long each event's JSON is to be
}

// line is the event in its canonical bytes: what is sent, and what must be read back.
func (s script) line(seq int64) ([]byte, error) { return wire.AppendEvent(nil, s.event(seq)) }

func (s script) lines(first, last int64) ([][]byte, error) {
	lines := make([][]byte, 0, last-first+1)
	for seq := first; seq <= last; seq++ {
		line, err := s.line(seq)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func (s script) event(seq int64) *event.Event {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.id))                       // never fails
	r := rand.New(rand.NewPCG(h.Sum64(), uint64(seq))) //nolint:gosec // repeatable on purpose
	v := visit{
		rand: r,
		item: catalogue[int((seq-1)/int64(len(flow))+int64(h.Sum64()%uint64(len(catalogue))))%len(catalogue)],
		e: &event.Event{
			Seq: seq, Time: s.started + seq*700 + r.Int64N(500), Tab: 1, Frame: "0",
			Document: "D" + strconv.FormatInt((seq-1)/4, 10), Run: "R1",
		},
	}
	v.e.Page = event.Page{Viewport: event.Viewport{Width: 1280, Height: 720, DPR: 1, Zoom: 1}, Lang: "en"}
	flow[(seq-1)%int64(len(flow))](&v)
	s.fill(&v)
	return v.e
}

// fill brings the event to the wished length with what a real one carries: texts around the target, and then the page's
// interactive elements.
func (s script) fill(v *visit) {
	line, err := wire.AppendEvent(nil, v.e)
	missing := s.bytes - len(line)
	if err != nil || missing < 40 {
		return
	}
	if v.e.Target != nil {
		for len(v.e.Target.Nearby) < 6 && missing > 40 {
			text := v.phrase()
			v.e.Target.Nearby = append(v.e.Target.Nearby, text)
			missing -= len(text) + 3
		}
	}
	if missing < elementBytes {
		return
	}
	v.e.Snapshot = &event.Snapshot{ID: "s" + strconv.FormatInt(v.e.Seq, 10)}
	for i := 0; i < 1000 && missing > 40; i++ {
		e := v.element(i)
		v.e.Snapshot.Elements = append(v.e.Snapshot.Elements, e)
		missing -= len(e.Name) + elementBytes
	}
}

// elementBytes is about how long an element's JSON is without its name.
const elementBytes = 95

// visit is one event in the making.
type visit struct {
	rand *rand.Rand
	item item
	e    *event.Event
}

type item struct{ slug, name, brand, price string }

var catalogue = []item{
	{"oak-dining-chair", "Oak dining chair", "Nordhaus", "129.00"},
	{"linen-sofa", "Linen sofa", "Fjellmark", "899.00"},
	{"patio-set", "Patio set with parasol", "Gardenia", "479.50"},
	{"walnut-desk", "Walnut desk", "Holzwerk", "349.00"},
	{"reading-lamp", "Reading lamp", "Lumo", "59.90"},
	{"wool-rug", "Wool rug", "Teppa", "219.00"},
	{"bookshelf", "Bookshelf with five shelves", "Nordhaus", "189.00"},
}

var phrases = []string{
	"Free delivery over the weekend", "In stock, ready to ship", "Solid wood with an oiled finish", "Compare with similar items",
	"Customers also looked at garden tables", "Easy to assemble", "Rated four stars by most buyers", "Choose a colour",
	"Add a matching cushion", "Returns within thirty days", "Sort by price", "Filter by material", "New this season",
}

func (v *visit) phrase() string { return phrases[v.rand.IntN(len(phrases))] }

func (v *visit) element(i int) event.Element {
	e := event.Element{Role: "link", Tag: "a", Name: v.phrase()}
	if i%4 == 3 {
		e.Role, e.Tag = "button", "button"
	}
	e.Box = &event.Box{X: v.number(1200), Y: v.number(4000), Width: 80 + v.number(200), Height: 24}
	return e
}

// number is a coordinate: a whole number, as most are.
func (v *visit) number(below int) float64 { return float64(v.rand.IntN(below)) }

func (v *visit) at(path, title string) {
	v.e.Page.URL = "https://shop.example" + path
	v.e.Page.Title = title + " | Example Shop"
	v.e.Page.Scroll.Y = v.number(1500)
}

func (v *visit) on(tag, role, name, css string) {
	box := &event.Box{X: v.number(1100), Y: v.number(650), Width: 40 + v.number(160), Height: 32}
	v.e.Target = &event.Target{
		Tag: tag, Role: role, Name: name, Box: box,
		Selectors: []event.Selector{
			{Kind: "css", Value: css, Matches: 1, Verified: true},
		},
	}
}

func (v *visit) click() {
	v.e.Type = event.Click
	v.e.Click = &event.ClickDetail{X: v.e.Target.Box.X + 12, Y: v.e.Target.Box.Y + 10, Button: "left"}
}

func (v *visit) product() { v.at("/p/"+v.item.slug, v.item.name) }

// flow is what the person does, over and over: from the front page to the cart.
var flow = []func(*visit){
	func(v *visit) {
		v.at("/", "Furniture and garden")
		v.e.Type = event.Navigation
		v.e.Navigation = &event.NavigationDetail{Kind: "load"}
	},
	func(v *visit) {
		v.at("/", "Furniture and garden")
		v.on("input", "searchbox", "Search", "#search")
		v.click()
	},
	func(v *visit) {
		v.at("/", "Furniture and garden")
		v.on("input", "searchbox", "Search", "#search")
		v.e.Type = event.Input
		v.e.Input = &event.InputDetail{Value: v.item.name, Kind: "type", Keystrokes: len(v.item.name), DurationMS: 400 + v.rand.Int64N(3000)}
	},
	func(v *visit) {
		v.at("/", "Furniture and garden")
		v.on("input", "searchbox", "Search", "#search")
		v.e.Type = event.Key
		v.e.Key = &event.KeyDetail{Key: "Enter"}
	},
	func(v *visit) {
		v.at("/search", "Search results")
		v.e.Type = event.Navigation
		v.e.Navigation = &event.NavigationDetail{Kind: "load", From: "https://shop.example/"}
	},
	func(v *visit) {
		v.at("/search", "Search results")
		v.e.Type = event.Scroll
		v.e.Scroll = &event.ScrollDetail{To: event.Point{Y: 100 + v.number(1800)}, DurationMS: 200 + v.rand.Int64N(900)}
	},
	func(v *visit) {
		v.at("/search", "Search results")
		v.on("a", "link", v.item.name, "main a.card")
		v.e.Type = event.Hover
		v.e.Hover = &event.HoverDetail{X: v.e.Target.Box.X + 12, Y: v.e.Target.Box.Y + 10, DurationMS: 300 + v.rand.Int64N(2000)}
	},
	func(v *visit) {
		v.at("/search", "Search results")
		v.on("a", "link", v.item.name, "main a.card")
		v.click()
	},
	func(v *visit) {
		v.product()
		v.e.Type = event.Navigation
		v.e.Navigation = &event.NavigationDetail{Kind: "history", From: "https://shop.example/search"}
		v.e.Page.Product = &event.Product{Name: v.item.name, Brand: v.item.brand, Price: v.item.price, Currency: "EUR", Availability: "InStock"}
	},
	func(v *visit) {
		v.product()
		v.on("select", "combobox", "Colour", "#colour")
		v.e.Type = event.Select
		v.e.Select = &event.SelectDetail{Options: []string{[]string{"Natural", "Black", "Sand", "Forest green"}[v.rand.IntN(4)]}}
	},
	func(v *visit) {
		v.product()
		v.on("button", "button", "Add to cart", "#buy")
		v.click()
	},
	func(v *visit) {
		v.at("/cart", "Your cart")
		v.on("form", "form", "Cart", "form.cart")
		v.e.Type = event.Submit
		v.e.Submit = &event.SubmitDetail{Action: "https://shop.example/cart", Method: "post", Fields: 2}
	},
}
