package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Errors of a schema that is not this version's.
var (
	ErrOldSchema = errors.New("sqlite: the database is of an older version: run codesight migrate up")
	ErrNewSchema = errors.New("sqlite: the database is of a newer version; a downgrade is not supported")
)

// migrateTries bounds the races with other processes that make the same new file.
const migrateTries = 5

// Migration is a step of the schema.
type Migration struct {
	Version   int64
	Name      string
	AppliedAt time.Time // zero while pending
}

// Migrate brings the database file up to date, making it where it is missing, and returns what it applied.
func Migrate(ctx context.Context, path string) ([]Migration, error) {
	before, err := Status(ctx, path)
	if err != nil {
		return nil, err
	}
	db, err := open(ctx, path, Options{})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(prepare(ctx, db, migrations, true), db.Close()); err != nil {
		return nil, err
	}
	var applied []Migration
	for _, m := range before {
		if m.AppliedAt.IsZero() {
			applied = append(applied, m)
		}
	}
	return applied, nil
}

// Status lists the migrations that this version knows. Where there is no file, all are pending.
func Status(ctx context.Context, path string) ([]Migration, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		path = ":memory:" // asking makes no file
	}
	db, err := openPool(path, url.Values{}, 1)
	if err != nil {
		return nil, err
	}
	list, err := status(ctx, db)
	return list, errors.Join(err, db.Close())
}

func status(ctx context.Context, db *sql.DB) ([]Migration, error) {
	provider, err := newProvider(db, migrations)
	if err != nil {
		return nil, err
	}
	steps, err := provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("sqlite: migration status: %w", err)
	}
	list := make([]Migration, len(steps))
	for i, s := range steps {
		list[i] = Migration{Version: s.Source.Version, Name: s.Source.Path, AppliedAt: s.AppliedAt}
	}
	return list, nil
}

// prepare brings the schema up to date, or says why it may not. Two processes may do so at once: the loser of the race
// finds the tables there, and looks again.
func prepare(ctx context.Context, db *sql.DB, from fs.FS, migrate bool) error {
	provider, err := newProvider(db, from)
	if err != nil {
		return err
	}
	for range migrateTries {
		var done bool
		if done, err = step(ctx, provider, migrate); done {
			return err
		}
	}
	return fmt.Errorf("sqlite: migrate: %w", err)
}

// step returns whether there is nothing more to try.
func step(ctx context.Context, p *goose.Provider, migrate bool) (bool, error) {
	version, err := p.GetDBVersion(ctx)
	if err != nil {
		return false, err
	}
	sources := p.ListSources()
	switch newest := sources[len(sources)-1].Version; {
	case version == newest:
		return true, nil
	case version > newest:
		return true, ErrNewSchema
	case version > 0 && !migrate:
		return true, ErrOldSchema
	}
	_, err = p.Up(ctx)
	return err == nil, err
}

func newProvider(db *sql.DB, from fs.FS) (*goose.Provider, error) {
	dir, err := fs.Sub(from, "migrations")
	if err != nil {
		return nil, fmt.Errorf("sqlite: migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir)
	if err != nil {
		return nil, fmt.Errorf("sqlite: migrations: %w", err)
	}
	return p, nil
}
