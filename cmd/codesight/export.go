package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/codesight/codesight/internal/dataset"
)

type exportCmd struct {
	Format       string  `default:"openai-chat" oneof:"openai-chat" help:"Form of the examples."`
	Out          string  `required:"" placeholder:"DIR" help:"Folder of the release: a new one, or an earlier release, which is replaced."`
	MinQuality   int     `default:"60" max:"100" help:"Only sessions of at least this quality."`
	Split        float64 `default:"0.9" max:"1" help:"Share of the participants in the training part."`
	ApprovedOnly bool    `help:"Only sessions that a reviewer approved."`
}

// Help shows an example.
func (exportCmd) Help() string {
	return "Writes train.jsonl, validation.jsonl, manifest.json and DATASET_CARD.md.\n\nExample:\n\n  codesight export --format openai-chat --out ./release --min-quality 60 --split 0.9"
}

// Run exports.
func (c *exportCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	m, err := dataset.Export(ctx, n.records, dataset.Options{
		Format: c.Format, Dir: c.Out, MinQuality: c.MinQuality, Split: c.Split, ApprovedOnly: c.ApprovedOnly, CodeVersion: version,
	})
	switch {
	case errors.Is(err, dataset.ErrFormat), errors.Is(err, dataset.ErrSplit):
		return usage("%s", err)
	case errors.Is(err, dataset.ErrOccupied):
		return fmt.Errorf("%s holds something that is not a release: name another folder with --out", c.Out)
	case errors.Is(err, dataset.ErrEmpty):
		return fmt.Errorf("there is nothing to export: no session passes the filters (%s)", reasons(m.LeftOut))
	case err != nil:
		return err
	}
	for _, f := range m.Files {
		tell(a.out, "%s: %d examples\n", f.Name, f.Lines)
	}
	if len(m.LeftOut) > 0 {
		tell(a.errs, "Left out sessions: %s.\n", reasons(m.LeftOut))
	}
	if len(m.StepsLeftOut) > 0 {
		tell(a.errs, "Left out steps: %s.\n", reasons(m.StepsLeftOut))
	}
	tell(a.errs, "The release of %d sessions is in %s.\n", len(m.Sessions), c.Out)
	return nil
}

// reasons lists counts by reason.
func reasons(counts map[string]int) string {
	if len(counts) == 0 {
		return "there is none"
	}
	parts := make([]string, 0, len(counts))
	for _, why := range sorted(counts) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[why], strings.ReplaceAll(why, "_", " ")))
	}
	return strings.Join(parts, ", ")
}
