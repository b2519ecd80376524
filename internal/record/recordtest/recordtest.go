// Package recordtest gives tests of other packages real records: SQLite, a folder and a new keyset, all in one data
// directory. It is for tests only.
package recordtest

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store/sqlite"
	"github.com/codesight/codesight/internal/vault"
)

// Open makes records in an empty folder and closes them with the test.
func Open(tb testing.TB, dir string) *record.Records {
	tb.Helper()
	db, err := sqlite.Open(tb.Context(), filepath.Join(dir, "codesight.db"), sqlite.Options{})
	require.NoError(tb, err)
	folder, err := blob.OpenFolder(filepath.Join(dir, "blobs"))
	require.NoError(tb, err)
	tb.Cleanup(func() {
		require.NoError(tb, db.Close())
		require.NoError(tb, folder.Close())
	})
	keys, err := vault.Create(filepath.Join(dir, "keyset.json"))
	require.NoError(tb, err)
	return record.New(db, folder, keys)
}
