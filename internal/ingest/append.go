package ingest

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store"
)

// maxTurns bounds how often a batch is trimmed again because another one of the same session was committed before it.
// Each turn that fails means that somebody else's succeeded, so an honest client never sees the bound.
const maxTurns = 10

// Ack is the answer to a batch, after its commit.
type Ack struct {
	Acked      int64               // the highest number that is committed and flushed
	Accepted   int                 // events stored now
	Duplicates int                 // events that were stored before
	Rejected   []Rejection         // events whose place was kept by a tombstone now
	Redactions map[redact.Type]int // private values taken out of the accepted events
}

// Rejection says why an event was refused.
type Rejection struct {
	Seq    int64
	Errors []event.FieldError
}

// Append takes a batch, {"events":[…]}.
func (s *Service) Append(ctx context.Context, who Who, session string, body []byte) (Ack, error) {
	events, err := Split(body)
	if err != nil {
		return Ack{}, err
	}
	return s.AppendEvents(ctx, who, session, events)
}

// AppendEvents takes a batch that is already split into its events.
func (s *Service) AppendEvents(ctx context.Context, who Who, session string, events []jsontext.Value) (Ack, error) {
	if len(events) == 0 || len(events) > MaxBatch {
		return Ack{}, invalid("events", "must have 1 to "+strconv.Itoa(MaxBatch)+" items")
	}
	sess, err := s.owned(ctx, who, session)
	if err != nil {
		return Ack{}, err
	}
	first, err := number(events, sess.NextSeq)
	if err != nil {
		return Ack{}, err
	}
	b := batch{first: first, count: int64(len(events))}
	if b.beyond(sess.NextSeq) {
		return b.ack(sess.NextSeq), nil
	}
	if sess.Status != store.Recording {
		return Ack{}, ErrCompleted
	}
	if err := s.o.Room(); err != nil {
		return Ack{}, err
	}
	for i := sess.NextSeq - first; i < b.count; i++ {
		p, err := s.prepare(events[i], first+i, int(i))
		if err != nil {
			return Ack{}, err
		}
		b.prepared = append(b.prepared, p)
	}
	return s.commit(ctx, session, b, sess.NextSeq)
}

// commit appends what of the batch lies at and beyond the expected number. Where another batch of the session was faster,
// it trims and tries again.
func (s *Service) commit(ctx context.Context, session string, b batch, expected int64) (Ack, error) {
	for range maxTurns {
		err := s.records.Append(ctx, b.from(session, expected))
		if err == nil {
			return b.ack(expected), nil
		}
		var moved *store.SequenceError
		if !errors.As(err, &moved) {
			return Ack{}, known(err)
		}
		// The expected number only grows. One that is smaller than what was read before means that events are gone.
		if moved.Expected < expected {
			return Ack{}, &GapError{Expected: moved.Expected}
		}
		expected = moved.Expected
		if b.beyond(expected) {
			return b.ack(expected), nil
		}
	}
	return Ack{}, ErrBusy
}

// number returns the number of the batch's first event. Every event must have the number that follows the one before;
// an event whose number cannot be read takes the place where it stands.
func number(events []jsontext.Value, expected int64) (int64, error) {
	first := int64(0)
	for i, raw := range events {
		seq, ok := peekNumber(raw, "seq", 1, maxSeq)
		switch {
		case !ok:
		case first == 0:
			if first = seq - int64(i); first < 1 {
				return 0, &GapError{Expected: expected}
			}
		case seq != first+int64(i):
			return 0, &GapError{Expected: expected}
		}
	}
	switch {
	case first == 0:
		return 0, invalid("events", "must have at least one event whose seq can be read")
	case first > expected:
		return 0, &GapError{Expected: expected}
	}
	return first, nil
}

// prepared is an event ready to be stored, or its tombstone.
type prepared struct {
	seq     int64
	line    []byte
	refused []event.FieldError
	counts  redact.Counts
}

// prepare decodes, validates, redacts and encodes one event.
func (s *Service) prepare(raw jsontext.Value, seq int64, index int) (prepared, error) {
	location := "events[" + strconv.Itoa(index) + "]"
	var report event.Report
	e := s.decode(raw, location, &report)
	p := prepared{seq: seq, refused: report.Errors}
	if report.OK() {
		p.counts = s.engine.Event(e)
	} else {
		e = s.tombstone(raw, seq, location, report.Errors)
	}
	line, err := wire.AppendEvent(nil, e)
	p.line = line
	return p, err
}

func (s *Service) decode(raw jsontext.Value, location string, r *event.Report) *event.Event {
	if len(raw) > MaxEvent {
		r.Add(location, "must have at most "+strconv.Itoa(MaxEvent)+" bytes")
		return nil
	}
	return wire.Event(raw, location, r)
}

// timeShape has the bounds of an event's time.
var timeShape = func() *event.Shape {
	f, _ := event.EventShape.Field([]byte("time"))
	return f.Shape
}()

// tombstone keeps the place of a refused event, with the reasons and nothing of its content.
func (s *Service) tombstone(raw jsontext.Value, seq int64, location string, errs []event.FieldError) *event.Event {
	at, ok := peekNumber(raw, "time", int64(timeShape.Min), int64(timeShape.Max))
	if !ok {
		at = s.now()
	}
	own := make([]event.FieldError, len(errs)) // located in the event, not in the batch that it came in
	for i, e := range errs {
		own[i] = event.FieldError{Location: strings.TrimPrefix(strings.TrimPrefix(e.Location, location), "."), Message: e.Message}
	}
	return &event.Event{Seq: seq, Time: at, Type: event.Refused, Refused: &event.RefusedDetail{Errors: own}}
}

// batch is a run of events, of which those from the expected number on are prepared.
type batch struct {
	first, count int64
	prepared     []prepared
}

// beyond says that everything of the batch is stored already.
func (b *batch) beyond(expected int64) bool { return b.first+b.count <= expected }

// fresh are the prepared events from the expected number on.
func (b *batch) fresh(expected int64) []prepared {
	for i := range b.prepared {
		if b.prepared[i].seq >= expected {
			return b.prepared[i:]
		}
	}
	return nil
}

// from is the batch as stored.
func (b *batch) from(session string, expected int64) record.Batch {
	out := record.Batch{Session: session, First: expected, Last: b.first + b.count - 1}
	size := 0
	fresh := b.fresh(expected)
	for i := range fresh {
		size += len(fresh[i].line) + 1
	}
	out.Lines = make([]byte, 0, size)
	for i := range fresh {
		out.Lines = append(append(out.Lines, fresh[i].line...), '\n')
		if fresh[i].refused != nil {
			out.Refused++
		}
	}
	return out
}

// ack answers for a batch of which the events from the expected number on were stored now.
func (b *batch) ack(expected int64) Ack {
	a := Ack{Acked: max(expected, b.first+b.count) - 1, Redactions: map[redact.Type]int{}}
	for _, p := range b.fresh(expected) {
		if p.refused != nil {
			a.Rejected = append(a.Rejected, Rejection{Seq: p.seq, Errors: p.refused})
			continue
		}
		a.Accepted++
		for kind, n := range p.counts.ByType() {
			a.Redactions[kind] += n
		}
	}
	a.Duplicates = int(b.count) - a.Accepted - len(a.Rejected)
	return a
}
