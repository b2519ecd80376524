package legacy

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/codesight/codesight/internal/event"
)

// pool is what was recorded of one page so far: its elements, each once.
type pool map[listed]bool

// listed is an element as every neighbour of a target is known: by tag and text. The target is listed in the same way
// although more is known of it, so that nothing in the list tells it from the others; and two of one tag and text stand
// once, because a reader of the list could not tell them apart. (Selectors do not help: that of one element changes when
// it is chosen.)
type listed struct{ tag, text string }

// snapshot is what the recording knows of the page before the action: the target, what stood around it, and what stood
// around the targets of earlier actions on the same page. It is a part of the page, so it is marked as truncated, and
// where the elements stood is not known, so they are in the order of their texts.
func (m *mapper) snapshot(r *row, page event.Page) *event.Snapshot {
	p := m.document.on(page)
	for _, n := range r.Element.Nearby {
		if n.Visible && n.Interactive {
			p.add(listing(n.Tag, n.Text))
		}
	}
	target, named := actedOn(r)
	if named {
		p.add(target)
	}
	m.shots++
	s := &event.Snapshot{ID: "legacy-" + strconv.Itoa(m.shots), HTML: markup(r.Context.PageContext.DOM), Truncated: true}
	for i, x := range p.sorted() {
		s.Elements = append(s.Elements, event.Element{Role: listedRole(x.tag), Tag: x.tag, Name: x.text})
		if named && x == target {
			s.Target = &i
		}
	}
	if len(s.Elements) == 0 && s.HTML == "" {
		return nil
	}
	return s
}

// maxListed is the schema's bound of a snapshot's elements.
const maxListed = 1000

func (p pool) add(x listed) {
	if isTag(x.tag) && x.text != "" && len(p) < maxListed {
		p[x] = true
	}
}

func listing(tag, text string) listed {
	return listed{strings.ToLower(tag), cut(strings.Join(strings.Fields(text), " "), cutText)}
}

func (p pool) sorted() []listed {
	list := make([]listed, 0, len(p))
	for x := range p {
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.tag, b.tag))
	})
	return list
}

// actedOn is the element that a click means: the nearest one, from the clicked one outwards, that is made to be acted
// on. A click on the picture in a link is a click on the link.
func actedOn(r *row) (listed, bool) {
	el := &r.Element
	role, _ := el.Attributes["role"].(string)
	found := listing(el.Tag, el.Text)
	if !actionable(found.tag, role) {
		for _, p := range el.Parents {
			if actionable(strings.ToLower(p.Tag), p.Role) {
				found = listing(p.Tag, p.Text)
				break
			}
		}
	}
	return found, found.text != ""
}

// listedRole is the role that the tag alone implies.
func listedRole(tag string) string {
	if tag == "a" {
		return "link"
	}
	return cmp.Or(impliedRole(tag, nil), "generic")
}

// Bounds of the HTML around a target: the schema's, and a depth past which a tree is not read.
const (
	maxHTMLRunes = 100_000
	maxDepth     = 64
)

// shownAttributes are those that say what an element is; classes of today's pages are noise.
var shownAttributes = []string{"alt", "aria-label", "data-testid", "href", "id", "name", "placeholder", "role", "title", "type"}

// markup writes the tree around the target as HTML.
func markup(n *node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b, 0)
	if b.Len() > maxHTMLRunes { // a cut tree would be no HTML
		return ""
	}
	return b.String()
}

func (n *node) write(b *strings.Builder, depth int) {
	if depth == maxDepth || b.Len() > maxHTMLRunes || !isTag(n.Tag) {
		return
	}
	tag := strings.ToLower(n.Tag)
	b.WriteString("<" + tag)
	for _, name := range shownAttributes {
		v, _ := n.Attributes[name].(string)
		if name == "href" { // what follows in an address names visits and people, not pages
			v, _, _ = strings.Cut(v, "?")
			v, _, _ = strings.Cut(v, "#")
		}
		if v != "" {
			b.WriteString(" " + name + `="` + html.EscapeString(v) + `"`)
		}
	}
	b.WriteString(">" + html.EscapeString(n.Text))
	for i := range n.Children {
		n.Children[i].write(b, depth+1)
	}
	b.WriteString("</" + tag + ">")
}

func isTag(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return s != ""
}
