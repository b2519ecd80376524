package blob_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/blob/blobtest"
)

func openFolder(t *testing.T, dir string) *blob.Folder {
	t.Helper()
	f, err := blob.OpenFolder(dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

func TestAFolderIsABucket(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, func(t *testing.T) blob.Bucket {
		t.Helper()
		return openFolder(t, t.TempDir())
	})
}

func TestFilesAndFoldersAreForTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "blobs")
	require.NoError(t, openFolder(t, dir).Put(t.Context(), "s/a", []byte("a")))
	files := 0
	require.NoError(t, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, d.Name())
		if !d.IsDir() {
			files++
		}
		return nil
	}))
	require.Equal(t, 1, files, "and no temporary file is left")
}

func TestAFailingDiskIsAnErrorAndLeavesTheObjectAsItWas(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk failed")
	for _, step := range []string{"write", "sync", "rename"} {
		f := openFolder(t, t.TempDir())
		require.NoError(t, f.Put(t.Context(), "s/a", []byte("before")))
		f.Fault = func(s string) error {
			if s == step {
				return broken
			}
			return nil
		}
		require.ErrorIs(t, f.Put(t.Context(), "s/a", []byte("after")), broken, step)
		require.ErrorIs(t, f.Put(t.Context(), "s/new", []byte("new")), broken, step)

		f.Fault = nil
		got, err := f.Get(t.Context(), "s/a")
		require.NoError(t, err)
		require.Equal(t, "before", string(got), step)
		_, err = f.Get(t.Context(), "s/new")
		require.ErrorIs(t, err, blob.ErrNotFound, step)
	}
}

func TestAFolderThatCannotBeFlushedIsAnErrorEachTime(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk failed")
	f := openFolder(t, t.TempDir())
	f.Fault = func(s string) error {
		if s == "sync folder" {
			return broken
		}
		return nil
	}
	for range 2 {
		require.ErrorIs(t, f.Put(t.Context(), "s/a", []byte("a")), broken)
	}
}

func TestOtherFaultsAreErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk failed")
	f := openFolder(t, t.TempDir())
	require.NoError(t, f.Put(t.Context(), "s/a", []byte("a")))
	f.Fault = func(string) error { return broken }
	_, err := f.Get(t.Context(), "s/a")
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, f.Delete(t.Context(), "s/a"), broken)
	require.ErrorIs(t, f.DeleteFolder(t.Context(), "s"), broken)
	require.ErrorIs(t, f.Ping(t.Context()), broken)
}

func TestASymbolicLinkOutOfTheFolderIsNotFollowed(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	f := openFolder(t, dir)
	require.NoError(t, f.Put(t.Context(), "s/a", []byte("a")))
	secret := filepath.Join(outside, "secret")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
	found, err := filepath.Glob(filepath.Join(dir, "*", "s", "a"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.NoError(t, os.Remove(found[0]))
	require.NoError(t, os.Symlink(secret, found[0]))

	_, err = f.Get(t.Context(), "s/a")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "secret\n")
}

func TestLeftoversOfACrashAreRemovedAndWritesUnderWayAreNot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	openFolder(t, dir)
	old, fresh := filepath.Join(dir, ".tmp", "old"), filepath.Join(dir, ".tmp", "fresh")
	for _, path := range []string{old, fresh} {
		require.NoError(t, os.WriteFile(path, []byte("half"), 0o600))
	}
	day := time.Now().Add(-24 * time.Hour)
	require.NoError(t, os.Chtimes(old, day, day))

	openFolder(t, dir)
	require.NoFileExists(t, old)
	require.FileExists(t, fresh)
}

func TestAnErrorNamesNoContent(t *testing.T) {
	t.Parallel()
	f := openFolder(t, t.TempDir())
	err := f.Put(t.Context(), "canary key", []byte("canary"))
	require.Error(t, err)
	require.NotContains(t, err.Error(), "canary")
}
