package vault_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"github.com/codesight/codesight/internal/vault"
)

func create(t *testing.T) (*vault.Vault, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keyset.json")
	v, err := vault.Create(path)
	require.NoError(t, err)
	return v, path
}

func TestADataKeyOpensAgainAfterAReopenOfTheKeyset(t *testing.T) {
	t.Parallel()
	v, path := create(t)
	key, wrapped, err := v.NewDataKey("session")
	require.NoError(t, err)
	sealed, err := key.Seal([]byte("content"), "place")
	require.NoError(t, err)

	again, err := vault.Open(path)
	require.NoError(t, err)
	key, err = again.Unwrap("session", wrapped)
	require.NoError(t, err)
	plain, err := key.Open(sealed, "place", 100)
	require.NoError(t, err)
	require.Equal(t, "content", string(plain))
}

func TestAWrappedKeyOpensOnlyForItsSessionAndItsKeyset(t *testing.T) {
	t.Parallel()
	v, _ := create(t)
	other, _ := create(t)
	_, wrapped, err := v.NewDataKey("session")
	require.NoError(t, err)

	_, err = v.Unwrap("another", wrapped)
	require.ErrorIs(t, err, vault.ErrUnknownKey)
	_, err = other.Unwrap("session", wrapped)
	require.ErrorIs(t, err, vault.ErrUnknownKey)
	_, err = v.Unwrap("session", nil)
	require.ErrorIs(t, err, vault.ErrUnknownKey)
	wrapped[len(wrapped)-1] ^= 1
	_, err = v.Unwrap("session", wrapped)
	require.ErrorIs(t, err, vault.ErrUnknownKey)
}

func TestAKeysetWithANewPrimaryKeyStillOpensWhatTheOldOneWrapped(t *testing.T) {
	t.Parallel()
	v, path := create(t)
	_, old, err := v.NewDataKey("session")
	require.NoError(t, err)

	body, err := os.ReadFile(path)
	require.NoError(t, err)
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(body)))
	require.NoError(t, err)
	manager := keyset.NewManagerFromHandle(handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	require.NoError(t, err)
	require.NoError(t, manager.SetPrimary(id))
	handle, err = manager.Handle()
	require.NoError(t, err)
	var two bytes.Buffer
	require.NoError(t, insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&two)))
	require.NoError(t, os.WriteFile(path, two.Bytes(), 0o600))

	rotated, err := vault.Open(path)
	require.NoError(t, err)
	_, err = rotated.Unwrap("session", old)
	require.NoError(t, err)
	_, fresh, err := rotated.NewDataKey("session")
	require.NoError(t, err)
	_, err = v.Unwrap("session", fresh)
	require.ErrorIs(t, err, vault.ErrUnknownKey, "the new key wraps")
}

func TestTheKeysetFileIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	_, path := create(t)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode())

	for _, mode := range []fs.FileMode{0o640, 0o604, 0o660, 0o610} {
		require.NoError(t, os.Chmod(path, mode))
		_, err = vault.Open(path)
		require.ErrorIs(t, err, vault.ErrReadableByOthers)
	}
}

func TestAMissingKeysetIsNotExist(t *testing.T) {
	t.Parallel()
	_, err := vault.Open(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestCreateNeverReplacesAKeyset(t *testing.T) {
	t.Parallel()
	_, path := create(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)

	_, err = vault.Create(path)
	require.ErrorIs(t, err, fs.ErrExist)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary file is left")
}

func TestADamagedKeysetIsRefusedWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	_, path := create(t)
	body, err := os.ReadFile(path)
	require.NoError(t, err)
	for name, damaged := range map[string]string{
		"empty":      "",
		"not JSON":   "canary",
		"cut":        string(body[:len(body)/2]),
		"no keyset":  `{"canary": 1}`,
		"not AEAD":   strings.ReplaceAll(string(body), "AesGcmKey", "CanaryKey"),
		"wrong type": `{"primaryKeyId": "canary"}`,
	} {
		require.NoError(t, os.WriteFile(path, []byte(damaged), 0o600))
		_, err = vault.Open(path)
		require.ErrorIs(t, err, vault.ErrNotAKeyset, name)
		require.NotContains(t, strings.ToLower(err.Error()), "canary", name)
	}
}
