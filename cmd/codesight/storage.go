package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/codesight/codesight/internal/config"
	"github.com/codesight/codesight/internal/ingest"
)

const (
	// shareEvery is how often the disk is asked for its free space. A node that takes in 100 MB/s moves a 100 GB disk by
	// a thousandth in that time.
	shareEvery = time.Second
	// sizeEvery is how often the data directory is measured: it means to look at every file in it.
	sizeEvery = 15 * time.Second
)

// storageGuard closes ingestion before the disk is full. Reading, processing and erasing go on.
type storageGuard struct {
	dir   string
	limit config.Size
	log   *slog.Logger

	full   atomic.Bool
	once   sync.Once
	quit   chan struct{}
	closed chan struct{}
}

// startStorageGuard measures once before it returns, and then again and again until it is stopped.
func startStorageGuard(dir string, limit config.Size, log *slog.Logger) *storageGuard {
	g := &storageGuard{dir: dir, limit: limit, log: log, quit: make(chan struct{}), closed: make(chan struct{})}
	g.measure()
	go g.run()
	return g
}

// room is ingest's question before it stores anything.
func (g *storageGuard) room() error {
	if g.full.Load() {
		return ingest.ErrFull
	}
	return nil
}

// stop returns when nothing of the guard runs any more. Harmless twice.
func (g *storageGuard) stop() {
	g.once.Do(func() { close(g.quit) })
	<-g.closed
}

func (g *storageGuard) run() {
	defer close(g.closed)
	every := shareEvery
	if g.limit.Bytes > 0 {
		every = sizeEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-g.quit:
			return
		case <-tick.C:
			g.measure()
		}
	}
}

// measure closes ingestion at the limit. Where it cannot measure it leaves things as they are.
func (g *storageGuard) measure() {
	over, err := overLimit(g.dir, g.limit)
	if err != nil {
		g.log.Warn("cannot measure the storage", "error", err)
		return
	}
	switch was := g.full.Swap(over); {
	case over && !was:
		g.log.Error("the storage is past its limit: ingestion answers 503 until there is room; raise CODESIGHT_MAX_STORAGE or make room", "limit", g.limit.String())
	case was && !over:
		g.log.Info("the storage has room again: ingestion goes on", "limit", g.limit.String())
	}
}

func overLimit(dir string, limit config.Size) (bool, error) {
	if limit.Bytes > 0 {
		used, err := directorySize(dir)
		return used >= limit.Bytes, err
	}
	used, _, err := diskUse(dir)
	return used >= limit.Share, err
}

// diskUse is how full the disk is, as df shows it (of what others than root may use), and how many bytes are free.
func diskUse(dir string) (float64, int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, 0, &fs.PathError{Op: "statfs", Path: dir, Err: err}
	}
	used := float64(s.Blocks - s.Bfree)
	return used / max(used+float64(s.Bavail), 1), int64(s.Bavail) * s.Bsize, nil
}

func directorySize(dir string) (int64, error) {
	var total int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreGone(err)
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return ignoreGone(err)
	})
	return total, err
}

// ignoreGone passes over files that were deleted while they were counted.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
