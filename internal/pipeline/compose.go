package pipeline

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/trajectory"
)

const composeVersion = 2

// minPartialChoices is how many elements a partial list must have. Such a list was recorded around the target, so a
// short one gives the answer away.
const minPartialChoices = 5

// compose makes a training example of each step that can be one: the scene before it as the prompt, the action as the
// answer.
func compose(r recording, n trajectory.Normalised, j trajectory.Journey) (trajectory.Composed, error) {
	c := trajectory.Composed{Site: j.Site, System: systemPrompt, Examples: []trajectory.Example{}}
	snapshots := map[string]trajectory.Snapshot{}
	for _, s := range n.Snapshots {
		snapshots[s.ID] = s
	}
	var history []string
	past := pastOf(r)
	for i := range n.Steps {
		s := &n.Steps[i]
		snapshot := snapshots[s.Before.Snapshot]
		sc := scene{
			task: r.header.Task, history: history, before: s.Before, tab: s.Tab,
			elements: snapshot.Elements, partial: snapshot.Partial, more: snapshot.Truncated,
		}
		if s.Before.Stale { // an agent would see another list by now
			sc.elements = nil
		}
		user := sc.prompt()
		if why := unfit(s, snapshot, user, past); why != "" {
			c.Excluded = append(c.Excluded, trajectory.Excluded{Step: s.Number, Reason: why})
		} else {
			answer, err := wire.Marshal(s.Action)
			if err != nil {
				return c, err
			}
			c.Examples = append(c.Examples, trajectory.Example{
				Step: s.Number, User: user, Kind: s.Action.Kind, Answer: string(answer), Screenshot: s.Before.Screenshot,
				Site: placeOf(s.Before.URL).host, PageKind: j.Pages[i].Kind, Partial: snapshot.Partial, Private: s.Private,
			})
		}
		history = append(history, historyLine(s, snapshot))
		past = append(past, strings.ToLower(user+" "+history[len(history)-1]))
	}
	return c, nil
}

// unfit says why a step makes no example, or nothing.
func unfit(s *trajectory.Step, snapshot trajectory.Snapshot, user string, past []string) string {
	a := s.Action
	switch {
	case s.Mistake:
		return trajectory.ByMistake
	case a.Kind == trajectory.Upload:
		return trajectory.NotForAnExample
	case s.Before.URL == "":
		return trajectory.NoObservation
	case a.NeedsElement() && s.Before.Snapshot == "":
		return trajectory.NoElements
	case a.Element == nil && (a.NeedsElement() || a.Kind == trajectory.Drag && a.To == nil):
		return trajectory.NotGroundable
	case a.Element != nil && s.Before.Stale:
		return trajectory.StaleElements
	case a.Element != nil && snapshot.Partial && len(snapshot.Elements) < minPartialChoices:
		return trajectory.TooFewChoices
	case a.Element != nil && !inPrompt(snapshot.Elements)(*a.Element),
		a.To != nil && !inPrompt(snapshot.Elements)(*a.To):
		return trajectory.BeyondBound
	case a.Text != nil && !s.Private && showsAnswer(user, *a.Text, past):
		return trajectory.AnswerOnPage
	default:
		return ""
	}
}

// pastOf is what stood before the person from the start: the task.
func pastOf(r recording) []string {
	if r.header.Task == nil {
		return nil
	}
	t := r.header.Task
	return []string{strings.ToLower(strings.Join(append(append([]string{t.Title, t.Description}, t.Steps...), t.SuccessCriteria...), "\n"))}
}

// minTellingRunes is the length from which a typed text in the prompt cannot stand there by chance.
const minTellingRunes = 3

// showsAnswer says that the prompt holds the text that is typed in this very step, and that nothing before it did: the
// page then already shows what the step has made of it, such as ?q=chair in its address.
func showsAnswer(user, typed string, past []string) bool {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if len([]rune(typed)) < minTellingRunes {
		return false
	}
	forms := []string{typed, url.QueryEscape(typed), url.PathEscape(typed), strings.ReplaceAll(typed, " ", "-")}
	for _, text := range past {
		if containsAny(text, forms) {
			return false
		}
	}
	return containsAny(strings.ToLower(user), forms)
}

func containsAny(text string, forms []string) bool {
	for _, f := range forms {
		if strings.Contains(text, strings.ToLower(f)) {
			return true
		}
	}
	return false
}

// historyLine tells an earlier step to the later ones: what was done, and where it led.
func historyLine(s *trajectory.Step, snapshot trajectory.Snapshot) string {
	line := actionPhrase(s, snapshot)
	switch s.After.Effect {
	case trajectory.Navigated:
		return line + " → " + clip(s.After.URL, maxURLRunes)
	case trajectory.OpenedTab:
		return line + " → opened a tab"
	case trajectory.OpenedPopup:
		return line + " → opened a dialog"
	case trajectory.NoneSeen:
		return line + " → nothing changed"
	default:
		return line
	}
}

func actionPhrase(s *trajectory.Step, snapshot trajectory.Snapshot) string {
	a, on := s.Action, onWhat(s, snapshot)
	switch a.Kind {
	case trajectory.Type:
		return fmt.Sprintf("type %q%s", clip(*a.Text, maxTextRunes), inWhat(on))
	case trajectory.Select:
		return fmt.Sprintf("select %q%s", clip(strings.Join(a.Options, ", "), maxTextRunes), inWhat(on))
	case trajectory.Press:
		return "press " + a.Key + inWhat(on)
	case trajectory.Scroll:
		return fmt.Sprintf("scroll %s %d px", a.Direction, a.Pixels)
	case trajectory.Navigate:
		return "navigate to " + clip(a.URL, maxURLRunes)
	case trajectory.SwitchTab:
		return fmt.Sprintf("switch to tab %d", a.Tab)
	case trajectory.Dialog:
		if *a.Accept {
			return "accept the dialog"
		}
		return "dismiss the dialog"
	default:
		if on == "" {
			return strings.ReplaceAll(string(a.Kind), "_", " ")
		}
		return string(a.Kind) + " " + on
	}
}

func inWhat(on string) string {
	if on == "" {
		return ""
	}
	return " in " + on
}

// onWhat names the element that the step acted on, as its list or else the event named it.
func onWhat(s *trajectory.Step, snapshot trajectory.Snapshot) string {
	if i := s.Action.Element; i != nil && *i < len(snapshot.Elements) {
		return describe(snapshot.Elements[*i])
	}
	if s.Target == nil {
		return ""
	}
	role := s.Target.Role
	if role == "" {
		role = s.Target.Tag
	}
	return describe(event.Element{Role: role, Name: s.Target.Name})
}

func describe(e event.Element) string {
	if e.Name == "" {
		return e.Role
	}
	return fmt.Sprintf("%s %q", e.Role, clip(e.Name, maxTextRunes))
}
