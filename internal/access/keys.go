package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/codesight/codesight/internal/store"
)

// ErrUnauthorized is the one answer to every key that does not hold: mistyped, unknown, wrong, expired or revoked. That
// they cannot be told apart is on purpose.
var ErrUnauthorized = errors.New("access: the key is not valid")

const (
	// cacheAge bounds how long a key is believed without asking the database. A revocation in another process must act
	// within a second; an open WebSocket asks twice a second, so half a second is what is left.
	cacheAge = 500 * time.Millisecond
	// cacheKeys bounds the memory of the cache: about 400 bytes a key.
	cacheKeys = 10_000
	// touchEvery is how exact the time of a key's last use is.
	touchEvery = time.Minute
)

// Keys makes, checks and revokes API keys. It is safe for concurrent use.
type Keys struct {
	store store.Keys
	now   func() time.Time
	cache *lru.Cache[string, *cached]
}

type cached struct {
	key     store.Key
	scopes  []Scope
	until   time.Time
	touched atomic.Int64 // milliseconds since the Unix epoch
}

// New returns the keys of a store.
func New(keys store.Keys, now func() time.Time) *Keys {
	cache, err := lru.New[string, *cached](cacheKeys)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &Keys{store: keys, now: now, cache: cache}
}

// Authenticate returns whose key was presented, or ErrUnauthorized. Any other error is the database's.
func (k *Keys) Authenticate(ctx context.Context, presented string) (Identity, error) {
	id, secret, ok := parseToken(presented)
	if !ok {
		return Identity{}, ErrUnauthorized
	}
	c, err := k.load(ctx, id)
	hash := hashSecret(secret)
	if errors.Is(err, store.ErrNotFound) {
		// The work is the same as for a key that exists, so that the time tells nothing.
		subtle.ConstantTimeCompare(hash, make([]byte, len(hash)))
		return Identity{}, ErrUnauthorized
	}
	if err != nil {
		return Identity{}, err
	}
	if subtle.ConstantTimeCompare(hash, c.key.Hash) != 1 || !k.valid(c) {
		return Identity{}, ErrUnauthorized
	}
	k.touch(ctx, c)
	return c.identity(), nil
}

// StillValid says whether a key that was authenticated before still holds: nil, ErrUnauthorized, or the database's
// error. Whoever serves one key for long asks again and again.
func (k *Keys) StillValid(ctx context.Context, id string) error {
	c, err := k.load(ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return ErrUnauthorized
	case err != nil:
		return err
	case !k.valid(c):
		return ErrUnauthorized
	}
	return nil
}

func (k *Keys) load(ctx context.Context, id string) (*cached, error) {
	now := k.now()
	old, ok := k.cache.Get(id)
	if ok && now.Before(old.until) {
		return old, nil
	}
	key, err := k.store.Key(ctx, id)
	if err != nil {
		return nil, err
	}
	scopes, ok := ParseScopes(key.Scopes)
	if !ok {
		return nil, fmt.Errorf("access: key %s has scopes that this version does not know", id)
	}
	c := &cached{key: key, scopes: scopes, until: now.Add(cacheAge)}
	c.touched.Store(key.LastUsedAt)
	k.cache.Add(id, c)
	return c, nil
}

func (k *Keys) valid(c *cached) bool {
	return c.key.RevokedAt == 0 && (c.key.ExpiresAt == 0 || k.now().UnixMilli() < c.key.ExpiresAt)
}

// touch notes the last use, at most once in touchEvery. It is a courtesy to the operator: a database that cannot write
// it must not keep anyone out.
func (k *Keys) touch(ctx context.Context, c *cached) {
	now := k.now().UnixMilli()
	last := c.touched.Load()
	if now-last < touchEvery.Milliseconds() || !c.touched.CompareAndSwap(last, now) {
		return
	}
	_ = k.store.TouchKey(ctx, c.key.ID, now)
}

func (c *cached) identity() Identity {
	return Identity{KeyID: c.key.ID, Name: c.key.Name, Participant: c.key.Participant, Scopes: c.scopes}
}

// List returns every key, newest first, without the hashes of their secrets.
func (k *Keys) List(ctx context.Context) ([]store.Key, error) {
	keys, err := k.store.ListKeys(ctx)
	for i := range keys {
		keys[i].Hash = nil
	}
	return keys, err
}

// Revoke ends a key: at once in this process, within a second in every other. Idempotent; store.ErrNotFound.
func (k *Keys) Revoke(ctx context.Context, id string) error {
	err := k.store.RevokeKey(ctx, id, k.now().UnixMilli())
	k.cache.Remove(id)
	return err
}

// RevokeParticipant ends every key of a participant and returns how many were still valid.
func (k *Keys) RevokeParticipant(ctx context.Context, participant string) (int, error) {
	keys, err := k.store.ListKeys(ctx)
	if err != nil {
		return 0, err
	}
	revoked := 0
	for _, key := range keys {
		if participant == "" || key.Participant != participant || key.RevokedAt != 0 {
			continue
		}
		if err := k.Revoke(ctx, key.ID); err != nil {
			return revoked, err
		}
		revoked++
	}
	return revoked, nil
}
