package main_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// binary is the built command: what these tests are about is a process, with its exit code and its signals.
var binary string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "codesight-test-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is temporary
	binary = filepath.Join(dir, "codesight")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		return 1
	}
	return m.Run()
}

// deadline bounds everything that a test waits for; it is only reached where something is broken.
const deadline = 60 * time.Second

// place is a working directory with nothing in it, where commands are run.
type place struct {
	t   *testing.T
	dir string
	env []string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	return &place{t: t, dir: t.TempDir()}
}

func (p *place) data(name ...string) string {
	return filepath.Join(append([]string{p.dir, "codesight-data"}, name...)...)
}

func (p *place) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, binary, args...)
	c.Dir = p.dir
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "CODESIGHT_") {
			c.Env = append(c.Env, e)
		}
	}
	c.Env = append(c.Env, p.env...)
	return c
}

// outcome is what a command left.
type outcome struct {
	code        int
	out, errors string
}

func (p *place) run(args ...string) outcome { return p.feed("", args...) }

func (p *place) feed(in string, args ...string) outcome {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), deadline)
	defer cancel()
	c := p.command(ctx, args...)
	var out, errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(in), &out, &errs
	err := c.Run()
	require.NoError(p.t, ctx.Err(), "%v took too long: %s", args, errs.String())
	if _, exited := err.(*exec.ExitError); !exited { //nolint:errorlint // Run returns it bare
		require.NoError(p.t, err)
	}
	return outcome{c.ProcessState.ExitCode(), out.String(), errs.String()}
}

// ok runs a command that must succeed and returns its output.
func (p *place) ok(args ...string) string {
	p.t.Helper()
	o := p.run(args...)
	require.Zero(p.t, o.code, "%v: %s%s", args, o.out, o.errors)
	return o.out
}

// key makes an admin's key.
func (p *place) key() string {
	p.t.Helper()
	return strings.TrimSpace(p.ok("keys", "create", "--scope", "admin"))
}

// server is a running serve.
type server struct {
	*place
	cmd  *exec.Cmd
	url  string
	addr string
	read chan struct{} // closed when the log is read to its end

	mu  sync.Mutex
	log bytes.Buffer
}

var readyLine = regexp.MustCompile(`msg="codesight is ready" url=http://localhost:(\d+)`)

// serve starts a server and waits until it says that it is ready.
func (p *place) serve(args ...string) *server {
	p.t.Helper()
	s := &server{place: p, read: make(chan struct{})}
	s.cmd = p.command(context.Background(), append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	pipe, err := s.cmd.StderrPipe()
	require.NoError(p.t, err)
	require.NoError(p.t, s.cmd.Start())
	p.t.Cleanup(func() { s.cmd.Process.Kill(); s.cmd.Wait() }) //nolint:errcheck // it may be gone
	port := make(chan string, 1)
	go s.follow(pipe, port)
	select {
	case n := <-port:
		s.addr = "127.0.0.1:" + n
		s.url = "http://" + s.addr
	case <-time.After(deadline):
	}
	require.NotEmpty(p.t, s.url, "not ready: %s", s.logged())
	return s
}

// follow keeps the log and finds the port in it; the port is empty where the server ended without one.
func (s *server) follow(pipe io.Reader, port chan<- string) {
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		s.mu.Lock()
		s.log.WriteString(lines.Text() + "\n")
		s.mu.Unlock()
		if m := readyLine.FindStringSubmatch(lines.Text()); m != nil {
			port <- m[1]
		}
	}
	close(port)
	close(s.read)
}

func (s *server) logged() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// stop ends the server as a supervisor would and returns its exit code.
func (s *server) stop() int {
	s.t.Helper()
	require.NoError(s.t, s.cmd.Process.Signal(syscall.SIGTERM))
	s.wait()
	return s.cmd.ProcessState.ExitCode()
}

// kill ends it as a power cut would.
func (s *server) kill() {
	s.t.Helper()
	require.NoError(s.t, s.cmd.Process.Kill())
	s.wait()
}

// wait returns when the process has ended and its log is read to the end: waiting for the process first would close the pipe
// under the reader.
func (s *server) wait() {
	<-s.read
	_ = s.cmd.Wait()
}
