package pipeline

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/klauspost/compress/zstd"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/trajectory"
)

const archiveVersion = 1

// archiveFormat names the layout of a bundle: a tar file compressed with zstd. Its first entry is manifest.json, which
// lists all others with their SHA-256; they follow in the order of their names. Nothing in it tells when it was made,
// so the same session makes the same bytes.
const archiveFormat = "codesight-archive/1"

// The entries of a bundle besides the stages' results, which are stages/NAME.json.
const (
	entryManifest    = "manifest.json"
	entryHeader      = "session.json"
	entryEvents      = "events.jsonl"
	entryScreenshots = "screenshots.json"
)

// maxArchiveBytes bounds what a bundle may hold once unpacked: ten times the largest session that ingestion takes.
const maxArchiveBytes = 4 << 30

// ArchiveManifest is the table of contents of a bundle.
type ArchiveManifest struct {
	Format   string           `json:"format"`
	Session  string           `json:"session"`
	Events   int64            `json:"events"`
	Versions map[string]int64 `json:"versions"` // of the stages
	Entries  []ArchiveEntry   `json:"entries"`
}

// ArchiveEntry is one file of a bundle.
type ArchiveEntry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Archive is an opened bundle, verified in full.
type Archive struct {
	Manifest ArchiveManifest
	Files    map[string][]byte // by the entry's name
}

// ErrArchive says that a bundle is not whole: an entry is missing, added or changed.
var ErrArchive = errors.New("pipeline: the archive is damaged")

// archive packs the session into a bundle. Stages are the results to keep, by their name.
func archive(r recording, stages map[string]any) ([]byte, int, error) {
	files, err := archiveFiles(r, stages)
	if err != nil {
		return nil, 0, err
	}
	m := ArchiveManifest{Format: archiveFormat, Session: r.header.ID, Events: int64(len(r.events)), Versions: versions()}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		m.Entries = append(m.Entries, ArchiveEntry{Name: name, Size: int64(len(files[name])), SHA256: hex.EncodeToString(sum[:])})
	}
	manifest, err := wire.Marshal(m)
	if err != nil {
		return nil, 0, err
	}
	bundle, err := pack(manifest, m.Entries, files)
	return bundle, len(m.Entries), err
}

func archiveFiles(r recording, stages map[string]any) (map[string][]byte, error) {
	var lines []byte
	for _, e := range r.events {
		var err error
		if lines, err = wire.AppendEvent(lines, e); err != nil {
			return nil, err
		}
		lines = append(lines, '\n')
	}
	files := map[string][]byte{entryEvents: lines}
	values := map[string]any{entryHeader: r.header, entryScreenshots: r.images}
	for stage, v := range stages {
		values["stages/"+stage+".json"] = v
	}
	for name, v := range values {
		b, err := wire.Marshal(v)
		if err != nil {
			return nil, err
		}
		files[name] = b
	}
	return files, nil
}

func pack(manifest []byte, entries []ArchiveEntry, files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		return nil, err
	}
	t := tar.NewWriter(z)
	write := func(name string, body []byte) error {
		if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(body)), Format: tar.FormatPAX}); err != nil {
			return err
		}
		_, err := t.Write(body)
		return err
	}
	err = write(entryManifest, manifest)
	for i := 0; i < len(entries) && err == nil; i++ {
		err = write(entries[i].Name, files[entries[i].Name])
	}
	if err = errors.Join(err, t.Close(), z.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// OpenArchive unpacks a bundle and verifies every entry against the manifest. ErrArchive where anything differs.
func OpenArchive(bundle []byte) (*Archive, error) {
	z, err := zstd.NewReader(bytes.NewReader(bundle), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxArchiveBytes))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	a := &Archive{Files: map[string][]byte{}}
	t := tar.NewReader(io.LimitReader(z, maxArchiveBytes))
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrArchive, err)
		}
		body, err := io.ReadAll(t)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrArchive, err)
		}
		a.Files[h.Name] = body
	}
	if err := wire.Unmarshal(a.Files[entryManifest], &a.Manifest); err != nil || a.Manifest.Format != archiveFormat {
		return nil, fmt.Errorf("%w: no manifest of the format %s", ErrArchive, archiveFormat)
	}
	delete(a.Files, entryManifest)
	return a, a.verify()
}

func (a *Archive) verify() error {
	if len(a.Files) != len(a.Manifest.Entries) {
		return fmt.Errorf("%w: it holds %d entries, the manifest lists %d", ErrArchive, len(a.Files), len(a.Manifest.Entries))
	}
	for _, e := range a.Manifest.Entries {
		body, ok := a.Files[e.Name]
		if sum := sha256.Sum256(body); !ok || hex.EncodeToString(sum[:]) != e.SHA256 {
			return fmt.Errorf("%w: entry %s", ErrArchive, e.Name)
		}
	}
	return nil
}

// Events decodes the events of the bundle.
func (a *Archive) Events() ([]*event.Event, error) {
	var list []*event.Event
	for line := range bytes.Lines(a.Files[entryEvents]) {
		e, err := wire.StoredEvent(line)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// Stage decodes the result of a stage.
func (a *Archive) Stage(name string, v any) error {
	return wire.Unmarshal(a.Files["stages/"+name+".json"], v)
}

func versions() map[string]int64 {
	return map[string]int64{
		trajectory.StageAssemble: assembleVersion, trajectory.StageNormalise: normaliseVersion,
		trajectory.StageScore: scoreVersion, trajectory.StageJourney: journeyVersion,
		trajectory.StageCompose: composeVersion, trajectory.StageArchive: archiveVersion,
	}
}
