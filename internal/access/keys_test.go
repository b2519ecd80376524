package access

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/store/sqlite"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

type testBundle struct {
	keys  *Keys
	store store.Keys
	clock *clock
}

func setup(t *testing.T) testBundle {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "test.db"), sqlite.Options{Migrate: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	c := &clock{at: time.UnixMilli(1795336560000)}
	return testBundle{keys: New(db, c.now), store: db, clock: c}
}

func TestAKeyAuthenticatesItsOwnerUntilItIsRevoked(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	key, made, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Ingest}, Name: "lab"})
	require.NoError(t, err)
	require.Nil(t, made.Hash)
	who, err := b.keys.Authenticate(ctx, key)
	require.NoError(t, err)
	require.Equal(t, Identity{KeyID: made.ID, Name: "lab", Participant: made.Participant, Scopes: []Scope{Ingest}}, who)
	require.True(t, strings.HasPrefix(who.Participant, "p_"))
	require.NoError(t, b.keys.StillValid(ctx, made.ID))

	require.NoError(t, b.keys.Revoke(ctx, made.ID))
	_, err = b.keys.Authenticate(ctx, key)
	require.ErrorIs(t, err, ErrUnauthorized)
	require.ErrorIs(t, b.keys.StillValid(ctx, made.ID), ErrUnauthorized)
	require.ErrorIs(t, b.keys.Revoke(ctx, "none"), store.ErrNotFound)
}

func TestARevocationInAnotherProcessActsWithinHalfASecond(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	key, made, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Read}})
	require.NoError(t, err)
	_, err = b.keys.Authenticate(ctx, key)
	require.NoError(t, err)
	require.NoError(t, b.store.RevokeKey(ctx, made.ID, 1))
	b.clock.move(500 * time.Millisecond)
	_, err = b.keys.Authenticate(ctx, key)
	require.ErrorIs(t, err, ErrUnauthorized)
}

func TestAnExpiredKeyEndsAtItsMoment(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	key, _, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Read}, Expires: time.Hour})
	require.NoError(t, err)
	b.clock.move(time.Hour - time.Millisecond)
	_, err = b.keys.Authenticate(ctx, key)
	require.NoError(t, err)
	b.clock.move(time.Millisecond)
	_, err = b.keys.Authenticate(ctx, key)
	require.ErrorIs(t, err, ErrUnauthorized)
}

func TestEveryOtherKeyGetsTheSameAnswer(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	key, made, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Admin}})
	require.NoError(t, err)
	secret := randomText(secretBytes)
	wrongSecret, unknown := tokenPrefix+made.ID+"_"+secret, tokenPrefix+randomText(idBytes)+"_"+secret
	for name, presented := range map[string]string{
		"nothing":         "",
		"something":       "canary",
		"a wrong secret":  wrongSecret + checksum(wrongSecret),
		"an unknown id":   unknown + checksum(unknown),
		"a typing error":  key[:len(key)-1] + "1",
		"a wrong prefix":  "CS" + key[2:],
		"one byte more":   key + "a",
		"one byte fewer":  key[:len(key)-1],
		"no separator":    strings.Replace(key[3:], "_", "a", 1),
		"a very long one": strings.Repeat(key, 1000),
	} {
		_, err := b.keys.Authenticate(ctx, presented)
		require.Equal(t, ErrUnauthorized, err, name)
	}
}

func TestTheStoreNeverSeesASecret(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	key, made, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Ingest, Read}, Participant: "p_1", Rate: "50/s"})
	require.NoError(t, err)
	stored, err := b.store.Key(ctx, made.ID)
	require.NoError(t, err)
	secret := strings.Split(key, "_")[2]
	require.Len(t, stored.Hash, 32)
	require.NotContains(t, string(stored.Hash)+stored.ID+stored.Name, secret)
	require.Equal(t, "ingest,read", stored.Scopes)
	require.Equal(t, "p_1", stored.Participant)
}

