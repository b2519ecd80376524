package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/api"
	"github.com/codesight/codesight/internal/console"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/telemetry"
)

type serveCmd struct{}

// Help shows an example.
func (serveCmd) Help() string {
	return "One serve runs on a data directory at a time; the other commands work beside it.\n\nExample:\n\n  codesight serve --addr 127.0.0.1:8787 --data-dir ./codesight-data"
}

// Run serves until the context ends, and then finishes what is under way.
func (serveCmd) Run(ctx context.Context, a *app) (err error) {
	unlock, err := a.lockServe()
	if err != nil {
		return err
	}
	defer unlock()
	a.warnUnknown()
	n, err := a.open(ctx, openOptions{create: true, migrate: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	guard := startStorageGuard(a.config.DataDir, a.config.MaxStorage, a.log)
	defer guard.stop()

	worker := a.newWorker(n)
	keys := access.New(n.store, time.Now)
	handler := api.New(api.Options{
		Records:        n.records,
		Ingest:         ingest.New(n.records, redact.Default(), ingest.Options{Room: guard.room, Wake: worker.Wake}),
		Keys:           keys,
		Health:         telemetry.NewHealth(a.log, checks(n, guard)...),
		Log:            a.log,
		Version:        version,
		AllowedOrigins: a.config.AllowedOrigins,
		Mounts: map[string]http.Handler{console.Path: console.New(console.Options{
			Records: n.records, Keys: keys, Log: a.log, Secure: a.config.TrustProxy, Now: time.Now,
		})},
	})
	listener, err := a.listen(ctx)
	if err != nil {
		return err
	}
	if a.config.Workers {
		// Not the command's context: what is under way is given back in stop, after the last request.
		if err := worker.Start(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		defer worker.Stop()
	}
	a.sayReady(ctx, keys, listener.Addr())
	return a.serve(ctx, listener, handler)
}

// lockServe makes sure that no other serve runs on the data directory.
func (a *app) lockServe() (unlock func(), err error) {
	if err := a.dataDir(true); err != nil {
		return nil, err
	}
	unlock, err = lock(filepath.Join(a.config.DataDir, serveLock), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("another `codesight serve` runs on the data directory %s: stop it first, or give this one its own with --data-dir", a.config.DataDir)
	}
	return unlock, err
}

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

// checks are what /readyz asks.
func checks(n *node, guard *storageGuard) []telemetry.Check {
	return []telemetry.Check{
		{Name: "database", Needed: true, Probe: n.store.Ping},
		{Name: "blobs", Needed: true, Probe: n.blobs.Ping},
		{Name: "storage", Needed: true, Probe: func(context.Context) error { return guard.room() }},
	}
}
