package record

import (
	"context"
	"fmt"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/vault"
)

const (
	// maxKeys bounds the unwrapped data keys in memory, about a KiB each: the sessions that are active at once. Unwrapping
	// one again costs a few microseconds and a row.
	maxKeys = 4096

	// maxErased bounds the memory of erasures. It only has to outlast the reads that were under way at the erasure.
	maxErased = 4096
)

// keyring caches data keys. An erased session's key leaves it at once, and a read that began before the erasure does not
// bring it back.
type keyring struct {
	mu     sync.Mutex
	keys   *simplelru.LRU[string, *vault.DataKey]
	erased *simplelru.LRU[string, struct{}]
}

func newKeyring() *keyring {
	return &keyring{keys: newLRU[*vault.DataKey](maxKeys), erased: newLRU[struct{}](maxErased)}
}

func newLRU[V any](size int) *simplelru.LRU[string, V] {
	l, err := simplelru.NewLRU[string, V](size, nil)
	if err != nil {
		panic(err) // only a size below one
	}
	return l
}

func (k *keyring) get(session string) (*vault.DataKey, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keys.Get(session)
}

// add returns false where the session was erased.
func (k *keyring) add(session string, key *vault.DataKey) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.erased.Contains(session) {
		return false
	}
	k.keys.Add(session, key)
	return true
}

func (k *keyring) erase(session string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys.Remove(session)
	k.erased.Add(session, struct{}{})
}

// key returns a session's data key, from the cache where it is there. Another process may have erased the session
// meanwhile: then the store refuses the write that follows, and has nothing to read.
func (r *Records) key(ctx context.Context, session string) (*vault.DataKey, error) {
	if key, ok := r.keys.get(session); ok {
		return key, nil
	}
	row, err := r.store.Session(ctx, session)
	if err != nil {
		return nil, err
	}
	return r.keyOf(row)
}

// keyOf returns the data key of a row that was just read.
func (r *Records) keyOf(row store.Session) (*vault.DataKey, error) {
	if row.Status == store.Erased {
		r.keys.erase(row.ID)
		return nil, store.ErrErased
	}
	if key, ok := r.keys.get(row.ID); ok {
		return key, nil
	}
	key, err := r.vault.Unwrap(row.ID, row.WrappedKey)
	if err != nil {
		return nil, fmt.Errorf("record: session's key: %w", err)
	}
	if !r.keys.add(row.ID, key) {
		return nil, store.ErrErased
	}
	return key, nil
}
