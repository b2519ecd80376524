package sqlstore

import (
	"context"
	"errors"
	"math"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlstore/query"
)

// beyondIDs sorts behind every id: the cursor of a first page.
const beyondIDs = "\U0010FFFF"

// CreateSession stores a new session; see store.Sessions.
func (s *Store) CreateSession(ctx context.Context, n store.Session) (store.Session, bool, error) {
	var row query.GetSessionRow
	created := false
	err := s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		var err error
		if row, err = liveSession(ctx, q, n.ID); !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := insertSession(ctx, q, n); err != nil {
			return err
		}
		created = true
		row, err = liveSession(ctx, q, n.ID)
		return err
	})
	if err != nil {
		return store.Session{}, false, err
	}
	return session(row), created, nil
}

func insertSession(ctx context.Context, q *query.Queries, n store.Session) error {
	key, err := q.InsertDataKey(ctx, n.WrappedKey)
	if err != nil {
		return err
	}
	return q.InsertSession(ctx, query.InsertSessionParams{
		ID: n.ID, Participant: n.Participant, KeyID: n.KeyID,
		StartedAt: n.StartedAt, CreatedAt: n.CreatedAt,
		DataKey: key, Header: n.Header,
	})
}

// Session returns one row; see store.Sessions.
func (s *Store) Session(ctx context.Context, id string) (store.Session, error) {
	row, err := s.reads.GetSession(ctx, id)
	return session(row), notFound(err)
}

// ListSessions returns a page; see store.Sessions.
func (s *Store) ListSessions(ctx context.Context, f store.Filter) ([]store.Session, error) {
	// The query whose index narrows the most.
	before, to, quality := f.After, f.To, f.MinQuality
	if before == "" {
		before = beyondIDs
	}
	if to == 0 {
		to = math.MaxInt64
	}
	if quality == 0 {
		quality = -1 // sessions that are not scored, too
	}
	switch {
	case f.Participant != "":
		return sessions(s.reads.ListSessionsByParticipant(ctx, query.ListSessionsByParticipantParams{
			Participant: f.Participant, Before: before, Status: string(f.Status), CreatedFrom: f.From, CreatedTo: to,
			MinQuality: quality, Verdict: f.Verdict, Page: page(f.Limit),
		}))
	case f.Status != "":
		return sessions(s.reads.ListSessionsByStatus(ctx, query.ListSessionsByStatusParams{
			Status: string(f.Status), Before: before, CreatedFrom: f.From, CreatedTo: to,
			MinQuality: quality, Verdict: f.Verdict, Page: page(f.Limit),
		}))
	default:
		return sessions(s.reads.ListSessions(ctx, query.ListSessionsParams{
			Before: before, CreatedFrom: f.From, CreatedTo: to,
			MinQuality: quality, Verdict: f.Verdict, Page: page(f.Limit),
		}))
	}
}

// page bounds the number of rows that a caller asks for.
func page(limit int) int64 {
	if limit <= 0 || limit > store.MaxPage {
		return store.MaxPage
	}
	return int64(limit)
}

// SetStatus changes the state; see store.Sessions.
func (s *Store) SetStatus(ctx context.Context, id string, to store.Status, at int64) error {
	return s.change(ctx, id, func(ctx context.Context, q *query.Queries) (int64, error) {
		return q.SetStatus(ctx, query.SetStatusParams{ID: id, Status: string(to), UpdatedAt: at})
	})
}

// SetQuality stores the score; see store.Sessions.
func (s *Store) SetQuality(ctx context.Context, id string, score int64) error {
	return s.change(ctx, id, func(ctx context.Context, q *query.Queries) (int64, error) {
		return q.SetQuality(ctx, query.SetQualityParams{ID: id, Quality: score})
	})
}

// SetVerdict stores a review; see store.Sessions.
func (s *Store) SetVerdict(ctx context.Context, id, verdict string, note []byte, by string, at int64) error {
	return s.change(ctx, id, func(ctx context.Context, q *query.Queries) (int64, error) {
		return q.SetVerdict(ctx, query.SetVerdictParams{ID: id, Verdict: verdict, VerdictNote: note, VerdictBy: by, VerdictAt: at})
	})
}

// change runs an update of one session that is not erased, and says why where there was none.
func (s *Store) change(ctx context.Context, id string, update func(context.Context, *query.Queries) (int64, error)) error {
	return s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		n, err := update(ctx, q)
		if err == nil && n == 0 {
			_, err = liveSession(ctx, q, id)
		}
		return err
	})
}

