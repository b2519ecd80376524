package record_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
)

// BenchmarkAppend seals, commits and flushes batches of 100 events of about 500 bytes, from 16 clients at once.
func BenchmarkAppend(b *testing.B) {
	const events, clients = 100, 16
	r := setup(b)
	body, refused := benchmarkLines(b, events)
	var next atomic.Int64
	b.SetBytes(int64(len(body)))
	b.SetParallelism(clients / 2) // times two cores
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		id := fmt.Sprintf("s%d", next.Add(1))
		r.create(b, id)
		for first := int64(1); pb.Next(); first += events {
			batch := record.Batch{Session: id, First: first, Last: first + events - 1, Refused: refused, Lines: body}
			if err := r.Append(b.Context(), batch); err != nil {
				b.Errorf("append: %v", err)
			}
		}
	})
	b.ReportMetric(storedPercent(b, r), "%stored")
	b.ReportMetric(float64(b.N)*events/b.Elapsed().Seconds(), "events/s")
}

func storedPercent(b *testing.B, r *bundle) float64 {
	b.Helper()
	sessions, err := r.Store().ListSessions(b.Context(), store.Filter{})
	if err != nil {
		b.Fatal(err)
	}
	var plain, stored int64
	for _, s := range sessions {
		plain, stored = plain+s.PlainBytes, stored+s.StoredBytes
	}
	return 100 * float64(stored) / float64(plain)
}

// benchmarkLines makes events that differ in a few words and numbers each, as recorded ones do.
func benchmarkLines(b *testing.B, n int64) ([]byte, int64) {
	b.Helper()
	words := strings.Fields("oak chair table add to cart price search filter delivery garden lamp green small red large shelf with and for")
	random := rand.New(rand.NewPCG(1, 2)) // the same texts each time
	var body []byte
	var refused int64
	for seq := int64(1); seq <= n; seq++ {
		var title strings.Builder
		title.WriteString(strings.Repeat("the same navigation on every page ", 7))
		for range 12 {
			fmt.Fprintf(&title, "%s %d ", words[random.IntN(len(words))], random.IntN(100))
		}
		line, tombstones := lines(b, seq, seq, title.String())
		body, refused = append(body, line...), refused+tombstones
	}
	return body, refused
}
