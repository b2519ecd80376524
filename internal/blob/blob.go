// Package blob keeps sealed objects (screenshots, archives) outside the database. It sees no content: whoever calls it
// has sealed the bytes already.
//
// A key is FOLDER/NAME, both of letters, digits, '-', '_' and '.', not beginning with a dot; a folder is a session's id.
package blob

import (
	"context"
	"errors"
)

// Errors that every adapter returns, wrapped or bare.
var (
	ErrNotFound = errors.New("blob: not found")
	ErrBadKey   = errors.New("blob: key is not of the form FOLDER/NAME")
	ErrTooLarge = errors.New("blob: object is too large")
)

// MaxObjectBytes bounds an object, which is read into memory whole: the archive of a very long session has a tenth.
const MaxObjectBytes = 256 << 20

// Bucket is a place for objects. Every method is safe for concurrent use.
type Bucket interface {
	// Put stores the object whole or not at all, flushed to stable storage when it returns nil. Idempotent: the same
	// key is replaced.
	Put(ctx context.Context, key string, body []byte) error
	// Get returns the object; ErrNotFound.
	Get(ctx context.Context, key string) ([]byte, error)
	// Delete removes the object; idempotent.
	Delete(ctx context.Context, key string) error
	// DeleteFolder removes every object of a folder; idempotent.
	DeleteFolder(ctx context.Context, folder string) error
	// Ping proves that the place can be written.
	Ping(ctx context.Context) error
}

// maxPartBytes bounds each part of a key: file systems take names of 255 bytes.
const maxPartBytes = 200

// validPart says whether a string can be one part of a key. What could lead out of a folder, or mean something else to a
// file system, is not valid.
func validPart(s string) bool {
	if s == "" || len(s) > maxPartBytes || s[0] == '.' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		digit := c >= '0' && c <= '9'
		if !letter && !digit && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}
