package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/store"
)

// The stages of the pipeline whose results are shown.
const (
	stageScore   = "score"
	stageCompose = "compose"
)

func (a *API) bindResults() {
	bind(a, operation{
		id: "get-quality", method: http.MethodGet, path: "/v1/sessions/{id}/quality", rule: readers, tag: tagSessions,
		summary: "The session's quality, with its reasons",
	}, a.result(stageScore))
	bind(a, operation{
		id: "get-examples", method: http.MethodGet, path: "/v1/sessions/{id}/examples", rule: readers, tag: tagSessions,
		summary: "The training examples made of the session",
	}, a.result(stageCompose))
}

// result answers with what a stage of the pipeline stored. Its form is the stage's own.
func (a *API) result(stage string) func(context.Context, *sessionPath) (*struct{ Body stageResult }, error) {
	return func(ctx context.Context, in *sessionPath) (*struct{ Body stageResult }, error) {
		if _, err := a.readable(ctx, in.ID); err != nil {
			return nil, err
		}
		var stored jsontext.Value
		_, err := a.o.Records.Stage(ctx, in.ID, stage, &stored)
		if errors.Is(err, store.ErrNotFound) {
			return nil, problem(CodeNotProcessed, "")
		}
		if err != nil {
			return nil, err
		}
		return &struct{ Body stageResult }{stageResult{stored}}, nil
	}
}
