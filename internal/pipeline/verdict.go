package pipeline

import (
	"strconv"
	"strings"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// verdict holds the task against what the steps show. It reads the task by the words of journey.json: what is to be
// done, and of how many things. Achieved is said only where every needed thing was seen.
func verdict(task *event.Task, n trajectory.Normalised, pages []trajectory.Page) trajectory.Verdict {
	if task == nil {
		return trajectory.Verdict{Done: trajectory.NoTask}
	}
	aim, ok := aimOf(task)
	if !ok {
		return trajectory.Verdict{Done: trajectory.NotShown}
	}
	v := trajectory.Verdict{Done: trajectory.NotShown, Aim: aim.Name, Needed: 1}
	var partial []trajectory.Evidence
	switch aim.Needs {
	case "confirmation":
		v.Evidence = append(reached(pages, "confirmation"), confirmedAtEnd(n, pages)...)
		partial = append(carted(n), reached(pages, "checkout")...)
	case "add_to_cart":
		v.Needed = thingsOf(task)
		v.Evidence = carted(n)
		partial = reached(pages, "product")
	case "product":
		v.Evidence = reached(pages, "product")
		partial = append(reached(pages, "search"), reached(pages, "category")...)
	}
	v.Seen = len(v.Evidence)
	switch {
	case v.Seen >= v.Needed:
		v.Done = trajectory.Achieved
	case v.Seen > 0 || len(partial) > 0:
		v.Done = trajectory.Partly
		v.Evidence = append(v.Evidence, partial...)
	}
	return v
}

// aimOf finds what the task is about. Its title and criteria are asked first: the suggested steps name means, not ends.
func aimOf(t *event.Task) (aimRule, bool) {
	for _, text := range []string{t.Title + ". " + strings.Join(t.SuccessCriteria, ". "), t.Description + ". " + strings.Join(t.Steps, ". ")} {
		spaced := words(text)
		for _, aim := range table.Aims {
			if anyPhrase(spaced, aim.Words) {
				return aim, true
			}
		}
	}
	return aimRule{}, false
}

// thingsOf is how many things are to be put in the cart: the number that a sentence about the cart gives them, or the
// number of suggested steps that each put one in.
func thingsOf(t *event.Task) int {
	cart, most := cartWords(), 1
	for _, text := range append(append([]string{t.Title, t.Description}, t.SuccessCriteria...), t.Steps...) {
		if spaced := words(text); anyPhrase(spaced, cart) {
			most = max(most, numberOfThings(spaced))
		}
	}
	steps := 0
	for _, text := range t.Steps {
		if spaced := words(text); anyPhrase(spaced, cart) && strings.Contains(spaced, " add ") {
			steps++
		}
	}
	return max(most, steps)
}

func cartWords() []string {
	for _, aim := range table.Aims {
		if aim.Needs == "add_to_cart" {
			return aim.Words
		}
	}
	return nil
}

// numberOfThings reads "three items" or "3 products", with at most one word between.
func numberOfThings(spaced string) int {
	list := strings.Fields(spaced)
	for i, w := range list {
		n := number(w)
		for _, next := range list[i+1 : min(i+3, len(list))] {
			if n > 0 && anyPhrase(words(next), table.Things) {
				return n
			}
		}
	}
	return 0
}

// maxThings bounds a number in a task: a larger one is a price or a year.
const maxThings = 50

func number(w string) int {
	for i, name := range table.Numbers {
		if w == name {
			return i
		}
	}
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n <= maxThings {
		return n
	}
	return 0
}

// reached is the first step on a page of the kind.
func reached(pages []trajectory.Page, kind string) []trajectory.Evidence {
	for _, p := range pages {
		if p.Kind == kind {
			return []trajectory.Evidence{{Step: p.Step, What: "was on a " + kind + " page"}}
		}
	}
	return nil
}

// confirmedAtEnd looks at where the last steps led: a confirmation is often the last page, on which nothing is done.
func confirmedAtEnd(n trajectory.Normalised, pages []trajectory.Page) []trajectory.Evidence {
	if len(reached(pages, "confirmation")) > 0 {
		return nil
	}
	for i := len(n.Steps) - 1; i >= 0; i-- {
		after := n.Steps[i].After
		if after.URL == "" && after.Title == "" {
			continue
		}
		o := trajectory.Observation{URL: after.URL, Title: after.Title}
		if o.URL == "" {
			o.URL = n.Steps[i].Before.URL
		}
		if kind, _ := pageKind(o, ""); kind == "confirmation" {
			return []trajectory.Evidence{{Step: n.Steps[i].Number, What: "led to a confirmation page"}}
		}
		return nil
	}
	return nil
}

// carted are the clicks that put something in the cart. What a page answers often shows in no element list, so an
// unseen effect does not speak against them.
func carted(n trajectory.Normalised) []trajectory.Evidence {
	var list []trajectory.Evidence
	for i := range n.Steps {
		s := &n.Steps[i]
		if s.Action.Kind == trajectory.Click && anyPhrase(words(nameOf(s, n)), table.AddToCart) {
			list = append(list, trajectory.Evidence{Step: s.Number, What: "put something in the cart"})
		}
	}
	return list
}

// nameOf is the accessible name of what the step acted on.
func nameOf(s *trajectory.Step, n trajectory.Normalised) string {
	if s.Action.Element != nil {
		for i := range n.Snapshots {
			if n.Snapshots[i].ID == s.Before.Snapshot && *s.Action.Element < len(n.Snapshots[i].Elements) {
				return n.Snapshots[i].Elements[*s.Action.Element].Name
			}
		}
	}
	if s.Target != nil {
		return s.Target.Name
	}
	return ""
}
