// Package blob keeps sealed objects (screenshots, archives) outside the database. It sees no content: whoever calls it
// has sealed the bytes already.
package blob

import (
	"context"
	"errors"
)

// ErrNotFound says that no object has the key.
var ErrNotFound = errors.New("blob: not found")

// Bucket is a place for objects. Every method is safe for concurrent use.
type Bucket interface {
	// Put stores the object whole or not at all, flushed to stable storage when it returns nil. Idempotent: the same
	// key is replaced.
	Put(ctx context.Context, key string, body []byte) error
	// Get returns the object; ErrNotFound.
	Get(ctx context.Context, key string) ([]byte, error)
	// Delete removes the object; idempotent.
	Delete(ctx context.Context, key string) error
	// Ping proves that the place can be written.
	Ping(ctx context.Context) error
}
