package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"
	"golang.org/x/sys/unix"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/config"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store/sqlite"
	"github.com/codesight/codesight/internal/store/sqlstore"
	"github.com/codesight/codesight/internal/vault"
)

// app is what every command is handed.
type app struct {
	config *config.Config
	loader *config.Loader
	parser *kong.Kong
	log    *slog.Logger

	in        io.Reader
	out, errs io.Writer
}

// node is the opened storage of this node.
type node struct {
	store   *sqlstore.Store
	blobs   *blob.Folder
	records *record.Records
	log     *slog.Logger
}

// Files in the data directory.
const (
	serveLock = "serve.lock" // held by a running serve
	openLock  = "open.lock"  // held for a moment, so that two processes do not both make a keyset
)

// openOptions say what opening may change.
type openOptions struct {
	// create makes a data directory where there is none. A command that merely reads would otherwise leave one wherever
	// it was started by mistake.
	create bool
	// migrate brings an older schema up to date. Only serve does it by itself: no other command may change the database
	// under a running server.
	migrate bool
}

// open opens the storage beside whoever else has it open.
func (a *app) open(ctx context.Context, o openOptions) (*node, error) {
	if err := a.dataDir(o.create); err != nil {
		return nil, err
	}
	unlock, err := lock(filepath.Join(a.config.DataDir, openLock), unix.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer unlock()
	keyset, err := a.keyset()
	if err != nil {
		return nil, err
	}
	blobs, err := blob.OpenFolder(a.config.BlobDir())
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, a.config.DatabasePath(), sqlite.Options{MaxJobs: int64(a.config.QueueMaxJobs), Migrate: o.migrate})
	if err != nil {
		return nil, err
	}
	return &node{store: store, blobs: blobs, records: record.New(store, blobs, keyset), log: a.log}, nil
}

// dataDir makes sure that the data directory is there and closed to others.
func (a *app) dataDir(create bool) error {
	dir := a.config.DataDir
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !create:
		return fmt.Errorf("there is no data directory at %s: start `codesight serve` first, or say where it is with --data-dir", dir)
	case errors.Is(err, fs.ErrNotExist):
		return os.MkdirAll(dir, 0o700)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory: say where the data is with --data-dir", dir)
	case info.Mode().Perm()&0o077 == 0:
		return nil
	}
	// Somebody made it with the usual mode. Where it is ours to close, it is closed; a directory that holds something
	// else is left alone.
	if ours, err := isDataDir(dir); err != nil {
		return err
	} else if !ours {
		return fmt.Errorf("%s holds other things than CodeSight's data and can be read by others: name an empty directory with --data-dir", dir)
	}
	return os.Chmod(dir, 0o700) //nolint:gosec // a directory without x cannot be entered
}

// isDataDir says that the directory is empty or has been a data directory before.
func isDataDir(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if e.Name() == serveLock || e.Name() == openLock {
			return true, nil
		}
	}
	return len(entries) == 0, nil
}

// keyset opens the master keyset. A new one is made only for a node that has no database yet: under a new key nothing of
// an old database could be read.
func (a *app) keyset() (*vault.Vault, error) {
	path := a.config.KeysetFile()
	v, err := vault.Open(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return v, err
	}
	if _, err := os.Stat(a.config.DatabasePath()); err == nil {
		return nil, fmt.Errorf("the keyset %s is missing, and the database cannot be read without it: restore it from its backup, or name it with --keyset", path)
	}
	v, err = vault.Create(path)
	if err != nil {
		return nil, err
	}
	a.log.Warn("created a new master keyset: back it up apart from the data, for without it nothing that is stored can be read", "file", path)
	return v, nil
}

// close waits for the writes under way. What was acknowledged is safe whatever happens here.
func (n *node) close() {
	if err := n.store.Close(); err != nil {
		n.log.Warn("the database did not close cleanly", "error", err)
	}
}

// errLocked says that somebody else holds a lock.
var errLocked = errors.New("locked")

// lock takes a file lock and returns what ends it; the end of the process does so too.
func lock(path string, how int) (func(), error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), how); err != nil {
		_ = f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errLocked
		}
		return nil, &fs.PathError{Op: "lock", Path: path, Err: err}
	}
	return func() { _ = f.Close() }, nil
}
