package legacy_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/dataset"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/legacy"
	"github.com/codesight/codesight/internal/pipeline"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/record/recordtest"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

type testBundle struct {
	records *record.Records
	service *ingest.Service
	dir     string
}

var importer = ingest.Who{KeyID: "key", Participant: "p_legacy"}

func setup(t *testing.T) *testBundle {
	t.Helper()
	dir := t.TempDir()
	r := recordtest.Open(t, dir)
	return &testBundle{records: r, service: ingest.New(r, redact.Default(), ingest.Options{}), dir: dir}
}

func (b *testBundle) load(t *testing.T, path string) legacy.Report {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	report, err := legacy.Import(t.Context(), b.service, importer, f, legacy.Options{})
	require.NoError(t, err)
	return report
}

func (b *testBundle) events(t *testing.T, id string) []*event.Event {
	t.Helper()
	var list []*event.Event
	for e, err := range b.records.Events(t.Context(), id, 0) {
		require.NoError(t, err)
		list = append(list, e)
	}
	return list
}

const madeUp = "testdata/made-up.json"

func TestWhatAnExportHoldsIsCarriedAndTheRestIsReported(t *testing.T) {
	t.Parallel()
	b := setup(t)
	report := b.load(t, madeUp)

	require.Equal(t, 1, report.Sessions)
	require.Equal(t, 5, report.Events)
	require.Zero(t, report.Refused)
	require.Equal(t, map[string]int{
		"FOCUS: lacks title, viewport, element":                                                                       2,
		"INPUT: lacks title, viewport, element":                                                                       1,
		"row of an unknown type: it has another form":                                                                 1,
		"row of an unknown type: its type has no counterpart":                                                         1,
		"NAVIGATION: it does not say how the page came to be shown; the addresses stand in the other events":          1,
		"navigation_restored: it does not say how the page came to be shown; the addresses stand in the other events": 1,
		"screenshot: the export holds its id alone":                                                                   1,
		"selector: it is not CSS":                                                                                     1,
		"session: none of its rows could be carried":                                                                  1,
	}, report.NotCarried)
	require.Equal(t, 5, report.Assumed["zoom"])
	require.Positive(t, report.Redactions["EMAIL"])

	s, err := b.records.Session(t.Context(), report.IDs[0])
	require.NoError(t, err)
	require.Equal(t, store.Queued, s.Status)
	require.Equal(t, "p_legacy", s.Participant)
	require.Equal(t, event.Consent{Policy: "legacy-import", GrantedAt: s.StartedAt, Scopes: []string{"events"}}, s.Header.Consent)
	require.Equal(t, "codesight-legacy", s.Header.Client.Name)
	require.Equal(t, "Chrome 138", s.Header.Client.Browser)
	require.Equal(t, "garden.example", s.Header.Task.Site)
}

func TestEventsAreOrderedByTimeAndNumberedAfresh(t *testing.T) {
	t.Parallel()
	b := setup(t)
	events := b.events(t, b.load(t, madeUp).IDs[0])

	var titles []string
	for i, e := range events {
		require.Equal(t, int64(i)+1, e.Seq)
		require.Equal(t, event.Click, e.Type)
		titles = append(titles, e.Page.Title)
	}
	require.Equal(t, []string{"Garden & Co", "Seats", "Moss bench", "Moss bench", "Moss bench"}, titles)
}

func TestTheElementListDoesNotTellTheTargetFromItsNeighbours(t *testing.T) {
	t.Parallel()
	b := setup(t)
	events := b.events(t, b.load(t, madeUp).IDs[0])

	image := events[1]
	require.Equal(t, "img", image.Target.Tag)
	target := image.Snapshot.Elements[*image.Snapshot.Target]
	require.Equal(t, event.Element{Role: "link", Tag: "a", Name: "Moss bench"}, target, "a click on the picture in a link is one on the link")

	size := events[2]
	require.Equal(t, "Size medium", size.Target.Name, "the target keeps what is known of it")
	require.Equal(t, event.Element{Role: "generic", Tag: "div", Name: "Medium"}, size.Snapshot.Elements[*size.Snapshot.Target])

	var names []string
	for _, x := range events[3].Snapshot.Elements {
		names = append(names, x.Name)
	}
	require.Equal(t, []string{"Add to cart", "Delivery", "Large", "Medium", "Save for later", "Small"}, names,
		"what was recorded of the page so far, each element once, by name")
	require.Nil(t, events[4].Snapshot.Target, "an element without a name is not in the list")
}

func TestNothingPrivateComesIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	report := b.load(t, madeUp)
	require.NoError(t, pipeline.New(b.records).Process(t.Context(), report.IDs[0], nil))

	for _, text := range b.everything(t, report.IDs[0]) {
		for _, private := range []string{"moss.reader", "555", "ExampleClickId", "203.0.113.77", "7781"} {
			require.NotContains(t, text, private)
		}
	}
}

