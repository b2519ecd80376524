package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/api"
	"github.com/codesight/codesight/internal/console"
)

// lastResort is what is left after the shutdown time-out for closing everything, before the process ends anyway. What
// was acknowledged is safe then, too.
const lastResort = 5 * time.Second

func (a *app) listen(ctx context.Context) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", string(a.config.Addr))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is taken by another program: stop it, or choose another address with --addr", a.config.Addr)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("this user may not listen on %s: choose a port above 1023 with --addr", a.config.Addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: choose another address with --addr (%w)", a.config.Addr, err)
	}
	return l, nil
}

// sayReady logs where the server is, and how to make the first key where there is none.
func (a *app) sayReady(ctx context.Context, keys *access.Keys, addr net.Addr) {
	a.log.Info("codesight is ready", "url", shownURL(addr), "console", shownURL(addr)+console.Path, "version", version, "env", a.config.Env, "data", a.config.DataDir, "workers", a.config.Workers)
	if list, err := keys.List(ctx); err == nil && len(list) == 0 {
		a.log.Info("there is no key yet: make one with `codesight keys create --scope admin`")
	}
}

// shownURL is where people find the server. The log takes addresses out, so the usual ones are shown by name.
func shownURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err == nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// endInTime makes sure that a node that was told to stop does, whatever hangs.
func (a *app) endInTime(ctx context.Context) {
	context.AfterFunc(ctx, func() {
		time.AfterFunc(a.config.Grace()+lastResort, func() {
			a.log.Error("did not stop in time: ending at once")
			os.Exit(exitFailed)
		})
	})
}

func (a *app) warnUnknown() {
	for _, name := range a.loader.Unknown(os.Environ()) {
		a.log.Warn("a variable of the environment looks like a setting and is none", "name", name)
	}
}

// serve answers until the context ends; then it takes no more requests and finishes those under way, within the
// time-out.
func (a *app) serve(ctx context.Context, l net.Listener, handler *api.API) error {
	server := api.NewServer(l.Addr().String(), handler, a.log)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		handler.Stop()
		return err
	case <-ctx.Done():
	}
	a.log.Info("stopping: finishing what is under way", "timeout", a.config.ShutdownTimeout.String())
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.config.Grace())
	defer cancel()
	err := server.Shutdown(late)
	handler.Stop() // the WebSockets, which are no requests to the server: their clients are told to come back
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.Warn("some requests did not finish in time and were cut off")
		err = server.Close()
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	a.log.Info("stopped")
	return err
}
