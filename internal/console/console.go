package console

import (
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/record"
)

//go:generate templ generate

//go:embed static
var static embed.FS

// Path is where the console is mounted.
const Path = "/console/"

// policy lets a page load the console's own style, script and images and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Options are what the console works with.
type Options struct {
	Records *record.Records
	Keys    *access.Keys
	Log     *slog.Logger
	Secure  bool // cookies are sent over TLS only
	Now     func() time.Time
}

type console struct {
	Options
	logins *logins
}

// New returns the handler of everything below [Path].
func New(o Options) http.Handler {
	c := &console{Options: o, logins: newLogins(o.Now)}
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // only where the folder is not embedded
	}
	mux := http.NewServeMux()
	mux.Handle("GET /console/static/", http.StripPrefix("/console/static/", http.FileServerFS(files)))
	mux.HandleFunc("GET /console/login", c.showLogin)
	mux.HandleFunc("POST /console/login", c.login)
	mux.HandleFunc("POST /console/logout", c.logout)
	mux.Handle("GET /console/{$}", c.authenticated(c.listSessions))
	mux.Handle("GET /console/sessions/{id}", c.authenticated(c.showSession))
	mux.Handle("GET /console/sessions/{id}/screenshots/{screenshot}", c.authenticated(c.showScreenshot))
	mux.Handle("POST /console/sessions/{id}/review", c.authenticated(c.review))
	mux.HandleFunc("/console/", func(w http.ResponseWriter, r *http.Request) {
		c.fail(w, r, http.StatusNotFound, "There is no such page.")
	})
	return secured(http.NewCrossOriginProtection().Handler(mux))
}

// secured sets the headers of every answer.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// render writes a page. An error after the first byte can only be logged.
func (c *console) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := page.Render(r.Context(), w); err != nil {
		c.Log.WarnContext(r.Context(), "console page was cut off", "error", err)
	}
}

func (c *console) fail(w http.ResponseWriter, r *http.Request, status int, message string) {
	c.render(w, r, status, errorPage(status, message))
}

// broken answers a failure that is ours and logs it.
func (c *console) broken(w http.ResponseWriter, r *http.Request, err error) {
	c.Log.ErrorContext(r.Context(), "console request failed", "path", r.URL.Path, "error", err)
	c.fail(w, r, http.StatusInternalServerError, "The server could not do that. Its log says why.")
}
