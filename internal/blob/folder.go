package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	// temps is the folder of files that are being written; no key begins with a dot.
	temps = ".tmp"

	// staleTemp is the age at which a file being written is taken for the leftover of a crash. Another process may be
	// writing beside this one, but no write takes an hour.
	staleTemp = time.Hour

	// deleteTries bounds the races of a folder's deletion with puts into it. Who deletes a session has stopped its puts.
	deleteTries = 10

	// maxMade bounds the folders that are remembered as durable; past it they are flushed once more.
	maxMade = 4096
)

// Folder is a Bucket in a local folder, one file an object, as SHARD/FOLDER/NAME, where the shard keeps any one folder
// from growing to millions of entries.
//
// A write goes to a temporary file, which is flushed, renamed, and made durable by flushing the folder it was renamed
// into: after a power cut an object is there whole or not at all. (gocloud's fileblob never flushes.)
type Folder struct {
	root *os.Root // refuses whatever leads out of it, symbolic links included

	making sync.Mutex
	made   map[string]bool // folders known to be durable

	// Fault, where set, is asked before each step (write, sync, rename, sync folder, read, delete), and its error takes
	// the step's place. For tests of what a failing disk does.
	Fault func(step string) error
}

// OpenFolder opens or makes the folder and removes what interrupted writes left behind.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blob: make folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blob: open folder: %w", err)
	}
	f := &Folder{root: root, made: map[string]bool{}}
	if err := f.removeLeftovers(); err != nil {
		return nil, errors.Join(fmt.Errorf("blob: clean folder: %w", err), root.Close())
	}
	return f, nil
}

func (f *Folder) removeLeftovers() error {
	if err := f.root.MkdirAll(temps, 0o700); err != nil {
		return err
	}
	entries, err := fs.ReadDir(f.root.FS(), temps)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < staleTemp {
			continue // finished meanwhile, or being written
		}
		if err := f.root.Remove(path.Join(temps, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Close releases the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Put stores the object; see Bucket.
func (f *Folder) Put(ctx context.Context, key string, body []byte) error {
	at, err := locate(ctx, key)
	if err != nil {
		return err
	}
	if len(body) > MaxObjectBytes {
		return ErrTooLarge
	}
	if err := f.put(at, body); err != nil {
		return fmt.Errorf("blob: put: %w", err)
	}
	return nil
}

func (f *Folder) put(at place, body []byte) error {
	temp := path.Join(temps, rand.Text())
	defer func() { _ = f.root.Remove(temp) }() // is gone after the rename
	if err := f.writeFlushed(temp, body); err != nil {
		return err
	}
	if err := f.makeFolder(at.dir); err != nil {
		return err
	}
	err := f.step("rename", func() error { return f.root.Rename(temp, at.path()) })
	if err != nil {
		f.forget(at.dir) // it may be gone, deleted by another process
		return err
	}
	return f.syncFolder(at.dir)
}

func (f *Folder) writeFlushed(name string, body []byte) error {
	w, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = f.step("write", func() error { _, err := w.Write(body); return err })
	if err == nil {
		err = f.step("sync", w.Sync)
	}
	return errors.Join(err, w.Close())
}

// makeFolder makes a folder and its shard durable before anything is put into them. One at a time, so that whoever finds
// a folder there knows that it was flushed.
func (f *Folder) makeFolder(dir string) error {
	f.making.Lock()
	defer f.making.Unlock()
	if f.made[dir] {
		return nil
	}
	for _, d := range []string{path.Dir(dir), dir} {
		if err := f.root.Mkdir(d, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := f.syncFolder(path.Dir(d)); err != nil {
			return err
		}
	}
	if len(f.made) >= maxMade {
		clear(f.made)
	}
	f.made[dir] = true
	return nil
}

func (f *Folder) forget(dir string) {
	f.making.Lock()
	defer f.making.Unlock()
	delete(f.made, dir)
}

func (f *Folder) syncFolder(dir string) error {
	d, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.step("sync folder", d.Sync), d.Close())
}

// Get returns the object; see Bucket.
func (f *Folder) Get(ctx context.Context, key string) ([]byte, error) {
	at, err := locate(ctx, key)
	if err != nil {
		return nil, err
	}
	var body []byte
	err = f.step("read", func() error {
		r, err := f.root.Open(at.path())
		if err != nil {
			return err
		}
		body, err = io.ReadAll(io.LimitReader(r, MaxObjectBytes+1))
		return errors.Join(err, r.Close())
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("blob: get: %w", err)
	case len(body) > MaxObjectBytes:
		return nil, ErrTooLarge
	}
	return body, nil
}

// Delete removes the object; see Bucket.
func (f *Folder) Delete(ctx context.Context, key string) error {
	at, err := locate(ctx, key)
	if err != nil {
		return err
	}
	return f.remove(at.dir, func() error { return f.root.Remove(at.path()) })
}

// DeleteFolder removes every object of a folder; see Bucket.
func (f *Folder) DeleteFolder(ctx context.Context, folder string) error {
	if !validPart(folder) {
		return ErrBadKey
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	dir := path.Join(shard(folder), folder)
	defer f.forget(dir)
	return f.remove(path.Dir(dir), func() error {
		err := f.root.RemoveAll(dir)
		for range deleteTries { // a put that was under way came in between
			if !errors.Is(err, syscall.ENOTEMPTY) {
				break
			}
			err = f.root.RemoveAll(dir)
		}
		return err
	})
}

// remove deletes and flushes the folder that held the name, so that what was erased does not come back after a power cut.
func (f *Folder) remove(from string, remove func() error) error {
	err := f.step("delete", remove)
	if err == nil {
		err = f.syncFolder(from)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob: delete: %w", err)
	}
	return nil
}

// Ping writes, flushes and removes a small file.
func (f *Folder) Ping(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	name := path.Join(temps, rand.Text())
	defer func() { _ = f.root.Remove(name) }()
	if err := f.writeFlushed(name, []byte("ping")); err != nil {
		return fmt.Errorf("blob: ping: %w", err)
	}
	return nil
}

func (f *Folder) step(name string, do func() error) error {
	if f.Fault != nil {
		if err := f.Fault(name); err != nil {
			return err
		}
	}
	return do()
}

// place is where an object's file is.
type place struct{ dir, file string }

func (p place) path() string { return path.Join(p.dir, p.file) }

func locate(ctx context.Context, key string) (place, error) {
	folder, file, ok := strings.Cut(key, "/")
	if !ok || !validPart(folder) || !validPart(file) {
		return place{}, ErrBadKey
	}
	return place{dir: path.Join(shard(folder), folder), file: file}, ctx.Err()
}

// shard spreads folders over 256.
func shard(folder string) string {
	h := fnv.New32a()
	_, _ = io.WriteString(h, folder)
	return fmt.Sprintf("%02x", byte(h.Sum32()))
}
