package pipeline

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

// systemPrompt tells an agent what it sees and how to answer. It is the same for every example.
const systemPrompt = `You operate a web browser to reach a goal. You see the goal, your earlier actions, the page's address and title, and its interactive elements in page order, each with its index in brackets.
Answer with the next action as one JSON object and nothing else:
{"action":"click","element":INDEX}
{"action":"type","element":INDEX,"text":"the field's new value"}
{"action":"select","element":INDEX,"options":["label"]}
{"action":"hover","element":INDEX}
{"action":"drag","element":INDEX,"to":INDEX}
{"action":"submit","element":INDEX}
{"action":"press","key":"Enter"}, with "element":INDEX where one has the focus
{"action":"scroll","direction":"down","pixels":600}
{"action":"navigate","url":"https://..."}
{"action":"go_back"}, {"action":"go_forward"}, {"action":"reload"}
{"action":"new_tab"}, {"action":"switch_tab","tab":NUMBER}, {"action":"close_tab"}
{"action":"dialog","accept":true}
A text such as [EMAIL] or [PRIVATE] stands for a private value of the user.`

const (
	// maxPromptElements bounds the element list: at about 12 tokens an element, 200 are 2,400 tokens.
	maxPromptElements = 200
	// maxHistory bounds the earlier actions; the newest are kept.
	maxHistory = 30
	// maxTextRunes bounds a name, text or title in a prompt.
	maxTextRunes = 150
	// maxURLRunes bounds an address in a prompt.
	maxURLRunes = 300
	// maxGoalRunes bounds each part of the goal.
	maxGoalRunes = 1000
)

// scene is all that a prompt is made of. It has no place for the action, its target or what followed, so that a prompt
// cannot depend on them.
type scene struct {
	task     *event.Task
	history  []string // one line for each earlier step
	before   trajectory.Observation
	tab      int
	elements []event.Element
	partial  bool // as trajectory.Snapshot has it
	more     bool // the page has more elements
}

// prompt writes the scene down. The same scene is the same bytes.
func (s *scene) prompt() string {
	var b strings.Builder
	b.WriteString("Goal: ")
	b.WriteString(goal(s.task))
	b.WriteString("\n\nEarlier actions:\n")
	s.writeHistory(&b)
	fmt.Fprintf(&b, "\nPage: %s\nTitle: %s\n", clip(s.before.URL, maxURLRunes), clip(s.before.Title, maxTextRunes))
	if s.tab > 1 {
		fmt.Fprintf(&b, "Tab: %d\n", s.tab)
	}
	if y := math.Round(s.before.Scroll.Y); y > 0 {
		fmt.Fprintf(&b, "Scrolled down: %d px\n", int(y))
	}
	s.writeElements(&b)
	return b.String()
}

func goal(t *event.Task) string {
	if t == nil {
		return "not stated"
	}
	parts := []string{clip(t.Title, maxGoalRunes)}
	if t.Description != "" && t.Description != t.Title {
		parts = append(parts, clip(t.Description, maxGoalRunes))
	}
	if len(t.SuccessCriteria) > 0 {
		parts = append(parts, "Done when: "+clip(strings.Join(t.SuccessCriteria, "; "), maxGoalRunes))
	}
	return strings.Join(parts, "\n")
}

func (s *scene) writeHistory(b *strings.Builder) {
	if len(s.history) == 0 {
		b.WriteString("none\n")
	}
	from := max(0, len(s.history)-maxHistory)
	if from > 0 {
		fmt.Fprintf(b, "(%d before these)\n", from)
	}
	for i, line := range s.history[from:] {
		fmt.Fprintf(b, "%d. %s\n", from+i+1, line)
	}
}

func (s *scene) writeElements(b *strings.Builder) {
	if len(s.elements) == 0 {
		b.WriteString("\nInteractive elements: not recorded\n")
		return
	}
	b.WriteString("\nInteractive elements:\n")
	shown := inPrompt(s.elements)
	for i := range s.elements {
		if shown(i) {
			b.WriteString(elementLine(i, &s.elements[i]))
		}
	}
	if s.partial {
		b.WriteString("(only some of the page's elements were recorded; they are ordered by name)\n")
	} else if s.more || len(s.elements) > maxPromptElements {
		b.WriteString("(the page has more than these)\n")
	}
}

// inPrompt says which elements a prompt shows. The rule knows nothing of the target: all, where they fit; else those in
// the viewport first, then the others, both in page order.
func inPrompt(elements []event.Element) func(i int) bool {
	if len(elements) <= maxPromptElements {
		return func(int) bool { return true }
	}
	shown := make(map[int]bool, maxPromptElements)
	for _, offscreen := range []bool{false, true} {
		for i := range elements {
			if len(shown) < maxPromptElements && isOffscreen(&elements[i]) == offscreen {
				shown[i] = true
			}
		}
	}
	return func(i int) bool { return shown[i] }
}

func isOffscreen(e *event.Element) bool {
	for _, s := range e.States {
		if s == "offscreen" {
			return true
		}
	}
	return false
}

// elementLine writes [index] role "name" and what is known besides. The focus is left out: pressing the mouse has moved
// it to the target by the time a click is recorded, so it would mark the answer.
func elementLine(i int, e *event.Element) string {
	var b strings.Builder
	b.WriteByte('[')
	b.WriteString(strconv.Itoa(i))
	b.WriteString("] ")
	b.WriteString(e.Role)
	if e.Name != "" {
		b.WriteString(` "` + clip(e.Name, maxTextRunes) + `"`)
	}
	var notes []string
	if e.Type != "" && e.Type != e.Role {
		notes = append(notes, e.Type)
	}
	if e.Value != "" {
		notes = append(notes, e.Value)
	}
	for _, s := range e.States {
		if s != "focused" {
			notes = append(notes, s)
		}
	}
	if e.Frame != "" && e.Frame != topFrame {
		notes = append(notes, "in a frame")
	}
	if len(notes) > 0 {
		b.WriteString(" (" + strings.Join(notes, ", ") + ")")
	}
	b.WriteByte('\n')
	return b.String()
}

// clip puts a text on one line and cuts it to so many characters.
func clip(s string, runes int) string {
	s = strings.Join(strings.Fields(s), " ")
	n := 0
	for i := range s {
		if n == runes {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
