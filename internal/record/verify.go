package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/vault"
)

// maxProblems bounds the list of a Verification: past it the session is broken beyond counting.
const maxProblems = 1000

// Verification is what a look at everything stored of a session found.
type Verification struct {
	Session     string
	Status      store.Status
	Events      int64 // tombstones included
	Refused     int64
	Segments    int
	Screenshots int
	Stages      int
	Archive     bool
	Problems    []Problem // none where the session is whole
}

// Problem is something that is not as it was stored.
type Problem struct {
	Place string // such as segment 1 to 50
	What  string
}

// Whole says that everything is there and authentic.
func (v *Verification) Whole() bool { return len(v.Problems) == 0 }

func (v *Verification) problem(place, format string, args ...any) {
	if len(v.Problems) < maxProblems {
		v.Problems = append(v.Problems, Problem{Place: place, What: fmt.Sprintf(format, args...)})
	}
}

// Verify proves a session whole: its events are numbered from 1 to the last acknowledged one without gaps, and every
// segment, image, stage result and the archive is authentic and in its place. What is wrong is listed; the error is for
// what kept it from looking. Of an erased session it proves that nothing is left in the database.
func (r *Records) Verify(ctx context.Context, session string) (Verification, error) {
	row, err := r.store.Session(ctx, session)
	if err != nil {
		return Verification{}, err
	}
	v := Verification{Session: session, Status: row.Status}
	if row.Status == store.Erased {
		return v, r.verifyErased(ctx, row, &v)
	}
	key, err := r.keyOf(row)
	if err != nil {
		v.problem("data key", "does not open: %v", err)
		return v, nil
	}
	if _, err := key.Open(row.Header, vault.HeaderPlace(session), maxSmallBytes); err != nil {
		v.problem("header", "%v", err)
	}
	return v, errors.Join(
		r.verifyEvents(ctx, key, row, &v),
		r.verifyScreenshots(ctx, key, session, &v),
		r.verifyStages(ctx, key, session, &v),
	)
}

// verifyEvents looks at the segments of a row that was read before them, so that a session that is being recorded may
// have grown meanwhile but not shrunk.
func (r *Records) verifyEvents(ctx context.Context, key *vault.DataKey, row store.Session, v *Verification) error {
	var plain, sealed, next int64 = 0, 0, 1
	for next < row.NextSeq {
		segments, err := r.store.ListSegments(ctx, row.ID, next-1, segmentsAtOnce)
		if err != nil {
			return err
		}
		if len(segments) == 0 {
			break
		}
		for _, g := range segments {
			if g.First >= row.NextSeq {
				break
			}
			if g.First != next {
				v.problem(segmentName(g), "begins at %d, not at %d", g.First, next)
			}
			verifySegment(key, g, v)
			v.Segments++
			v.Events += g.Last - g.First + 1
			v.Refused += g.Refused
			plain += g.PlainBytes
			sealed += int64(len(g.Body))
			next = g.Last + 1
		}
	}
	if next != row.NextSeq {
		v.problem("session", "events end at %d, acknowledged is %d", next-1, row.NextSeq-1)
	}
	if v.Refused != row.Refused || plain != row.PlainBytes || sealed != row.StoredBytes {
		v.problem("session", "its totals are not those of its segments")
	}
	return nil
}

func segmentName(g store.Segment) string { return fmt.Sprintf("segment %d to %d", g.First, g.Last) }

// verifySegment proves that a segment holds exactly the events that its row names.
func verifySegment(key *vault.DataKey, g store.Segment, v *Verification) {
	plain, err := key.Open(g.Body, vault.SegmentPlace(g.Session, g.First, g.Last), maxSegmentBytes)
	if err != nil {
		v.problem(segmentName(g), "%v", err)
		return
	}
	if int64(len(plain)) != g.PlainBytes {
		v.problem(segmentName(g), "has %d bytes, not %d", len(plain), g.PlainBytes)
	}
	seq, refused := g.First, int64(0)
	for line := range bytes.Lines(plain) {
		e, err := wire.StoredEvent(line)
		switch {
		case err != nil:
			v.problem(segmentName(g), "event %d does not decode", seq)
		case e.Seq != seq:
			v.problem(segmentName(g), "has event %d in the place of %d", e.Seq, seq)
		case e.Refused != nil:
			refused++
		}
		seq++
	}
	if seq-1 != g.Last {
		v.problem(segmentName(g), "ends at event %d", seq-1)
	}
	if refused != g.Refused {
		v.problem(segmentName(g), "has %d tombstones, not %d", refused, g.Refused)
	}
}

func (r *Records) verifyScreenshots(ctx context.Context, key *vault.DataKey, session string, v *Verification) error {
	shots, err := r.store.ListScreenshots(ctx, session)
	if err != nil {
		return err
	}
	for _, shot := range shots {
		place := "screenshot " + shot.ID
		v.Screenshots++
		if _, err := openInfo(key, shot); err != nil {
			v.problem(place, "metadata: %v", err)
		}
		body, err := r.image(ctx, key, shot)
		if err := ctx.Err(); err != nil {
			return err
		}
		switch {
		case err != nil:
			v.problem(place, "%v", err)
		case int64(len(body)) != shot.Size:
			v.problem(place, "has %d bytes, not %d", len(body), shot.Size)
		}
	}
	return nil
}

func (r *Records) verifyStages(ctx context.Context, key *vault.DataKey, session string, v *Verification) error {
	stages, err := r.store.ListStages(ctx, session)
	if err != nil {
		return err
	}
	for _, g := range stages {
		if _, err := key.Open(g.Body, vault.StagePlace(session, g.Stage, g.Version), maxStageBytes); err != nil {
			v.problem("stage "+g.Stage, "%v", err)
		}
		if g.Stage != archiveStage {
			v.Stages++
			continue
		}
		v.Archive = true
		if _, err := r.Archive(ctx, session); err != nil {
			v.problem("archive", "%v", err)
		}
	}
	return ctx.Err()
}

func (r *Records) verifyErased(ctx context.Context, row store.Session, v *Verification) error {
	segments, err1 := r.store.ListSegments(ctx, row.ID, 0, 1)
	shots, err2 := r.store.ListScreenshots(ctx, row.ID)
	stages, err3 := r.store.ListStages(ctx, row.ID)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if row.WrappedKey != nil || row.Header != nil || row.Participant != "" {
		v.problem("session", "was erased, but its row still holds what should be gone")
	}
	if len(segments)+len(shots)+len(stages) > 0 {
		v.problem("session", "was erased, but content is left")
	}
	if _, err := r.blobs.Get(ctx, archiveKey(row.ID)); !errors.Is(err, blob.ErrNotFound) {
		v.problem("archive", "was erased, but is still there")
	}
	return nil
}