func TestAWishThatCannotBeMetIsNamedWithoutItsValue(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for field, n := range map[string]NewKey{
		"scopes":      {Scopes: []Scope{"canary"}},
		"name":        {Scopes: []Scope{Read}, Name: "canary\x00"},
		"participant": {Scopes: []Scope{Ingest}, Participant: "canary/../x"},
		"rate":        {Scopes: []Scope{Read}, Rate: "0/s"},
		"expires":     {Scopes: []Scope{Read}, Expires: -1},
	} {
		_, _, err := b.keys.Create(context.Background(), n)
		var invalid *InvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, field, invalid.Field)
		require.NotContains(t, err.Error(), "canary")
	}
	_, _, err := b.keys.Create(context.Background(), NewKey{})
	require.Error(t, err)
}

func TestTheLastUseIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	key, made, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Read}})
	require.NoError(t, err)
	_, err = b.keys.Authenticate(ctx, key)
	require.NoError(t, err)
	first := b.clock.now().UnixMilli()
	b.clock.move(touchEvery - time.Second)
	_, err = b.keys.Authenticate(ctx, key)
	require.NoError(t, err)
	stored, err := b.store.Key(ctx, made.ID)
	require.NoError(t, err)
	require.Equal(t, first, stored.LastUsedAt)
}

func TestAParticipantsKeysAllEndTogether(t *testing.T) {
	t.Parallel()
	b, ctx := setup(t), context.Background()
	for range 3 {
		_, _, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Ingest}, Participant: "p_1"})
		require.NoError(t, err)
	}
	other, _, err := b.keys.Create(ctx, NewKey{Scopes: []Scope{Ingest}})
	require.NoError(t, err)
	n, err := b.keys.RevokeParticipant(ctx, "p_1")
	require.NoError(t, err)
	require.Equal(t, 3, n)
	n, err = b.keys.RevokeParticipant(ctx, "")
	require.NoError(t, err)
	require.Zero(t, n)
	_, err = b.keys.Authenticate(ctx, other)
	require.NoError(t, err)
}

func TestWhoMaySeeWhat(t *testing.T) {
	t.Parallel()
	participant := Identity{Participant: "p_1", Scopes: []Scope{Ingest, Read}}
	reader, admin := Identity{Scopes: []Scope{Read}}, Identity{Scopes: []Scope{Admin}}
	nobody := Identity{Scopes: []Scope{Review}}
	require.True(t, participant.Owns("p_1"))
	require.False(t, participant.Owns("p_2"))
	require.False(t, participant.MayRead("p_2"), "a participant's key reads its own, whatever its scopes")
	require.True(t, reader.MayRead("p_2"))
	require.False(t, reader.Owns("p_2"))
	require.False(t, reader.Owns(""))
	require.True(t, admin.Owns("p_2") && admin.MayRead("p_2") && admin.Has(Review))
	require.False(t, nobody.MayRead("p_2") || nobody.MayRead(""))
}

func TestEveryMadeKeyParsesAndNoChangedOneDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		key, id, hash := newToken()
		gotID, secret, ok := parseToken(key)
		if !ok || gotID != id || string(hashSecret(secret)) != string(hash) {
			rt.Fatalf("key %q does not parse", key)
		}
		at := rapid.IntRange(0, len(key)-1).Draw(rt, "at")
		changed := key[:at] + string(key[at]^1) + key[at+1:]
		if _, _, ok := parseToken(changed); ok {
			rt.Fatalf("changed at %d it still parses", at)
		}
	})
}

func FuzzParseToken(f *testing.F) {
	key, _, _ := newToken()
	f.Add(key)
	f.Add("cs_a_b")
	f.Fuzz(func(t *testing.T, s string) {
		if id, secret, ok := parseToken(s); ok {
			require.Equal(t, s[:len(s)-checkLength], tokenPrefix+id+"_"+secret)
		}
	})
}
