package vault_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/vault"
)

func newKey(tb testing.TB) *vault.DataKey {
	tb.Helper()
	v, err := vault.Create(filepath.Join(tb.TempDir(), "keyset.json"))
	require.NoError(tb, err)
	key, _, err := v.NewDataKey("session")
	require.NoError(tb, err)
	return key
}

func TestWhatIsSealedOpensOnlyUnchangedInItsPlace(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "plain")
		place := rapid.String().Draw(t, "place")
		raw := rapid.Bool().Draw(t, "raw")
		seal := key.Seal
		open := func(k *vault.DataKey, sealed []byte, place string) ([]byte, error) {
			return k.Open(sealed, place, 3000)
		}
		swapped := func(sealed []byte) ([]byte, error) { return key.OpenRaw(sealed, place) }
		if raw {
			seal = key.SealRaw
			open = func(k *vault.DataKey, sealed []byte, place string) ([]byte, error) { return k.OpenRaw(sealed, place) }
			swapped = func(sealed []byte) ([]byte, error) { return key.Open(sealed, place, 3000) }
		}
		sealed, err := seal(plain, place)
		require.NoError(t, err)

		got, err := open(key, sealed, place)
		require.NoError(t, err)
		require.True(t, bytes.Equal(plain, got))

		_, err = open(key, sealed, place+"x")
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
		_, err = open(other, sealed, place)
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
		_, err = swapped(sealed)
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
		cut := rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")
		_, err = open(key, sealed[:cut], place)
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
		changed := bytes.Clone(sealed)
		changed[cut] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		_, err = open(key, changed, place)
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
	})
}

func TestSealingTwiceGivesDifferentBytes(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	a, err := key.Seal([]byte("same"), "place")
	require.NoError(t, err)
	b, err := key.Seal([]byte("same"), "place")
	require.NoError(t, err)
	require.NotEqual(t, a, b)
}

func TestOpeningMakesNoMoreThanTheReaderTakes(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	sealed, err := key.Seal(make([]byte, 1<<20), "place")
	require.NoError(t, err)
	require.Less(t, len(sealed), 1000)

	_, err = key.Open(sealed, "place", 1<<20-1)
	require.ErrorIs(t, err, vault.ErrTooLarge)
	_, err = key.Open(sealed, "place", 1<<20)
	require.NoError(t, err)
}

func TestTheHashIsKeyed(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	hash := key.Hash([]byte("a"))
	require.Equal(t, hash, key.Hash([]byte("a")))
	require.NotEqual(t, key.Hash([]byte("a")), key.Hash([]byte("b")))
	require.NotEqual(t, key.Hash([]byte("a")), other.Hash([]byte("a")))
	require.Len(t, key.Hash(nil), 32)
}

func TestDifferentPlacesAreDifferentTexts(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range []string{
		vault.HeaderPlace("s"), vault.SegmentPlace("s", 1, 12), vault.SegmentPlace("s", 11, 2),
		vault.ScreenshotPlace("s", "1"), vault.ScreenshotMetaPlace("s", "1"), vault.StagePlace("s", "1", 1),
		vault.StagePlace("s", "11", 1), vault.StagePlace("s1", "1", 1), vault.ArchivePlace("s"), vault.NotePlace("s"),
	} {
		require.False(t, seen[p], p)
		seen[p] = true
	}
}

func FuzzOpenRefusesWhatItDidNotSeal(f *testing.F) {
	key := newKey(f)
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{2}, 64))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		_, err := key.Open(sealed, "place", 1<<20)
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
		_, err = key.OpenRaw(sealed, "place")
		require.ErrorIs(t, err, vault.ErrNotAuthentic)
	})
}
