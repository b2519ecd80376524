package legacy

import (
	"strings"
	"unicode/utf8"

	"github.com/codesight/codesight/internal/event"
)

// cutText is the length at which the earlier recorder cut the texts of parents and neighbours. A text of that length
// may be a part, so it is no name.
const cutText = 50

var targetShape = event.ShapeOf[event.Target]()

// fits says that a text is within the schema's bound for a field of a target.
func fits(field, text string) bool {
	f, ok := targetShape.Field([]byte(field))
	return ok && utf8.RuneCountInString(text) <= f.Shape.MaxLength
}

// target maps the element. Its evidence is taken over exactly or left out.
func (m *mapper) target(r *row) *event.Target {
	el := &r.Element
	t := &event.Target{
		Tag: strings.ToLower(el.Tag), Text: cut(el.Text, 2000), Attributes: attributes(el.Attributes),
		Selectors: m.selectors(r), Ancestors: ancestors(r),
	}
	t.Role = t.Attributes["role"]
	if t.Role == "" {
		t.Role = impliedRole(t.Tag, t.Attributes)
	}
	if name := accessibleName(t, el.Text); fits("name", name) {
		t.Name = name
	}
	if b := r.Visual.Box; b != nil {
		t.Box = &event.Box{X: b.X, Y: b.Y, Width: b.Width, Height: b.Height}
		if at := r.Visual.Coordinates; at != nil {
			t.Point = &event.Point{X: at.X - b.X, Y: at.Y - b.Y}
		}
	}
	for _, n := range el.Nearby {
		if text := strings.TrimSpace(n.Text); text != "" && len(t.Nearby) < 20 {
			t.Nearby = append(t.Nearby, cut(text, 200))
		}
	}
	return t
}

// attributes keeps those of the allow-list whose values fit.
func attributes(all map[string]any) map[string]string {
	f, _ := targetShape.Field([]byte("attributes"))
	kept := map[string]string{}
	for name, v := range all {
		value, isText := v.(string)
		if isText && f.Shape.AllowsName([]byte(name)) && utf8.RuneCountInString(value) <= f.Shape.Item.MaxLength {
			kept[name] = value
		}
	}
	return kept
}

// maxSelectorRunes is the schema's bound.
const maxSelectorRunes = 2000

func (m *mapper) selectors(r *row) []event.Selector {
	var list []event.Selector
	add := func(kind, value string) {
		if value == "" || utf8.RuneCountInString(value) > maxSelectorRunes {
			return
		}
		if kind == "css" && strings.Contains(value, ":contains(") {
			m.report.NotCarried["selector: it is not CSS"]++
			return
		}
		for _, s := range list {
			if s.Value == value {
				return
			}
		}
		if len(list) < 20 {
			list = append(list, event.Selector{Kind: kind, Value: value, Positional: positional(kind, value)})
			m.report.Assumed["matches of a selector"]++
		}
	}
	add("css", r.Selectors.Primary)
	for _, s := range r.Selectors.Alternatives {
		add("css", s)
	}
	add("css", r.Selectors.CSSPath)
	add("xpath", r.Selectors.XPath)
	return list
}

func positional(kind, value string) bool {
	if kind == "css" {
		return strings.Contains(value, ":nth-")
	}
	for i := range len(value) - 1 {
		if value[i] == '[' && value[i+1] >= '0' && value[i+1] <= '9' {
			return true
		}
	}
	return false
}

// ancestors joins the two lists that a row has: the nearer one knows roles and texts, the longer one goes further up.
func ancestors(r *row) []event.Ancestor {
	var list []event.Ancestor
	for _, p := range r.Element.Parents {
		a := event.Ancestor{Tag: strings.ToLower(p.Tag), Role: p.Role, ID: p.ID}
		if actionable(a.Tag, a.Role) && utf8.RuneCountInString(p.Text) < cutText {
			a.Name = strings.TrimSpace(p.Text)
		}
		list = append(list, a)
	}
	for i, p := range r.ContextData.Ancestors {
		if i >= len(list) {
			list = append(list, event.Ancestor{Tag: strings.ToLower(p.Tag), ID: p.ID})
		}
	}
	kept := list[:0]
	for _, a := range list {
		if isTag(a.Tag) && len(kept) < 20 && utf8.RuneCountInString(a.ID) <= 200 && len(a.Role) <= 50 {
			kept = append(kept, a)
		}
	}
	return kept
}

// impliedRole is the role that HTML gives an element (HTML Accessibility API Mappings), for the elements that people act
// on.
func impliedRole(tag string, attributes map[string]string) string {
	switch tag {
	case "a":
		if _, linked := attributes["href"]; linked {
			return "link"
		}
	case "button", "summary":
		return "button"
	case "select":
		return "combobox"
	case "textarea":
		return "textbox"
	case "img":
		return "img"
	case "input":
		switch attributes["type"] {
		case "checkbox", "radio":
			return attributes["type"]
		case "button", "submit", "reset", "image":
			return "button"
		case "search":
			return "searchbox"
		case "", "text", "email", "tel", "url":
			return "textbox"
		}
	}
	return ""
}

// accessibleName follows the order of the Accessible Name computation over what an export holds.
func accessibleName(t *event.Target, text string) string {
	if v := strings.TrimSpace(t.Attributes["aria-label"]); v != "" {
		return v
	}
	if v := strings.TrimSpace(t.Attributes["alt"]); v != "" && t.Tag == "img" {
		return v
	}
	// The earlier recorder ends a text that it has cut with three dots.
	if v := strings.TrimSpace(text); v != "" && !strings.HasSuffix(v, "...") && actionable(t.Tag, t.Role) {
		return v
	}
	return strings.TrimSpace(t.Attributes["title"])
}

func actionable(tag, role string) bool {
	switch tag {
	case "a", "button", "input", "select", "textarea", "summary", "option", "label":
		return true
	}
	switch role {
	case "button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "option", "combobox", "textbox", "searchbox":
		return true
	}
	return false
}
