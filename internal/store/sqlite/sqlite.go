// Package sqlite is the embedded database: a sqlstore on one SQLite file, which other processes (the commands beside a
// running serve) may have open at the same time.
//
// It decides what is SQLite's own: the pragmas, one connection that writes beside a pool that reads, the migrations, and
// how erased bytes leave the files. Who may run a server on a data directory is the command's to decide.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/codesight/codesight/internal/store/sqlstore"
)

const (
	// busyTimeout is how long a write waits for another process's write. Theirs are commits of milliseconds; seconds
	// are for a disk that stalls.
	busyTimeout = 15 * time.Second

	// readers bounds the connections that read. Reads are short; more than the cores would only wait for each other.
	readers = 4

	// pageBytes holds the smaller segments whole; overflow chains of larger ones are half as long as at SQLite's 4096.
	pageBytes = 8192

	// checkpointPages is the size of the write-ahead log at which a commit folds it into the database: 16 MiB. A page
	// that changes in many commits, such as those of the sessions' rows, is then written once for all of them.
	checkpointPages = 2048

	// journalBytes bounds the log's file after a checkpoint: a burst does not hold the disk for ever.
	journalBytes = 64 << 20

	// cacheKiB bounds each connection's page cache.
	cacheKiB = 8 << 10

	// wipeTries and wipeTimeout bound the wait for readers that still need the old log when it is wiped.
	wipeTries   = 4
	wipeTimeout = 500 * time.Millisecond
)

// ErrNotWiped says that an erasure is committed, but that readers kept the old bytes in the log. Erasing again wipes.
var ErrNotWiped = errors.New("sqlite: erased, but a long read keeps the old bytes in the write-ahead log")

// Options of the embedded database.
type Options struct {
	// MaxJobs bounds the queue; 0 is sqlstore.DefaultMaxJobs.
	MaxJobs int64
	// Now is the queue's clock; nil is time.Now.
	Now func() time.Time
	// Migrate brings an older schema up to date. Without it only a new file gets its schema, and an old one is
	// ErrOldSchema: a command must not change the database under a running server of the version before.
	Migrate bool

	maxPages int // bounds the database file; for tests of a full disk
}

// Open opens or makes the database file (0600).
func Open(ctx context.Context, path string, o Options) (*sqlstore.Store, error) {
	writing, err := open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, writing, migrations, o.Migrate); err != nil {
		return nil, errors.Join(err, writing.Close())
	}
	reading, err := openPool(path, url.Values{"_query_only": {"1"}}, readers)
	if err != nil {
		return nil, errors.Join(err, writing.Close())
	}
	return sqlstore.New(writing, reading, sqlstore.Options{
		MaxJobs: o.MaxJobs, Now: o.Now, Begin: "BEGIN IMMEDIATE", Wipe: wipe,
	}), nil
}

// open opens the file for writing, and makes it where it is missing.
func open(ctx context.Context, path string, o Options) (*sql.DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := makeFile(ctx, path); err != nil {
			return nil, fmt.Errorf("sqlite: make file: %w", err)
		}
	}
	params := url.Values{"_txlock": {"immediate"}}
	if o.maxPages > 0 {
		params.Add("_pragma", pragma("max_page_count", o.maxPages))
	}
	db, err := openPool(path, params, 1)
	if err != nil {
		return nil, err
	}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: open: %w", err), db.Close())
	}
	return db, nil
}

func openPool(path string, params url.Values, connections int) (*sql.DB, error) {
	params.Set("_busy_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10))
	params["_pragma"] = append([]string{
		"journal_mode(WAL)",
		"synchronous(FULL)", // flush the log at every commit
		"foreign_keys(ON)",
		"secure_delete(ON)", // overwrite what is deleted
		"temp_store(MEMORY)",
		"trusted_schema(OFF)",
		pragma("wal_autocheckpoint", checkpointPages),
		pragma("journal_size_limit", journalBytes),
		pragma("cache_size", -cacheKiB),
	}, params["_pragma"]...)
	db, err := sql.Open("sqlite", fileURL(path, params))
	if err != nil {
		return nil, fmt.Errorf("sqlite: open: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// makeFile makes an empty database, readable by its owner only (SQLite gives its log the same mode). It is made under
// another name and linked, so that nobody opens it half made and, of several who make it at once, one wins.
func makeFile(ctx context.Context, path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if err := errors.Join(f.Close(), setPageSize(ctx, f.Name())); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// setPageSize writes the header of a new file. It takes a connection without the other pragmas: the driver runs those in
// the order of the alphabet, and the size cannot be changed after journal_mode.
func setPageSize(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", fileURL(path, url.Values{"_pragma": {pragma("page_size", pageBytes)}}))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	return errors.Join(err, db.Close())
}

func fileURL(path string, params url.Values) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: params.Encode()}
	return u.String()
}

func pragma(name string, value int) string { return name + "(" + strconv.Itoa(value) + ")" }

// wipe folds the log into the database, where secure_delete has overwritten what was erased, and cuts the log to nothing.
func wipe(ctx context.Context, conn *sql.Conn) error {
	if err := setBusyTimeout(ctx, conn, wipeTimeout); err != nil {
		return err
	}
	return errors.Join(truncateLog(ctx, conn), setBusyTimeout(ctx, conn, busyTimeout))
}

func truncateLog(ctx context.Context, conn *sql.Conn) error {
	for range wipeTries {
		var busy, pages, moved int64
		row := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		if err := row.Scan(&busy, &pages, &moved); err != nil {
			return fmt.Errorf("sqlite: wipe: %w", err)
		}
		if busy == 0 {
			return nil
		}
	}
	return ErrNotWiped
}

func setBusyTimeout(ctx context.Context, conn *sql.Conn, d time.Duration) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds()))
	return err
}
