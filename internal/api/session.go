package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/store"
)

const tagSessions = "Sessions"

func (a *API) bindSessions() {
	bind(a, operation{
		id: "start-session", method: http.MethodPost, path: "/v1/sessions", rule: participants, tag: tagSessions,
		summary: "Start a session, or find it again", status: http.StatusCreated, body: refBody("Session"),
		answers: map[string]*huma.Response{"200": {Description: "The session was there before."}},
	}, a.startSession)
	bind(a, operation{
		id: "list-sessions", method: http.MethodGet, path: "/v1/sessions", rule: readers, tag: tagSessions,
		summary: "List sessions, newest first",
	}, a.listSessions)
	bind(a, operation{
		id: "get-session", method: http.MethodGet, path: "/v1/sessions/{id}", rule: readers, tag: tagSessions,
		summary: "A session",
	}, a.getSession)
	bind(a, operation{
		id: "complete-session", method: http.MethodPost, path: "/v1/sessions/{id}/complete", rule: participants, tag: tagSessions,
		summary: "Say that the session has all its events", status: http.StatusAccepted, body: jsonRequest[completeRequest](a),
	}, a.completeSession)
	bind(a, operation{
		id: "review-session", method: http.MethodPost, path: "/v1/sessions/{id}/review", rule: reviewers, tag: tagSessions,
		summary: "Approve or reject a session", body: jsonRequest[reviewRequest](a),
	}, a.reviewSession)
	bind(a, operation{
		id: "erase-session", method: http.MethodDelete, path: "/v1/sessions/{id}", rule: participants, tag: tagSessions,
		summary: "Erase a session for good",
	}, a.eraseSession)
}

// sessionPath is the session that a route is about.
type sessionPath struct {
	ID string `path:"id" maxLength:"64" doc:"The session's id."`
}

type startedView struct {
	ID    string `json:"id"`
	Acked int64  `json:"acked" doc:"The highest number that is stored; events go on behind it."`
}

type startOutput struct {
	Status int
	Body   startedView
}

func (a *API) startSession(ctx context.Context, in *struct{ Content rawBody }) (*startOutput, error) {
	started, err := a.o.Ingest.Start(ctx, asker(ctx), in.Content.bytes)
	if err != nil {
		return nil, err
	}
	out := &startOutput{Status: http.StatusOK, Body: startedView{ID: started.ID, Acked: started.Acked}}
	if started.Created {
		out.Status = http.StatusCreated
	}
	return out, nil
}

// SessionView is a session as it is shown to programs, by the API and by the commands alike.
type SessionView struct {
	ID          string        `json:"id"`
	Participant string        `json:"participant"`
	Status      store.Status  `json:"status" enum:"recording,awaiting,queued,processing,ready,failed,erased"`
	StartedAt   int64         `json:"started_at" doc:"By the client's clock, in milliseconds since the Unix epoch."`
	CreatedAt   int64         `json:"created_at"`
	UpdatedAt   int64         `json:"updated_at"`
	CompletedAt int64         `json:"completed_at,omitzero"`
	LastSeq     int64         `json:"last_seq" doc:"The highest number that is stored."`
	Refused     int64         `json:"refused" doc:"How many of the events were refused; their places are kept."`
	PlainBytes  int64         `json:"plain_bytes"`
	StoredBytes int64         `json:"stored_bytes"`
	Quality     *int64        `json:"quality,omitzero" doc:"0 to 100; missing while it was not scored."`
	Verdict     string        `json:"verdict,omitzero" enum:"approved,rejected"`
	Session     *sealedHeader `json:"session,omitzero" doc:"What the client said when it started; not in listings."`
}

// ViewSession shows a session's row.
func ViewSession(s store.Session) SessionView {
	v := SessionView{
		ID: s.ID, Participant: s.Participant, Status: s.Status, StartedAt: s.StartedAt, CreatedAt: s.CreatedAt,
		UpdatedAt: s.UpdatedAt, CompletedAt: s.CompletedAt, LastSeq: max(s.NextSeq-1, 0), Refused: s.Refused,
		PlainBytes: s.PlainBytes, StoredBytes: s.StoredBytes, Verdict: s.Verdict,
	}
	if s.Quality >= 0 {
		v.Quality = &s.Quality
	}
	return v
}

