package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/api"
	"github.com/codesight/codesight/internal/console"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/telemetry"
)

type serveCmd struct{}

// Help shows an example.
func (serveCmd) Help() string {
	return "One serve runs on a data directory at a time; the other commands work beside it.\n\nExample:\n\n  codesight serve --addr 127.0.0.1:8787 --data-dir ./codesight-data"
}

// Run serves until the context ends, and then finishes what is under way.
func (serveCmd) Run(ctx context.Context, a *app) error {
	unlock, err := a.lockServe()
	if err != nil {
		return err
	}
	defer unlock()
	a.endInTime(ctx)
	a.warnUnknown()
	n, err := a.open(ctx, openOptions{create: true, migrate: true})
	if err != nil {
		return err
	}
	defer n.close()
	guard := startStorageGuard(a.config.DataDir, a.config.MaxStorage, a.log)
	defer guard.stop()

	handler, worker, keys := a.wire(n, guard)
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

// wire joins the packages into a server and its worker; neither runs yet.
func (a *app) wire(n *node, guard *storageGuard) (*api.API, *queue.Worker, *access.Keys) {
	var handler *api.API
	worker := a.newWorker(n, func(session, stage string, done, total int) {
		if stage == "" {
			stage = string(store.Ready)
		}
		handler.Progress(session, stage, done, total)
	})
	keys := access.New(n.store, time.Now)
	handler = api.New(api.Options{
		Records:        n.records,
		Ingest:         ingest.New(n.records, redact.Default(), ingest.Options{Room: guard.room, Wake: worker.Wake}),
		Keys:           keys,
		Health:         telemetry.NewHealth(a.log, checks(n, guard)...),
		Log:            a.log,
		Version:        version,
		AllowedOrigins: a.config.AllowedOrigins,
		Home:           console.Path,

		ReviewBeforeSending: a.config.ReviewBeforeSending,

		Mounts: map[string]http.Handler{console.Path: console.New(console.Options{
			Records: n.records, Keys: keys, Log: a.log, Secure: a.config.TrustProxy, Now: time.Now,
		})},
	})
	return handler, worker, keys
}

// lockServe makes sure that no other serve runs on the data directory, and returns what gives the place free.
func (a *app) lockServe() (func(), error) {
	if err := a.dataDir(true); err != nil {
		return nil, err
	}
	unlock, err := lock(filepath.Join(a.config.DataDir, serveLock), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("another `codesight serve` runs on the data directory %s: stop it first, or give this one its own with --data-dir", a.config.DataDir)
	}
	return unlock, err
}

// checks are what /readyz asks.
func checks(n *node, guard *storageGuard) []telemetry.Check {
	return []telemetry.Check{
		{Name: "database", Needed: true, Probe: n.store.Ping},
		{Name: "blobs", Needed: true, Probe: n.blobs.Ping},
		{Name: "storage", Needed: true, Probe: func(context.Context) error { return guard.room() }},
	}
}
