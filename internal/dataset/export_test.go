package dataset

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/record/recordtest"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

const started = 1795336560000

type testBundle struct {
	records *record.Records
	dir     string
	made    int
}

func setup(t *testing.T) *testBundle {
	t.Helper()
	dir := t.TempDir()
	return &testBundle{records: recordtest.Open(t, dir), dir: filepath.Join(dir, "release")}
}

// put stores a processed session with so many examples.
func (b *testBundle) put(t *testing.T, participant string, quality int64, examples int, scopes ...string) string {
	t.Helper()
	b.made++
	id := fmt.Sprintf("01999999-0000-7000-8000-%012d", b.made)
	if scopes == nil {
		scopes = []string{"events"}
	}
	_, _, err := b.records.Create(t.Context(), event.Session{
		ID: id, StartedAt: started, Consent: event.Consent{Policy: "1", GrantedAt: started, Scopes: scopes},
		Client: event.Client{Name: "codesight-extension", Version: "1.0.0"},
	}, participant, "key", started)
	require.NoError(t, err)
	c := trajectory.Composed{Origin: trajectory.Origin{Input: "in" + id}, Site: "shop.example", System: "system", Examples: []trajectory.Example{}}
	for i := range examples {
		c.Examples = append(c.Examples, trajectory.Example{
			Step: i + 1, User: fmt.Sprintf("prompt %d of %s from [EMAIL]", i, id), Kind: trajectory.Click,
			Answer: `{"action":"click","element":1}`, Site: "shop.example",
		})
	}
	c.Excluded = []trajectory.Excluded{{Step: 99, Reason: trajectory.NotGroundable}}
	require.NoError(t, b.records.PutStage(t.Context(), id, trajectory.StageCompose, 1, c))
	require.NoError(t, b.records.Store().SetQuality(t.Context(), id, quality))
	require.NoError(t, b.records.Store().SetStatus(t.Context(), id, store.Ready, started))
	return id
}

func (b *testBundle) export(t *testing.T, o Options) (Manifest, error) {
	t.Helper()
	o.Format, o.Dir, o.CodeVersion = "openai-chat", b.dir, "test"
	o.Now = func() time.Time { return time.UnixMilli(started) }
	return Export(t.Context(), b.records, o)
}

func (b *testBundle) lines(t *testing.T, name string) []chatLine {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(b.dir, name))
	require.NoError(t, err)
	var list []chatLine
	for line := range bytes.Lines(body) {
		var l chatLine
		require.NoError(t, json.Unmarshal(line, &l, json.RejectUnknownMembers(true)))
		list = append(list, l)
	}
	return list
}

