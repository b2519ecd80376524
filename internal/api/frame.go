package api

import (
	"context"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/store"
)

// The frames that the server sends.
type (
	readyFrame struct {
		Type            string `json:"type"`
		MaxEvents       int    `json:"max_events"`
		MaxEventBytes   int    `json:"max_event_bytes"`
		MaxMessageBytes int    `json:"max_message_bytes"`
	}
	startedFrame struct {
		Type      string `json:"type"`
		SessionID string `json:"session_id"`
		Acked     int64  `json:"acked"`
	}
	ackFrame struct {
		Type      string `json:"type"`
		SessionID string `json:"session_id"`
		ackView
	}
	statusFrame struct {
		Type      string  `json:"type"`
		SessionID string  `json:"session_id"`
		Stage     string  `json:"stage"`
		Progress  float64 `json:"progress"` // 0 to 1
	}
	errorFrame struct {
		Type      string   `json:"type"`
		SessionID string   `json:"session_id,omitzero"`
		Problem   *Problem `json:"problem"`
	}
	slowDownFrame struct {
		Type         string `json:"type"`
		RetryAfterMS int64  `json:"retry_after_ms"`
	}
	pongFrame struct {
		Type string `json:"type"`
	}
)

// members are the fields of each frame that a client sends.
var members = map[string][]string{
	"session.start":    {"type", "session"},
	"events":           {"type", "session_id", "events"},
	"session.complete": {"type", "session_id", "last_seq"},
	"ping":             {"type"},
}

// anyMember are the fields of all frames together.
var anyMember = []string{"type", "session", "session_id", "events", "last_seq"}

// serve answers one message. An error is one of the connection; what is wrong with the message is an answer.
func (s *stream) serve(ctx context.Context, message []byte) error {
	frame, err := ingest.Members(message, "frame", anyMember...)
	if err != nil {
		return s.fail(ctx, "", err)
	}
	kind, _ := text(frame["type"])
	allowed, ok := members[kind]
	if !ok {
		return s.fail(ctx, "", invalidFrame("type", "must be one of session.start, events, session.complete, ping"))
	}
	for name := range frame {
		if !slices.Contains(allowed, name) {
			return s.fail(ctx, "", invalidFrame(name, "does not belong to this type"))
		}
	}
	for _, name := range allowed {
		if frame[name] == nil {
			return s.fail(ctx, "", invalidFrame(name, "is required"))
		}
	}
	switch kind {
	case "session.start":
		return s.start(ctx, frame["session"])
	case "events":
		return s.append(ctx, frame)
	case "session.complete":
		return s.complete(ctx, frame)
	default:
		return s.send(ctx, pongFrame{Type: "pong"})
	}
}

func (s *stream) start(ctx context.Context, session jsontext.Value) error {
	started, err := s.api.o.Ingest.Start(ctx, whoOf(s.who), session)
	if err != nil {
		return s.fail(ctx, peekID(session), err)
	}
	return s.send(ctx, startedFrame{Type: "session.started", SessionID: started.ID, Acked: started.Acked})
}

func (s *stream) append(ctx context.Context, frame map[string]jsontext.Value) error {
	session, err := sessionID(frame)
	if err != nil {
		return s.fail(ctx, "", err)
	}
	events, err := ingest.SplitEvents(frame["events"])
	if err != nil {
		return s.fail(ctx, session, err)
	}
	ack, err := s.api.o.Ingest.AppendEvents(ctx, whoOf(s.who), session, events)
	if err != nil {
		return s.fail(ctx, session, err)
	}
	s.api.logRejections(ctx, session, ack)
	return s.send(ctx, ackFrame{Type: "ack", SessionID: session, ackView: viewAck(ack)})
}

func (s *stream) complete(ctx context.Context, frame map[string]jsontext.Value) error {
	session, err := sessionID(frame)
	if err != nil {
		return s.fail(ctx, "", err)
	}
	var report event.Report
	lastSeq := wire.Value[completeRequest](slices.Concat([]byte(`{"last_seq":`), frame["last_seq"], []byte{'}'}), shapeOf[completeRequest](), "frame", &report)
	if !report.OK() {
		return s.fail(ctx, session, invalidRequest(report.Errors...))
	}
	if _, err := s.api.o.Ingest.Complete(ctx, whoOf(s.who), session, lastSeq.LastSeq); err != nil {
		return s.fail(ctx, session, err)
	}
	// The status is read after the watch began, so that what a fast worker did in between is in it.
	s.api.streams.watch(s, session)
	now, err := s.api.o.Records.Store().Session(ctx, session)
	if err != nil {
		return s.fail(ctx, session, err)
	}
	return s.send(ctx, statusFrame{Type: "session.status", SessionID: session, Stage: string(now.Status), Progress: progressOf(now.Status)})
}

func progressOf(status store.Status) float64 {
	if status == store.Ready {
		return 1
	}
	return 0
}

// fail sends a problem. Where waiting helps, the client is told to slow down first.
func (s *stream) fail(ctx context.Context, session string, err error) error {
	p := s.api.problem(ctx, err)
	if p.retryAfter > 0 {
		if err := s.send(ctx, slowDownFrame{Type: "slow_down", RetryAfterMS: p.retryAfter.Milliseconds()}); err != nil {
			return err
		}
	}
	return s.send(ctx, errorFrame{Type: "error", SessionID: session, Problem: p})
}

func invalidFrame(name, message string) *Problem {
	return invalidRequest(event.FieldError{Location: "frame." + name, Message: message})
}

// text reads a JSON string.
func text(v jsontext.Value) (string, bool) {
	if v.Kind() != '"' {
		return "", false
	}
	b, err := jsontext.AppendUnquote(nil, v)
	return string(b), err == nil
}

// idShape is the form of a session's id. Only what has this form is repeated in an answer.
var idShape = func() *event.Shape {
	f, _ := event.SessionShape.Field([]byte("id"))
	return f.Shape
}()

func sessionID(frame map[string]jsontext.Value) (string, error) {
	id, ok := text(frame["session_id"])
	if !ok || idShape.CheckString([]byte(id)) != "" {
		return "", invalidFrame("session_id", "must be the id of a session")
	}
	return id, nil
}

// peekID finds the id of a session that was refused, so that the client knows which.
func peekID(session jsontext.Value) string {
	fields, err := ingest.Members(session, "session", "id", "started_at", "consent", "client", "task")
	if err != nil {
		return ""
	}
	if id, ok := text(fields["id"]); ok && idShape.CheckString([]byte(id)) == "" {
		return id
	}
	return ""
}
