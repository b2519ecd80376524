package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

const (
	// maxWaiting bounds the writes that wait for the writer. Past it callers block, which is the backpressure that ends
	// at the client.
	maxWaiting = 512

	// maxGroup bounds the writes of one transaction, and so how long the first of them waits for the last: at about
	// 100 µs a write, 25 ms.
	maxGroup = 256
)

// operation is what one caller wants done in a transaction. It must touch nothing but the queries and its own results,
// and its context is never cancelled: half an operation is of no use to anyone.
type operation func(ctx context.Context, q *query.Queries) error

// A write goes from waiting to begun, or, when its caller gives up first, to withdrawn.
const (
	waiting int32 = iota
	begun
	withdrawn
)

type write struct {
	do    operation
	alone func(ctx context.Context, conn *sql.Conn) error // in place of do: outside any transaction
	state atomic.Int32
	done  chan error
}

// writer is the one goroutine that writes. It takes whatever waits, runs it in one transaction, each operation in a
// savepoint of its own so that one that fails spoils no other, commits once (which is one flush of the disk for all),
// and only then answers. An error of the commit is the answer to all of them.
type writer struct {
	db     *sql.DB
	begin  string
	queue  chan *write
	ended  chan struct{}
	conn   *sql.Conn // nil after a failure, until the next group
	stmts  *statements
	mu     sync.RWMutex // held for reading while sending, so that the queue is closed after the last send
	closed bool
}

func startWriter(db *sql.DB, begin string) *writer {
	w := &writer{db: db, begin: begin, queue: make(chan *write, maxWaiting), ended: make(chan struct{})}
	go w.run()
	return w
}

// submit returns when the write is committed, or has failed. A cancelled context withdraws a write that still waits; of
// one that has begun the caller waits for the outcome, so that an error always means that nothing was written, except
// where the database itself cannot tell (a connection lost in mid-commit).
func (w *writer) submit(ctx context.Context, op *write) error {
	op.done = make(chan error, 1)
	if err := w.send(ctx, op); err != nil {
		return err
	}
	select {
	case err := <-op.done:
		return err
	case <-ctx.Done():
		if op.state.CompareAndSwap(waiting, withdrawn) {
			return ctx.Err()
		}
		return <-op.done
	}
}

func (w *writer) send(ctx context.Context, op *write) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return fmt.Errorf("%w: it is closed", store.ErrUnavailable)
	}
	select {
	case w.queue <- op:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close writes what waits and closes the database.
func (w *writer) close() error {
	w.mu.Lock()
	first := !w.closed
	w.closed = true
	w.mu.Unlock()
	if first {
		close(w.queue)
	}
	<-w.ended
	return w.db.Close()
}

func (w *writer) run() {
	defer close(w.ended)
	defer w.disconnect()
	group := make([]*write, 0, maxGroup)
	for op := range w.queue {
		for op != nil {
			if op.alone != nil {
				w.runAlone(op)
				op = nil
				continue
			}
			group, op = w.gather(group[:0], op)
			w.commit(group)
			clear(group)
		}
	}
}

// gather takes what waits already, without waiting for more: a lone write is never delayed, and under load the group
// grows by itself while the one before is flushed. It stops at a write that wants to be alone and returns it.
func (w *writer) gather(group []*write, first *write) ([]*write, *write) {
	group = append(group, first)
	for len(group) < maxGroup {
		select {
		case op, ok := <-w.queue:
			if !ok {
				return group, nil
			}
			if op.alone != nil {
				return group, op
			}
			group = append(group, op)
		default:
			return group, nil
		}
	}
	return group, nil
}

// commit runs a group in one transaction and answers each of its callers.
func (w *writer) commit(group []*write) {
	results := make([]error, len(group))
	if err := w.transact(group, results); err != nil {
		w.disconnect()
		for i := range results {
			results[i] = err
		}
	}
	for i, op := range group {
		op.done <- results[i]
	}
}

// transact fills in the result of each operation. Its own error says that nothing of the group was committed.
func (w *writer) transact(group []*write, results []error) error {
	ctx := context.Background()
	if err := w.connect(ctx); err != nil {
		return unavailable("connect", err)
	}
	if err := w.exec(ctx, w.begin); err != nil {
		return unavailable("begin", err)
	}
	q := query.New(w.stmts)
	for i, op := range group {
		if !op.state.CompareAndSwap(waiting, begun) {
			continue // withdrawn
		}
		if err := w.exec(ctx, "SAVEPOINT op"); err != nil {
			return unavailable("savepoint", err)
		}
		if results[i] = op.do(ctx, q); results[i] == nil {
			if err := w.exec(ctx, "RELEASE SAVEPOINT op"); err != nil {
				return unavailable("release", err)
			}
			continue
		}
		// Where the database has rolled back by itself (disk full, I/O error), the savepoint is gone and so is
		// everything of the group: what follows would run outside of any transaction.
		if err := w.exec(ctx, "ROLLBACK TO SAVEPOINT op"); err != nil {
			return unavailable("group lost", errors.Join(results[i], err))
		}
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return unavailable("commit", err)
	}
	return nil
}

func unavailable(step string, err error) error {
	return fmt.Errorf("%w: %s: %w", store.ErrUnavailable, step, err)
}

func (w *writer) runAlone(op *write) {
	if !op.state.CompareAndSwap(waiting, begun) {
		return
	}
	ctx := context.Background()
	err := w.connect(ctx)
	if err == nil {
		err = op.alone(ctx, w.conn)
	}
	op.done <- err
}

func (w *writer) exec(ctx context.Context, statement string) error {
	_, err := w.stmts.ExecContext(ctx, statement)
	return err
}

func (w *writer) connect(ctx context.Context) error {
	if w.conn != nil {
		return nil
	}
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return err
	}
	w.conn, w.stmts = conn, prepareOn(conn)
	return nil
}

// disconnect drops the connection with whatever transaction is open on it. Giving it back to the pool would give the
// transaction to the next group.
func (w *writer) disconnect() {
	if w.conn == nil {
		return
	}
	_ = w.stmts.close()
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn }) // closes it for good
	_ = w.conn.Close()
	w.conn, w.stmts = nil, nil
}
