package api

import (
	"context"
	"net/http"
)

func (a *API) bindStudy() {
	bind(a, operation{
		id: "study", method: http.MethodGet, path: "/v1/study", rule: participants, tag: "Participants",
		summary: "What the study asks of a participant's extension",
	}, a.study)
}

type studyView struct {
	ReviewBeforeSending bool `json:"review_before_sending" doc:"The extension keeps each recording until the participant has looked it through."`
}

// study is asked for when a participant connects, which also tells whether the key is accepted, and before each recording.
func (a *API) study(context.Context, *struct{}) (*struct{ Body studyView }, error) {
	return &struct{ Body studyView }{studyView{ReviewBeforeSending: a.o.ReviewBeforeSending}}, nil
}
