package api

import (
	"context"
	"net/http"
)

func (a *API) bindParticipants() {
	bind(a, operation{
		id: "erase-participant", method: http.MethodDelete, path: "/v1/participants/{id}", rule: participants, tag: "Participants",
		summary: "Erase a participant: every session, and every key",
	}, a.eraseParticipant)
}

type participantPath struct {
	ID string `path:"id" maxLength:"64" doc:"The participant's id."`
}

type erasedView struct {
	Sessions int `json:"sessions" doc:"How many sessions were erased."`
	Keys     int `json:"keys" doc:"How many keys were revoked."`
}

func (a *API) eraseParticipant(ctx context.Context, in *participantPath) (*struct{ Body erasedView }, error) {
	if !identity(ctx).Owns(in.ID) {
		return nil, problem(CodeNotFound, "")
	}
	// The sessions last: whoever may ask for the erasure may ask again where it was broken off in between. An own key is
	// gone by then, so it is an admin who asks.
	erased, err := a.o.Records.EraseParticipant(ctx, in.ID, a.o.Now().UnixMilli())
	if err != nil {
		return nil, err
	}
	revoked, err := a.o.Keys.RevokeParticipant(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	// What was started between the two.
	late, err := a.o.Records.EraseParticipant(ctx, in.ID, a.o.Now().UnixMilli())
	return &struct{ Body erasedView }{erasedView{Sessions: erased + late, Keys: revoked}}, err
}
