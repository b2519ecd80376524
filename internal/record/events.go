package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/vault"
)

const (
	// maxSegmentBytes bounds the plain text of a segment: 500 events of the largest size that ingestion takes.
	maxSegmentBytes = 64 << 20

	// segmentsAtOnce is how many sealed segments are read at a time.
	segmentsAtOnce = 16
)

// Batch is a batch of events in stored form: canonical JSON, one event a line, numbered First to Last without gaps.
type Batch struct {
	Session     string
	First, Last int64
	Refused     int64 // tombstones among them
	Lines       []byte
}

// Append seals and stores a batch, committed and flushed when it returns nil; the errors are those of
// store.AppendSegment.
func (r *Records) Append(ctx context.Context, b Batch) error {
	if b.First < 1 || b.Last < b.First || int64(countLines(b.Lines)) != b.Last-b.First+1 || len(b.Lines) > maxSegmentBytes {
		return ErrBadBatch
	}
	key, err := r.key(ctx, b.Session)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(b.Lines, vault.SegmentPlace(b.Session, b.First, b.Last))
	if err != nil {
		return err
	}
	err = r.store.AppendSegment(ctx, store.Segment{
		Session: b.Session, First: b.First, Last: b.Last, Refused: b.Refused,
		PlainBytes: int64(len(b.Lines)), StoredAt: r.now().UnixMilli(), Body: sealed,
	})
	if errors.Is(err, store.ErrErased) {
		r.keys.erase(b.Session) // by another process
	}
	return err
}

// countLines counts lines whether or not the last one has its end.
func countLines(b []byte) int {
	n := bytes.Count(b, newline)
	if len(b) > 0 && b[len(b)-1] != '\n' {
		n++
	}
	return n
}

var newline = []byte{'\n'}

// Events goes through a session's events beyond a number, in order, reading a few segments at a time. The first error
// ends it.
func (r *Records) Events(ctx context.Context, session string, after int64) iter.Seq2[*event.Event, error] {
	return func(yield func(*event.Event, error) bool) {
		for line, err := range r.lines(ctx, session, after) {
			if err != nil {
				yield(nil, err)
				return
			}
			e, err := wire.StoredEvent(line)
			if err != nil {
				yield(nil, fmt.Errorf("record: a stored event of %s has another form", session))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// EventLines returns up to limit events beyond a number, each as the bytes that were stored.
func (r *Records) EventLines(ctx context.Context, session string, after int64, limit int) ([][]byte, error) {
	var lines [][]byte
	for line, err := range r.lines(ctx, session, after) {
		if err != nil {
			return nil, err
		}
		if len(lines) >= limit {
			break
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// lines goes through the stored lines beyond a number. A line's number is its place in its segment, which is
// authenticated.
func (r *Records) lines(ctx context.Context, session string, after int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			segments, key, err := r.segments(ctx, session, after)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, g := range segments {
				plain, err := openSegment(key, g)
				if err != nil {
					yield(nil, err)
					return
				}
				seq := g.First
				for line := range bytes.Lines(plain) {
					if seq > after && !yield(bytes.TrimSuffix(line, newline), nil) {
						return
					}
					seq++
				}
				after = g.Last
			}
			if len(segments) < segmentsAtOnce {
				return
			}
		}
	}
}

// segments reads the next sealed segments and proves, by a fresh look at the row, that the session is there.
func (r *Records) segments(ctx context.Context, session string, after int64) ([]store.Segment, *vault.DataKey, error) {
	row, err := r.store.Session(ctx, session)
	if err != nil {
		return nil, nil, err
	}
	key, err := r.keyOf(row)
	if err != nil {
		return nil, nil, err
	}
	segments, err := r.store.ListSegments(ctx, session, after, segmentsAtOnce)
	return segments, key, err
}

func openSegment(key *vault.DataKey, g store.Segment) ([]byte, error) {
	plain, err := key.Open(g.Body, vault.SegmentPlace(g.Session, g.First, g.Last), maxSegmentBytes)
	if err != nil {
		return nil, fmt.Errorf("record: segment %d to %d of %s: %w", g.First, g.Last, g.Session, err)
	}
	return plain, nil
}
