package ingest

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store"
)

// MaxSession bounds the JSON of a session, in bytes. The limits of its fields add up to less.
const MaxSession = 256 << 10

// Who is asking, as the transport found out.
type Who struct {
	KeyID       string
	Participant string
	Admin       bool // may act on every session
}

// participant is whose the sessions are that this key starts. An admin's key belongs to nobody, so its sessions belong
// to the key.
func (w Who) participant() string {
	if w.Participant == "" {
		return "p_" + w.KeyID
	}
	return w.Participant
}

func (w Who) owns(participant string) bool { return w.Admin || w.participant() == participant }

// Options are what the service needs besides its parts. The zero value works.
type Options struct {
	// Now is the clock; nil is the system's.
	Now func() time.Time
	// Wake is called after a session was completed, so that a worker in this process looks at its queue at once.
	Wake func()
	// Room is asked before anything is stored; it returns ErrFull where no more can be taken.
	Room func() error
}

// Service takes in sessions. It is safe for concurrent use.
type Service struct {
	records *record.Records
	engine  *redact.Engine
	o       Options
}

// New returns a service that stores into the records.
func New(r *record.Records, e *redact.Engine, o Options) *Service {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wake == nil {
		o.Wake = func() {}
	}
	if o.Room == nil {
		o.Room = func() error { return nil }
	}
	return &Service{records: r, engine: e, o: o}
}

// Started is the answer to Start.
type Started struct {
	ID      string
	Acked   int64 // the highest number that is stored already; the client goes on behind it
	Created bool  // false where the session was there before
}

// Start stores a new session, or finds the one that the same participant started before under the same id.
func (s *Service) Start(ctx context.Context, who Who, body []byte) (Started, error) {
	if len(body) > MaxSession {
		return Started{}, ErrTooLarge
	}
	if err := CheckSyntax(body); err != nil {
		return Started{}, err
	}
	var report event.Report
	header := wire.Session(body, "session", &report)
	if !report.OK() {
		return Started{}, &InvalidError{Errors: report.Errors}
	}
	if !slices.Contains(header.Consent.Scopes, "events") {
		return Started{}, ErrConsent
	}
	if err := s.o.Room(); err != nil {
		return Started{}, err
	}
	s.engine.Session(header)
	stored, created, err := s.records.Create(ctx, *header, who.participant(), who.KeyID, s.now())
	if err != nil {
		return Started{}, known(err)
	}
	switch {
	case stored.Status == store.Erased:
		return Started{}, ErrErased
	case stored.Participant != who.participant():
		return Started{}, ErrTaken
	}
	return Started{ID: stored.ID, Acked: stored.NextSeq - 1, Created: created}, nil
}

// Complete says that the session has all its events, the last of which has the given number, and queues its processing.
// Idempotent. *GapError where another number is the last stored one.
func (s *Service) Complete(ctx context.Context, who Who, session string, lastSeq int64) (store.Status, error) {
	sess, err := s.owned(ctx, who, session)
	if err != nil {
		return "", err
	}
	status, err := s.records.Store().CompleteSession(ctx, session, lastSeq, s.now(), processing(sess))
	if err != nil {
		return "", known(err)
	}
	s.o.Wake()
	return status, nil
}

func processing(sess store.Session) queue.NewJob {
	return queue.NewJob{Kind: queue.Process, Session: sess.ID, Participant: sess.Participant}
}

// owned returns the session if the asker may write to it.
func (s *Service) owned(ctx context.Context, who Who, session string) (store.Session, error) {
	sess, err := s.records.Store().Session(ctx, session)
	if err != nil {
		return store.Session{}, known(err)
	}
	if sess.Status == store.Erased { // whose it was is erased too
		return store.Session{}, ErrErased
	}
	if !who.owns(sess.Participant) {
		return store.Session{}, ErrNotFound
	}
	return sess, nil
}

func (s *Service) now() int64 { return s.o.Now().UnixMilli() }

// known turns the store's errors into this package's, and leaves the others as they are.
func known(err error) error {
	var gap *store.SequenceError
	switch {
	case errors.As(err, &gap):
		return &GapError{Expected: gap.Expected}
	case errors.Is(err, store.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, store.ErrErased):
		return ErrErased
	case errors.Is(err, store.ErrCompleted):
		return ErrCompleted
	default:
		return err
	}
}
