package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"text/tabwriter"

	"golang.org/x/sys/unix"

	"github.com/codesight/codesight/internal/store/sqlite"
)

type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" help:"Bring the database's schema up to date."`
	Status migrateStatusCmd `cmd:"" help:"List the migrations; exits with 1 where some are pending."`
}

type migrateUpCmd struct{}

// Help shows an example.
func (migrateUpCmd) Help() string {
	return "serve does this by itself on the embedded database. It must not run meanwhile.\n\nExample:\n\n  codesight migrate up"
}

// Run migrates, while no server runs: the server of the version before knows the schema of the version before.
func (migrateUpCmd) Run(ctx context.Context, a *app) error {
	unlock, err := a.lockServe()
	if err != nil {
		return err
	}
	defer unlock()
	opened, err := lock(filepath.Join(a.config.DataDir, openLock), unix.LOCK_EX)
	if err != nil {
		return err
	}
	defer opened()
	if _, err := a.keyset(); err != nil { // before there is a database, for then it may still be made
		return err
	}
	applied, err := sqlite.Migrate(ctx, a.config.DatabasePath())
	for _, m := range applied {
		tell(a.out, "applied %s\n", m.Name)
	}
	if err == nil && len(applied) == 0 {
		tell(a.out, "The schema is up to date.\n")
	}
	return err
}

type migrateStatusCmd struct{}

// Help shows an example.
func (migrateStatusCmd) Help() string { return "Example:\n\n  codesight migrate status" }

// Run lists.
func (migrateStatusCmd) Run(ctx context.Context, a *app) error {
	path := a.config.DatabasePath()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database at %s yet: `codesight serve` makes it", path)
	}
	list, err := sqlite.Status(ctx, path)
	if err != nil {
		return err
	}
	pending := 0
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	tell(w, "MIGRATION\tAPPLIED\n")
	for _, m := range list {
		applied := "pending"
		if m.AppliedAt.IsZero() {
			pending++
		} else {
			applied = date(m.AppliedAt.UnixMilli())
		}
		tell(w, "%s\t%s\n", filepath.Base(m.Name), applied)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if pending > 0 {
		return fmt.Errorf("%d migrations are pending: `codesight migrate up` applies them", pending)
	}
	return nil
}
