package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"github.com/codesight/codesight/internal/access"
)

// info is what is known about a request on its way. It is made once and filled in as the request goes inwards, so that
// the access log, which stands outermost, can tell it.
type info struct {
	id    string // made here: an id from outside could carry anything
	route string // the pattern, never the path: a path may hold anything
	who   access.Identity
	body  lease
}

type infoKey struct{}

// infoOf never returns nil, so that a problem can be written wherever it comes up.
func infoOf(ctx context.Context) *info {
	if i, ok := ctx.Value(infoKey{}).(*info); ok {
		return i
	}
	return &info{}
}

// response notes what was written, for the access log and for the recovery from a panic.
type response struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *response) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController and the WebSocket reach the connection.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// observe gives the request its id, survives its panics, and writes the access log.
func (a *API) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		i := &info{id: uuid.NewString(), route: "none", body: lease{from: &a.bodies}}
		out := &response{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), infoKey{}, i))
		out.Header().Set("X-Request-Id", i.id)
		defer func() {
			i.body.release()
			a.o.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("request_id", i.id), slog.String("method", knownMethod(r.Method)), slog.String("route", i.route),
				slog.Int("status", out.status), slog.Int64("bytes", out.bytes), slog.Float64("took_ms", float64(time.Since(start).Microseconds())/1000),
				slog.String("key_id", i.who.KeyID), slog.Any("network", network(r.RemoteAddr)))
		}()
		defer a.recover(out, r)
		next.ServeHTTP(out, r)
	})
}

// recover answers a panic. The value of the panic is not logged: it may hold anything. Its type and the stack tell
// where it came from.
func (a *API) recover(w *response, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(cause) // the server's own way to break a connection off
	}
	a.o.Log.Error("panic", "request_id", infoOf(r.Context()).id, "type", fmt.Sprintf("%T", cause), "stack", string(debug.Stack()))
	if w.status == 0 {
		problem(CodeInternal, "").write(w, r)
	}
}

// knownMethod keeps invented methods out of the log.
func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	default:
		return "other"
	}
}

// network is the client's network: enough to see an attack by, too little to tell a person by.
func network(remote string) netip.Prefix {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Prefix{}
	}
	bits := 48
	addr := at.Addr().Unmap().WithZone("")
	if addr.Is4() {
		bits = 24
	}
	p, _ := addr.Prefix(bits) // never fails: the address is valid and the bits are within it
	return p
}

// headers sets what tells a browser to trust nothing that it was not told to.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
