package record

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/vault"
)

const (
	// maxStageBytes bounds the JSON of a stage's result.
	maxStageBytes = 128 << 20

	// maxArchiveBytes bounds an archive before it is compressed.
	maxArchiveBytes = blob.MaxObjectBytes

	// archiveStage is the record that an archive exists and what it must be. Its name has a dot so that it is no stage
	// of the pipeline.
	archiveStage = "archive.blob"
)

// PutStage stores or replaces what a stage made of a session.
func (r *Records) PutStage(ctx context.Context, session, stage string, version int64, v any) error {
	key, err := r.key(ctx, session)
	if err != nil {
		return err
	}
	body, err := seal(key, v, vault.StagePlace(session, stage, version))
	if err != nil {
		return err
	}
	return r.store.PutStage(ctx, store.StageResult{
		Session: session, Stage: stage, Version: version, CreatedAt: r.now().UnixMilli(), Body: body,
	})
}

// Stage reads a stage's result into v and returns its version; store.ErrNotFound.
func (r *Records) Stage(ctx context.Context, session, stage string, v any) (int64, error) {
	key, err := r.key(ctx, session)
	if err != nil {
		return 0, err
	}
	result, err := r.store.Stage(ctx, session, stage)
	if err != nil {
		return 0, err
	}
	return result.Version, open(key, result.Body, vault.StagePlace(session, stage, result.Version), maxStageBytes, v)
}

// archived is the record of an archive.
type archived struct {
	Hash string `json:"hash"` // keyed, of the plain bundle
	Size int64  `json:"size"`
}

// PutArchive stores or replaces a session's archive.
func (r *Records) PutArchive(ctx context.Context, session string, bundle []byte) error {
	if len(bundle) > maxArchiveBytes {
		return blob.ErrTooLarge
	}
	key, err := r.key(ctx, session)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(bundle, vault.ArchivePlace(session))
	if err != nil {
		return err
	}
	if err := r.blobs.Put(ctx, archiveKey(session), sealed); err != nil {
		return err
	}
	record := archived{Hash: hex.EncodeToString(key.Hash(bundle)), Size: int64(len(bundle))}
	err = r.PutStage(ctx, session, archiveStage, 1, record)
	if errors.Is(err, store.ErrErased) {
		err = errors.Join(err, r.blobs.Delete(ctx, archiveKey(session)))
	}
	return err
}

// Archive returns a session's archive, proved to be the one that was put last; store.ErrNotFound.
func (r *Records) Archive(ctx context.Context, session string) ([]byte, error) {
	var record archived
	if _, err := r.Stage(ctx, session, archiveStage, &record); err != nil {
		return nil, err
	}
	key, err := r.key(ctx, session)
	if err != nil {
		return nil, err
	}
	sealed, err := r.blobs.Get(ctx, archiveKey(session))
	if err != nil {
		return nil, fmt.Errorf("record: archive: %w", err)
	}
	bundle, err := key.Open(sealed, vault.ArchivePlace(session), maxArchiveBytes)
	if err == nil && hex.EncodeToString(key.Hash(bundle)) != record.Hash {
		err = vault.ErrNotAuthentic
	}
	if err != nil {
		return nil, fmt.Errorf("record: archive: %w", err)
	}
	return bundle, nil
}

func archiveKey(session string) string { return session + "/archive" }
