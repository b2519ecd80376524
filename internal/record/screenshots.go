package record

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/vault"
)

// hashInKey is how many bytes of the keyed content hash stand in a blob's key, so that two images under one id never
// overwrite each other before the store has decided which of them it keeps.
const hashInKey = 8

// ImageInfo describes a stored image.
type ImageInfo struct {
	ID, MediaType string
	Size          int64
	Meta          event.ScreenshotMeta
}

// Image is a stored image.
type Image struct {
	ID, MediaType string
	Body          []byte
	Meta          event.ScreenshotMeta
}

// PutScreenshot stores an image. Idempotent for the same image (false); store.ErrConflict for another one under the same
// id; store.ErrNotFound, store.ErrErased.
func (r *Records) PutScreenshot(
	ctx context.Context, session, id, mediaType string, image []byte, m event.ScreenshotMeta,
) (bool, error) {
	key, err := r.key(ctx, session)
	if err != nil {
		return false, err
	}
	hash := key.Hash(image)
	shot := store.Screenshot{
		Session: session, ID: id, ContentHash: hash, MediaType: mediaType, Size: int64(len(image)),
		BlobKey:   session + "/" + id + "." + hex.EncodeToString(hash[:hashInKey]),
		CreatedAt: r.now().UnixMilli(),
	}
	if shot.Meta, err = seal(key, m, vault.ScreenshotMetaPlace(session, id)); err != nil {
		return false, err
	}
	return r.storeScreenshot(ctx, key, shot, image)
}

// storeScreenshot puts the blob before its record, so that a record never points to nothing. A blob whose record never
// came goes with its session's folder.
func (r *Records) storeScreenshot(
	ctx context.Context, key *vault.DataKey, shot store.Screenshot, image []byte,
) (bool, error) {
	old, err := r.store.Screenshot(ctx, shot.Session, shot.ID)
	if err == nil {
		return false, sameImage(old, shot)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return false, err
	}
	sealed, err := key.SealRaw(image, vault.ScreenshotPlace(shot.Session, shot.ID))
	if err != nil {
		return false, err
	}
	if err := r.blobs.Put(ctx, shot.BlobKey, sealed); err != nil {
		return false, err
	}
	stored, err := r.store.PutScreenshot(ctx, shot)
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrErased) || errors.Is(err, store.ErrNotFound) {
		err = errors.Join(err, r.blobs.Delete(ctx, shot.BlobKey))
	}
	return stored, err
}

func sameImage(old, now store.Screenshot) error {
	if string(old.ContentHash) != string(now.ContentHash) {
		return store.ErrConflict
	}
	return nil
}

// Screenshot returns an image; store.ErrNotFound, store.ErrErased.
func (r *Records) Screenshot(ctx context.Context, session, id string) (Image, error) {
	key, err := r.key(ctx, session)
	if err != nil {
		return Image{}, err
	}
	shot, err := r.store.Screenshot(ctx, session, id)
	if err != nil {
		return Image{}, err
	}
	info, err := openInfo(key, shot)
	if err != nil {
		return Image{}, err
	}
	body, err := r.image(ctx, key, shot)
	return Image{ID: id, MediaType: info.MediaType, Body: body, Meta: info.Meta}, err
}

// image reads a blob and proves that it is the image of the record.
func (r *Records) image(ctx context.Context, key *vault.DataKey, shot store.Screenshot) ([]byte, error) {
	sealed, err := r.blobs.Get(ctx, shot.BlobKey)
	if err != nil {
		return nil, fmt.Errorf("record: screenshot %s: %w", shot.ID, err)
	}
	body, err := key.OpenRaw(sealed, vault.ScreenshotPlace(shot.Session, shot.ID))
	if err == nil && string(key.Hash(body)) != string(shot.ContentHash) {
		err = vault.ErrNotAuthentic
	}
	if err != nil {
		return nil, fmt.Errorf("record: screenshot %s: %w", shot.ID, err)
	}
	return body, nil
}

// Screenshots describes all images of a session, ordered by id.
func (r *Records) Screenshots(ctx context.Context, session string) ([]ImageInfo, error) {
	key, err := r.key(ctx, session)
	if err != nil {
		return nil, err
	}
	shots, err := r.store.ListScreenshots(ctx, session)
	if err != nil {
		return nil, err
	}
	list := make([]ImageInfo, len(shots))
	for i, shot := range shots {
		if list[i], err = openInfo(key, shot); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func openInfo(key *vault.DataKey, shot store.Screenshot) (ImageInfo, error) {
	info := ImageInfo{ID: shot.ID, MediaType: shot.MediaType, Size: shot.Size}
	return info, open(key, shot.Meta, vault.ScreenshotMetaPlace(shot.Session, shot.ID), maxSmallBytes, &info.Meta)
}
