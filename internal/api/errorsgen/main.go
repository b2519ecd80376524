// Command errorsgen writes the page of all error codes to the file named by its argument. It runs by go generate and does
// nothing else.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/codesight/codesight/internal/api"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "errorsgen:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return errors.New("usage: errorsgen FILE")
	}
	return os.WriteFile(os.Args[1], api.ErrorsMarkdown(), 0o644) //nolint:gosec // a page that everyone may read
}
