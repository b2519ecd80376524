package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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
	tb    testing.TB
	dir   string
	blobs *blob.Folder
}

func setup(tb testing.TB) *bundle {
	tb.Helper()
	dir := tb.TempDir()
	_, err := vault.Create(filepath.Join(dir, "keyset.json"))
	require.NoError(tb, err)
	return reopen(tb, dir)
}

// reopen opens a data directory as another process would.
func reopen(tb testing.TB, dir string) *bundle {
	tb.Helper()
	v, err := vault.Open(filepath.Join(dir, "keyset.json"))
	require.NoError(tb, err)
	s, err := sqlite.Open(context.Background(), filepath.Join(dir, "codesight.db"), sqlite.Options{})
	require.NoError(tb, err)
	b, err := blob.OpenFolder(filepath.Join(dir, "blobs"))
	require.NoError(tb, err)
	tb.Cleanup(func() {
		require.NoError(tb, s.Close())
		require.NoError(tb, b.Close())
	})
	return &bundle{Records: record.New(s, b, v), tb: tb, dir: dir, blobs: b}
}

func header(id string) event.Session {
	return event.Session{
		ID: id, StartedAt: 1_795_336_560_000,
		Consent: event.Consent{Policy: "1", GrantedAt: 1, Scopes: []string{"events"}},
		Client:  event.Client{Name: "client", Version: "1"},
	}
}

func (b *bundle) create(tb testing.TB, id string) {
	tb.Helper()
	_, created, err := b.Create(tb.Context(), header(id), "p-"+id[:1], "key", 10)
	require.NoError(tb, err)
	require.True(tb, created)
}

// lines makes stored events with the numbers; every tenth is a tombstone.
func lines(tb testing.TB, first, last int64, title string) ([]byte, int64) {
	tb.Helper()
	var body []byte
	refused := int64(0)
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
		require.NoError(tb, err)
		body = append(body, '\n')
	}
	return body, refused
}

func (b *bundle) append(tb testing.TB, id string, first, last int64) {
	tb.Helper()
	body, refused := lines(tb, first, last, "title")
	require.NoError(tb, b.Append(tb.Context(), record.Batch{Session: id, First: first, Last: last, Refused: refused, Lines: body}))
}

// fill makes a session with some of everything.
func (b *bundle) fill(tb testing.TB, id string) {
	tb.Helper()
	b.create(tb, id)
	b.append(tb, id, 1, 25)
	b.append(tb, id, 26, 26)
	b.append(tb, id, 27, 60)
	for n := range 3 {
		stored, err := b.PutScreenshot(tb.Context(), id, fmt.Sprintf("shot-%d", n), "image/png", fmt.Appendf(nil, "image %d", n), event.ScreenshotMeta{Width: n + 1})
		require.NoError(tb, err)
		require.True(tb, stored)
	}
	require.NoError(tb, b.PutStage(tb.Context(), id, "score", 2, map[string]int{"score": 80}))
	require.NoError(tb, b.PutArchive(tb.Context(), id, []byte("bundle of "+id)))
	require.NoError(tb, b.Review(tb.Context(), id, "approved", "a good one", "reviewer", 20))
}

// tamper changes the database behind the store's back.
func (b *bundle) tamper(statement string) {
	b.tb.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "codesight.db"))
	require.NoError(b.tb, err)
	defer db.Close()
	result, err := db.Exec(statement)
	require.NoError(b.tb, err)
	n, err := result.RowsAffected()
	require.NoError(b.tb, err)
	require.Positive(b.tb, n, statement)
}

// blobFile is the file of one of the blobs of session s.
func (b *bundle) blobFile(name string) string {
	b.tb.Helper()
	for _, file := range b.blobFiles(b.tb, "s") {
		if strings.HasPrefix(filepath.Base(file), name) {
			return file
		}
	}
	b.tb.Fatalf("no blob %s", name)
	return ""
}

// flip changes one bit of it.
func (b *bundle) flip(name string) {
	b.tb.Helper()
	path := b.blobFile(name)
	body, err := os.ReadFile(path)
	require.NoError(b.tb, err)
	body[len(body)/2] ^= 1
	require.NoError(b.tb, os.WriteFile(path, body, 0o600))
}

// blobFiles lists the files of a session's blobs.
func (b *bundle) blobFiles(tb testing.TB, id string) []string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(b.dir, "blobs", "*", id, "*"))
	require.NoError(tb, err)
	return files
}

// everyByte calls with the content of each file under the data directory.
func (b *bundle) everyByte(tb testing.TB, look func(path string, body []byte)) {
	tb.Helper()
	require.NoError(tb, filepath.WalkDir(b.dir, func(path string, d fs.DirEntry, err error) error {
		require.NoError(tb, err)
		if d.IsDir() {
			return nil
		}
		body, err := os.ReadFile(path)
		require.NoError(tb, err)
		look(path, body)
		return nil
	}))
}
