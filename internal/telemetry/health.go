package telemetry

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// probeTimeout bounds one check: a dependency that takes longer is down for those who wait for it.
	probeTimeout = 2 * time.Second
	// healthAge bounds how old an answer may be. Load balancers ask often and from many places; the dependencies are
	// asked once a second at most.
	healthAge = time.Second
)

// Check is one dependency of a node.
type Check struct {
	Name   string
	Needed bool // ingestion cannot work without it
	Probe  func(ctx context.Context) error
}

// CheckResult is the state of a dependency. What exactly went wrong is in the log only.
type CheckResult struct {
	Name    string
	Needed  bool
	OK      bool
	Latency time.Duration
}

// Health asks the dependencies and remembers the answer for a moment. It is safe for concurrent use.
type Health struct {
	checks  []Check
	running []atomic.Bool // a check that hangs is not started again beside itself
	log     *slog.Logger

	mu      sync.Mutex // held while asking, so that many askers make one question
	asked   time.Time
	results []CheckResult
}

// NewHealth returns the health of the given dependencies.
func NewHealth(log *slog.Logger, checks ...Check) *Health {
	return &Health{checks: checks, running: make([]atomic.Bool, len(checks)), log: log}
}

// Ready says whether everything that ingestion needs works, with the state of each dependency.
func (h *Health) Ready(ctx context.Context) (bool, []CheckResult) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.results == nil || time.Since(h.asked) > healthAge {
		// Whoever asked may go away; the answer is for the others too.
		h.results = h.ask(context.WithoutCancel(ctx))
		h.asked = time.Now()
	}
	ready := true
	for _, r := range h.results {
		ready = ready && (r.OK || !r.Needed)
	}
	return ready, append([]CheckResult(nil), h.results...)
}

func (h *Health) ask(ctx context.Context) []CheckResult {
	results := make([]CheckResult, len(h.checks))
	var all sync.WaitGroup
	for i := range h.checks {
		all.Go(func() { results[i] = h.probe(ctx, i) })
	}
	all.Wait()
	return results
}

// errHanging says that the check before this one has not returned yet.
var errHanging = errors.New("telemetry: the last check still hangs")

// probe returns at the time-out even where the dependency does not: its answer is then thrown away.
func (h *Health) probe(ctx context.Context, i int) CheckResult {
	c := h.checks[i]
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	start := time.Now()
	err := errHanging
	if h.running[i].CompareAndSwap(false, true) {
		answer := make(chan error, 1)
		go func() {
			defer h.running[i].Store(false)
			answer <- c.Probe(ctx)
		}()
		select {
		case err = <-answer:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	if err != nil {
		h.log.Warn("dependency does not answer", "check", c.Name, "error", err)
	}
	return CheckResult{Name: c.Name, Needed: c.Needed, OK: err == nil, Latency: time.Since(start)}
}
