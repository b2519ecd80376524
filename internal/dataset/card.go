package dataset

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

//go:embed card.md.tmpl
var cardText string

var cardTemplate = template.Must(template.New("card").Parse(cardText))

// describe writes the manifest and the card. All that the card says of the data is counted from the data.
func (e *exporter) describe(dir string) error {
	manifest, err := json.Marshal(e.manifest, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, manifestName), append(manifest, '\n')); err != nil {
		return err
	}
	var card bytes.Buffer
	if err := cardTemplate.Execute(&card, newCard(e.manifest, e.format)); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "DATASET_CARD.md"), card.Bytes())
}

// card is what the template needs beyond the manifest.
type card struct {
	Manifest
	About    string
	Total    int // examples
	Sites    []row
	Clients  []row
	Scopes   []row
	Policies []row
	Quality  []row
	Actions  []row
	Private  []row
	LeftOut  []row
	Steps    []row
}

type row struct {
	Name  string
	Count int
}

func newCard(m Manifest, f Format) card {
	c := card{Manifest: m, About: f.About, Total: m.Counts.Examples[train] + m.Counts.Examples[validation]}
	sites, clients, scopes, policies, quality := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, s := range m.Sessions {
		sites[s.Site]++
		clients[s.Client]++
		policies[s.Consent.Policy]++
		quality[bucket(s.Quality)]++
		for _, scope := range s.Consent.Scopes {
			scopes[scope]++
		}
	}
	c.Sites, c.Clients, c.Scopes, c.Policies, c.Quality = rows(sites), rows(clients), rows(scopes), rows(policies), rows(quality)
	c.Actions, c.Private = rows(m.Counts.Actions), rows(m.Counts.Placeholders)
	c.LeftOut, c.Steps = rows(m.LeftOut), rows(m.StepsLeftOut)
	return c
}

func rows(counts map[string]int) []row {
	list := make([]row, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		shown := name
		if shown == "" {
			shown = "unknown"
		}
		list = append(list, row{strings.ReplaceAll(shown, "|", "\\|"), counts[name]})
	}
	return list
}

// bucket names the ten points in which a score lies.
func bucket(score int64) string {
	low := min(score/10*10, 90)
	high := low + 9
	if low == 90 {
		high = 100
	}
	return fmt.Sprintf("%02d to %02d", low, high)
}
