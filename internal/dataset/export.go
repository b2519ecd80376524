package dataset

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

// DefaultSplit is the share of participants in train where none is given.
const DefaultSplit = 0.9

// Options say what to export and where to.
type Options struct {
	Format       string // name of one of Formats
	Dir          string // a new folder, an empty one, or an earlier release, which is replaced
	MinQuality   int    // 0 to 100
	Split        float64
	ApprovedOnly bool
	CodeVersion  string
	Now          func() time.Time // nil is the system's clock
}

// Errors of Export besides those of reading and writing.
var (
	ErrFormat   = errors.New("dataset: no such format")
	ErrSplit    = errors.New("dataset: the split must be above 0 and at most 1")
	ErrEmpty    = errors.New("dataset: no session passes the filters, or none makes an example")
	ErrOccupied = errors.New("dataset: the folder holds something that is not a release")
)

// Export writes a release and returns its manifest. With ErrEmpty nothing is written, and the manifest says why
// sessions and steps were left out.
func Export(ctx context.Context, r *record.Records, o Options) (Manifest, error) {
	f, ok := formatNamed(o.Format)
	if !ok {
		return Manifest{}, ErrFormat
	}
	if o.Split == 0 {
		o.Split = DefaultSplit
	}
	if o.Split < 0 || o.Split > 1 {
		return Manifest{}, ErrSplit
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	e := &exporter{records: r, format: f, options: o, manifest: newManifest(f, o)}
	if err := e.choose(ctx); err != nil {
		return e.manifest, err
	}
	return e.manifest, replaceFolder(o.Dir, func(dir string) error { return e.write(ctx, dir) })
}

type exporter struct {
	records  *record.Records
	format   Format
	options  Options
	manifest Manifest
	chosen   []record.Session // ordered by id
	files    map[string]*dataFile
}

func newManifest(f Format, o Options) Manifest {
	perSplit := func() map[string]int { return map[string]int{train: 0, validation: 0} }
	return Manifest{
		Release: manifestFormat, Format: f.Name, FormatVersion: f.Version, CodeVersion: o.CodeVersion,
		CreatedAt: o.Now().UTC().Format(time.RFC3339),
		Filters:   Filters{MinQuality: o.MinQuality, ApprovedOnly: o.ApprovedOnly, Scopes: f.Needs, Split: o.Split},
		Counts: Counts{
			Sessions: perSplit(), Participants: perSplit(), Examples: perSplit(),
			Placeholders: map[string]int{}, Actions: map[string]int{},
		},
		Sessions: []Session{}, LeftOut: map[string]int{}, StepsLeftOut: map[string]int{},
	}
}

// choose goes over all sessions and keeps those that pass the filters.
func (e *exporter) choose(ctx context.Context) error {
	after := ""
	for {
		page, err := e.records.Store().ListSessions(ctx, store.Filter{After: after, Limit: store.MaxPage})
		if err != nil {
			return err
		}
		for _, row := range page {
			if err := e.consider(ctx, row); err != nil {
				return err
			}
			after = row.ID
		}
		if len(page) < store.MaxPage {
			break
		}
	}
	slices.SortFunc(e.chosen, func(a, b record.Session) int { return strings.Compare(a.ID, b.ID) })
	return nil
}

func (e *exporter) consider(ctx context.Context, row store.Session) error {
	why := e.unfit(row)
	if why != "" {
		e.manifest.LeftOut[why]++
		return nil
	}
	s, err := e.records.Session(ctx, row.ID)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, scope := range e.format.Needs {
		if !slices.Contains(s.Header.Consent.Scopes, scope) {
			e.manifest.LeftOut["no_consent"]++
			return nil
		}
	}
	e.chosen = append(e.chosen, s)
	return nil
}

func (e *exporter) unfit(row store.Session) string {
	switch {
	case row.Status != store.Ready:
		return "not_ready"
	case row.Verdict == "rejected":
		return "rejected"
	case e.options.ApprovedOnly && row.Verdict != "approved":
		return "not_approved"
	case row.Quality < int64(e.options.MinQuality):
		return "below_quality"
	default:
		return ""
	}
}

// gone says that the session was erased while the export ran.
func gone(err error) bool {
	return errors.Is(err, store.ErrErased) || errors.Is(err, store.ErrNotFound)
}

// write fills the folder.
func (e *exporter) write(ctx context.Context, dir string) error {
	participants := map[string]bool{}
	for _, s := range e.chosen {
		participants[s.Participant] = true
	}
	splits := newSplitter(e.options.Split, participants)
	e.files = map[string]*dataFile{}
	defer e.abandonFiles()
	for _, split := range []string{train, validation} {
		f, err := createDataFile(dir, split+".jsonl")
		if err != nil {
			return err
		}
		e.files[split] = f
	}
	seen := map[string]bool{}
	for _, s := range e.chosen {
		split := splits.of(s.Participant)
		added, err := e.session(ctx, s, split)
		if err != nil {
			return err
		}
		if added && !seen[s.Participant] {
			seen[s.Participant] = true
			e.manifest.Counts.Participants[split]++
		}
	}
	if len(e.manifest.Sessions) == 0 {
		return ErrEmpty
	}
	for _, split := range []string{train, validation} {
		done, err := e.files[split].finish()
		if err != nil {
			return err
		}
		e.manifest.Files = append(e.manifest.Files, done)
	}
	return e.describe(dir)
}

// abandonFiles closes what a failure left open; what is in them is thrown away.
func (e *exporter) abandonFiles() {
	for _, f := range e.files {
		_ = f.close()
	}
}

// session writes the examples of one session, and says whether there were any.
func (e *exporter) session(ctx context.Context, s record.Session, split string) (bool, error) {
	var c trajectory.Composed
	_, err := e.records.Stage(ctx, s.ID, trajectory.StageCompose, &c)
	if gone(err) {
		e.manifest.LeftOut["not_composed"]++
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, x := range c.Excluded {
		e.manifest.StepsLeftOut[x.Reason]++
	}
	if len(c.Examples) == 0 {
		e.manifest.LeftOut["no_examples"]++
		return false, nil
	}
	content := sha256.New()
	for _, x := range c.Examples {
		line, err := e.format.line(sample{system: c.System, example: x, session: s.ID, split: split})
		if err != nil {
			return false, err
		}
		if err := e.files[split].add(line, content); err != nil {
			return false, err
		}
		e.count(x, split)
	}
	e.manifest.Counts.Sessions[split]++
	e.manifest.Sessions = append(e.manifest.Sessions, Session{
		ID: s.ID, Participant: s.Participant, Split: split, Site: c.Site,
		Client: s.Header.Client.Name + " " + s.Header.Client.Version, Quality: s.Quality, Verdict: s.Verdict,
		Consent: s.Header.Consent, Source: c.Input, Content: hex.EncodeToString(content.Sum(nil)), Examples: len(c.Examples),
	})
	return true, nil
}

func (e *exporter) count(x trajectory.Example, split string) {
	c := &e.manifest.Counts
	c.Examples[split]++
	if x.Partial {
		c.Partial++
	}
	c.Actions[string(x.Kind)]++
	for _, t := range redact.Types() {
		mark := t.Placeholder()
		if n := strings.Count(x.User, mark) + strings.Count(x.Answer, mark); n > 0 {
			c.Placeholders[string(t)] += n
		}
	}
}
