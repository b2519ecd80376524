package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/store"
)

const tagKeys = "Keys"

func (a *API) bindKeys() {
	bind(a, operation{
		id: "list-keys", method: http.MethodGet, path: "/v1/keys", rule: admins, tag: tagKeys, summary: "All keys, newest first",
	}, a.listKeys)
	bind(a, operation{
		id: "create-key", method: http.MethodPost, path: "/v1/keys", rule: admins, tag: tagKeys,
		summary: "Make a key; it is shown this once", status: http.StatusCreated, body: jsonRequest[keyRequest](a),
	}, a.createKey)
	bind(a, operation{
		id: "revoke-key", method: http.MethodDelete, path: "/v1/keys/{id}", rule: admins, tag: tagKeys,
		summary: "Revoke a key, within a second everywhere",
	}, a.revokeKey)
}

type keyRequest struct {
	Scopes      []string `json:"scopes" minItems:"1" maxItems:"4" enum:"ingest,read,review,admin"`
	Name        string   `json:"name,omitzero" maxLength:"100"`
	Participant string   `json:"participant,omitzero" maxLength:"64" doc:"Of an ingest key; without it a new participant is made."`
	Rate        string   `json:"rate,omitzero" maxLength:"16" doc:"Such as 50/s."`
	ExpiresIn   int64    `json:"expires_in,omitzero" minimum:"0" maximum:"315360000" doc:"In seconds from now; 0 is never."`
}

// keyView is a key without its secret.
type keyView struct {
	ID          string   `json:"id"`
	Scopes      []string `json:"scopes"`
	Name        string   `json:"name,omitzero"`
	Participant string   `json:"participant,omitzero"`
	Rate        string   `json:"rate,omitzero"`
	CreatedAt   int64    `json:"created_at" doc:"In milliseconds since the Unix epoch, as all times here."`
	ExpiresAt   int64    `json:"expires_at,omitzero"`
	RevokedAt   int64    `json:"revoked_at,omitzero"`
	LastUsedAt  int64    `json:"last_used_at,omitzero"`
}

func viewKey(k store.Key) keyView {
	return keyView{
		ID: k.ID, Scopes: strings.Split(k.Scopes, ","), Name: k.Name, Participant: k.Participant, Rate: k.Rate,
		CreatedAt: k.CreatedAt, ExpiresAt: k.ExpiresAt, RevokedAt: k.RevokedAt, LastUsedAt: k.LastUsedAt,
	}
}

type keyList struct {
	Keys []keyView `json:"keys"`
}

func (a *API) listKeys(ctx context.Context, _ *struct{}) (*struct{ Body keyList }, error) {
	keys, err := a.o.Keys.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &struct{ Body keyList }{keyList{Keys: make([]keyView, len(keys))}}
	for i, k := range keys {
		out.Body.Keys[i] = viewKey(k)
	}
	return out, nil
}

// newKeyView is a key at the one time when it is shown.
type newKeyView struct {
	Key string `json:"key" doc:"The key itself. It is stored nowhere."`
	keyView
}

func (a *API) createKey(ctx context.Context, in *struct{ Content jsonBody[keyRequest] }) (*struct{ Body newKeyView }, error) {
	wish := in.Content.value
	n := access.NewKey{
		Name: wish.Name, Participant: wish.Participant, Rate: wish.Rate, Expires: time.Duration(wish.ExpiresIn) * time.Second,
	}
	for _, s := range wish.Scopes {
		n.Scopes = append(n.Scopes, access.Scope(s))
	}
	plaintext, key, err := a.o.Keys.Create(ctx, n)
	if err != nil {
		return nil, err
	}
	return &struct{ Body newKeyView }{newKeyView{Key: plaintext, keyView: viewKey(key)}}, nil
}

type keyPath struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *API) revokeKey(ctx context.Context, in *keyPath) (*struct{}, error) {
	err := a.o.Keys.Revoke(ctx, in.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, problem(CodeKeyNotFound, "")
	}
	return nil, err
}
