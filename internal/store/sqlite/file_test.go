package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlite"
)

func row(id string) store.Session { return store.Session{ID: id, WrappedKey: []byte("key")} }

func TestTheFilesAreForTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a b?%20#.db"), sqlite.Options{})
	_, _, err := s.CreateSession(t.Context(), row("s"))
	require.NoError(t, err)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 3, "the database, its log and its shared memory")
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode(), e.Name())
		require.Contains(t, e.Name(), "a b?%20#.db")
	}
}

func TestTwoProcessesMayWriteOneFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shared.db")
	server, command := open(t, path, sqlite.Options{}), open(t, path, sqlite.Options{})
	var all sync.WaitGroup
	for i, s := range []store.Store{server, command} {
		for w := range 4 {
			all.Go(func() {
				id := fmt.Sprintf("%d-%d", i, w)
				if _, _, err := s.CreateSession(t.Context(), row(id)); err != nil {
					t.Errorf("create: %v", err)
				}
				for n := int64(1); n <= 100; n++ {
					if err := s.AppendSegment(t.Context(), store.Segment{Session: id, First: n, Last: n, Body: []byte("b")}); err != nil {
						t.Errorf("append: %v", err)
					}
				}
			})
		}
	}
	all.Wait()
	for i := range 2 {
		for w := range 4 {
			row, err := command.Session(t.Context(), fmt.Sprintf("%d-%d", i, w))
			require.NoError(t, err)
			require.Equal(t, int64(101), row.NextSeq)
		}
	}
}

func TestACommandsChangeIsSeenByTheServerAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shared.db")
	server, command := open(t, path, sqlite.Options{}), open(t, path, sqlite.Options{})
	require.NoError(t, command.CreateKey(t.Context(), store.Key{ID: "k", Hash: []byte{1}}))
	_, err := server.Key(t.Context(), "k")
	require.NoError(t, err)
	require.NoError(t, command.RevokeKey(t.Context(), "k", 5))
	key, err := server.Key(t.Context(), "k")
	require.NoError(t, err)
	require.Equal(t, int64(5), key.RevokedAt)
}

func TestAFullDiskIsAnErrorAndNeverAFalseAcknowledgement(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "full.db")
	s := open(t, path, sqlite.WithMaxPages(100))
	var mu sync.Mutex
	acked := map[string]int64{}
	failures := 0
	var all sync.WaitGroup
	for w := range 8 {
		_, _, err := s.CreateSession(t.Context(), row(strconv.Itoa(w)))
		require.NoError(t, err)
	}
	for w := range 8 {
		id := strconv.Itoa(w)
		all.Go(func() {
			for n := int64(1); n <= 50; n++ {
				err := s.AppendSegment(t.Context(), store.Segment{Session: id, First: n, Last: n, Body: make([]byte, 20_000)})
				mu.Lock()
				if errors.Is(err, store.ErrUnavailable) {
					failures++
					mu.Unlock()
					return
				}
				acked[id] = n
				mu.Unlock()
			}
		})
	}
	all.Wait()
	require.Equal(t, 8, failures)
	require.NotEmpty(t, acked)
	requireExactly(t, s, acked)
	require.NoError(t, s.Ping(t.Context()))

	require.NoError(t, s.EraseSession(t.Context(), "0", 1), "erasing works on a full disk")
	delete(acked, "0")
	require.NoError(t, s.AppendSegment(t.Context(), store.Segment{
		Session: "1", First: acked["1"] + 1, Last: acked["1"] + 1, Body: make([]byte, 20_000),
	}), "and makes room")
	acked["1"]++
	requireExactly(t, s, acked)
}

func requireExactly(t *testing.T, s store.Store, acked map[string]int64) {
	t.Helper()
	for id, last := range acked {
		row, err := s.Session(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, last+1, row.NextSeq)
		segments, err := s.ListSegments(t.Context(), id, 0, store.MaxPage)
		require.NoError(t, err)
		require.Len(t, segments, int(last))
	}
}

