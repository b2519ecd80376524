package dataset

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
)

const manifestName = "manifest.json"

// replaceFolder fills a new folder beside dir and then puts it in dir's place. What stood there goes only when the new
// one is whole, and only where it was empty or an earlier release.
func replaceFolder(dir string, fill func(dir string) error) (err error) {
	dir = filepath.Clean(dir)
	if err := checkReplaceable(dir); err != nil {
		return err
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(parent, ".release-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(fresh)) }() // it is gone already where all went well
	if err := fill(fresh); err != nil {
		return err
	}
	if err := syncFolder(fresh); err != nil {
		return err
	}
	return swap(fresh, dir, parent)
}

func swap(fresh, dir, parent string) error {
	old := fresh + "-old"
	err := os.Rename(dir, old)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		return errors.Join(err, ignoreMissing(os.Rename(old, dir)))
	}
	return errors.Join(syncFolder(parent), os.RemoveAll(old))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// checkReplaceable refuses a folder that holds what this program did not write.
func checkReplaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	var m struct {
		Release string `json:"release"`
	}
	body, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil || json.Unmarshal(body, &m) != nil || m.Release != manifestFormat {
		return fmt.Errorf("%w: %s", ErrOccupied, dir)
	}
	return nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeFile writes a small file that only its owner may read, flushed.
func writeFile(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Sync(), f.Close())
}

// dataFile is a file of lines that is counted and hashed while it is written.
type dataFile struct {
	file  *os.File
	out   *bufio.Writer
	sum   hash.Hash
	entry File
}

func createDataFile(dir, name string) (*dataFile, error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &dataFile{file: f, out: bufio.NewWriter(f), sum: sha256.New(), entry: File{Name: name}}, nil
}

func (f *dataFile) add(line []byte, also hash.Hash) error {
	line = append(line, '\n')
	f.sum.Write(line)
	also.Write(line)
	f.entry.Lines++
	f.entry.Bytes += int64(len(line))
	_, err := f.out.Write(line)
	return err
}

func (f *dataFile) finish() (File, error) {
	err := errors.Join(f.out.Flush(), f.file.Sync(), f.close())
	f.entry.SHA256 = hex.EncodeToString(f.sum.Sum(nil))
	return f.entry, err
}

func (f *dataFile) close() error {
	if f.file == nil {
		return nil
	}
	err := f.file.Close()
	f.file = nil
	return err
}
