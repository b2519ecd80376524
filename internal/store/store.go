// Package store is the interface to the database: sessions, their sealed segments, screenshots' records, results of
// processing, keys and reviews.
//
// A store sees no content. Whatever a person did or a page showed reaches it sealed (package record does that); its
// plain columns are ids, times, counts, sizes and states. Times are milliseconds since the Unix epoch.
//
// Adapters live in packages named after what they adapt and pass one conformance suite, storetest.
package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/codesight/codesight/internal/queue"
)

// Errors that every adapter returns, wrapped or bare.
var (
	ErrNotFound  = errors.New("store: not found")
	ErrErased    = errors.New("store: session was erased")
	ErrCompleted = errors.New("store: session is complete and takes no more events")
	ErrConflict  = errors.New("store: the id is taken by something else")

	// ErrUnavailable says that the database could not write: the disk is full or failing, another process held it for
	// too long, or the store is closed. Nothing was written; the same call may succeed later.
	ErrUnavailable = errors.New("store: the database cannot write now")
)

// SequenceError says that events are missing: the caller offered a later number than the expected one.
type SequenceError struct{ Expected int64 }

func (e *SequenceError) Error() string { return fmt.Sprintf("store: expected sequence %d", e.Expected) }

// Status is where a session is on its way.
type Status string

// A session goes from recording through queued (or awaiting, while the queue is full) and processing to ready or failed.
// Erased is all that is left of a session after its erasure.
const (
	Recording  Status = "recording"
	Awaiting   Status = "awaiting"
	Queued     Status = "queued"
	Processing Status = "processing"
	Ready      Status = "ready"
	Failed     Status = "failed"
	Erased     Status = "erased"
)

// Session is a session's row.
type Session struct {
	ID          string
	Participant string
	KeyID       string // of the key that created it
	Status      Status
	StartedAt   int64
	CreatedAt   int64
	UpdatedAt   int64
	CompletedAt int64 // 0 while recording
	NextSeq     int64 // the next number that is expected, from 1
	Refused     int64 // tombstones among the events
	PlainBytes  int64 // of the events as JSON
	StoredBytes int64 // of the sealed segments
	Quality     int64 // 0 to 100, -1 while not scored
	Verdict     string
	WrappedKey  []byte // the session's data key, wrapped by the keyset; nil once erased
	Header      []byte // sealed event.Session
}

// Segment is a batch of events as stored: one row, sealed.
type Segment struct {
	Session     string
	First, Last int64
	Refused     int64
	PlainBytes  int64
	StoredAt    int64
	Body        []byte
}

// Screenshot is the record of a stored image; the image itself is a blob.
type Screenshot struct {
	Session     string
	ID          string
	ContentHash []byte // SHA-256 of the image as received, keyed so that it tells nothing without the data key
	MediaType   string
	Size        int64
	BlobKey     string
	Meta        []byte // sealed event.ScreenshotMeta
	CreatedAt   int64
}

// StageResult is what a stage of the pipeline made of a session.
type StageResult struct {
	Session   string
	Stage     string
	Version   int64
	CreatedAt int64
	Body      []byte // sealed
}

// Key is an API key without its secret.
type Key struct {
	ID          string
	Hash        []byte // SHA-256 of the secret
	Scopes      string // comma-separated
	Name        string
	Participant string // of an ingest key
	Rate        string // such as 50/s; empty is the default
	CreatedAt   int64
	ExpiresAt   int64 // 0 is never
	RevokedAt   int64 // 0 is not
	LastUsedAt  int64
}

// Filter selects sessions, newest first. Empty fields select all.
type Filter struct {
	Status      Status
	Participant string
	From, To    int64 // of CreatedAt, To exclusive, 0 is open
	MinQuality  int64
	Verdict     string
	After       string // cursor: the last id of the page before
	Limit       int    // 1 to MaxPage; 0 is MaxPage
}

// MaxPage bounds one page of a listing.
const MaxPage = 200

// Store is everything that the system asks of a database. Every method is safe for concurrent use, and every write is
// committed and flushed to stable storage when it returns nil.
type Store interface {
	Sessions
	Content
	Keys

	// Queue is the job queue that lives in the same database.
	Queue() queue.Queue
	// Ping proves that the database answers.
	Ping(ctx context.Context) error
	// Close waits for the writes under way.
	Close() error
}