// Review returns the last review; see store.Sessions.
func (s *Store) Review(ctx context.Context, id string) (store.Review, error) {
	row, err := s.reads.GetSession(ctx, id)
	if err != nil {
		return store.Review{}, notFound(err)
	}
	r := row.Session
	if r.Verdict == "" {
		return store.Review{}, store.ErrNotFound
	}
	return store.Review{Verdict: r.Verdict, Note: r.VerdictNote, By: r.VerdictBy, At: r.VerdictAt}, nil
}

// ListParticipants returns a page; see store.Sessions.
func (s *Store) ListParticipants(ctx context.Context, after string, limit int) ([]store.Participant, error) {
	rows, err := s.reads.ListParticipants(ctx, query.ListParticipantsParams{After: after, Page: page(limit)})
	if err != nil {
		return nil, err
	}
	list := make([]store.Participant, len(rows))
	for i, r := range rows {
		list[i] = store.Participant{ID: r.Participant, Sessions: r.Sessions, LastSeen: r.LastSeen}
	}
	return list, nil
}

// CompleteSession marks the session and enqueues its job; see store.Sessions.
func (s *Store) CompleteSession(ctx context.Context, id string, lastSeq, at int64, job queue.NewJob) (store.Status, error) {
	var status store.Status
	err := s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		row, err := liveSession(ctx, q, id)
		if err != nil {
			return err
		}
		if next := row.Session.NextSeq; lastSeq != next-1 {
			return &store.SequenceError{Expected: next}
		}
		if status = store.Status(row.Session.Status); status != store.Recording {
			return nil
		}
		if status, err = s.enqueueOrWait(ctx, q, job); err != nil {
			return err
		}
		return q.CompleteSession(ctx, query.CompleteSessionParams{ID: id, Status: string(status), CompletedAt: at})
	})
	if err != nil {
		return "", err
	}
	return status, nil
}

func (s *Store) enqueueOrWait(ctx context.Context, q *query.Queries, job queue.NewJob) (store.Status, error) {
	_, err := s.insertJob(ctx, q, job)
	if errors.Is(err, queue.ErrFull) {
		return store.Awaiting, nil
	}
	return store.Queued, err
}

// EnqueueAwaiting feeds the queue; see store.Sessions.
func (s *Store) EnqueueAwaiting(ctx context.Context, limit int, job func(store.Session) queue.NewJob) (int, error) {
	fed := 0
	err := s.write(ctx, func(ctx context.Context, q *query.Queries) error {
		rows, err := sessions(q.ListAwaiting(ctx, page(limit)))
		if err != nil {
			return err
		}
		for _, row := range rows {
			status, err := s.enqueueOrWait(ctx, q, job(row))
			if err != nil || status == store.Awaiting {
				return err
			}
			set := query.SetStatusParams{ID: row.ID, Status: string(status), UpdatedAt: row.UpdatedAt}
			if _, err := q.SetStatus(ctx, set); err != nil {
				return err
			}
			fed++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return fed, nil
}

// liveSession reads a session in the writer's transaction; ErrNotFound, ErrErased.
func liveSession(ctx context.Context, q *query.Queries, id string) (query.GetSessionRow, error) {
	row, err := q.GetSession(ctx, id)
	if err != nil {
		return row, notFound(err)
	}
	if store.Status(row.Session.Status) == store.Erased {
		return row, store.ErrErased
	}
	return row, nil
}

// sessionRow is what every query for sessions selects.
type sessionRow interface {
	query.GetSessionRow | query.ListSessionsRow | query.ListSessionsByStatusRow |
		query.ListSessionsByParticipantRow | query.ListAwaitingRow
}

func sessions[R sessionRow](rows []R, err error) ([]store.Session, error) {
	list := make([]store.Session, len(rows))
	for i, r := range rows {
		list[i] = session(query.GetSessionRow(r))
	}
	return list, err
}

func session(row query.GetSessionRow) store.Session {
	r, key := row.Session, row.Wrapped
	if store.Status(r.Status) == store.Erased {
		key = nil // overwritten
	}
	return store.Session{
		ID: r.ID, Participant: r.Participant, KeyID: r.KeyID, Status: store.Status(r.Status),
		StartedAt: r.StartedAt, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, CompletedAt: r.CompletedAt,
		NextSeq: r.NextSeq, Refused: r.Refused, PlainBytes: r.PlainBytes, StoredBytes: r.StoredBytes,
		Quality: r.Quality, Verdict: r.Verdict, WrappedKey: key, Header: r.Header,
	}
}
