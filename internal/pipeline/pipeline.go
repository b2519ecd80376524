package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
	"github.com/codesight/codesight/internal/vault"
)

// Pipeline processes sessions. It is safe for concurrent use, for different sessions.
type Pipeline struct {
	records *record.Records
}

// New returns a pipeline over the records.
func New(r *record.Records) *Pipeline { return &Pipeline{records: r} }

// ErrRecording says that a session is not complete yet, so there is nothing to process.
var ErrRecording = errors.New("pipeline: the session is still being recorded")

// Handle processes the session of a job. What will fail again is permanent, so the queue buries it at once.
func (p *Pipeline) Handle(ctx context.Context, j queue.Job) error {
	return outcome(p.Process(ctx, j.Session, nil))
}

// Handler is Handle for one who wants to hear of every session's progress, as Process tells it.
func (p *Pipeline) Handler(progress func(session, stage string, done, total int)) queue.Handler {
	return func(ctx context.Context, j queue.Job) error {
		return outcome(p.Process(ctx, j.Session, func(stage string, done, total int) { progress(j.Session, stage, done, total) }))
	}
}

// outcome tells the queue what to make of an attempt.
func outcome(err error) error {
	switch {
	case errors.Is(err, store.ErrErased) || errors.Is(err, store.ErrNotFound):
		return nil // there is nothing left to do
	case permanent(err):
		return queue.Permanent(err)
	default:
		return err
	}
}

// Burying marks the session of a job that the queue gives up on as failed. It is for queue.WorkerOptions.
func (p *Pipeline) Burying(ctx context.Context, j queue.Job) error {
	s, err := p.records.Store().Session(ctx, j.Session)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil || s.Status == store.Failed || s.Status == store.Erased {
		return err
	}
	failure := trajectory.Failure{Error: j.LastError}
	if failure.Error == "" {
		failure.Error = "the queue gave up"
	}
	return errors.Join(
		p.records.PutStage(ctx, s.ID, trajectory.StageFailure, failureVersion, failure),
		p.records.Store().SetStatus(ctx, s.ID, store.Failed, time.Now().UnixMilli()))
}

// Process runs every stage of a completed session whose stored result is not current, and leaves the session ready with
// its quality, or failed with the reason stored. Running it again changes nothing. Progress, where it is not nil, is
// told each stage as it begins, and "" when all are done.
func (p *Pipeline) Process(ctx context.Context, session string, progress func(stage string, done, total int)) error {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	s, err := p.records.Session(ctx, session)
	if err != nil {
		return err
	}
	if s.Status == store.Recording {
		return ErrRecording
	}
	if s.Status == store.Erased {
		return store.ErrErased
	}
	r := &run{ctx: ctx, records: p.records, session: s, progress: progress, stage: trajectory.StageAssemble}
	if err := r.all(); err != nil {
		return p.fail(ctx, s, r.stage, err)
	}
	return r.finish()
}

// fail keeps the reason with the session where trying again will not help.
func (p *Pipeline) fail(ctx context.Context, s record.Session, stage string, cause error) error {
	err := fmt.Errorf("pipeline: %s: %w", stage, cause)
	if !permanent(cause) || errors.Is(cause, store.ErrErased) || errors.Is(cause, store.ErrNotFound) {
		return err
	}
	failure := trajectory.Failure{Stage: stage, Error: cause.Error()}
	if s.Status == store.Failed && failureOf(ctx, p.records, s.ID) == failure {
		return err
	}
	return errors.Join(err,
		p.records.PutStage(ctx, s.ID, trajectory.StageFailure, failureVersion, failure),
		p.records.Store().SetStatus(ctx, s.ID, store.Failed, time.Now().UnixMilli()))
}

const failureVersion = 1

func failureOf(ctx context.Context, r *record.Records, session string) trajectory.Failure {
	var f trajectory.Failure
	if _, err := r.Stage(ctx, session, trajectory.StageFailure, &f); err != nil {
		return trajectory.Failure{}
	}
	return f
}

// permanent says that the session itself is at fault: it is not whole, not authentic, or gone.
func permanent(err error) bool {
	var gap *gapError
	return errors.As(err, &gap) || errors.Is(err, vault.ErrNotAuthentic) || errors.Is(err, errBroken) || errors.Is(err, ErrRecording)
}

// errBroken wraps what a stage itself failed on: it is the same at each try.
var errBroken = errors.New("cannot be processed")

// load reads the session in the clear.
func (r *run) load() (recording, error) {
	rec := recording{header: r.session.Header, images: map[string]event.ScreenshotMeta{}}
	for e, err := range r.records.Events(r.ctx, r.session.ID, 0) {
		if err != nil {
			return rec, err
		}
		rec.events = append(rec.events, e)
	}
	images, err := r.records.Screenshots(r.ctx, r.session.ID)
	if err != nil {
		return rec, err
	}
	for _, image := range images {
		rec.images[image.ID] = image.Meta
	}
	return rec, nil
}
