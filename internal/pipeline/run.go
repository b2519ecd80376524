package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

// stageCount is how many stages there are, for progress.
const stageCount = 6

// run is one pass of the stages over one session.
type run struct {
	ctx      context.Context
	records  *record.Records
	session  record.Session
	progress func(stage string, done, total int)

	stage   string // the one under way
	done    int
	changed bool // a stage was run, not found stored

	rec       recording
	assembled trajectory.Assembled
	steps     trajectory.Normalised
	quality   trajectory.Quality
	journey   trajectory.Journey
	composed  trajectory.Composed
	archived  trajectory.Archived
}

// all runs the stages in order. Each is made from an input whose name covers everything that it reads: the recording, and
// the versions of the stages before.
func (r *run) all() error {
	r.begin(trajectory.StageAssemble)
	rec, err := r.load()
	if err != nil {
		return err
	}
	r.rec = rec
	whole, err := assemble(rec, r.session.NextSeq-1)
	if err != nil {
		return err
	}
	input := whole.Input
	if err := r.keep(assembleVersion, input, &r.assembled, func() error { r.assembled = whole; return nil }); err != nil {
		return err
	}
	for _, s := range []struct {
		name    string
		version int64
		result  result
		make    func() error
	}{
		{trajectory.StageNormalise, normaliseVersion, &r.steps, func() error { r.steps = normalise(rec); return nil }},
		{trajectory.StageScore, scoreVersion, &r.quality, func() error { r.quality = score(rec, r.assembled, r.steps); return nil }},
		{trajectory.StageJourney, journeyVersion, &r.journey, func() error { r.journey = journey(rec, r.steps); return nil }},
		{trajectory.StageCompose, composeVersion, &r.composed, r.compose},
		{trajectory.StageArchive, archiveVersion, &r.archived, r.archive},
	} {
		r.begin(s.name)
		if err := r.keep(s.version, input, s.result, s.make); err != nil {
			return err
		}
		input = chain(input, s.name, s.version)
	}
	return nil
}

func (r *run) compose() error {
	c, err := compose(r.rec, r.steps, r.journey)
	r.composed = c
	return err
}

func (r *run) archive() error {
	bundle, entries, err := archive(r.rec, map[string]any{
		trajectory.StageAssemble: r.assembled, trajectory.StageNormalise: r.steps, trajectory.StageScore: r.quality,
		trajectory.StageJourney: r.journey, trajectory.StageCompose: r.composed,
	})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(bundle)
	r.archived = trajectory.Archived{SHA256: hex.EncodeToString(sum[:]), Size: len(bundle), Entries: entries}
	if err := r.records.PutArchive(r.ctx, r.session.ID, bundle); err != nil {
		return outsideError{err}
	}
	return nil
}

// outsideError marks a failure within a stage that is not the session's fault.
type outsideError struct{ error }

func (e outsideError) Unwrap() error { return e.error }

// result is what every stage's result can do.
type result interface {
	MadeFrom() string
	SetMadeFrom(input string)
}

// keep reads the stage's stored result into v where this version made it from this input, and otherwise makes and
// stores it.
func (r *run) keep(version int64, input string, v result, make func() error) error {
	found, err := r.records.Stage(r.ctx, r.session.ID, r.stage, v)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && (found != version || v.MadeFrom() != input):
	case err != nil && found != 0 && found != version: // another version's result may have another form
	default:
		return err
	}
	if err := r.change(); err != nil {
		return err
	}
	if err := make(); err != nil {
		if outside := (outsideError{}); errors.As(err, &outside) {
			return outside.error
		}
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	v.SetMadeFrom(input)
	return r.records.PutStage(r.ctx, r.session.ID, r.stage, version, v)
}

// change marks the session as being processed, once, before the first result is stored.
func (r *run) change() error {
	if r.changed {
		return nil
	}
	r.changed = true
	return r.setStatus(store.Processing)
}

// finish leaves the session ready, and writes only what differs.
func (r *run) finish() error {
	r.progress("", stageCount, stageCount)
	if quality := int64(r.quality.Score); r.session.Quality != quality {
		if err := r.records.Store().SetQuality(r.ctx, r.session.ID, quality); err != nil {
			return err
		}
	}
	if failureOf(r.ctx, r.records, r.session.ID) != (trajectory.Failure{}) {
		if err := r.records.PutStage(r.ctx, r.session.ID, trajectory.StageFailure, failureVersion, trajectory.Failure{}); err != nil {
			return err
		}
	}
	if !r.changed && r.session.Status == store.Ready {
		return nil
	}
	return r.setStatus(store.Ready)
}

func (r *run) setStatus(to store.Status) error {
	return r.records.Store().SetStatus(r.ctx, r.session.ID, to, time.Now().UnixMilli())
}

func (r *run) begin(stage string) {
	r.stage = stage
	r.progress(stage, r.done, stageCount)
	r.done++
}

// chain names a stage's result by its input, its name and its version.
func chain(input, stage string, version int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", input, stage, version))
	return hex.EncodeToString(sum[:])
}