type listSessionsInput struct {
	Status      string `query:"status" enum:"recording,awaiting,queued,processing,ready,failed,erased"`
	Participant string `query:"participant" maxLength:"64"`
	Quality     int64  `query:"quality" minimum:"0" maximum:"100" doc:"At least this."`
	Verdict     string `query:"verdict" enum:"approved,rejected"`
	From        int64  `query:"from" minimum:"0" maximum:"4102444800000" doc:"Created at or after, in milliseconds since the Unix epoch."`
	To          int64  `query:"to" minimum:"0" maximum:"4102444800000" doc:"Created before."`
	Cursor      string `query:"cursor" maxLength:"64" doc:"next of the page before."`
	Limit       int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type sessionList struct {
	Sessions []SessionView `json:"sessions"`
	Next     string        `json:"next,omitzero" doc:"Cursor of the next page; missing on the last."`
}

func (a *API) listSessions(ctx context.Context, in *listSessionsInput) (*struct{ Body sessionList }, error) {
	f := store.Filter{
		Status: store.Status(in.Status), Participant: in.Participant, MinQuality: in.Quality, Verdict: in.Verdict,
		From: in.From, To: in.To, After: in.Cursor, Limit: in.Limit,
	}
	out := &struct{ Body sessionList }{sessionList{Sessions: []SessionView{}}}
	if who := identity(ctx); !who.MayRead(f.Participant) {
		if f.Participant != "" || who.Participant == "" {
			return out, nil // somebody else's, or nobody's: there is nothing to see
		}
		f.Participant = who.Participant
	}
	sessions, err := a.o.Records.Store().ListSessions(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, s := range sessions {
		out.Body.Sessions = append(out.Body.Sessions, ViewSession(s))
	}
	if len(sessions) == f.Limit {
		out.Body.Next = sessions[len(sessions)-1].ID
	}
	return out, nil
}

func (a *API) getSession(ctx context.Context, in *sessionPath) (*struct{ Body SessionView }, error) {
	if _, err := a.readable(ctx, in.ID); err != nil {
		return nil, err
	}
	s, err := a.o.Records.Session(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	v := ViewSession(s.Session)
	v.Session = &sealedHeader{s.Header}
	return &struct{ Body SessionView }{v}, nil
}

// readable returns the session if the asker may read it. What they may not read does not exist for them.
func (a *API) readable(ctx context.Context, id string) (store.Session, error) {
	s, err := a.o.Records.Store().Session(ctx, id)
	switch {
	case err != nil:
		return store.Session{}, err
	case s.Status == store.Erased: // whose it was is erased too
		return store.Session{}, ingest.ErrErased
	case !identity(ctx).MayRead(s.Participant):
		return store.Session{}, ingest.ErrNotFound
	}
	return s, nil
}

type completeRequest struct {
	LastSeq int64 `json:"last_seq" minimum:"0" maximum:"9007199254740991" doc:"Number of the session's last event; 0 where it has none."`
}

type completeView struct {
	Status store.Status `json:"status" enum:"awaiting,queued,processing,ready,failed"`
}

type completeInput struct {
	ID      string `path:"id" maxLength:"64"`
	Content jsonBody[completeRequest]
}

func (a *API) completeSession(ctx context.Context, in *completeInput) (*struct{ Body completeView }, error) {
	status, err := a.o.Ingest.Complete(ctx, asker(ctx), in.ID, in.Content.value.LastSeq)
	if err != nil {
		return nil, err
	}
	return &struct{ Body completeView }{completeView{Status: status}}, nil
}

type reviewRequest struct {
	Verdict string `json:"verdict" enum:"approved,rejected"`
	Note    string `json:"note,omitzero" maxLength:"4000"`
}

type reviewInput struct {
	ID      string `path:"id" maxLength:"64"`
	Content jsonBody[reviewRequest]
}

func (a *API) reviewSession(ctx context.Context, in *reviewInput) (*struct{}, error) {
	if _, err := a.readable(ctx, in.ID); err != nil {
		return nil, err
	}
	who := identity(ctx)
	review := in.Content.value
	return nil, a.o.Records.Review(ctx, in.ID, review.Verdict, review.Note, who.KeyID, a.o.Now().UnixMilli())
}

func (a *API) eraseSession(ctx context.Context, in *sessionPath) (*struct{}, error) {
	s, err := a.o.Records.Store().Session(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if s.Status != store.Erased && !identity(ctx).Owns(s.Participant) {
		return nil, ingest.ErrNotFound
	}
	// Of an erased session nothing is known but that it was there. Erasing it again finishes what was interrupted.
	return nil, a.o.Records.Erase(ctx, in.ID, a.o.Now().UnixMilli())
}
