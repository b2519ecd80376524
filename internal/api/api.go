package api

import (
	"io"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/rs/cors"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/telemetry"
)

// Options are what the API works with. All but Mounts and Now are required.
type Options struct {
	Records *record.Records
	Ingest  *ingest.Service
	Keys    *access.Keys
	Health  *telemetry.Health
	Log     *slog.Logger
	Version string
	// AllowedOrigins are the exact origins that browsers may call from.
	AllowedOrigins []string
	// ReviewBeforeSending tells extensions to keep each recording until its participant has looked it through.
	ReviewBeforeSending bool
	// Mounts are other handlers by their path, such as the console. They set their own security headers.
	Mounts map[string]http.Handler
	// Home is the path to which a person who asks for / is sent; empty is nowhere.
	Home string
	// Now is the clock; nil is the system's.
	Now func() time.Time
}

// API is the handler of everything that the node serves.
type API struct {
	o       Options
	mux     *http.ServeMux
	huma    huma.API
	rules   map[string]rule // by route
	bodies  budget
	streams streams
	handler http.Handler
}

// New returns the API. Stop it after the server: WebSockets outlive the server's own shutdown.
func New(o Options) *API {
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &API{o: o, mux: http.NewServeMux(), rules: map[string]rule{}}
	a.streams.init()
	a.huma = humago.New(a.mux, a.config())
	a.bindSessions()
	a.bindEvents()
	a.bindScreenshots()
	a.bindResults()
	a.bindParticipants()
	a.bindStudy()
	a.bindKeys()
	a.bindHealth()
	a.bindStream()
	a.bindDocument() // last: it documents the others
	a.handler = a.observe(headers(a.cors().Handler(http.HandlerFunc(a.dispatch))))
	return a
}

// ServeHTTP serves one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Stop closes the open WebSockets, telling each client that the server is going, and returns when all are closed.
// Harmless twice.
func (a *API) Stop() { a.streams.stop() }

// Progress tells the clients that wait for a session's processing how far it is.
func (a *API) Progress(session, stage string, done, total int) {
	a.streams.publish(session, stage, done, total)
}

// dispatch sends a request to its route. The mux's own answers are plain text, so what has no route is answered here.
func (a *API) dispatch(w http.ResponseWriter, r *http.Request) {
	for prefix, mounted := range a.o.Mounts {
		if strings.HasPrefix(r.URL.Path, prefix) {
			infoOf(r.Context()).route = prefix
			mounted.ServeHTTP(w, r)
			return
		}
	}
	if r.URL.Path == "/" && r.Method == http.MethodGet && a.o.Home != "" {
		infoOf(r.Context()).route = "/"
		http.Redirect(w, r, a.o.Home, http.StatusFound)
		return
	}
	// The mux would redirect a path with dots or double slashes to its clean form, repeating what was sent.
	if r.URL.Path != path.Clean(r.URL.Path) {
		problem(CodeNotFound, "").write(w, r)
		return
	}
	fallback, pattern := a.mux.Handler(r)
	if pattern != "" {
		a.mux.ServeHTTP(w, r)
		return
	}
	probe := probe{header: http.Header{}}
	fallback.ServeHTTP(&probe, r)
	p := problem(CodeNotFound, "")
	if probe.status == http.StatusMethodNotAllowed {
		p = problem(CodeMethodNotAllowed, "")
		p.allow = probe.header.Get("Allow")
	}
	p.write(w, r)
}

// probe takes the mux's own answer, of which only the status and Allow are of use.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// cors answers browsers for the exact origins that are allowed. Credentials are never: a key is sent on purpose.
func (a *API) cors() *cors.Cors {
	return cors.New(cors.Options{
		// A function, because a list would take a * for a wildcard.
		AllowOriginFunc: a.allowedOrigin,
		AllowedMethods:  []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete},
		AllowedHeaders:  []string{"Authorization", "Content-Type", "Content-Encoding", metadataHeader},
		ExposedHeaders:  []string{"Retry-After", "X-Request-Id"},
		MaxAge:          int((10 * time.Minute).Seconds()),
	})
}

func (a *API) allowedOrigin(origin string) bool {
	for _, o := range a.o.AllowedOrigins {
		if o == origin {
			return true
		}
	}
	return false
}

// config is huma's, without what it would do by itself: its documentation page loads scripts from elsewhere, and its
// links to schemas stand in every answer.
func (a *API) config() huma.Config {
	json := huma.Format{Marshal: func(w io.Writer, v any) error {
		body, err := wire.Marshal(v)
		if err != nil {
			return err
		}
		_, err = w.Write(append(body, '\n'))
		return err
	}}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "CodeSight", Version: a.o.Version,
				Description: "Recorded browsing sessions: taken in, looked through, turned into training data.",
				License:     &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"key": {Type: "http", Scheme: "bearer", BearerFormat: "cs_<id>_<secret>", Description: "An API key."}, //nolint:gosec // the form of a key
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": json, "json": json},
		DefaultFormat: "application/json",
	}
}
