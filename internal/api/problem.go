package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/store"
)

// docsErrors is where the codes are explained; a problem's type is a place on that page.
const docsErrors = "https://github.com/codesight/codesight/blob/main/docs/errors.md#"

// Problem is the one form of every error, on HTTP and in the WebSocket's error frames (RFC 9457).
type Problem struct { //nolint:errname // the name of RFC 9457
	Type        string             `json:"type" format:"uri" doc:"Where the code is explained."`
	Title       string             `json:"title" doc:"What kind of problem it is, for people."`
	Status      int                `json:"status" doc:"The HTTP status."`
	Detail      string             `json:"detail,omitempty" doc:"What is wrong in this case, without any value that was sent."`
	Code        Code               `json:"code" doc:"Stable name of the kind of problem, for programs."`
	RequestID   string             `json:"request_id" doc:"Finds the request in the server's log."`
	Errors      []event.FieldError `json:"errors,omitempty" doc:"Each mistake with its place."`
	ExpectedSeq int64              `json:"expected_seq,omitzero" doc:"With sequence_gap: the number to go on from."`

	retryAfter time.Duration
	allow      string
}

func problem(code Code, detail string) *Problem {
	k := kindOf[code]
	return &Problem{
		Type: docsErrors + string(code), Title: k.Title, Status: k.Status, Detail: detail, Code: code,
		retryAfter: k.Retry,
	}
}

// Error, GetStatus, ContentType and GetHeaders let huma write a problem as it is.
func (p *Problem) Error() string { return string(p.Code) }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is the media type of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders are the headers that belong to the status.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.retryAfter+time.Second-1)/time.Second)))
	}
	switch p.Code {
	case CodeUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="codesight"`)
	case CodeMethodNotAllowed:
		h.Set("Allow", p.allow)
	case CodeUnsupportedCoding:
		h.Set("Accept-Encoding", "gzip, zstd")
	case CodeUpgradeRequired:
		h.Set("Upgrade", "websocket")
	default:
	}
	return h
}

// write sends the problem outside of huma.
func (p *Problem) write(w http.ResponseWriter, r *http.Request) {
	p.RequestID = infoOf(r.Context()).id
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	body, err := wire.Marshal(p)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) //nolint:gosec // JSON under nosniff, and without any value that was sent
}

// problemOf says what an error is to the client, and whether it is our fault and belongs in the log.
func problemOf(err error) (*Problem, bool) {
	var p *Problem
	if errors.As(err, &p) {
		return p, p.Status == http.StatusInternalServerError
	}
	if p := problemOfInput(err); p != nil {
		return p, false
	}
	switch {
	case errors.Is(err, access.ErrUnauthorized):
		return problem(CodeUnauthorized, ""), false
	case errors.Is(err, ingest.ErrNotFound), errors.Is(err, store.ErrNotFound):
		return problem(CodeSessionNotFound, ""), false
	case errors.Is(err, ingest.ErrErased), errors.Is(err, store.ErrErased):
		return problem(CodeSessionErased, ""), false
	case errors.Is(err, ingest.ErrCompleted):
		return problem(CodeSessionCompleted, ""), false
	case errors.Is(err, ingest.ErrTaken):
		return problem(CodeSessionConflict, ""), false
	case errors.Is(err, ingest.ErrScreenshotTaken):
		return problem(CodeScreenshotConflict, ""), false
	case errors.Is(err, ingest.ErrConsent):
		return problem(CodeConsentMissing, ""), false
	case errors.Is(err, ingest.ErrBusy):
		return problem(CodeBusy, ""), false
	case errors.Is(err, ingest.ErrFull):
		return problem(CodeStorageFull, ""), false // whoever measures the room has told the operator
	case errors.Is(err, context.Canceled):
		return problem(CodeUnavailable, ""), false // the client has gone, or this node is stopping
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		return problem(CodeUnavailable, ""), true
	default:
		return problem(CodeInternal, ""), true
	}
}

// problemOfInput answers for what the client sent.
func problemOfInput(err error) *Problem {
	var syntax *ingest.SyntaxError
	var invalid *ingest.InvalidError
	var gap *ingest.GapError
	var badKey *access.InvalidError
	switch {
	case errors.As(err, &syntax):
		return problem(CodeInvalidJSON, "at byte "+strconv.FormatInt(syntax.Offset, 10))
	case errors.As(err, &invalid):
		return invalidRequest(invalid.Errors...)
	case errors.As(err, &badKey):
		return invalidRequest(event.FieldError{Location: "body." + badKey.Field, Message: badKey.Message})
	case errors.As(err, &gap):
		p := problem(CodeSequenceGap, "expected sequence "+strconv.FormatInt(gap.Expected, 10))
		p.ExpectedSeq = gap.Expected
		return p
	case errors.Is(err, ingest.ErrTooLarge):
		return problem(CodeBodyTooLarge, "")
	case errors.Is(err, ingest.ErrMediaType):
		return problem(CodeUnsupportedMedia, "the body is not an image of the type that it claims")
	default:
		return nil
	}
}

func invalidRequest(errs ...event.FieldError) *Problem {
	p := problem(CodeValidationFailed, "")
	p.Errors = errs
	return p
}

// init replaces the form of huma's own errors: it would repeat the values that were sent.
func init() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		p := fromHuma(status, errs)
		p.RequestID = infoOf(ctx.Context()).id
		// huma writes the headers of errors that handlers return, and forgets those of its own.
		for name, values := range p.GetHeaders() {
			ctx.SetHeader(name, values[0])
		}
		return p
	}
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError { return fromHuma(status, errs) }
}

// fromHuma makes a problem of what huma found: a problem that one of our own resolvers returned, or mistakes in
// parameters, whose values are left out.
func fromHuma(status int, errs []error) *Problem {
	var report event.Report
	for _, err := range errs {
		var p *Problem
		if errors.As(err, &p) {
			return p
		}
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			location := detail.Location
			if detail.Message == "unknown query parameter" {
				location = "query" // the location would repeat the name that was sent
			}
			report.Add(location, detail.Message)
		}
	}
	if status == http.StatusInternalServerError || status == 0 {
		return problem(CodeInternal, "")
	}
	return invalidRequest(report.Errors...)
}
