package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlite"
	"github.com/codesight/codesight/internal/store/sqlstore"
	"github.com/codesight/codesight/internal/vault"
)

const (
	// leastFree is how much of the disk must be free whatever the limit says: SQLite's log and a release need it.
	leastFree = 512 << 20
	// doctorTimeout bounds a question to another process.
	doctorTimeout = 3 * time.Second
	// clockSlack is how far ahead of now a stored time may lie: clocks of other nodes differ a little.
	clockSlack = 5 * time.Minute
)

// earliest is before any release of this program: a clock that shows less was never set.
var earliest = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

type doctorCmd struct{}

// Help shows an example.
func (doctorCmd) Help() string {
	return "Changes nothing. Exits with 1 if anything is wrong.\n\nExample:\n\n  codesight doctor --data-dir /var/lib/codesight"
}

// finding is what a check found: a word on the good state, or what is wrong and what to do about it.
type finding struct {
	good string
	bad  string
	todo string
}

func good(format string, a ...any) finding { return finding{good: fmt.Sprintf(format, a...)} }

func bad(todo, format string, a ...any) finding {
	return finding{bad: fmt.Sprintf(format, a...), todo: todo}
}

// notYet is the state of a part that the first serve makes.
const notYet = "is made by the first `codesight serve`"

// Run examines everything, whatever fails.
func (doctorCmd) Run(ctx context.Context, a *app) error {
	failed := 0
	for _, check := range []struct {
		name string
		look func(context.Context, *app) finding
	}{
		{"environment", checkEnvironment},
		{"data directory", checkDataDir},
		{"disk space", checkDisk},
		{"keyset", checkKeyset},
		{"blobs", checkBlobs},
		{"database", checkDatabase},
		{"sealed data", checkSealed},
		{"address", checkAddress},
		{"clock", checkClock},
	} {
		f := check.look(ctx, a)
		if f.bad == "" {
			tell(a.out, "✓ %-15s %s\n", check.name, f.good)
			continue
		}
		failed++
		tell(a.out, "✗ %-15s %s\n  %-15s → %s\n", check.name, f.bad, "", f.todo)
	}
	switch failed {
	case 0:
		return nil
	case 1:
		return errors.New("1 check failed")
	default:
		return fmt.Errorf("%d checks failed", failed)
	}
}

func checkEnvironment(_ context.Context, a *app) finding {
	if unknown := a.loader.Unknown(os.Environ()); len(unknown) > 0 {
		return bad("unset it, or see `codesight config print` for the settings there are", "%s is set but is not a setting", unknown[0])
	}
	return good("configuration is valid, environment is %s", a.config.Env)
}

func checkDataDir(_ context.Context, a *app) finding {
	dir := a.config.DataDir
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return good("%s %s", dir, notYet)
	case err != nil:
		return bad("let this user read it, or name another with --data-dir", "%s cannot be read: %v", dir, plainError(err))
	case !info.IsDir():
		return bad("name another with --data-dir", "%s is not a directory", dir)
	case info.Mode().Perm()&0o077 != 0:
		return bad("chmod 700 "+dir, "%s is open to other users (mode %04o)", dir, info.Mode().Perm())
	}
	probe, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return bad("make this user its owner, or run codesight as its owner", "%s cannot be written: %v", dir, plainError(err))
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return bad("look at the file system", "nothing can be deleted in %s: %v", dir, plainError(err))
	}
	return good("%s is writable and closed to others", dir)
}

func checkDisk(_ context.Context, a *app) finding {
	if absent(a.config.DataDir) {
		return good("not looked at: the data directory %s", notYet)
	}
	share, free, err := diskUse(a.config.DataDir)
	if err != nil {
		return bad("look at the file system", "the disk cannot be measured: %v", plainError(err))
	}
	over, err := overLimit(a.config.DataDir, a.config.MaxStorage)
	switch {
	case err != nil:
		return bad("look at the file system", "the data cannot be measured: %v", plainError(err))
	case over:
		return bad("make room or raise CODESIGHT_MAX_STORAGE", "past the limit of %s (the disk is %.0f %% full): ingestion answers 503", a.config.MaxStorage, share*100)
	case free < leastFree:
		return bad("make room", "only %d MiB are free", free>>20)
	}
	return good("%.0f %% of the disk is used, %.1f GB are free, the limit is %s", share*100, float64(free)/1e9, a.config.MaxStorage)
}

func checkKeyset(_ context.Context, a *app) finding {
	path := a.config.KeysetFile()
	_, err := vault.Open(path)
	switch {
	case err == nil:
		return good("%s is readable and closed to others", path)
	case errors.Is(err, fs.ErrNotExist) && absent(a.config.DatabasePath()):
		return good("%s %s", path, notYet)
	case errors.Is(err, fs.ErrNotExist):
		return bad("restore it from its backup, or name it with --keyset: nothing can be read without it", "%s is missing", path)
	case errors.Is(err, vault.ErrReadableByOthers):
		return bad("chmod 600 "+path, "%s can be read by other users", path)
	case errors.Is(err, fs.ErrPermission):
		return bad("make this user its owner, or run codesight as its owner", "%s cannot be read", path)
	default:
		return bad("restore it from its backup", "%s is not a keyset, or is damaged", path)
	}
}

