package main

import (
	"github.com/codesight/codesight/internal/redact"
)

type redactCmd struct {
	JSON bool `name:"json" help:"Read JSON Lines {\"text\":…} and write {\"text\":…,\"spans\":[…]} in the same order; offsets count Unicode code points of the input."`
}

// Help shows an example.
func (redactCmd) Help() string {
	return "Example:\n\n  echo 'Write to ada@example.org' | codesight redact\n  echo '{\"text\":\"Write to ada@example.org\"}' | codesight redact --json"
}

// Run filters standard input to standard output.
func (c *redactCmd) Run(a *app) error {
	if c.JSON {
		return redact.Default().Lines(a.out, a.in)
	}
	return redact.Default().Copy(a.out, a.in)
}
