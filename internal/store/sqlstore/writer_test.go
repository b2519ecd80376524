package sqlstore

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	_ "modernc.org/sqlite"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bundle is a writer over a table of numbers, and a gate at which it can be held.
type bundle struct {
	*writer
	gate chan struct{}
}

func setup(t *testing.T) *bundle {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "test.db")+"?_foreign_keys=on")
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`CREATE TABLE parents (id BIGINT PRIMARY KEY);
		CREATE TABLE numbers (n BIGINT, parent BIGINT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)`)
	require.NoError(t, err)
	b := &bundle{writer: startWriter(db, "BEGIN IMMEDIATE"), gate: make(chan struct{})}
	t.Cleanup(func() { require.NoError(t, b.close()) })
	return b
}

// put inserts a number. The writer holds one connection, on which operations may run any statement.
func (b *bundle) put(n int, parent any) operation {
	return func(ctx context.Context, _ *query.Queries) error {
		_, err := b.stmts.ExecContext(ctx, "INSERT INTO numbers (n, parent) VALUES ($1, $2)", n, parent)
		return err
	}
}

// hold keeps the writer busy until the gate is opened, and returns when it is.
func (b *bundle) hold(t *testing.T, all *sync.WaitGroup) {
	t.Helper()
	held := make(chan struct{})
	all.Go(func() {
		err := b.submit(context.Background(), &write{do: func(context.Context, *query.Queries) error {
			close(held)
			<-b.gate
			return nil
		}})
		if err != nil {
			t.Errorf("hold: %v", err)
		}
	})
	<-held
}

// wait returns when so many writes wait.
func (b *bundle) wait(t *testing.T, n int) {
	t.Helper()
	require.Eventually(t, func() bool { return len(b.queue) == n }, 10*time.Second, time.Millisecond)
}

func (b *bundle) count(t *testing.T) int {
	t.Helper()
	var n int
	err := b.submit(t.Context(), &write{do: func(ctx context.Context, _ *query.Queries) error {
		return b.stmts.QueryRowContext(ctx, "SELECT COUNT(*) FROM numbers").Scan(&n)
	}})
	require.NoError(t, err)
	return n
}

func TestAFailedCommitIsTheAnswerToItsWholeGroup(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var all sync.WaitGroup
	b.hold(t, &all)
	for i := range 3 {
		all.Go(func() {
			var parent any
			if i == 1 {
				parent = 99 // is not there, which only the commit finds
			}
			err := b.submit(context.Background(), &write{do: b.put(i, parent)})
			if err == nil {
				t.Error("a failed commit was acknowledged")
			} else {
				require.ErrorIs(t, err, store.ErrUnavailable)
			}
		})
	}
	b.wait(t, 3)
	close(b.gate)
	all.Wait()
	require.Zero(t, b.count(t))
	require.NoError(t, b.submit(t.Context(), &write{do: b.put(1, nil)}), "and the writer goes on")
	require.Equal(t, 1, b.count(t))
}

func TestAnOperationThatFailsIsUndoneAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var all sync.WaitGroup
	b.hold(t, &all)
	for i := range 5 {
		all.Go(func() {
			err := b.submit(context.Background(), &write{do: func(ctx context.Context, q *query.Queries) error {
				if err := b.put(i, nil)(ctx, q); err != nil || i != 2 {
					return err
				}
				return store.ErrConflict
			}})
			if i == 2 {
				require.ErrorIs(t, err, store.ErrConflict)
			} else {
				require.NoError(t, err)
			}
		})
	}
	b.wait(t, 5)
	close(b.gate)
	all.Wait()
	require.Equal(t, 4, b.count(t))
}

func TestAWriteIsWithdrawnWhileItWaitsAndAwaitedOnceItRuns(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var all sync.WaitGroup
	b.hold(t, &all)
	ctx, cancel := context.WithCancel(t.Context())
	withdrawn := make(chan error, 1)
	go func() { withdrawn <- b.submit(ctx, &write{do: b.put(1, nil)}) }()
	b.wait(t, 1)
	cancel()
	require.ErrorIs(t, <-withdrawn, context.Canceled, "before the writer gets to it")
	close(b.gate)
	all.Wait()
	require.Zero(t, b.count(t))

	ctx, cancel = context.WithCancel(t.Context())
	err := b.submit(ctx, &write{do: func(c context.Context, q *query.Queries) error {
		cancel()
		return b.put(2, nil)(c, q)
	}})
	require.NoError(t, err, "what was committed is acknowledged")
	require.Equal(t, 1, b.count(t))
}

func TestCallersBlockWhileTheQueueIsFull(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var all sync.WaitGroup
	b.hold(t, &all)
	for i := range maxWaiting {
		all.Go(func() {
			if err := b.submit(context.Background(), &write{do: b.put(i, nil)}); err != nil {
				t.Errorf("submit: %v", err)
			}
		})
	}
	b.wait(t, maxWaiting)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, b.submit(ctx, &write{do: b.put(0, nil)}), context.Canceled)
	close(b.gate)
	all.Wait()
	require.Equal(t, maxWaiting, b.count(t))
}

func TestClosingWritesWhatWaits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var all sync.WaitGroup
	b.hold(t, &all)
	written := make(chan int, 10)
	for i := range 10 {
		all.Go(func() {
			if err := b.submit(context.Background(), &write{do: b.put(i, nil)}); err == nil {
				written <- i
			}
		})
	}
	b.wait(t, 10)
	closed := make(chan error, 1)
	go func() { closed <- b.close() }()
	close(b.gate)
	all.Wait()
	require.NoError(t, <-closed)
	require.Len(t, written, 10)
	require.ErrorIs(t, b.submit(t.Context(), &write{do: b.put(1, nil)}), store.ErrUnavailable)
}
