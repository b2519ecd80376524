package sqlstore

import (
	"context"
	"database/sql"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

// EraseSession drops the data key and the content; see store.Sessions. The transaction is the erasure; the wipe after it
// makes the database's files forget the old key, and its error says that they have not yet: calling again wipes again.
// Without the key the content is noise. Ids may stay legible in unused parts of a file until it is vacuumed.
func (s *Store) EraseSession(ctx context.Context, id string, at int64) error {
	err := s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		row, err := q.GetSession(ctx, id)
		if err != nil {
			return notFound(err)
		}
		if store.Status(row.Session.Status) == store.Erased {
			return nil
		}
		zeros := query.OverwriteDataKeyParams{ID: row.Session.DataKey, Zeros: make([]byte, len(row.Wrapped))}
		if err := q.OverwriteDataKey(ctx, zeros); err != nil {
			return err
		}
		return s.erase(ctx, q, row.Session, at)
	})
	if err != nil || s.options.Wipe == nil {
		return err
	}
	return s.writes.submit(ctx, &write{alone: func(ctx context.Context, conn *sql.Conn) error {
		return s.options.Wipe(ctx, conn)
	}})
}

func (s *Store) erase(ctx context.Context, q *query.Queries, row query.Session, at int64) error {
	states, err := q.DeleteJobs(ctx, row.ID)
	if err != nil {
		return err
	}
	for _, state := range states {
		if queue.State(state) != queue.Dead {
			if err := q.AddDepth(ctx, -1); err != nil {
				return err
			}
		}
	}
	if err := q.DeleteTurns(ctx, row.Participant); err != nil {
		return err
	}
	for _, remove := range []func(context.Context, string) error{q.DeleteSegments, q.DeleteScreenshots, q.DeleteStages} {
		if err := remove(ctx, row.ID); err != nil {
			return err
		}
	}
	return q.EraseSession(ctx, query.EraseSessionParams{ID: row.ID, UpdatedAt: at})
}

// MarkPurged notes that the blobs are gone; see store.Sessions.
func (s *Store) MarkPurged(ctx context.Context, id string) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error { return q.MarkPurged(ctx, id) })
}

// ListUnpurged returns erased sessions whose blobs may still be there; see store.Sessions.
func (s *Store) ListUnpurged(ctx context.Context, limit int) ([]string, error) {
	return s.reads.ListUnpurged(ctx, page(limit))
}
