package pipeline

import (
	_ "embed"
	"net/url"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
)

//go:embed journey.json
var journeyJSON []byte

// journeyTable is what journey.json says: the words by which pages and aims are known.
type journeyTable struct {
	Pages     []pageRule `json:"pages"` // the first of equal weight wins
	AddToCart []string   `json:"add_to_cart"`
	Aims      []aimRule  `json:"aims"` // the first that a task names wins
	Numbers   []string   `json:"numbers"`
	Things    []string   `json:"things"`
}

type pageRule struct {
	Kind    string   `json:"kind"`
	Goal    string   `json:"goal"`
	Path    []string `json:"path"`            // segments of the path
	Query   []string `json:"query,omitempty"` // names of the query
	Title   []string `json:"title"`           // phrases of the title
	Element []string `json:"element"`         // phrases of the names of interactive elements
}

type aimRule struct {
	Name  string   `json:"name"`
	Needs string   `json:"needs"`
	Words []string `json:"words"`
}

var table = func() journeyTable {
	var t journeyTable
	if err := json.Unmarshal(journeyJSON, &t, json.RejectUnknownMembers(true)); err != nil {
		panic("pipeline: journey.json: " + err.Error())
	}
	for i := range t.Pages {
		spaceAll(t.Pages[i].Title, t.Pages[i].Element)
	}
	for i := range t.Aims {
		spaceAll(t.Aims[i].Words)
	}
	spaceAll(t.AddToCart, t.Things)
	return t
}()

// spaceAll brings phrases into the form of words, in which they are looked for.
func spaceAll(lists ...[]string) {
	for _, list := range lists {
		for i := range list {
			list[i] = words(list[i])
		}
	}
}

// words returns the text in lower case with single spaces around and between its words, so that a phrase with spaces
// around it is found at word boundaries only.
func words(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	gap := true
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
			gap = false
		} else if !gap {
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}

// anyPhrase says that the text holds one of the phrases; both are as words returns them.
func anyPhrase(text string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// place is the address of a page, taken apart.
type place struct {
	host     string
	segments map[string]bool
	last     string
	query    map[string]bool
	root     bool
}

func placeOf(address string) place {
	p := place{segments: map[string]bool{}, query: map[string]bool{}}
	u, err := url.Parse(address)
	if err != nil {
		return p
	}
	p.host = u.Hostname()
	path := u.Path
	if strings.HasPrefix(u.Fragment, "/") { // a page that routes by the fragment
		path += u.Fragment
	}
	for _, s := range strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' || r == '.' }) {
		switch s {
		case "html", "htm", "php", "aspx", "jsp":
		default:
			p.segments[s] = true
			p.last = s
		}
	}
	p.root = len(p.segments) == 0
	for name := range u.Query() {
		p.query[strings.ToLower(name)] = true
	}
	return p
}
