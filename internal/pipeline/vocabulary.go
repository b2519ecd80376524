package pipeline

import (
	"github.com/codesight/codesight/internal/event"
)

// topFrame is the browser's number of a tab's top frame.
const topFrame = "0"

var (
	modifierKeys = set("Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Fn", "NumLock", "OS")
	editingKeys  = set("Backspace", "Delete", "ArrowLeft", "ArrowRight", "Home", "End", "Insert", "Dead", "Process", "Compose", "Unidentified")

	interactiveTags  = set("a", "button", "input", "select", "textarea", "option", "summary", "label", "area", "video", "audio")
	interactiveRoles = set("button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "combobox", "textbox", "searchbox", "slider", "spinbutton", "treeitem", "gridcell")
	textRoles        = set("textbox", "searchbox", "combobox", "spinbutton")
	textlessInputs   = set("button", "submit", "reset", "checkbox", "radio", "file", "image", "range", "color", "hidden")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// interactive says that the element, or one that it is in, is made to be acted on.
func interactive(t *event.Target) bool {
	if interactiveTags[t.Tag] || interactiveRoles[t.Role] || t.Attributes["tabindex"] != "" {
		return true
	}
	for _, a := range t.Ancestors {
		if interactiveTags[a.Tag] || interactiveRoles[a.Role] {
			return true
		}
	}
	return false
}

func isTextField(t *event.Target) bool {
	if t == nil {
		return false
	}
	return t.Tag == "textarea" || textRoles[t.Role] || t.Tag == "input" && !textlessInputs[t.Attributes["type"]]
}

// isClipboard knows the shortcuts that work on the text of a field.
func isClipboard(k *event.KeyDetail) bool {
	switch k.Key {
	case "a", "c", "v", "x", "z", "y", "A", "C", "V", "X", "Z", "Y":
		return len(k.Modifiers) > 0
	default:
		return false
	}
}
