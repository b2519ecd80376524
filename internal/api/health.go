package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/codesight/codesight/internal/access"
)

const tagHealth = "Health"

func (a *API) bindHealth() {
	bind(a, operation{
		id: "health", method: http.MethodGet, path: "/healthz", rule: everyone, tag: tagHealth, summary: "The process lives",
	}, a.live)
	bind(a, operation{
		id: "ready", method: http.MethodGet, path: "/readyz", rule: everyone, tag: tagHealth,
		summary: "Everything that ingestion needs works; an admin's key sees each part",
		answers: map[string]*huma.Response{"503": {Description: "Something that ingestion needs is down."}},
	}, a.ready)
}

type statusView struct {
	Status string `json:"status" enum:"ok,ready,unavailable"`
}

func (a *API) live(context.Context, *struct{}) (*struct{ Body statusView }, error) {
	return &struct{ Body statusView }{statusView{Status: "ok"}}, nil
}

type readyView struct {
	Status string      `json:"status" enum:"ready,unavailable"`
	Checks []checkView `json:"checks,omitzero" doc:"For an admin only."`
}

type checkView struct {
	Name      string  `json:"name"`
	OK        bool    `json:"ok"`
	Needed    bool    `json:"needed" doc:"Ingestion cannot work without it."`
	LatencyMS float64 `json:"latency_ms"`
}

type readyOutput struct {
	Status     int
	RetryAfter string `header:"Retry-After"`
	Body       readyView
}

// readyInput knows whether an admin asks.
type readyInput struct{ Asker optionalKey }

// optionalKey is the key of a route that is for everyone and tells some more.
type optionalKey struct{ key string }

// Resolve reads the header.
func (o *optionalKey) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	o.key = bearer(r)
	return nil
}

func (a *API) ready(ctx context.Context, in *readyInput) (*readyOutput, error) {
	ok, checks := a.o.Health.Ready(ctx)
	out := &readyOutput{Status: http.StatusOK, Body: readyView{Status: "ready"}}
	if !ok {
		out.Status, out.Body.Status = http.StatusServiceUnavailable, "unavailable"
		out.RetryAfter = problem(CodeUnavailable, "").GetHeaders().Get("Retry-After")
	}
	if in.Asker.key == "" {
		return out, nil
	}
	// Where the database is down nobody can prove to be an admin, and the log has to do.
	if who, err := a.o.Keys.Authenticate(ctx, in.Asker.key); err == nil && who.Has(access.Admin) {
		for _, c := range checks {
			out.Body.Checks = append(out.Body.Checks, checkView{Name: c.Name, OK: c.OK, Needed: c.Needed, LatencyMS: float64(c.Latency.Microseconds()) / 1000})
		}
	}
	return out, nil
}
