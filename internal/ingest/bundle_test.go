package ingest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/record/recordtest"
	"github.com/codesight/codesight/internal/redact"
)

var anna = Who{KeyID: "k1", Participant: "p_anna"}

// testBundle is the service on the real store.
type testBundle struct {
	service *Service
	records *record.Records
}

func setup(tb testing.TB, o Options) testBundle {
	tb.Helper()
	records := recordtest.Open(tb, tb.TempDir())
	return testBundle{service: New(records, redact.Default(), o), records: records}
}

func (b testBundle) start(tb testing.TB) string {
	tb.Helper()
	id := uuid.Must(uuid.NewV7()).String()
	started, err := b.service.Start(context.Background(), anna, []byte(sessionJSON(id)))
	require.NoError(tb, err)
	require.True(tb, started.Created)
	return id
}

func (b testBundle) append(session, body string) (Ack, error) {
	return b.service.Append(context.Background(), anna, session, []byte(body))
}

// times returns the time of each stored event, in order; it stands for the content.
func (b testBundle) times(tb testing.TB, session string) []int64 {
	tb.Helper()
	var out []int64
	for e, err := range b.records.Events(context.Background(), session, 0) {
		require.NoError(tb, err)
		require.EqualValues(tb, len(out)+1, e.Seq)
		out = append(out, e.Time)
	}
	return out
}

func sessionJSON(id string) string {
	return fmt.Sprintf(`{"id":%q,"started_at":1795336560000,"consent":{"policy":"1","granted_at":1795336550000,"scopes":["events"]},"client":{"name":"test","version":"1"}}`, id)
}

// eventJSON makes an event whose time follows from its number, so that what is stored can be compared.
func eventJSON(seq int64) string {
	return fmt.Sprintf(`{"seq":%d,"time":%d,"type":"submit","tab":1,"frame":"0","page":{"url":"https://shop.example/","title":"Shop","viewport":{"width":1280,"height":720,"dpr":1,"zoom":1},"scroll":{"x":0,"y":0}},"submit":{}}`, seq, timeOf(seq))
}

func timeOf(seq int64) int64 { return 1795336560000 + seq }

func batchJSON(from, to int64) string {
	var events []string
	for seq := from; seq <= to; seq++ {
		events = append(events, eventJSON(seq))
	}
	return `{"events":[` + strings.Join(events, ",") + `]}`
}
