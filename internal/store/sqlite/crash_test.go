package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlite"
)

const (
	helperEnv = "CODESIGHT_TEST_APPEND_TO"
	writers   = 4
)

func helperFile() string { return os.Getenv(helperEnv) }

// appendUntilKilled is the process that dies: each of its writers appends to a session of its own and prints the last
// number of what was acknowledged.
func appendUntilKilled(path string) {
	s, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		panic(err)
	}
	var out sync.Mutex
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			id := "s" + strconv.Itoa(w)
			row, _, err := s.CreateSession(context.Background(), store.Session{ID: id, WrappedKey: []byte{1}, Header: []byte{1}})
			if err != nil {
				panic(err)
			}
			for next := row.NextSeq; ; next += 10 {
				if err := s.AppendSegment(context.Background(), crashSegment(id, next)); err != nil {
					panic(err)
				}
				out.Lock()
				fmt.Printf("%s %d\n", id, next+9)
				out.Unlock()
			}
		})
	}
	all.Wait()
}

func crashSegment(id string, first int64) store.Segment {
	body := make([]byte, 5000)
	copy(body, fmt.Sprintf("%s %d", id, first))
	return store.Segment{Session: id, First: first, Last: first + 9, PlainBytes: 10, Body: body}
}

func TestWhatWasAcknowledgedSurvivesKillMinusNineExactlyOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "crash.db")
	acked := map[string]int64{}
	for range crashRounds(t) {
		killAtRandom(t, path, acked)
		s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		require.NoError(t, err)
		for id, last := range acked {
			acked[id] = requireSequence(t, s, id, last)
		}
		require.NoError(t, s.Close())
	}
	require.Len(t, acked, writers)
}

// crashRounds is small here; the long target sets more.
func crashRounds(t *testing.T) int {
	t.Helper()
	v := os.Getenv("CODESIGHT_TEST_CRASH_ROUNDS")
	if v == "" {
		return 10
	}
	n, err := strconv.Atoi(v)
	require.NoError(t, err)
	return n
}

func killAtRandom(t *testing.T, path string, acked map[string]int64) {
	t.Helper()
	helper := exec.Command(os.Args[0]) // this very test binary
	helper.Env = append(os.Environ(), helperEnv+"="+path)
	helper.Stderr = os.Stderr
	out, err := helper.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, helper.Start())
	lines := bufio.NewScanner(out)
	var kill *time.Timer
	for lines.Scan() {
		if kill == nil { // some time after the first acknowledgement
			kill = time.AfterFunc(rand.N(80*time.Millisecond), func() { _ = helper.Process.Kill() })
		}
		var id string
		var last int64
		if n, _ := fmt.Sscanf(lines.Text(), "%s %d", &id, &last); n == 2 {
			acked[id] = max(acked[id], last)
		}
	}
	require.Error(t, helper.Wait(), "it was killed")
}

// requireSequence proves that a session holds every number up to the acknowledged one, once, and perhaps one batch more
// whose acknowledgement was cut off. It returns the last number.
func requireSequence(t *testing.T, s store.Store, id string, acked int64) int64 {
	t.Helper()
	next := int64(1)
	for {
		segments, err := s.ListSegments(t.Context(), id, next-1, store.MaxPage)
		require.NoError(t, err)
		if len(segments) == 0 {
			break
		}
		for _, g := range segments {
			require.Equal(t, next, g.First)
			require.Equal(t, crashSegment(id, g.First).Body, g.Body)
			next = g.Last + 1
		}
	}
	row, err := s.Session(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, next, row.NextSeq)
	require.GreaterOrEqual(t, next-1, acked)
	require.LessOrEqual(t, next-1, acked+10)
	return next - 1
}
