package sqlite

import (
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestAnOldSchemaIsOnlyMigratedWhereThatIsAllowed(t *testing.T) {
	t.Parallel()
	first := fstest.MapFS{"migrations/00001_a.sql": {Data: []byte("-- +goose Up\nCREATE TABLE a (id BIGINT);\n")}}
	second := fstest.MapFS{
		"migrations/00001_a.sql": first["migrations/00001_a.sql"],
		"migrations/00002_b.sql": {Data: []byte("-- +goose Up\nCREATE TABLE b (id BIGINT);\n")},
	}
	broken := fstest.MapFS{
		"migrations/00001_a.sql": first["migrations/00001_a.sql"],
		"migrations/00002_b.sql": {Data: []byte("-- +goose Up\nCREATE TABLE c (id BIGINT);\nCREATE TABLE a (id BIGINT);\n")},
	}
	db, err := open(t.Context(), filepath.Join(t.TempDir(), "old.db"), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })

	require.NoError(t, prepare(t.Context(), db, first, false), "a new file gets its schema")
	require.ErrorIs(t, prepare(t.Context(), db, second, false), ErrOldSchema)
	require.Error(t, prepare(t.Context(), db, broken, true))
	require.NoError(t, prepare(t.Context(), db, second, true), "a migration that failed left nothing behind")
	require.ErrorIs(t, prepare(t.Context(), db, first, true), ErrNewSchema)
}
