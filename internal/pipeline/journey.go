package pipeline

import (
	"slices"
	"strings"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

const journeyVersion = 1

// Weights of the evidence for a kind of page. The page's own structured data is a statement, its address nearly one;
// a name in the title or of a button may stand on other pages too.
const (
	weightProductData = 4
	weightLastSegment = 4
	weightSegment     = 2
	weightQuery       = 3
	weightTitle       = 2
	weightElement     = 1
	weightRoot        = 4
)

// otherPage is the kind of a page for which nothing speaks.
const otherPage = "other"

// journey reads the way through the site from the steps.
func journey(r recording, n trajectory.Normalised) trajectory.Journey {
	j := trajectory.Journey{Pages: []trajectory.Page{}, Segments: []trajectory.Segment{}, Site: site(n.Steps)}
	names := namesByID(n)
	for i := range n.Steps {
		s := &n.Steps[i]
		kind, why := pageKind(s.Before, names[s.Before.Snapshot])
		j.Pages = append(j.Pages, trajectory.Page{Step: s.Number, Kind: kind, Why: why})
		if last := len(j.Segments) - 1; last >= 0 && j.Segments[last].Kind == kind {
			j.Segments[last].To = s.Number
			continue
		}
		j.Segments = append(j.Segments, trajectory.Segment{Goal: goalOf(kind), Kind: kind, From: s.Number, To: s.Number})
	}
	j.Outcome = verdict(r.header.Task, n, j.Pages)
	return j
}

// namesByID returns the names of each snapshot's elements as one text, in which no phrase goes from one name to the next.
func namesByID(n trajectory.Normalised) map[string]string {
	m := make(map[string]string, len(n.Snapshots))
	for _, s := range n.Snapshots {
		var b strings.Builder
		for i := range s.Elements {
			b.WriteString(words(s.Elements[i].Name))
			b.WriteByte('|')
		}
		m[s.ID] = b.String()
	}
	return m
}

// pageKind weighs the evidence for each kind and returns the heaviest, the first of equals, with what speaks for it.
func pageKind(o trajectory.Observation, names string) (string, string) {
	if o.URL == "" {
		return otherPage, "no address was recorded"
	}
	kind, why := otherPage, "nothing speaks for another kind"
	at, title, best := placeOf(o.URL), words(o.Title), 0
	for i := range table.Pages {
		if w, evidence := table.Pages[i].weigh(at, title, o.Product, names); w > best {
			kind, why, best = table.Pages[i].Kind, strings.Join(evidence, ", "), w
		}
	}
	return kind, why
}

func (p *pageRule) weigh(at place, title string, product *event.Product, names string) (int, []string) {
	weight, evidence := 0, []string(nil)
	count := func(w int, what string) { weight, evidence = weight+w, append(evidence, what) }
	if p.Kind == "product" && product != nil {
		count(weightProductData, "product data")
	}
	if p.Kind == "home" && at.root && at.host != "" {
		count(weightRoot, "root of the site")
	}
	switch {
	case slices.Contains(p.Path, at.last):
		count(weightLastSegment, "end of the path")
	case slices.ContainsFunc(p.Path, func(s string) bool { return at.segments[s] }):
		count(weightSegment, "path")
	}
	if slices.ContainsFunc(p.Query, func(s string) bool { return at.query[s] }) {
		count(weightQuery, "query")
	}
	if anyPhrase(title, p.Title) {
		count(weightTitle, "title")
	}
	if anyPhrase(names, p.Element) {
		count(weightElement, "elements")
	}
	return weight, evidence
}

func goalOf(kind string) string {
	for i := range table.Pages {
		if table.Pages[i].Kind == kind {
			return table.Pages[i].Goal
		}
	}
	return "use another page"
}

// site is the host on which most steps were taken; the first of equals.
func site(steps []trajectory.Step) string {
	count, best := map[string]int{}, ""
	for i := range steps {
		if h := placeOf(steps[i].Before.URL).host; h != "" {
			count[h]++
		}
	}
	for i := range steps {
		if h := placeOf(steps[i].Before.URL).host; count[h] > count[best] {
			best = h
		}
	}
	return best
}