func checkBlobs(ctx context.Context, a *app) finding {
	dir := a.config.BlobDir()
	if absent(dir) {
		return good("%s %s", dir, notYet)
	}
	todo := "make this user the owner of " + dir
	blobs, err := blob.OpenFolder(dir)
	if err != nil {
		return bad(todo, "%s cannot be opened: %v", dir, plainError(err))
	}
	key, body := fmt.Sprintf("doctor/%d", time.Now().UnixNano()), []byte("codesight doctor")
	if err := blobs.Put(ctx, key, body); err != nil {
		return bad(todo, "%s cannot be written: %v", dir, plainError(err))
	}
	back, err := blobs.Get(ctx, key)
	if err := errors.Join(err, blobs.DeleteFolder(ctx, "doctor")); err != nil {
		return bad(todo, "%s cannot be read or deleted from: %v", dir, plainError(err))
	}
	if !bytes.Equal(back, body) {
		return bad("look at the file system: it loses data", "%s gave back something else than was written", dir)
	}
	return good("%s takes, gives back and deletes", dir)
}

func checkDatabase(ctx context.Context, a *app) finding {
	path := a.config.DatabasePath()
	if absent(path) {
		return good("%s %s", path, notYet)
	}
	s, err := sqlite.Open(ctx, path, sqlite.Options{})
	switch {
	case errors.Is(err, sqlite.ErrOldSchema):
		return bad("run `codesight migrate up`", "%s is of an older version", path)
	case errors.Is(err, sqlite.ErrNewSchema):
		return bad("run the newer codesight again", "%s is of a newer version", path)
	case err != nil:
		return bad("look at its permissions; where it is damaged, restore it from its backup", "%s cannot be opened: %v", path, plainError(err))
	}
	defer s.Close() //nolint:errcheck // it was only read
	stats, err := s.Queue().Stats(ctx)
	if err != nil {
		return bad("where it is damaged, restore it from its backup", "%s cannot be read: %v", path, plainError(err))
	}
	given := ""
	if stats.Dead > 0 {
		given = fmt.Sprintf(", %d were given up: see the log and `codesight process --all`", stats.Dead)
	}
	return good("%s opens, its schema is current, %d jobs wait%s", path, stats.Waiting+stats.Leased, given)
}

// checkSealed proves that the keyset belongs to the database.
func checkSealed(ctx context.Context, a *app) finding {
	v, err := vault.Open(a.config.KeysetFile())
	if err != nil || absent(a.config.DatabasePath()) || absent(a.config.BlobDir()) {
		return good("not looked at: there is no keyset or no database")
	}
	s, latest, err := a.latestSession(ctx)
	if err != nil {
		return good("not looked at: the database does not open")
	}
	defer s.Close() //nolint:errcheck // it was only read
	if latest == nil {
		return good("there is none yet")
	}
	blobs, err := blob.OpenFolder(a.config.BlobDir())
	if err != nil {
		return good("not looked at: the blobs do not open")
	}
	if _, err := record.New(s, blobs, v).Session(ctx, latest.ID); err != nil {
		return bad("restore the keyset that belongs to this database", "the keyset does not open what the database holds")
	}
	return good("the keyset opens what the database holds")
}

// latestSession opens the database and returns its newest session, or nil where there is none.
func (a *app) latestSession(ctx context.Context) (*sqlstore.Store, *store.Session, error) {
	s, err := sqlite.Open(ctx, a.config.DatabasePath(), sqlite.Options{})
	if err != nil {
		return nil, nil, err
	}
	page, err := s.ListSessions(ctx, store.Filter{Limit: 1})
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	if len(page) == 0 {
		return s, nil, nil
	}
	return s, &page[0], nil
}

func checkAddress(ctx context.Context, a *app) finding {
	addr := string(a.config.Addr)
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err == nil {
		_ = l.Close()
		return good("%s is free", addr)
	}
	if !errors.Is(err, syscall.EADDRINUSE) {
		return bad("choose another with --addr", "this user cannot listen on %s: %v", addr, plainError(err))
	}
	if !a.answers(ctx) {
		return bad("stop it, or choose another address with --addr", "%s is taken by another program", addr)
	}
	return good("a codesight server answers on %s", addr)
}

// answers says whether a codesight server is at the address.
func (a *app) answers(ctx context.Context) bool {
	host, port, err := net.SplitHostPort(string(a.config.Addr))
	if err != nil {
		return false
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "localhost"
	}
	ctx, cancel := context.WithTimeout(ctx, doctorTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/openapi.json", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	head, _ := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return bytes.Contains(head, []byte("CodeSight"))
}

func checkClock(ctx context.Context, a *app) finding {
	now := time.Now()
	if now.Before(earliest) {
		return bad("set the clock (timedatectl set-ntp true)", "the clock shows %s", now.UTC().Format(time.DateOnly))
	}
	if absent(a.config.DatabasePath()) {
		return good("%s", now.UTC().Format(time.RFC3339))
	}
	s, latest, err := a.latestSession(ctx)
	if err != nil {
		return good("%s", now.UTC().Format(time.RFC3339))
	}
	defer s.Close() //nolint:errcheck // it was only read
	if latest != nil && time.UnixMilli(latest.UpdatedAt).After(now.Add(clockSlack)) {
		return bad("set the clock (timedatectl set-ntp true)", "the clock shows %s, and something was stored later than that", now.UTC().Format(time.RFC3339))
	}
	return good("%s", now.UTC().Format(time.RFC3339))
}

func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// plainError is what the system said, without the names of calls and the path that the message has already.
func plainError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
