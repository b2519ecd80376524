package simulate

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// Result is what a simulation found.
type Result struct {
	Sessions     int     `json:"sessions"`
	Events       int64   `json:"events"`       // per session, as asked for
	Acknowledged int64   `json:"acknowledged"` // in all
	Seconds      float64 `json:"seconds"`      // from the first batch to the last acknowledgement
	PerSecond    float64 `json:"events_per_second"`
	P50MS        float64 `json:"p50_ms"` // of the acknowledgement of a batch, from its first sending on
	P95MS        float64 `json:"p95_ms"`
	P99MS        float64 `json:"p99_ms"`
	Retries      int64   `json:"retries"` // tries that failed and were made again
	Failed       int     `json:"failed"`  // sessions that could not be recorded to their end

	Read    int64 `json:"read_back"`
	Lost    int64 `json:"lost"`
	Doubled int64 `json:"doubled"`
	Changed int64 `json:"changed"`
}

// OK says that everything was recorded and nothing was lost, doubled or changed.
func (r *Result) OK() bool { return r.Failed == 0 && r.Lost == 0 && r.Doubled == 0 && r.Changed == 0 }

// Print writes the result for people.
func (r *Result) Print(w io.Writer) error {
	_, err := fmt.Fprintf(w, `acknowledged  %d events of %d sessions in %.1f s
throughput    %.0f acknowledged events/s
batch ack     p50 %.1f ms   p95 %.1f ms   p99 %.1f ms
retries       %d
read back     %d events: %d lost, %d doubled, %d changed
`, r.Acknowledged, r.Sessions, r.Seconds, r.PerSecond, r.P50MS, r.P95MS, r.P99MS, r.Retries, r.Read, r.Lost, r.Doubled, r.Changed)
	return err
}

// tally collects a result from many recorders.
type tally struct {
	mu        sync.Mutex
	result    Result
	latencies []time.Duration // one a batch; a day at full rate is a few million
	progress  func(stage string, done, total int64)
	total     int64
}

func (t *tally) add(events int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Acknowledged += events
	t.progress("record", t.result.Acknowledged, t.total)
}

func (t *tally) acknowledged(took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.latencies = append(t.latencies, took)
}

func (t *tally) retried() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Retries++
}

func (t *tally) failed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Failed++
}

func (t *tally) compared(read, lost, doubled, changed int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Read += read
	t.result.Lost += lost
	t.result.Doubled += doubled
	t.result.Changed += changed
	t.progress("read back", t.result.Read, t.total)
}

// settle computes what follows from what was collected.
func (t *tally) settle(took time.Duration) {
	t.result.Seconds = took.Seconds()
	t.result.PerSecond = float64(t.result.Acknowledged) / took.Seconds()
	slices.Sort(t.latencies)
	t.result.P50MS, t.result.P95MS, t.result.P99MS = percentile(t.latencies, 50), percentile(t.latencies, 95), percentile(t.latencies, 99)
}

// percentile is the nearest rank, in milliseconds.
func percentile(sorted []time.Duration, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := (len(sorted)*p + 99) / 100
	return float64(sorted[max(rank, 1)-1].Microseconds()) / 1000
}