// Sessions are the sessions' rows and states.
type Sessions interface {
	// CreateSession stores a new session. It is idempotent: where the id exists it returns the stored row and false.
	// ErrErased where the id was erased.
	CreateSession(ctx context.Context, s Session) (Session, bool, error)
	// Session returns one row; ErrNotFound.
	Session(ctx context.Context, id string) (Session, error)
	// ListSessions returns a page, newest id first. Erased sessions are listed only when asked for by status.
	ListSessions(ctx context.Context, f Filter) ([]Session, error)
	// CompleteSession marks the session complete and enqueues its job in one transaction; where the queue is full the
	// session waits as Awaiting. lastSeq must be the last stored number, or *SequenceError. Idempotent.
	CompleteSession(ctx context.Context, id string, lastSeq, at int64, job queue.NewJob) (Status, error)
	// EnqueueAwaiting moves up to limit awaiting sessions into the queue while it has room, and returns how many.
	EnqueueAwaiting(ctx context.Context, limit int, job func(Session) queue.NewJob) (int, error)
	// SetStatus changes the state; ErrNotFound, ErrErased.
	SetStatus(ctx context.Context, id string, to Status, at int64) error
	// SetQuality stores the score; ErrNotFound, ErrErased.
	SetQuality(ctx context.Context, id string, score int64) error
	// SetVerdict stores a review's verdict with its sealed note; ErrNotFound, ErrErased.
	SetVerdict(ctx context.Context, id, verdict string, note []byte, by string, at int64) error
	// Review returns the last review; ErrNotFound where there is none.
	Review(ctx context.Context, id string) (Review, error)
	// EraseSession drops the data key and everything of the session but the fact that it was there. Its blobs are the
	// caller's to delete, who then calls MarkPurged. Idempotent; ErrNotFound.
	EraseSession(ctx context.Context, id string, at int64) error
	// MarkPurged notes that no blob of an erased session is left.
	MarkPurged(ctx context.Context, id string) error
	// ListUnpurged returns up to limit erased sessions that are not marked so: an erasure was interrupted.
	ListUnpurged(ctx context.Context, limit int) ([]string, error)
	// ListParticipants returns ids with their number of sessions, ordered by id, after the cursor.
	ListParticipants(ctx context.Context, after string, limit int) ([]Participant, error)
}

// Review is what a reviewer found.
type Review struct {
	Verdict string
	Note    []byte // sealed
	By      string // id of the reviewer's key
	At      int64
}

// Participant is a person known only by an id.
type Participant struct {
	ID       string
	Sessions int64
	LastSeen int64
}

// Content is the sealed content of sessions.
type Content interface {
	// AppendSegment stores a segment whose first number is the expected one and moves the expectation behind its last.
	// *SequenceError where it is another number (the caller trims overlaps), ErrCompleted, ErrErased, ErrNotFound.
	// Appends of concurrent callers are committed as a group.
	AppendSegment(ctx context.Context, s Segment) error
	// ListSegments returns up to limit segments whose last number is beyond after, in order.
	ListSegments(ctx context.Context, session string, after int64, limit int) ([]Segment, error)
	// PutScreenshot stores the record of an image. Idempotent for the same content hash (false), ErrConflict for
	// another one under the same id, ErrNotFound, ErrErased. A completed session still takes screenshots.
	PutScreenshot(ctx context.Context, s Screenshot) (bool, error)
	// Screenshot returns one record; ErrNotFound.
	Screenshot(ctx context.Context, session, id string) (Screenshot, error)
	// ListScreenshots returns all records of a session, ordered by id.
	ListScreenshots(ctx context.Context, session string) ([]Screenshot, error)
	// PutStage stores or replaces the result of a stage; ErrNotFound, ErrErased.
	PutStage(ctx context.Context, r StageResult) error
	// Stage returns a result; ErrNotFound.
	Stage(ctx context.Context, session, stage string) (StageResult, error)
	// ListStages returns all results of a session, ordered by stage.
	ListStages(ctx context.Context, session string) ([]StageResult, error)
}

// Keys are the API keys.
type Keys interface {
	// CreateKey stores a new key; ErrConflict where the id exists.
	CreateKey(ctx context.Context, k Key) error
	// Key returns one; ErrNotFound.
	Key(ctx context.Context, id string) (Key, error)
	// ListKeys returns all, newest first.
	ListKeys(ctx context.Context) ([]Key, error)
	// RevokeKey marks it revoked; idempotent, the first time stays; ErrNotFound.
	RevokeKey(ctx context.Context, id string, at int64) error
	// TouchKey notes the last use. It may be lost in a crash.
	TouchKey(ctx context.Context, id string, at int64) error
}
