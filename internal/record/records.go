package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/vault"
)

// ErrBadBatch says that a batch's numbers and lines do not belong together: a mistake of the caller.
var ErrBadBatch = errors.New("record: the batch's numbers do not match its lines")

// maxSmallBytes bounds what is opened of headers, metadata and notes.
const maxSmallBytes = 1 << 20

// Records joins a store, a bucket and a vault. It is safe for concurrent use.
type Records struct {
	store store.Store
	blobs blob.Bucket
	vault *vault.Vault
	keys  *keyring
	now   func() time.Time
}

// New makes the records of a store. It owns none of its parts: who opened them closes them.
func New(s store.Store, b blob.Bucket, v *vault.Vault) *Records {
	return &Records{store: s, blobs: b, vault: v, keys: newKeyring(), now: time.Now}
}

// Store is for what is not content: states, listings, keys.
func (r *Records) Store() store.Store { return r.store }

// Ping proves that the bucket can be written. The store has a Ping of its own.
func (r *Records) Ping(ctx context.Context) error { return r.blobs.Ping(ctx) }

// Session is a session's row with its header in the clear.
type Session struct {
	store.Session
	Header event.Session
}

// Create stores a new session with a data key of its own. It is idempotent: where the id exists it returns the stored
// row and false, whatever the rest says. ErrErased where the id was erased.
func (r *Records) Create(
	ctx context.Context, s event.Session, participant, keyID string, now int64,
) (store.Session, bool, error) {
	key, wrapped, err := r.vault.NewDataKey(s.ID)
	if err != nil {
		return store.Session{}, false, err
	}
	header, err := seal(key, s, vault.HeaderPlace(s.ID))
	if err != nil {
		return store.Session{}, false, err
	}
	row, created, err := r.store.CreateSession(ctx, store.Session{
		ID: s.ID, Participant: participant, KeyID: keyID, StartedAt: s.StartedAt, CreatedAt: now,
		WrappedKey: wrapped, Header: header,
	})
	if created {
		r.keys.add(s.ID, key)
	}
	return row, created, err
}

// Session returns a session; store.ErrNotFound. Of an erased one it returns the row that is left and store.ErrErased.
func (r *Records) Session(ctx context.Context, id string) (Session, error) {
	row, err := r.store.Session(ctx, id)
	if err != nil {
		return Session{}, err
	}
	key, err := r.keyOf(row)
	if err != nil {
		return Session{Session: row}, err
	}
	s := Session{Session: row}
	return s, open(key, row.Header, vault.HeaderPlace(id), maxSmallBytes, &s.Header)
}

// Review stores a reviewer's verdict and note. By is the id of the reviewer's key.
func (r *Records) Review(ctx context.Context, session, verdict, note, by string, now int64) error {
	key, err := r.key(ctx, session)
	if err != nil {
		return err
	}
	sealed, err := key.Seal([]byte(note), vault.NotePlace(session))
	if err != nil {
		return err
	}
	return r.store.SetVerdict(ctx, session, verdict, sealed, by, now)
}

// Review is what a reviewer found.
type Review struct {
	Verdict, Note, By string
	At                int64
}

// LastReview returns the last review; store.ErrNotFound where there is none.
func (r *Records) LastReview(ctx context.Context, session string) (Review, error) {
	key, err := r.key(ctx, session)
	if err != nil {
		return Review{}, err
	}
	stored, err := r.store.Review(ctx, session)
	if err != nil {
		return Review{}, err
	}
	note, err := key.Open(stored.Note, vault.NotePlace(session), maxSmallBytes)
	if err != nil {
		return Review{}, fmt.Errorf("record: review: %w", err)
	}
	return Review{Verdict: stored.Verdict, Note: string(note), By: stored.By, At: stored.At}, nil
}

func seal(key *vault.DataKey, v any, place string) ([]byte, error) {
	b, err := wire.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("record: encode: %w", err)
	}
	return key.Seal(b, place)
}

func open(key *vault.DataKey, sealed []byte, place string, limit int, v any) error {
	b, err := key.Open(sealed, place, limit)
	if err != nil {
		return fmt.Errorf("record: open: %w", err)
	}
	if err := wire.Unmarshal(b, v); err != nil {
		return errors.New("record: what is stored has another form; it was made by another version")
	}
	return nil
}
