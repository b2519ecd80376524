package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/legacy"
	"github.com/codesight/codesight/internal/redact"
)

type importCmd struct {
	Legacy importLegacyCmd `cmd:"" help:"Session exports of the earlier CodeSight backend, through the same validation and redaction as live traffic."`
}

type importLegacyCmd struct {
	File        []string `arg:"" name:"file" help:"Exports; - is standard input."`
	Participant string   `default:"p_legacy" placeholder:"ID" help:"Whose recordings they are."`
	Policy      string   `default:"legacy-import" help:"Version of the text that the participants agreed to; the export does not say."`
	Consent     []string `default:"events" oneof:"events,screenshots,model,publish" help:"What they agreed to; several are comma-separated."`
}

// Help shows an example.
func (importLegacyCmd) Help() string {
	return "Importing a file again adds nothing. A running serve processes what was imported; without one, run `codesight process --all`.\n\nExample:\n\n  codesight import legacy old-sessions.json --consent events,publish"
}

// Run imports file by file.
func (c *importLegacyCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{create: true})
	if err != nil {
		return err
	}
	defer n.close()
	guard := startStorageGuard(a.config.DataDir, a.config.MaxStorage, a.log)
	defer guard.stop()
	svc := ingest.New(n.records, redact.Default(), ingest.Options{Room: guard.room})
	for _, name := range c.File {
		report, err := c.file(ctx, a, svc, name)
		printImport(a.out, name, &report)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (c *importLegacyCmd) file(ctx context.Context, a *app, svc *ingest.Service, name string) (legacy.Report, error) {
	in := a.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return legacy.Report{}, errors.New("cannot be read: " + plainError(err).Error())
		}
		defer f.Close() //nolint:errcheck // it was only read
		in = f
	}
	who := ingest.Who{KeyID: "import", Participant: c.Participant}
	return legacy.Import(ctx, svc, who, in, legacy.Options{Policy: c.Policy, Scopes: c.Consent})
}

// printImport tells what became of a file: nothing is left out in silence.
func printImport(w io.Writer, name string, r *legacy.Report) {
	tell(w, "%s: %d sessions imported, %d were there before, %d events stored, %d refused\n", name, r.Sessions, r.Existing, r.Events, r.Refused)
	for _, id := range r.IDs {
		tell(w, "  session      %s\n", id)
	}
	for _, part := range []struct {
		title  string
		counts map[string]int
	}{{"not carried", r.NotCarried}, {"assumed", r.Assumed}, {"redacted", r.Redactions}} {
		for _, what := range sorted(part.counts) {
			tell(w, "  %-12s %d × %s\n", part.title, part.counts[what], what)
		}
	}
}
