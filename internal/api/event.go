package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/redact"
)

const tagEvents = "Events"

const (
	// maxEventPageBytes is the size at which an answer is long enough, in bytes; the last step may go beyond it.
	maxEventPageBytes = 4 << 20
	// eventsAtOnce is how many events are read in one step. The largest events have 1 MiB.
	eventsAtOnce = 25
)

func (a *API) bindEvents() {
	bind(a, operation{
		id: "append-events", method: http.MethodPost, path: "/v1/sessions/{id}/events", rule: participants, tag: tagEvents,
		summary: "Append events; acknowledged after the commit",
		body: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{
			Type: huma.TypeObject, Required: []string{"events"}, AdditionalProperties: false,
			Properties: map[string]*huma.Schema{"events": {
				Type: huma.TypeArray, Items: ref("Event"), MinItems: new(1), MaxItems: new(ingest.MaxBatch),
			}},
		}}}},
	}, a.appendEvents)
	bind(a, operation{
		id: "list-events", method: http.MethodGet, path: "/v1/sessions/{id}/events", rule: readers, tag: tagEvents,
		summary: "A session's events, in order",
	}, a.listEvents)
}

// ackView is the answer to a batch, on HTTP and, with its type and session, on the WebSocket.
type ackView struct {
	Acked      int64               `json:"acked" doc:"The highest number that is committed and flushed."`
	Accepted   int                 `json:"accepted" doc:"Events that were stored now."`
	Duplicates int                 `json:"duplicates" doc:"Events that were stored before."`
	Rejected   []rejectionView     `json:"rejected" doc:"Events that were refused; their places are kept."`
	Redactions map[redact.Type]int `json:"redactions" doc:"Private values that were taken out, by placeholder type."`
}

type rejectionView struct {
	Seq    int64              `json:"seq"`
	Errors []event.FieldError `json:"errors"`
}

func viewAck(ack ingest.Ack) ackView {
	v := ackView{
		Acked: ack.Acked, Accepted: ack.Accepted, Duplicates: ack.Duplicates,
		Rejected: make([]rejectionView, len(ack.Rejected)), Redactions: ack.Redactions,
	}
	for i, r := range ack.Rejected {
		v.Rejected[i] = rejectionView{Seq: r.Seq, Errors: r.Errors}
	}
	return v
}

type appendInput struct {
	ID       string `path:"id" maxLength:"64"`
	Encoding string `header:"Content-Encoding" doc:"identity, gzip or zstd."`
	Content  rawBody
}

func (a *API) appendEvents(ctx context.Context, in *appendInput) (*struct{ Body ackView }, error) {
	ack, err := a.o.Ingest.Append(ctx, asker(ctx), in.ID, in.Content.bytes)
	if err != nil {
		return nil, err
	}
	a.logRejections(ctx, in.ID, ack)
	return &struct{ Body ackView }{viewAck(ack)}, nil
}

// logRejections tells the operator of refused events: how many, and the first place and reason.
func (a *API) logRejections(ctx context.Context, session string, ack ingest.Ack) {
	if len(ack.Rejected) == 0 {
		return
	}
	first := ack.Rejected[0]
	a.o.Log.WarnContext(ctx, "events refused", "request_id", infoOf(ctx).id, "session", session, "count", len(ack.Rejected),
		"first_seq", first.Seq, "location", first.Errors[0].Location, "reason", first.Errors[0].Message)
}

type listEventsInput struct {
	ID    string `path:"id" maxLength:"64"`
	After int64  `query:"after" minimum:"0" maximum:"9007199254740991" doc:"next of the page before; 0 begins."`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

type eventList struct {
	Events []storedEvent `json:"events"`
	Next   int64         `json:"next,omitzero" doc:"after of the next page; missing on the last."`
}

func (a *API) listEvents(ctx context.Context, in *listEventsInput) (*struct{ Body eventList }, error) {
	s, err := a.readable(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &struct{ Body eventList }{eventList{Events: []storedEvent{}}}
	// Numbers have no gaps, so the last number of a page follows from its length.
	last, size := in.After, 0
	for len(out.Body.Events) < in.Limit && size < maxEventPageBytes {
		lines, err := a.o.Records.EventLines(ctx, in.ID, last, min(in.Limit-len(out.Body.Events), eventsAtOnce))
		if err != nil {
			return nil, err
		}
		if len(lines) == 0 {
			break
		}
		for _, line := range lines {
			out.Body.Events = append(out.Body.Events, storedEvent{jsontext.Value(line)})
			size += len(line)
		}
		last += int64(len(lines))
	}
	if len(out.Body.Events) > 0 && last < s.NextSeq-1 {
		out.Body.Next = last
	}
	return out, nil
}
