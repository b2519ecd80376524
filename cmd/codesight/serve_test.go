package main_test

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// pollEvery is how often a condition is looked at.
const pollEvery = 20 * time.Millisecond

// status asks the server and returns the status of the answer, or 0 where there was none.
func (s *server) status(path, key string) int {
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	require.NoError(s.t, err)
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	res.Body.Close()
	return res.StatusCode
}

func TestAServerSaysThatItIsReadyAndStopsWhenTold(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve()
	require.Eventually(t, func() bool { return strings.Contains(s.logged(), "codesight keys create --scope admin") }, deadline, pollEvery, "there is no key yet")
	require.Equal(t, http.StatusOK, s.status("/healthz", ""))
	require.Equal(t, http.StatusOK, s.status("/readyz", ""))
	require.Zero(t, s.stop())
	require.Contains(t, s.logged(), "stopped")

	p.key()
	again := p.serve()
	require.NotContains(t, again.logged(), "keys create")
	require.Zero(t, again.stop())
}

func TestASecondServerOnTheSameDataIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve()
	o := p.run("serve", "--addr", "127.0.0.1:0")
	require.Equal(t, 1, o.code)
	require.Regexp(t, "^codesight: another `codesight serve` runs on the data directory .*\n$", o.errors)
	require.Equal(t, http.StatusOK, s.status("/healthz", ""))
	s.kill()
	require.Zero(t, p.serve().stop(), "a lock ends with its process")
}

func TestATakenAddressIsToldInOneLine(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	o := p.run("serve", "--addr", l.Addr().String())
	require.Equal(t, 1, o.code)
	require.Contains(t, o.errors, "is taken by another program")
	require.NotContains(t, o.errors, "goroutine")
}

func TestSimulateReadsEverythingBackIdentical(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve()
	key := p.key()
	for _, transport := range []string{"ws", "http"} {
		out := p.ok("simulate", "--url", s.url, "--key", key, "--sessions", "4", "--events", "250", "--transport", transport)
		require.Contains(t, out, "acknowledged  1000 events of 4 sessions")
		require.Contains(t, out, "read back     1000 events: 0 lost, 0 doubled, 0 changed")
	}
	require.Zero(t, s.stop())
}

func TestSimulateFailsForAWrongKeyAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve()
	o := p.run("simulate", "--url", s.url, "--key", "cs_wrong", "--sessions", "1")
	require.Equal(t, 1, o.code)
	require.Contains(t, o.errors, "401")
}

func TestNothingIsLostOrDoubledWhenTheServerIsKilled(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"ws", "http"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.serve()
			key := p.key()
			sim := p.command(t.Context(), "simulate", "--url", s.url, "--key", key, "--sessions", "10", "--events", "1000",
				"--transport", transport, "--rate", "4000")
			var out bytes.Buffer
			sim.Stdout, sim.Stderr = &out, &out
			require.NoError(t, sim.Start())
			for _, end := range []func(){s.kill, func() { require.Zero(t, s.stop()) }} {
				before := size(t, p.data("codesight.db-wal"))
				require.Eventually(t, func() bool { return size(t, p.data("codesight.db-wal")) > before+64<<10 }, deadline, pollEvery)
				end()
				s = p.serve("--addr", s.addr)
			}
			require.NoError(t, sim.Wait(), out.String())
			require.Contains(t, out.String(), "read back     10000 events: 0 lost, 0 doubled, 0 changed")
			require.NotRegexp(t, `retries +0\n`, out.String(), "the server was killed too late")
			for line := range strings.Lines(p.ok("sessions", "list", "--json")) {
				id, _, _ := strings.Cut(strings.TrimPrefix(line, `{"id":"`), `"`)
				p.ok("sessions", "verify", id)
			}
			require.Zero(t, s.stop())
		})
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info.Size()
}

func TestAWorkerProcessesWhatAnIngestOnlyServerTakesIn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve("--workers=false")
	key := p.key()
	p.ok("simulate", "--url", s.url, "--key", key, "--sessions", "3", "--events", "24")
	require.Equal(t, 3, strings.Count(p.ok("sessions", "list", "--json"), `"queued"`))
	w := p.command(t.Context(), "worker")
	require.NoError(t, w.Start())
	require.Eventually(t, func() bool { return strings.Count(p.ok("sessions", "list", "--json"), `"ready"`) == 3 }, deadline, 5*pollEvery)
	require.NoError(t, w.Process.Signal(os.Interrupt))
	require.NoError(t, w.Wait())
}

func TestSessionsWaitWhileTheQueueIsFull(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.env = []string{"CODESIGHT_QUEUE_MAX_JOBS=1"}
	s := p.serve("--workers=false")
	key := p.key()
	p.ok("simulate", "--url", s.url, "--key", key, "--sessions", "3", "--events", "12")
	list := p.ok("sessions", "list", "--json")
	require.Equal(t, 1, strings.Count(list, `"queued"`))
	require.Equal(t, 2, strings.Count(list, `"awaiting"`))
	require.Zero(t, s.stop())
	p.serve()
	require.Eventually(t, func() bool { return strings.Count(p.ok("sessions", "list", "--json"), `"ready"`) == 3 }, deadline, 5*pollEvery)
}

func TestPastTheStorageLimitIngestionAnswers503AndReadingGoesOn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve("--max-storage", "1KB")
	key := p.key()
	o := p.run("simulate", "--url", s.url, "--key", key, "--sessions", "1", "--events", "5", "--transport", "http", "--patience", "1s")
	require.Equal(t, 1, o.code)
	require.Contains(t, o.errors, "503")
	require.Equal(t, http.StatusServiceUnavailable, s.status("/readyz", ""))
	require.Equal(t, http.StatusOK, s.status("/healthz", ""))
	require.Equal(t, http.StatusOK, s.status("/v1/sessions", key))
	require.Contains(t, s.logged(), "past its limit")
	require.Zero(t, s.stop())
}

func TestAnInterruptedCommandSaysSo(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve()
	key := p.key()
	sim := p.command(t.Context(), "simulate", "--url", s.url, "--key", key, "--sessions", "1", "--events", "100000", "--rate", "100")
	var errs bytes.Buffer
	sim.Stderr = &errs
	require.NoError(t, sim.Start())
	require.Eventually(t, func() bool { return strings.Contains(p.ok("sessions", "list"), "recording") }, deadline, 5*pollEvery)
	require.NoError(t, sim.Process.Signal(os.Interrupt))
	var exit *exec.ExitError
	require.ErrorAs(t, sim.Wait(), &exit)
	require.Equal(t, 1, exit.ExitCode())
	require.Equal(t, "codesight: interrupted\n", errs.String())
}
