package main

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/codesight/codesight/internal/config"
)

type configCmd struct {
	Check configCheckCmd `cmd:"" help:"Validate the configuration."`
	Print configPrintCmd `cmd:"" help:"Print what holds and where it came from, with secrets masked."`
	Docs  configDocsCmd  `cmd:"" help:"Write the reference of all settings."`
}

type configCheckCmd struct{}

// Help shows an example.
func (configCheckCmd) Help() string {
	return "Exits with 2 and a line per mistake if there is any.\n\nExample:\n\n  codesight config check --config /etc/codesight.yaml"
}

// Run has nothing to find: mistakes end every command before it runs.
func (configCheckCmd) Run(a *app) error { //nolint:unparam // as every command
	for _, name := range a.loader.Unknown(os.Environ()) {
		tell(a.errs, "codesight: %s is set but is not a setting\n", name)
	}
	tell(a.out, "The configuration is valid.\n")
	return nil
}

type configPrintCmd struct{}

// Help shows an example.
func (configPrintCmd) Help() string {
	return "What it prints can be used as codesight.yaml.\n\nExample:\n\n  codesight config print --env production --keyset /etc/codesight/keyset.json"
}

// Run prints.
func (configPrintCmd) Run(a *app) error { return a.loader.Print(a.out, a.parser.Model, a.config) }

type configDocsCmd struct {
	Out string `default:"docs/configuration.md" help:"File to write; - is standard output."`
}

// Help shows an example.
func (configDocsCmd) Help() string { return "Example:\n\n  codesight config docs --out -" }

// Run writes.
func (c *configDocsCmd) Run(a *app) error {
	if c.Out == "-" {
		return config.WriteDocs(a.out, a.parser.Model)
	}
	if err := os.MkdirAll(filepath.Dir(c.Out), 0o755); err != nil { //nolint:gosec // documentation is for everyone
		return err
	}
	var page bytes.Buffer
	if err := config.WriteDocs(&page, a.parser.Model); err != nil {
		return err
	}
	return os.WriteFile(c.Out, page.Bytes(), 0o644) //nolint:gosec // as above
}
