// Package sqlstore is the store on database/sql. Its queries (sql/, compiled by sqlc into query/) keep to what SQLite and
// Postgres both understand; what differs (pragmas, migrations, how a transaction begins) is given by the package of the
// database, such as store/sqlite.
//
// All writes go through one writer that commits them in groups (writer.go); reads have a pool of their own. It sees no
// content: every column that could tell something is sealed by package record.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

//go:generate sqlc generate

// DefaultMaxJobs bounds the queue where the configuration says nothing: past it sessions wait as awaiting, which costs
// no more than their row.
const DefaultMaxJobs = 100_000

// Options are what the database's package and the configuration decide.
type Options struct {
	// MaxJobs bounds the waiting and leased jobs; 0 is DefaultMaxJobs.
	MaxJobs int64
	// Now is the queue's clock; nil is time.Now.
	Now func() time.Time
	// Begin is the statement that begins a transaction that will write.
	Begin string
	// Wipe, where set, runs on the writer's connection after an erasure was committed. It makes the database forget the
	// old bytes, too.
	Wipe func(ctx context.Context, conn *sql.Conn) error
}

// Store is a store.Store.
type Store struct {
	options Options
	writes  *writer
	reads   *query.Queries
	pool    *sql.DB
	stmts   *statements
}

var _ store.Store = (*Store)(nil)

// New makes a store of a database for writing, of which it uses one connection, and one for reading. It closes both.
func New(writing, reading *sql.DB, o Options) *Store {
	if o.MaxJobs == 0 {
		o.MaxJobs = DefaultMaxJobs
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	stmts := prepareOn(reading)
	return &Store{
		options: o,
		writes:  startWriter(writing, o.Begin),
		reads:   query.New(stmts),
		pool:    reading,
		stmts:   stmts,
	}
}

// Queue is the job queue in the same database.
func (s *Store) Queue() queue.Queue { return jobs{s} }

// Ping proves that the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.PingContext(ctx) }

// Close waits for the writes under way and closes both databases. It is harmless twice.
func (s *Store) Close() error {
	return errors.Join(s.writes.close(), s.stmts.close(), s.pool.Close())
}

// write runs an operation in the writer's next transaction and returns when that is committed and flushed.
func (s *Store) write(ctx context.Context, do operation) error {
	return s.writes.submit(ctx, &write{do: do})
}

// notFound translates the answer of a query for one row.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}
