package dataset

import (
	"github.com/go-json-experiment/json"
)

// openAIChat is the chat format of OpenAI's fine-tuning guide: a line is a conversation of system, user and assistant.
var openAIChat = Format{
	Name:    "openai-chat",
	Version: 1,
	About:   "JSON Lines of chat messages, one decision a line, for fine-tuning text models",
	Needs:   []string{"events"},
	line: func(s sample) ([]byte, error) {
		return json.Marshal(chatLine{
			Messages: []chatMessage{
				{"system", s.system},
				{"user", s.example.User},
				{"assistant", s.example.Answer},
			},
			Metadata: chatMetadata{
				Session: s.session, Step: s.example.Step, Site: s.example.Site, Split: s.split,
				PageKind: s.example.PageKind, Partial: s.example.Partial, Private: s.example.Private,
			},
		}, json.Deterministic(true))
	},
}

type chatLine struct {
	Messages []chatMessage `json:"messages"`
	Metadata chatMetadata  `json:"metadata"`
}

type chatMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type chatMetadata struct {
	Session  string `json:"session"`
	Step     int    `json:"step"`
	Site     string `json:"site"`
	Split    string `json:"split"`
	PageKind string `json:"page_kind,omitzero"`
	Partial  bool   `json:"partial,omitzero"` // the element list was recorded around the target, so it is easier
	Private  bool   `json:"private,omitzero"` // the answer types a placeholder
}