// TestNoCopyOfAnErasedKeyIsLeft looks into the files themselves, log included, while the store is open. SQLite moves rows
// between pages as tables grow and shrink, and leaves copies in the unused parts of pages: not of the keys.
func TestNoCopyOfAnErasedKeyIsLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "erase.db"), sqlite.Options{})
	const rounds, sessions = 4, 150
	var erased [][]byte
	for round := range rounds {
		var keys [sessions][]byte
		var all sync.WaitGroup
		for i := range sessions {
			keys[i] = fmt.Appendf(nil, "CANARY key of session %02d %04d, as long as a wrapped one", round, i)
			all.Go(func() { churn(t, s, fmt.Sprintf("%04d-%02d", i, round), keys[i]) })
		}
		all.Wait()
		require.True(t, inFiles(t, dir, keys[0]), "the test can see it")
		for i := round % 3; i < sessions; i += 3 {
			require.NoError(t, s.EraseSession(t.Context(), fmt.Sprintf("%04d-%02d", i, round), 1))
			erased = append(erased, keys[i])
		}
		require.False(t, inFiles(t, dir, erased...))
	}
}

// churn writes a session whose rows grow and move.
func churn(t *testing.T, s store.Store, id string, key []byte) {
	t.Helper()
	n := store.Session{ID: id, Participant: "p" + id[:2], WrappedKey: key, Header: bytes.Repeat([]byte("h"), 50+len(id)*int(id[3]-'0'))}
	_, _, err := s.CreateSession(t.Context(), n)
	segment := store.Segment{Session: id, First: 1, Last: 1, Body: bytes.Repeat([]byte("s"), 3000)}
	err = errors.Join(err, s.AppendSegment(t.Context(), segment))
	for size := range 3 {
		stage := store.StageResult{Session: id, Stage: "score", Body: bytes.Repeat([]byte("x"), 1000*size+1)}
		err = errors.Join(err, s.PutStage(t.Context(), stage))
	}
	if err = errors.Join(err, s.SetVerdict(t.Context(), id, "approved", make([]byte, 500), "reviewer", 1)); err != nil {
		t.Errorf("churn: %v", err)
	}
}

// inFiles says whether any of the texts is in any file.
func inFiles(t *testing.T, dir string, texts ...[]byte) bool {
	t.Helper()
	found := false
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if !d.IsDir() {
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			for _, text := range texts {
				found = found || bytes.Contains(body, text)
			}
		}
		return nil
	}))
	return found
}

func TestAReadThatKeepsTheLogIsReportedAndErasingAgainWipes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "busy.db")
	s := open(t, path, sqlite.Options{})
	_, _, err := s.CreateSession(t.Context(), store.Session{ID: "s", WrappedKey: []byte("CANARY")})
	require.NoError(t, err)

	reader, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer reader.Close()
	long, err := reader.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	var n int
	require.NoError(t, long.QueryRow("SELECT COUNT(*) FROM sessions").Scan(&n))

	require.ErrorIs(t, s.EraseSession(t.Context(), "s", 1), sqlite.ErrNotWiped)
	row, err := s.Session(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, store.Erased, row.Status)
	require.True(t, inFiles(t, filepath.Dir(path), []byte("CANARY")))
	require.NoError(t, long.Rollback())
	require.NoError(t, s.EraseSession(t.Context(), "s", 1))
	require.False(t, inFiles(t, filepath.Dir(path), []byte("CANARY")))
}

func TestManyMayMakeTheSameFileAtOnce(t *testing.T) {
	t.Parallel()
	for range 3 {
		path := filepath.Join(t.TempDir(), "new.db")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				s, err := sqlite.Open(context.Background(), path, sqlite.Options{Migrate: true})
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		}
		all.Wait()
	}
}

func TestMigrationsAreListedAndAppliedOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new.db")
	before, err := sqlite.Status(t.Context(), path)
	require.NoError(t, err)
	require.NotEmpty(t, before)
	require.NoFileExists(t, path, "asking changes nothing")
	applied, err := sqlite.Migrate(t.Context(), path)
	require.NoError(t, err)
	require.Equal(t, before, applied)
	require.True(t, before[0].AppliedAt.IsZero())

	after, err := sqlite.Status(t.Context(), path)
	require.NoError(t, err)
	require.False(t, after[0].AppliedAt.IsZero())
	applied, err = sqlite.Migrate(t.Context(), path)
	require.NoError(t, err)
	require.Empty(t, applied)
}

func TestAnotherVersionsSchemaIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.db")
	_, err := sqlite.Migrate(t.Context(), path)
	require.NoError(t, err)
	setVersion := func(statement string) {
		db, err := sql.Open("sqlite", path)
		require.NoError(t, err)
		_, err = db.Exec(statement)
		require.NoError(t, err)
		require.NoError(t, db.Close())
	}
	setVersion("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	for _, migrate := range []bool{true, false} {
		_, err = sqlite.Open(t.Context(), path, sqlite.Options{Migrate: migrate})
		require.ErrorIs(t, err, sqlite.ErrNewSchema)
	}
}
