package sqlstore

import (
	"bytes"
	"context"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

// AppendSegment stores a segment; see store.Content.
func (s *Store) AppendSegment(ctx context.Context, g store.Segment) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		n, err := q.AdvanceSession(ctx, query.AdvanceSessionParams{
			NextSeq: g.Last + 1, Refused: g.Refused, PlainBytes: g.PlainBytes, StoredBytes: int64(len(g.Body)),
			At: g.StoredAt, Session: g.Session, FirstSeq: g.First,
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return whyNotAppended(ctx, q, g.Session)
		}
		return q.InsertSegment(ctx, query.InsertSegmentParams{
			Session: g.Session, FirstSeq: g.First, LastSeq: g.Last, Refused: g.Refused,
			PlainBytes: g.PlainBytes, StoredAt: g.StoredAt, Body: g.Body,
		})
	})
}

func whyNotAppended(ctx context.Context, q *query.Queries, id string) error {
	row, err := liveSession(ctx, q, id)
	switch {
	case err != nil:
		return err
	case store.Status(row.Session.Status) != store.Recording:
		return store.ErrCompleted
	default:
		return &store.SequenceError{Expected: row.Session.NextSeq}
	}
}

// ListSegments returns a page in order; see store.Content.
func (s *Store) ListSegments(ctx context.Context, session string, after int64, limit int) ([]store.Segment, error) {
	rows, err := s.reads.ListSegments(ctx, query.ListSegmentsParams{Session: session, After: after, Page: page(limit)})
	if err != nil {
		return nil, err
	}
	list := make([]store.Segment, len(rows))
	for i, r := range rows {
		list[i] = store.Segment{
			Session: r.Session, First: r.FirstSeq, Last: r.LastSeq, Refused: r.Refused,
			PlainBytes: r.PlainBytes, StoredAt: r.StoredAt, Body: r.Body,
		}
	}
	return list, nil
}

// PutScreenshot stores the record of an image; see store.Content.
func (s *Store) PutScreenshot(ctx context.Context, n store.Screenshot) (bool, error) {
	stored := false
	err := s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		if _, err := liveSession(ctx, q, n.Session); err != nil {
			return err
		}
		inserted, err := q.InsertScreenshot(ctx, query.InsertScreenshotParams{
			Session: n.Session, ID: n.ID, ContentHash: n.ContentHash, MediaType: n.MediaType,
			Size: n.Size, BlobKey: n.BlobKey, Meta: n.Meta, CreatedAt: n.CreatedAt,
		})
		if err != nil {
			return err
		}
		if stored = inserted == 1; stored {
			return nil
		}
		old, err := q.GetScreenshot(ctx, query.GetScreenshotParams{Session: n.Session, ID: n.ID})
		if err == nil && !bytes.Equal(old.ContentHash, n.ContentHash) {
			err = store.ErrConflict
		}
		return err
	})
	return stored && err == nil, err
}

// Screenshot returns one record; see store.Content.
func (s *Store) Screenshot(ctx context.Context, session, id string) (store.Screenshot, error) {
	r, err := s.reads.GetScreenshot(ctx, query.GetScreenshotParams{Session: session, ID: id})
	return store.Screenshot(r), notFound(err)
}

// ListScreenshots returns all records of a session; see store.Content.
func (s *Store) ListScreenshots(ctx context.Context, session string) ([]store.Screenshot, error) {
	rows, err := s.reads.ListScreenshots(ctx, session)
	if err != nil {
		return nil, err
	}
	list := make([]store.Screenshot, len(rows))
	for i, r := range rows {
		list[i] = store.Screenshot(r)
	}
	return list, nil
}

// PutStage stores or replaces a result; see store.Content.
func (s *Store) PutStage(ctx context.Context, r store.StageResult) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		if _, err := liveSession(ctx, q, r.Session); err != nil {
			return err
		}
		return q.PutStage(ctx, query.PutStageParams(r))
	})
}

// Stage returns a result; see store.Content.
func (s *Store) Stage(ctx context.Context, session, stage string) (store.StageResult, error) {
	r, err := s.reads.GetStage(ctx, query.GetStageParams{Session: session, Stage: stage})
	return store.StageResult(r), notFound(err)
}

// ListStages returns all results of a session; see store.Content.
func (s *Store) ListStages(ctx context.Context, session string) ([]store.StageResult, error) {
	rows, err := s.reads.ListStages(ctx, session)
	if err != nil {
		return nil, err
	}
	list := make([]store.StageResult, len(rows))
	for i, r := range rows {
		list[i] = store.StageResult(r)
	}
	return list, nil
}
