package legacy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/ingest"
)

// Options state what the export does not hold.
type Options struct {
	// Policy names the text that the participants agreed to; empty is DefaultPolicy.
	Policy string
	// Scopes are what they agreed to; empty is "events" alone, so that nothing is released or sent to a model.
	Scopes []string
}

// DefaultPolicy says that consent was given to the earlier system, under its own terms.
const DefaultPolicy = "legacy-import"

// Report says what became of a file.
type Report struct {
	Sessions   int            // imported now
	Existing   int            // that had been imported before
	Events     int            // stored now
	Refused    int            // that ingestion did not take; their places are kept as tombstones
	IDs        []string       // of the sessions of the file that are stored, in its order
	NotCarried map[string]int // what was left out, by reason
	Assumed    map[string]int // required values that the export lacks, by name
	Redactions map[string]int // private values taken out, by type
}

func newReport() Report {
	return Report{NotCarried: map[string]int{}, Assumed: map[string]int{}, Redactions: map[string]int{}}
}

// Import reads an export and hands it to ingestion as the given participant's. It holds one session in memory at a time.
// On an error the report tells what was imported up to then; importing again goes on from there.
func Import(ctx context.Context, svc *ingest.Service, who ingest.Who, r io.Reader, o Options) (Report, error) {
	if o.Policy == "" {
		o.Policy = DefaultPolicy
	}
	if len(o.Scopes) == 0 {
		o.Scopes = []string{"events"}
	}
	i := &importer{svc: svc, who: who, options: o, report: newReport()}
	err := eachSession(r, func(s *session) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return i.session(ctx, s)
	})
	return i.report, err
}

type importer struct {
	svc     *ingest.Service
	who     ingest.Who
	options Options
	report  Report
}

// session maps one session and stores what is not stored yet.
func (i *importer) session(ctx context.Context, s *session) error {
	m := mapper{report: &i.report}
	events := m.events(s)
	if len(events) == 0 {
		i.report.NotCarried["session: none of its rows could be carried"]++
		return nil
	}
	header := m.header(s, events, i.options)
	body, err := wire.Marshal(header)
	if err != nil {
		return err
	}
	started, err := i.svc.Start(ctx, i.who, body)
	if err != nil {
		return describe(err)
	}
	if err := i.append(ctx, header.ID, events, started.Acked); err != nil {
		return err
	}
	if _, err := i.svc.Complete(ctx, i.who, header.ID, max(started.Acked, int64(len(events)))); err != nil {
		return describe(err)
	}
	if started.Created {
		i.report.Sessions++
	} else {
		i.report.Existing++
	}
	i.report.IDs = append(i.report.IDs, header.ID)
	return nil
}

// append sends the events beyond the acknowledged one in batches.
func (i *importer) append(ctx context.Context, id string, events []*event.Event, acked int64) error {
	for batch := range slices.Chunk(events[min(acked, int64(len(events))):], ingest.MaxBatch) {
		raw := make([]jsontext.Value, len(batch))
		for n, e := range batch {
			line, err := wire.AppendEvent(nil, e)
			if err != nil {
				return err
			}
			raw[n] = line
		}
		ack, err := i.svc.AppendEvents(ctx, i.who, id, raw)
		if err != nil {
			return describe(err)
		}
		i.report.Events += ack.Accepted
		i.report.Refused += len(ack.Rejected)
		for kind, n := range ack.Redactions {
			i.report.Redactions[string(kind)] += n
		}
	}
	return nil
}

// describe adds to an invalid header what is wrong with it; it holds places and limits, no values.
func describe(err error) error {
	var invalid *ingest.InvalidError
	if errors.As(err, &invalid) && len(invalid.Errors) > 0 {
		return fmt.Errorf("legacy: %w: %s %s", err, invalid.Errors[0].Location, invalid.Errors[0].Message)
	}
	return fmt.Errorf("legacy: %w", err)
}