func TestAReleaseHoldsEveryExampleOnceAndSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 30 {
		b.put(t, fmt.Sprintf("p_%d", i/2), 80, 3)
	}
	m, err := b.export(t, Options{Split: 0.5})
	require.NoError(t, err)

	in := map[string]string{}
	seen := map[string]bool{}
	for _, split := range []string{train, validation} {
		lines := b.lines(t, split+".jsonl")
		require.NotEmpty(t, lines)
		require.Len(t, lines, m.Counts.Examples[split])
		for _, l := range lines {
			require.Equal(t, []string{"system", "user", "assistant"}, []string{l.Messages[0].Role, l.Messages[1].Role, l.Messages[2].Role})
			require.Equal(t, split, l.Metadata.Split)
			in[l.Metadata.Session] = split
			key := fmt.Sprint(l.Metadata.Session, l.Metadata.Step)
			require.False(t, seen[key])
			seen[key] = true
		}
	}
	require.Len(t, seen, 90)
	of := map[string]string{}
	for _, s := range m.Sessions {
		require.Equal(t, in[s.ID], s.Split)
		if before, ok := of[s.Participant]; ok {
			require.Equal(t, before, s.Split, "nobody is in both splits")
		}
		of[s.Participant] = s.Split
	}
	require.Equal(t, 90, m.Counts.Placeholders["EMAIL"])
	require.Equal(t, map[string]int{trajectory.NotGroundable: 30}, m.StepsLeftOut)

	var stored Manifest
	body, err := os.ReadFile(filepath.Join(b.dir, "manifest.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &stored))
	require.Equal(t, m, stored)
	cardBody, err := os.ReadFile(filepath.Join(b.dir, "DATASET_CARD.md"))
	require.NoError(t, err)
	require.Contains(t, string(cardBody), "90 examples from 30 sessions")
	require.Contains(t, string(cardBody), "| EMAIL | 90 |")
}

func TestTheSameSessionsMakeTheSameFiles(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 5 {
		b.put(t, fmt.Sprintf("p_%d", i), 80, 2)
	}
	one, err := b.export(t, Options{Split: 0.5})
	require.NoError(t, err)
	two, err := b.export(t, Options{Split: 0.5}) // in the place of the first
	require.NoError(t, err)
	require.Equal(t, one, two)
}

func TestOnlySessionsThatPassTheFiltersAreReleased(t *testing.T) {
	t.Parallel()
	b := setup(t)
	good := b.put(t, "p_1", 90, 1)
	b.put(t, "p_1", 40, 1)
	b.put(t, "p_1", 90, 1, "screenshots")
	b.put(t, "p_1", 90, 0)
	rejected, unprocessed := b.put(t, "p_1", 90, 1), b.put(t, "p_1", 90, 1)
	require.NoError(t, b.records.Review(t.Context(), rejected, "rejected", "", "key", started))
	require.NoError(t, b.records.Store().SetStatus(t.Context(), unprocessed, store.Queued, started))
	erased := b.put(t, "p_2", 90, 1)
	require.NoError(t, b.records.Erase(t.Context(), erased, started))

	m, err := b.export(t, Options{MinQuality: 60})
	require.NoError(t, err)
	require.Len(t, m.Sessions, 1)
	require.Equal(t, good, m.Sessions[0].ID)
	require.Equal(t, map[string]int{"below_quality": 1, "no_consent": 1, "no_examples": 1, "rejected": 1, "not_ready": 1}, m.LeftOut)

	_, err = b.export(t, Options{ApprovedOnly: true})
	require.ErrorIs(t, err, ErrEmpty)
	require.NoError(t, b.records.Review(t.Context(), good, "approved", "", "key", started))
	m, err = b.export(t, Options{ApprovedOnly: true})
	require.NoError(t, err)
	require.Len(t, m.Sessions, 1)
}

func TestASingleParticipantTrains(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.String().Draw(rt, "participant")
		s := newSplitter(rapid.Float64Range(0.01, 1).Draw(rt, "share"), map[string]bool{p: true})
		require.Equal(rt, train, s.of(p))
	})
}

func TestTheShareOfParticipantsIsAboutWhatWasAsked(t *testing.T) {
	t.Parallel()
	s := newSplitter(0.8, map[string]bool{"a": true, "b": true, "c": true, "d": true})
	inTrain := 0
	for i := range 2000 {
		if s.of(fmt.Sprint("p_", i)) == train {
			inTrain++
		}
	}
	require.InDelta(t, 1600, inTrain, 60)
}

func TestWhatIsNotAReleaseIsNeverReplaced(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.put(t, "p_1", 90, 1)
	require.NoError(t, os.Mkdir(b.dir, 0o700))
	precious := filepath.Join(b.dir, "thesis.txt")
	require.NoError(t, os.WriteFile(precious, []byte("years"), 0o600))

	_, err := b.export(t, Options{})
	require.ErrorIs(t, err, ErrOccupied)
	require.FileExists(t, precious)
	entries, err := os.ReadDir(filepath.Dir(b.dir))
	require.NoError(t, err)
	for _, e := range entries {
		require.False(t, strings.HasPrefix(e.Name(), ".release-"), "nothing is left behind")
	}
}

func TestAFailedExportLeavesTheEarlierRelease(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.put(t, "p_1", 90, 1)
	_, err := b.export(t, Options{})
	require.NoError(t, err)
	require.NoError(t, b.records.Erase(t.Context(), id, started))

	_, err = b.export(t, Options{})
	require.ErrorIs(t, err, ErrEmpty)
	require.Len(t, b.lines(t, "train.jsonl"), 1)
}

func TestOnlyTheOwnerMayReadARelease(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.put(t, "p_1", 90, 1)
	_, err := b.export(t, Options{})
	require.NoError(t, err)
	require.NoError(t, filepath.Walk(b.dir, func(path string, info os.FileInfo, err error) error {
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, path)
		return nil
	}))
}

func TestWrongSettingsAreRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := Export(t.Context(), b.records, Options{Format: "cuneiform", Dir: b.dir})
	require.ErrorIs(t, err, ErrFormat)
	for _, split := range []float64{-0.1, 1.1} {
		_, err = b.export(t, Options{Split: split})
		require.ErrorIs(t, err, ErrSplit)
	}
}
