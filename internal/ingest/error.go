package ingest

import (
	"errors"
	"fmt"

	"github.com/codesight/codesight/internal/event"
)

// Errors that a transport turns into its answers.
var (
	// ErrNotFound: no such session, or it belongs to somebody else. The two cannot be told apart.
	ErrNotFound = errors.New("ingest: no such session")
	// ErrErased: the session was erased and takes nothing any more.
	ErrErased = errors.New("ingest: session was erased")
	// ErrCompleted: the session is complete and takes no more events.
	ErrCompleted = errors.New("ingest: session is complete")
	// ErrTaken: the id of a new session belongs to somebody else's.
	ErrTaken = errors.New("ingest: the session's id is taken")
	// ErrScreenshotTaken: another image is stored under this screenshot's id.
	ErrScreenshotTaken = errors.New("ingest: the screenshot's id is taken by another image")
	// ErrConsent: the participant did not agree to this kind of recording.
	ErrConsent = errors.New("ingest: outside the participant's consent")
	// ErrTooLarge: the body, the batch or the image is beyond its limit.
	ErrTooLarge = errors.New("ingest: too large")
	// ErrMediaType: the image is not of a type that is taken, or not of the type that it claims.
	ErrMediaType = errors.New("ingest: not an image of the claimed type")
	// ErrBusy: so many batches of this session came at once that this one found no turn. Trying again will help.
	ErrBusy = errors.New("ingest: session is busy")
	// ErrFull: there is no room to store more. It is for Options.Room to return.
	ErrFull = errors.New("ingest: storage is full")
)

// SyntaxError says that the body is not the JSON that it should be, so that nothing in it could be read.
type SyntaxError struct{ Offset int64 }

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("the body is not valid JSON at byte %d", e.Offset)
}

// GapError says that the batch leaves out numbers; nothing of it was stored.
type GapError struct{ Expected int64 }

func (e *GapError) Error() string { return fmt.Sprintf("expected sequence %d", e.Expected) }

// InvalidError says what is wrong with a whole request, as opposed to one event of a batch.
type InvalidError struct{ Errors []event.FieldError }

func (e *InvalidError) Error() string { return "invalid request" }

func invalid(location, message string) error {
	return &InvalidError{Errors: []event.FieldError{{Location: location, Message: message}}}
}
