// Package storetest is the conformance suite of store.Store: every adapter passes it.
package storetest

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/queue"
	"github.com/codesight/codesight/internal/store"
)

// MaxJobs is the bound of the queue of the stores that the suite is given.
const MaxJobs = 3

// Run runs the suite. Open gives an empty store whose queue takes MaxJobs jobs, and closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, s store.Store){
		"creating a session is idempotent":                       createIsIdempotent,
		"concurrent creations make one session":                  concurrentCreates,
		"a missing session is not found by any method":           missingSession,
		"pages go through all sessions newest first":             pages,
		"every filter selects what it says":                      filters,
		"a page is bounded":                                      pageIsBounded,
		"states, scores and verdicts are kept":                   changes,
		"participants are counted":                               participants,
		"completing needs the last number and is idempotent":     completing,
		"completing enqueues one job":                            completingEnqueues,
		"sessions wait while the queue is full and are fed in":   awaiting,
		"a participant's turn is not spent by a full queue":      fullQueueSpendsNoTurn,
		"erasing leaves only the fact":                           erasing,
		"an erased session takes nothing and cannot come back":   erasedTakesNothing,
		"erasing makes room in the queue":                        erasingMakesRoom,
		"blobs that are left of erased sessions are remembered":  unpurged,
		"segments are appended in sequence only":                 appending,
		"segments are listed in order beyond a number":           listing,
		"a segment that fails spoils no other":                   oneFails,
		"random appends of many callers are gapless and kept":    sequenceProperty,
		"one caller's appends do what the model says":            sequenceModel,
		"a cancelled append stores nothing or tells the truth":   cancelledAppends,
		"a screenshot is stored once":                            screenshots,
		"a stage's result is replaced":                           stages,
		"keys are created, listed, revoked and touched":          keys,
		"closing writes what waits, and refuses what comes late": closing,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

var lastID atomic.Int64

// newID makes ids that sort by age, as UUIDv7 do.
func newID() string { return fmt.Sprintf("session-%08d", lastID.Add(1)) }

func newSession(participant string, at int64) store.Session {
	id := newID()
	return store.Session{
		ID: id, Participant: participant, KeyID: "key-" + participant, StartedAt: at - 1, CreatedAt: at,
		WrappedKey: []byte("wrapped " + id), Header: []byte("header " + id),
	}
}

func create(t *testing.T, s store.Store, participant string, at int64) store.Session {
	t.Helper()
	row, created, err := s.CreateSession(t.Context(), newSession(participant, at))
	require.NoError(t, err)
	require.True(t, created)
	return row
}

func segment(session string, first, last int64) store.Segment {
	return store.Segment{
		Session: session, First: first, Last: last, Refused: 1, PlainBytes: 10, StoredAt: 100 + last,
		Body: fmt.Appendf(nil, "%s %d-%d", session, first, last),
	}
}

func fill(t *testing.T, s store.Store, session string) {
	t.Helper()
	require.NoError(t, s.AppendSegment(t.Context(), segment(session, 1, 2)))
	_, err := s.PutScreenshot(t.Context(), screenshot(session, "shot", "hash"))
	require.NoError(t, err)
	require.NoError(t, s.PutStage(t.Context(), store.StageResult{Session: session, Stage: "score", Version: 1, Body: []byte("x")}))
	require.NoError(t, s.SetVerdict(t.Context(), session, "approved", []byte("note"), "reviewer", 7))
}

func screenshot(session, id, hash string) store.Screenshot {
	return store.Screenshot{
		Session: session, ID: id, ContentHash: []byte(hash), MediaType: "image/png", Size: 3,
		BlobKey: session + "/" + id, Meta: []byte("meta"), CreatedAt: 5,
	}
}

func jobOf(s store.Session) queue.NewJob {
	return queue.NewJob{Kind: queue.Process, Session: s.ID, Participant: s.Participant}
}

func complete(t *testing.T, s store.Store, row store.Session) store.Status {
	t.Helper()
	status, err := s.CompleteSession(t.Context(), row.ID, 0, 50, jobOf(row))
	require.NoError(t, err)
	return status
}

func ids(list []store.Session) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.ID
	}
	return out
}
