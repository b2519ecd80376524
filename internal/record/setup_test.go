package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store/sqlite"
	"github.com/codesight/codesight/internal/vault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bundle is a data directory with the records in it.
type bundle struct {
	*record.Records
	dir   string
	blobs *blob.Folder
}

func setup(t testing.TB) *bundle {
	t.Helper()
	dir := t.TempDir()
	_, err := vault.Create(filepath.Join(dir, "keyset.json"))
	require.NoError(t, err)
	return reopen(t, dir)
}

// reopen opens a data directory as another process would.
func reopen(t testing.TB, dir string) *bundle {
	t.Helper()
	v, err := vault.Open(filepath.Join(dir, "keyset.json"))
	require.NoError(t, err)
	s, err := sqlite.Open(context.Background(), filepath.Join(dir, "codesight.db"), sqlite.Options{})
	require.NoError(t, err)
	b, err := blob.OpenFolder(filepath.Join(dir, "blobs"))
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		require.NoError(t, b.Close())
	})
	return &bundle{Records: record.New(s, b, v), dir: dir, blobs: b}
}

func header(id string) event.Session {
	return event.Session{
		ID: id, StartedAt: 1_795_336_560_000,
		Consent: event.Consent{Policy: "1", GrantedAt: 1, Scopes: []string{"events"}},
		Client:  event.Client{Name: "client", Version: "1"},
	}
}

func (b *bundle) create(t testing.TB, id string) {
	t.Helper()
	_, created, err := b.Create(t.Context(), header(id), "p-"+id[:1], "key", 10)
	require.NoError(t, err)
	require.True(t, created)
}

// lines makes stored events with the numbers; every tenth is a tombstone.
func lines(t testing.TB, first, last int64, title string) (body []byte, refused int64) {
	t.Helper()
	for seq := first; seq <= last; seq++ {
		e := &event.Event{
			Seq: seq, Time: 1_795_336_560_000 + seq, Type: event.Click, Frame: "0",
			Page:  event.Page{URL: "https://shop.example/", Title: title},
			Click: &event.ClickDetail{X: 1, Y: 2, Button: "left"},
		}
		if seq%10 == 0 {
			e = &event.Event{Seq: seq, Type: event.Refused, Refused: &event.RefusedDetail{}}
			refused++
		}
		var err error
		body, err = wire.AppendEvent(body, e)
		require.NoError(t, err)
		body = append(body, '\n')
	}
	return body, refused
}

func (b *bundle) append(t testing.TB, id string, first, last int64) {
	t.Helper()
	body, refused := lines(t, first, last, "title")
	require.NoError(t, b.Append(t.Context(), record.Batch{Session: id, First: first, Last: last, Refused: refused, Lines: body}))
}

// fill makes a session with some of everything.
func (b *bundle) fill(t testing.TB, id string) {
	t.Helper()
	b.create(t, id)
	b.append(t, id, 1, 25)
	b.append(t, id, 26, 26)
	b.append(t, id, 27, 60)
	for n := range 3 {
		stored, err := b.PutScreenshot(t.Context(), id, fmt.Sprintf("shot-%d", n), "image/png", fmt.Appendf(nil, "image %d", n), event.ScreenshotMeta{Width: n + 1})
		require.NoError(t, err)
		require.True(t, stored)
	}
	require.NoError(t, b.PutStage(t.Context(), id, "score", 2, map[string]int{"score": 80}))
	require.NoError(t, b.PutArchive(t.Context(), id, []byte("bundle of "+id)))
	require.NoError(t, b.Review(t.Context(), id, "approved", "a good one", "reviewer", 20))
}

// tamper changes the database behind the store's back.
func (b *bundle) tamper(t testing.TB, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "codesight.db"))
	require.NoError(t, err)
	defer db.Close()
	result, err := db.Exec(statement, args...)
	require.NoError(t, err)
	n, err := result.RowsAffected()
	require.NoError(t, err)
	require.Positive(t, n, statement)
}

// blobFiles lists the files of a session's blobs.
func (b *bundle) blobFiles(t testing.TB, id string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(b.dir, "blobs", "*", id, "*"))
	require.NoError(t, err)
	return files
}

// everyByte calls with the content of each file under the data directory.
func (b *bundle) everyByte(t testing.TB, look func(path string, body []byte)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(b.dir, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if d.IsDir() {
			return nil
		}
		body, err := os.ReadFile(path)
		require.NoError(t, err)
		look(path, body)
		return nil
	}))
}
