package queuetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// serve leases and finishes one job, and returns whose it was.
func serve(t *testing.T, b *bundle) string {
	t.Helper()
	j := take(t, b)
	require.NoError(t, b.Finish(t.Context(), j))
	return j.Participant
}

func fairToNewcomers(t *testing.T, b *bundle) {
	t.Helper()
	enqueueMany(t, b, "busy", 1000)
	for range 20 {
		require.Equal(t, "busy", serve(t, b))
	}
	enqueue(t, b, "newcomer", "new 1")
	require.Contains(t, []string{serve(t, b), serve(t, b)}, "newcomer")

	for i := range 3 {
		enqueue(t, b, "newcomer", fmt.Sprintf("more %d", i))
	}
	count := 0
	for range 7 {
		if serve(t, b) == "newcomer" {
			count++
		}
	}
	require.Equal(t, 3, count, "its jobs alternate with the backlog's")
}

func fairToAll(t *testing.T, b *bundle) {
	t.Helper()
	for _, p := range []string{"a", "b", "c"} {
		enqueueMany(t, b, p, 15)
	}
	for range 15 {
		seen := map[string]bool{serve(t, b): true, serve(t, b): true, serve(t, b): true}
		require.Len(t, seen, 3)
	}
}

// fairToBacklog has two who enqueue again as soon as they are served, so that there is always one of them that waits.
func fairToBacklog(t *testing.T, b *bundle) {
	t.Helper()
	for i := range 10 {
		enqueue(t, b, "backlog", fmt.Sprintf("backlog %d", i))
	}
	enqueue(t, b, "x", "x")
	enqueue(t, b, "y", "y")
	served := map[string]int{}
	for i := range 30 {
		p := serve(t, b)
		served[p]++
		if p != "backlog" {
			enqueue(t, b, p, fmt.Sprintf("%s %d", p, i))
		}
	}
	require.Equal(t, map[string]int{"backlog": 10, "x": 10, "y": 10}, served)
}

func fairOnRetry(t *testing.T, b *bundle) {
	t.Helper()
	for i := range 20 {
		enqueue(t, b, "failing", fmt.Sprintf("failing %d", i))
		enqueue(t, b, "good", fmt.Sprintf("good %d", i))
	}
	good := 0
	for range 40 {
		j := take(t, b)
		if j.Participant == "good" {
			good++
			require.NoError(t, b.Finish(t.Context(), j))
			continue
		}
		require.NoError(t, b.Retry(t.Context(), j, "again", b.clock()))
		b.pass(time.Millisecond)
	}
	require.Equal(t, 20, good)
}
