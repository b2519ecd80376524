package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/ingest"
)

// rule says who may use a route: a key with any of the scopes (admin is always one of them), or, with none, everyone.
// What a key may do to a certain session is decided where the session is known.
type rule []access.Scope

var (
	everyone = rule{}
	// participants record; they also read and erase their own.
	participants = rule{access.Ingest}
	readers      = rule{access.Read, access.Ingest}
	reviewers    = rule{access.Review}
	admins       = rule{access.Admin}
)

func (ru rule) allows(who access.Identity) bool {
	for _, s := range ru {
		if who.Has(s) {
			return true
		}
	}
	return len(ru) == 0
}

// operation is a route as its bind function describes it.
type operation struct {
	id      string
	method  string
	path    string
	rule    rule
	tag     string
	summary string
	status  int // of success; 0 is 200, or 204 where nothing is answered
	body    *huma.RequestBody
	answers map[string]*huma.Response
}

// bind adds a route. It is the only way to add one, so that none is without its rule, its problems and its document.
func bind[I, O any](a *API, op operation, handler func(context.Context, *I) (*O, error)) {
	h := huma.Operation{
		OperationID: op.id, Method: op.method, Path: op.path, Summary: op.summary, Tags: []string{op.tag},
		DefaultStatus: op.status, Responses: op.answers,
		RejectUnknownQueryParameters: true,
		Middlewares:                  huma.Middlewares{a.guard(op)},
	}
	if len(op.rule) > 0 {
		h.Security = []map[string][]string{{"key": {}}}
		h.Description = "Scope: " + op.rule.String() + "."
	}
	a.rules[op.method+" "+op.path] = op.rule
	huma.Register(a.huma, h, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	// The body is documented only now: huma would read and decode it by its own, looser rules.
	documented(a.huma.OpenAPI().Paths[op.path], op.method).RequestBody = op.body
}

func documented(p *huma.PathItem, method string) *huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: p.Get, http.MethodPost: p.Post, http.MethodPut: p.Put, http.MethodDelete: p.Delete,
	}[method]
}

func (ru rule) String() string {
	names := make([]string, len(ru))
	for i, s := range ru {
		names[i] = string(s)
	}
	return strings.Join(names, " or ")
}

// guard lets only those in whom the rule allows.
func (a *API) guard(op operation) func(huma.Context, func(huma.Context)) {
	route := op.method + " " + op.path
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		infoOf(r.Context()).route = route
		if err := a.authorise(r, op.rule); err != nil {
			a.problem(r.Context(), err).write(w, r)
			return
		}
		next(ctx)
	}
}

// authorise finds out who is asking and whether the rule lets them in.
func (a *API) authorise(r *http.Request, ru rule) error {
	if len(ru) == 0 {
		return nil
	}
	who, err := a.o.Keys.Authenticate(r.Context(), bearer(r))
	if err != nil {
		return err
	}
	infoOf(r.Context()).who = who
	if !ru.allows(who) {
		return problem(CodeInsufficientScope, "needs the scope "+ru.String())
	}
	return nil
}

// bearer returns the key of the Authorization header; the scheme's name has no case (RFC 9110).
func bearer(r *http.Request) string {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return strings.TrimSpace(key)
}

// problem turns an error into the answer, and logs it where it is ours.
func (a *API) problem(ctx context.Context, err error) *Problem {
	p, ours := problemOf(err)
	answer := *p
	answer.RequestID = infoOf(ctx).id
	if ours {
		a.o.Log.ErrorContext(ctx, "request failed", "request_id", answer.RequestID, "code", string(answer.Code), "error", err)
	}
	return &answer
}

// identity is who is asking, behind a guard.
func identity(ctx context.Context) access.Identity { return infoOf(ctx).who }

// asker is the same for ingest.
func asker(ctx context.Context) ingest.Who { return whoOf(identity(ctx)) }

func whoOf(i access.Identity) ingest.Who {
	return ingest.Who{KeyID: i.KeyID, Participant: i.Participant, Admin: i.Has(access.Admin)}
}

// rawBody is an input's JSON body as it came, decompressed and within the limits. It is read behind the guard.
type rawBody struct{ bytes []byte }

// Resolve reads the body.
func (b *rawBody) Resolve(ctx huma.Context) []error {
	r, w := humago.Unwrap(ctx)
	if _, err := mediaType(r, "application/json"); err != nil {
		return []error{err}
	}
	var err error
	b.bytes, err = readBody(w, r, MaxBody)
	return resolved(err)
}

// jsonBody is an input's small JSON body, decoded and validated by the same decoder as events.
type jsonBody[T any] struct{ value *T }

// Resolve reads and decodes the body.
func (b *jsonBody[T]) Resolve(ctx huma.Context) []error {
	r, w := humago.Unwrap(ctx)
	if _, err := mediaType(r, "application/json"); err != nil {
		return []error{err}
	}
	body, err := readBody(w, r, maxSmallBody)
	if err != nil {
		return resolved(err)
	}
	var report event.Report
	b.value = wire.Value[T](body, shapeOf[T](), "body", &report)
	if !report.OK() {
		if err := ingest.CheckSyntax(body); err != nil {
			return resolved(err)
		}
		return []error{invalidRequest(report.Errors...)}
	}
	return nil
}

// maxSmallBody bounds the bodies that are not events or images, in bytes.
const maxSmallBody = 64 << 10

// resolved makes a problem of an error: huma passes only those on as they are.
func resolved(err error) []error {
	if err == nil {
		return nil
	}
	p, _ := problemOf(err)
	return []error{p}
}
