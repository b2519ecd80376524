package ingest

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // the three decoders register the types that are taken
	_ "image/png"
	"regexp"
	"slices"

	_ "golang.org/x/image/webp"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/store"
)

const (
	// MaxScreenshot bounds one image, in bytes. A full-HD page as PNG has 1 to 4 MiB.
	MaxScreenshot = 8 << 20
	// MaxScreenshotMeta bounds an image's metadata, in bytes of JSON.
	MaxScreenshotMeta = 4 << 10
)

// mediaTypes are the image types that are taken, by the name that their decoder gives.
var mediaTypes = map[string]string{"webp": "image/webp", "png": "image/png", "jpeg": "image/jpeg"}

// ScreenshotID is the form of a screenshot's id.
var ScreenshotID = regexp.MustCompile(`^[0-9a-zA-Z_-]{1,64}$`)

// PutScreenshot stores an image with its metadata (a JSON object, event.ScreenshotMeta). Idempotent for the same image:
// false. A complete session takes no new image.
func (s *Service) PutScreenshot(ctx context.Context, who Who, session, id, mediaType string, meta, body []byte) (bool, error) {
	if _, err := s.owned(ctx, who, session); err != nil {
		return false, err
	}
	sess, err := s.records.Session(ctx, session)
	if err != nil {
		return false, known(err)
	}
	if !slices.Contains(sess.Header.Consent.Scopes, "screenshots") {
		return false, ErrConsent
	}
	if !ScreenshotID.MatchString(id) {
		return false, invalid("screenshot_id", "must be 1 to 64 letters, digits, _ and -")
	}
	// The id is a name in the clear, and the same as in the events: there it would be withheld.
	if s.engine.Contains(id) {
		return false, invalid("screenshot_id", "must not look like a private value")
	}
	m, body, err := checkScreenshot(mediaType, meta, body)
	if err != nil {
		return false, err
	}
	if s.engine.Contains(m.Document) {
		return false, invalid("metadata.document", "must not look like a private value")
	}
	if sess.Status != store.Recording {
		return false, s.alreadyStored(ctx, session, id, body)
	}
	if err := s.o.Room(); err != nil {
		return false, err
	}
	created, err := s.records.PutScreenshot(ctx, session, id, mediaType, body, *m)
	if errors.Is(err, store.ErrConflict) {
		return false, ErrScreenshotTaken
	}
	return created, known(err)
}

// alreadyStored is nil where exactly this image is stored: a client that missed the answer may ask again after it
// completed the session.
func (s *Service) alreadyStored(ctx context.Context, session, id string, body []byte) error {
	stored, err := s.records.Screenshot(ctx, session, id)
	if errors.Is(err, store.ErrNotFound) || (err == nil && !bytes.Equal(stored.Body, body)) {
		return ErrCompleted
	}
	return known(err)
}

// checkScreenshot returns the metadata, and the image without anything but the picture.
func checkScreenshot(mediaType string, meta, body []byte) (*event.ScreenshotMeta, []byte, error) {
	if len(body) > MaxScreenshot || len(meta) > MaxScreenshotMeta {
		return nil, nil, ErrTooLarge
	}
	var report event.Report
	m := wire.ScreenshotMeta(meta, "metadata", &report)
	if !report.OK() {
		return nil, nil, &InvalidError{Errors: report.Errors}
	}
	// Only the header is read, so that a small file that unpacks to a huge image costs nothing here.
	size, format, err := image.DecodeConfig(bytes.NewReader(body))
	if claimed, ok := mediaTypes[format]; err != nil || !ok || claimed != mediaType {
		return nil, nil, ErrMediaType
	}
	// The metadata's own width and height are bounded, and so the image is.
	if size.Width != m.Width || size.Height != m.Height {
		return nil, nil, invalid("metadata", "must have the width and the height of the image")
	}
	picture, err := strippers[format](body)
	if err != nil {
		return nil, nil, ErrMediaType
	}
	return m, picture, nil
}
