package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/queue/queuetest"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlite"
	"github.com/codesight/codesight/internal/store/sqlstore"
	"github.com/codesight/codesight/internal/store/storetest"
)

func TestMain(m *testing.M) {
	if file := helperFile(); file != "" {
		appendUntilKilled(file)
		return
	}
	goleak.VerifyTestMain(m)
}

func open(tb testing.TB, path string, o sqlite.Options) *sqlstore.Store {
	tb.Helper()
	s, err := sqlite.Open(context.Background(), path, o)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.Close()) })
	return s
}

func TestSQLiteIsAStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		return open(t, filepath.Join(t.TempDir(), "test.db"), sqlite.Options{MaxJobs: storetest.MaxJobs})
	})
}

func TestSQLiteHoldsAQueue(t *testing.T) {
	t.Parallel()
	queuetest.Run(t, func(t *testing.T, maxJobs int64, now func() time.Time) queue.Queue {
		t.Helper()
		return open(t, filepath.Join(t.TempDir(), "test.db"), sqlite.Options{MaxJobs: maxJobs, Now: now}).Queue()
	})
}