// everything returns the stored events, the header and the results of a session as text.
func (b *testBundle) everything(t *testing.T, id string) []string {
	t.Helper()
	bundle, err := b.records.Archive(t.Context(), id)
	require.NoError(t, err)
	a, err := pipeline.OpenArchive(bundle)
	require.NoError(t, err)
	var texts []string
	for _, body := range a.Files {
		texts = append(texts, string(body))
	}
	return texts
}

func TestAPrivateValueThatAFieldIsTooNarrowForIsNotCutInTwo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	export, err := os.ReadFile(madeUp)
	require.NoError(t, err)
	changed := strings.Replace(string(export), `"BEGINNER"`, `"Paid with card 4111 1111 1111 1111, so easy"`, 1)
	require.NotEqual(t, string(export), changed)
	report, err := legacy.Import(t.Context(), b.service, importer, strings.NewReader(changed), legacy.Options{})
	require.NoError(t, err)
	s, err := b.records.Session(t.Context(), report.IDs[0])
	require.NoError(t, err)
	require.Equal(t, "Paid with card [CARD], so easy", s.Header.Task.Difficulty)
}

func TestImportingAgainAddsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.load(t, madeUp)
	before := b.events(t, first.IDs[0])
	require.NoError(t, pipeline.New(b.records).Process(t.Context(), first.IDs[0], nil))

	again := b.load(t, madeUp)
	require.Zero(t, again.Sessions)
	require.Zero(t, again.Events)
	require.Equal(t, 1, again.Existing)
	require.Equal(t, first.IDs, again.IDs)
	require.Equal(t, before, b.events(t, first.IDs[0]))
	s, err := b.records.Session(t.Context(), first.IDs[0])
	require.NoError(t, err)
	require.Equal(t, store.Ready, s.Status)
}

func TestOneSessionWithoutAnArrayIsAnExportToo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	body, err := os.ReadFile(madeUp)
	require.NoError(t, err)
	one := bytes.TrimSuffix(bytes.TrimSpace(body), []byte("]"))[1:]
	one = append(one[:bytes.LastIndex(one, []byte("\n },"))], "\n }"...)
	report, err := legacy.Import(t.Context(), b.service, importer, bytes.NewReader(one), legacy.Options{})
	require.NoError(t, err)
	require.Equal(t, 1, report.Sessions)
}

func TestWhatIsNoExportIsRefusedWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, body := range []string{
		"", "secret", `{"id":`, `[{"id":"secret"`, `["secret"]`, `[{"enhancedInteractions":"secret"}]`, `{"config":"secret"}`,
		`{"id":"secret","id":"secret"}`, "[{\"id\":\"secret\xff\"}]", `[{"enhancedInteractions":[}]`,
	} {
		_, err := legacy.Import(t.Context(), b.service, importer, strings.NewReader(body), legacy.Options{})
		require.ErrorIs(t, err, legacy.ErrFormat, body)
		require.NotContains(t, err.Error(), "secret")
	}
}

// endless is a session that never ends.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	if !e.begun {
		e.begun = true
		return copy(p, `[{"id":"`), nil
	}
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestAnEndlessSessionIsRefusedBeforeItFillsTheMemory(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, err := legacy.Import(t.Context(), b.service, importer, &endless{}, legacy.Options{})
	require.ErrorIs(t, err, legacy.ErrFormat)
}

func FuzzImport(f *testing.F) {
	body, err := os.ReadFile(madeUp)
	require.NoError(f, err)
	f.Add(body)
	f.Add([]byte(`[{"enhancedInteractions":[{"type":"CLICK","timestamp":1e300}]}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if err := legacy.ReadOnly(bytes.NewReader(body)); err != nil && !errors.Is(err, legacy.ErrFormat) {
			t.Fatal(err)
		}
	})
}

// realSample is a session that a real person made with the earlier system. It is never committed.
const realSample = "../../../shared/legacy-sample.json"

func TestTheRealSampleBecomesTrainingData(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(realSample); err != nil {
		t.Skip("the real sample is not here")
	}
	b := setup(t)
	report := b.load(t, realSample)
	require.Equal(t, 1, report.Sessions)
	require.Equal(t, 22, report.Events, "its clicks")
	require.Zero(t, report.Refused)
	id := report.IDs[0]
	require.NoError(t, pipeline.New(b.records).Process(t.Context(), id, nil))

	var c trajectory.Composed
	_, err := b.records.Stage(t.Context(), id, trajectory.StageCompose, &c)
	require.NoError(t, err)
	t.Logf("%+v", c.Excluded)
	require.NotEmpty(t, c.Examples)
	for _, text := range b.everything(t, id) {
		require.NotContains(t, text, "192.0.2.10")
	}
	out := os.Getenv("LEGACY_RELEASE") // to look at it
	if out == "" {
		out = filepath.Join(b.dir, "release")
	}
	m, err := dataset.Export(t.Context(), b.records, dataset.Options{Format: "openai-chat", Dir: out})
	require.NoError(t, err)
	require.Equal(t, len(c.Examples), m.Counts.Examples["train"])
	t.Logf("%+v", report)
	t.Logf("%+v", m)
}
