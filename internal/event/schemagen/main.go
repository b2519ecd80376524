// Command schemagen writes the JSON Schema of the event types to the file named by its argument. It runs by go generate
// and does nothing else.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/codesight/codesight/internal/event"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return errors.New("usage: schemagen FILE")
	}
	schema, err := event.JSONSchema()
	if err != nil {
		return err
	}
	return os.WriteFile(os.Args[1], schema, 0o644) //nolint:gosec // a source file that everyone may read
}
