// Package blobtest is the conformance suite of blob.Bucket: every adapter passes it.
package blobtest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/blob"
)

// Run runs the suite. Open gives an empty bucket and closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) blob.Bucket) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, b blob.Bucket){
		"what is put is got":                             putAndGet,
		"a missing object is not found":                  missing,
		"putting again replaces":                         replaces,
		"deleting is idempotent":                         deletes,
		"deleting a folder takes all of it and no more":  deletesFolder,
		"a key that could lead elsewhere is refused":     refusesKeys,
		"concurrent puts of one key leave one whole":     concurrentPuts,
		"a cancelled context does nothing":               cancelled,
		"ping leaves nothing behind and needs no object": pings,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func putAndGet(t *testing.T, b blob.Bucket) {
	t.Helper()
	for i, body := range [][]byte{{}, {0}, bytes.Repeat([]byte("0123456789abcdef"), 1<<16)} {
		key := fmt.Sprintf("folder/%d", i)
		require.NoError(t, b.Put(t.Context(), key, body))
		got, err := b.Get(t.Context(), key)
		require.NoError(t, err)
		require.True(t, bytes.Equal(body, got))
	}
}

func missing(t *testing.T, b blob.Bucket) {
	t.Helper()
	_, err := b.Get(t.Context(), "folder/none")
	require.ErrorIs(t, err, blob.ErrNotFound)
}

func replaces(t *testing.T, b blob.Bucket) {
	t.Helper()
	require.NoError(t, b.Put(t.Context(), "folder/a", []byte("a longer first")))
	require.NoError(t, b.Put(t.Context(), "folder/a", []byte("second")))
	got, err := b.Get(t.Context(), "folder/a")
	require.NoError(t, err)
	require.Equal(t, "second", string(got))
}

func deletes(t *testing.T, b blob.Bucket) {
	t.Helper()
	require.NoError(t, b.Put(t.Context(), "folder/a", []byte("a")))
	for range 2 {
		require.NoError(t, b.Delete(t.Context(), "folder/a"))
	}
	_, err := b.Get(t.Context(), "folder/a")
	require.ErrorIs(t, err, blob.ErrNotFound)
	require.NoError(t, b.Delete(t.Context(), "never/was"))
}

func deletesFolder(t *testing.T, b blob.Bucket) {
	t.Helper()
	for _, key := range []string{"s1/a", "s1/b", "s10/a", "s/a"} {
		require.NoError(t, b.Put(t.Context(), key, []byte(key)))
	}
	for range 2 {
		require.NoError(t, b.DeleteFolder(t.Context(), "s1"))
	}
	for key, there := range map[string]bool{"s1/a": false, "s1/b": false, "s10/a": true, "s/a": true} {
		_, err := b.Get(t.Context(), key)
		if there {
			require.NoError(t, err, key)
		} else {
			require.ErrorIs(t, err, blob.ErrNotFound, key)
		}
	}
	require.NoError(t, b.Put(t.Context(), "s1/c", []byte("c")), "a folder may come back")
	require.NoError(t, b.DeleteFolder(t.Context(), "never"))
}

func refusesKeys(t *testing.T, b blob.Bucket) {
	t.Helper()
	for _, key := range []string{
		"", "/", "a", "a/", "/a", "../a", "a/..", "a/../b", "a/b/c", "./a", "a/.hidden", ".tmp/a", "a\\b/c", "a/b\x00c",
		"a/b c", "a/é", "a/b\n", "a/%2e%2e", "/etc/passwd",
	} {
		require.ErrorIs(t, b.Put(t.Context(), key, []byte("x")), blob.ErrBadKey, key)
		_, err := b.Get(t.Context(), key)
		require.ErrorIs(t, err, blob.ErrBadKey, key)
		require.ErrorIs(t, b.Delete(t.Context(), key), blob.ErrBadKey, key)
	}
	for _, folder := range []string{"", ".", "..", "a/b", "../a", ".tmp", "/"} {
		require.ErrorIs(t, b.DeleteFolder(t.Context(), folder), blob.ErrBadKey, folder)
	}
}

func concurrentPuts(t *testing.T, b blob.Bucket) {
	t.Helper()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for range 4 {
				if err := b.Put(t.Context(), "folder/one", bytes.Repeat([]byte{byte(i)}, 100_000)); err != nil {
					t.Errorf("put: %v", err)
				}
			}
		})
	}
	all.Wait()
	got, err := b.Get(t.Context(), "folder/one")
	require.NoError(t, err)
	require.Equal(t, bytes.Repeat(got[:1], 100_000), got)
}

func cancelled(t *testing.T, b blob.Bucket) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, b.Put(ctx, "folder/a", []byte("a")), context.Canceled)
	_, err := b.Get(t.Context(), "folder/a")
	require.ErrorIs(t, err, blob.ErrNotFound)
	require.ErrorIs(t, b.DeleteFolder(ctx, "folder"), context.Canceled)
}

func pings(t *testing.T, b blob.Bucket) {
	t.Helper()
	require.NoError(t, b.Ping(t.Context()))
}
