package record

import (
	"context"
	"errors"

	"github.com/codesight/codesight/internal/store"
)

// Erase makes a session unreadable for ever: its data key goes first, in one transaction with all that the database has
// of it, then its blobs. Idempotent; store.ErrNotFound. An interrupted erasure is finished by Sweep.
func (r *Records) Erase(ctx context.Context, session string, now int64) error {
	err := r.store.EraseSession(ctx, session, now)
	if errors.Is(err, store.ErrNotFound) {
		return err
	}
	r.keys.erase(session)
	return errors.Join(err, r.purge(ctx, session))
}

func (r *Records) purge(ctx context.Context, session string) error {
	if err := r.blobs.DeleteFolder(ctx, session); err != nil {
		return err
	}
	return r.store.MarkPurged(ctx, session)
}

// EraseParticipant erases every session of a participant and returns how many. Idempotent.
func (r *Records) EraseParticipant(ctx context.Context, participant string, now int64) (int, error) {
	if participant == "" {
		return 0, nil // a filter without a participant means all of them
	}
	erased := 0
	for {
		sessions, err := r.store.ListSessions(ctx, store.Filter{Participant: participant})
		if err != nil {
			return erased, err
		}
		if len(sessions) == 0 {
			_, err := r.Sweep(ctx)
			return erased, err
		}
		for _, s := range sessions {
			if err := r.Erase(ctx, s.ID, now); err != nil {
				return erased, err
			}
			erased++
		}
	}
}

// Sweep deletes the blobs of erased sessions whose erasure was interrupted, and returns how many sessions that were.
func (r *Records) Sweep(ctx context.Context) (int, error) {
	swept := 0
	for {
		sessions, err := r.store.ListUnpurged(ctx, store.MaxPage)
		if err != nil || len(sessions) == 0 {
			return swept, err
		}
		for _, id := range sessions {
			if err := r.purge(ctx, id); err != nil {
				return swept, err
			}
			swept++
		}
	}
}
