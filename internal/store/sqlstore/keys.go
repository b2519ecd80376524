package sqlstore

import (
	"context"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

// CreateKey stores a new key; see store.Keys.
func (s *Store) CreateKey(ctx context.Context, k store.Key) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		n, err := q.CreateKey(ctx, query.CreateKeyParams(k))
		if err == nil && n == 0 {
			err = store.ErrConflict
		}
		return err
	})
}

// Key returns one; see store.Keys.
func (s *Store) Key(ctx context.Context, id string) (store.Key, error) {
	k, err := s.reads.GetKey(ctx, id)
	return store.Key(k), notFound(err)
}

// ListKeys returns all; see store.Keys.
func (s *Store) ListKeys(ctx context.Context) ([]store.Key, error) {
	rows, err := s.reads.ListKeys(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]store.Key, len(rows))
	for i, k := range rows {
		list[i] = store.Key(k)
	}
	return list, nil
}

// RevokeKey marks it revoked; see store.Keys.
func (s *Store) RevokeKey(ctx context.Context, id string, at int64) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		n, err := q.RevokeKey(ctx, query.RevokeKeyParams{ID: id, At: at})
		if err == nil && n == 0 {
			err = store.ErrNotFound
		}
		return err
	})
}

// TouchKey notes the last use; see store.Keys.
func (s *Store) TouchKey(ctx context.Context, id string, at int64) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		return q.TouchKey(ctx, query.TouchKeyParams{ID: id, At: at})
	})
}
