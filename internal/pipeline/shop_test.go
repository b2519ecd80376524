package pipeline

import (
	"strconv"

	"github.com/codesight/codesight/internal/event"
)

// tape writes a made-up recording, event by event, as the extension would.
type tape struct {
	events   []*event.Event
	now      int64
	page     event.Page
	document string
	snapshot string
	images   map[string]event.ScreenshotMeta
}

const beginning = 1795336560000

func newTape() *tape {
	return &tape{now: beginning, images: map[string]event.ScreenshotMeta{}, page: event.Page{
		Viewport: event.Viewport{Width: 1280, Height: 720, DPR: 1, Zoom: 1},
	}}
}

func (t *tape) add(e event.Event) *event.Event {
	t.now += 700
	e.Seq, e.Time, e.Tab, e.Frame = int64(len(t.events))+1, t.now, 1, "0"
	e.Document, e.Page = t.document, t.page
	if e.Snapshot == nil && t.snapshot != "" && e.Target != nil {
		e.Snapshot = &event.Snapshot{ID: t.snapshot}
	}
	t.events = append(t.events, &e)
	return &e
}

// open shows a page: the navigation, its elements and a frame.
func (t *tape) open(url, title string, elements ...event.Element) {
	t.document = "d" + strconv.Itoa(len(t.events)+1)
	t.page.URL, t.page.Title, t.page.Scroll = url, title, event.Point{}
	t.add(event.Event{Type: event.Navigation, Navigation: &event.NavigationDetail{Kind: "load"}})
	t.show(elements...)
}

// show records the elements that the page has now.
func (t *tape) show(elements ...event.Element) {
	t.snapshot = "s" + strconv.Itoa(len(t.events)+1)
	for i := range elements {
		elements[i].Box = boxOf(i)
	}
	t.add(event.Event{Type: event.SnapshotTaken, Snapshot: &event.Snapshot{ID: t.snapshot, Elements: elements}})
}

func boxOf(i int) *event.Box { return &event.Box{X: 20, Y: float64(40 * i), Width: 200, Height: 30} }

// frame stores a screenshot taken now and returns the reference for the next event.
func (t *tape) frame() *event.ScreenshotRef {
	id := "f" + strconv.Itoa(len(t.events))
	t.images[id] = event.ScreenshotMeta{TakenAt: t.now, Width: 1280, Height: 720, Scale: 1, Viewport: t.page.Viewport, Tab: 1}
	return &event.ScreenshotRef{ID: id, AgeMS: 700}
}

func (t *tape) on(e event.Element, at int) *event.Target {
	return &event.Target{
		Tag: e.Tag, Role: e.Role, Name: e.Name, Box: boxOf(at),
		Selectors: []event.Selector{{Kind: "css", Value: "#e" + strconv.Itoa(at), Matches: 1, Verified: true}},
	}
}

func (t *tape) click(e event.Element, at int) *event.Event {
	return t.add(event.Event{
		Type: event.Click, Target: t.on(e, at), Screenshot: t.frame(),
		Click: &event.ClickDetail{X: 50, Y: float64(40*at + 10), Button: "left"},
	})
}

func (t *tape) typed(e event.Element, at int, value string) *event.Event {
	return t.add(event.Event{
		Type: event.Input, Target: t.on(e, at), Screenshot: t.frame(),
		Input: &event.InputDetail{Value: value, Kind: "type", Keystrokes: len(value), DurationMS: 400},
	})
}

func (t *tape) press(key string, e event.Element, at int) {
	t.add(event.Event{Type: event.Key, Target: t.on(e, at), Screenshot: t.frame(), Key: &event.KeyDetail{Key: key}})
}

func (t *tape) scroll(to float64) {
	from := t.page.Scroll
	t.page.Scroll = event.Point{Y: to}
	e := t.add(event.Event{Type: event.Scroll, Scroll: &event.ScrollDetail{From: from, To: t.page.Scroll}, Screenshot: t.frame()})
	e.Snapshot = &event.Snapshot{ID: t.snapshot}
}

func (t *tape) recording() recording {
	return recording{events: t.events, images: t.images, header: event.Session{
		ID: "01999999-0000-7000-8000-000000000001", StartedAt: beginning,
		Consent: event.Consent{Policy: "1", GrantedAt: beginning, Scopes: []string{"events", "screenshots"}},
		Client:  event.Client{Name: "codesight-extension", Version: "1.0.0"},
		Task:    &event.Task{Title: "Buy a chair made of oak", SuccessCriteria: []string{"The order is confirmed"}},
	}}
}

var (
	searchField = event.Element{Role: "searchbox", Name: "Search", Tag: "input", Type: "search", Value: "empty"}
	cartLink    = event.Element{Role: "link", Name: "Cart (0)", Tag: "a"}
	fullCart    = event.Element{Role: "link", Name: "Cart (1)", Tag: "a"}
	chairLink   = event.Element{Role: "link", Name: "Wren dining chair", Tag: "a"}
	stoolLink   = event.Element{Role: "link", Name: "Pip stool", Tag: "a"}
	finish      = event.Element{Role: "combobox", Name: "Finish", Tag: "select"}
	addButton   = event.Element{Role: "button", Name: "Add to cart", Tag: "button"}
	checkout    = event.Element{Role: "link", Name: "Proceed to checkout", Tag: "a"}
	nameField   = event.Element{Role: "textbox", Name: "Full name", Tag: "input", Type: "text", Value: "empty"}
	placeOrder  = event.Element{Role: "button", Name: "Place order", Tag: "button"}
)

// purchase is a session in which someone buys a chair.
func purchase() *tape {
	t := newTape()
	t.open("https://shop.example/", "Oak & Wool", searchField, cartLink)
	t.click(searchField, 0)
	t.add(event.Event{Type: event.Focus, Target: t.on(searchField, 0), Focus: &event.FocusDetail{Via: "pointer"}})
	t.typed(searchField, 0, "ash")
	t.typed(searchField, 0, "ash dining")
	t.press("Enter", searchField, 0)
	t.add(event.Event{Type: event.Submit, Submit: &event.SubmitDetail{Method: "get", Fields: 1}})
	t.open("https://shop.example/search?q=ash+dining", "Results", searchField, cartLink, chairLink, stoolLink)
	t.scroll(300)
	t.scroll(640)
	t.click(chairLink, 2)
	t.open("https://shop.example/product/wren", "Wren dining chair", searchField, cartLink, finish, addButton)
	t.add(event.Event{
		Type: event.Select, Target: t.on(finish, 2), Screenshot: t.frame(),
		Select: &event.SelectDetail{Options: []string{"Natural"}},
	})
	t.show(searchField, cartLink, finish, addButton)
	t.click(addButton, 3)
	t.show(searchField, fullCart, finish, addButton)
	t.click(fullCart, 1)
	t.open("https://shop.example/cart", "Your cart", fullCart, checkout)
	t.click(checkout, 1)
	t.open("https://shop.example/checkout", "Checkout", nameField, placeOrder)
	e := t.typed(nameField, 0, "[PRIVATE]")
	e.Input.Private = true
	t.show(nameField, placeOrder)
	t.click(placeOrder, 1)
	t.open("https://shop.example/confirmation", "Thank you for your order", cartLink)
	return t
}
