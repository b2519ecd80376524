package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Errors of the keyset file. A missing file is fs.ErrNotExist, one that is in the way of Create fs.ErrExist.
var (
	ErrReadableByOthers = errors.New("vault: the keyset file can be read by others than its owner; chmod 600 it")
	ErrNotAKeyset       = errors.New("vault: the file is not a keyset for AEAD")
	ErrUnknownKey       = errors.New("vault: the data key is not wrapped by this keyset for this session")
)

// maxKeysetBytes bounds the file that Open reads: a keyset of a hundred keys has about 30 KB.
const maxKeysetBytes = 1 << 20

// wrapPurpose begins the associated data of every wrapped data key, so that nothing else that the keyset ever encrypts
// can pass for one.
const wrapPurpose = "codesight data key v1\x00"

// Vault wraps and unwraps data keys. It is safe for concurrent use.
type Vault struct{ master tink.AEAD }

// Open reads a keyset file. It refuses a file that its group or the world may touch.
func Open(path string) (*Vault, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("vault: open keyset: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%w: %s", ErrReadableByOthers, path)
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeysetBytes {
		return nil, fmt.Errorf("%w: %s", ErrNotAKeyset, path)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("vault: read keyset: %w", err)
	}
	// Tink's own error may quote the file, which is key material.
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(body)))
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrNotAKeyset, path)
	}
	v, err := fromHandle(handle)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrNotAKeyset, path)
	}
	return v, nil
}

// Create writes a new keyset of one AES-256-GCM key. It never replaces a file: whatever the old keyset wrapped would be
// lost.
func Create(path string) (*Vault, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("vault: make keyset: %w", err)
	}
	var body bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&body)); err != nil {
		return nil, fmt.Errorf("vault: encode keyset: %w", err)
	}
	if err := writeNew(path, body.Bytes()); err != nil {
		return nil, fmt.Errorf("vault: write keyset: %w", err)
	}
	return fromHandle(handle)
}

func fromHandle(h *keyset.Handle) (*Vault, error) {
	master, err := aead.New(h)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return &Vault{master: master}, nil
}

// writeNew writes a file whole or not at all. The link fails where the name is taken; a rename would replace it.
func writeNew(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".keyset-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(body)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s: %w", path, fs.ErrExist)
		}
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// NewDataKey makes a session's data key and its wrapped form, which is what is stored.
func (v *Vault) NewDataKey(session string) (*DataKey, []byte, error) {
	raw := make([]byte, dataKeyBytes)
	rand.Read(raw)
	wrapped, err := v.master.Encrypt(raw, wrapPlace(session))
	if err != nil {
		return nil, nil, fmt.Errorf("vault: wrap data key: %w", err)
	}
	k, err := newDataKey(raw)
	return k, wrapped, err
}

// Unwrap opens a session's wrapped data key; ErrUnknownKey where it belongs to another session or keyset, or was changed.
func (v *Vault) Unwrap(session string, wrapped []byte) (*DataKey, error) {
	raw, err := v.master.Decrypt(wrapped, wrapPlace(session))
	if err != nil {
		return nil, ErrUnknownKey
	}
	return newDataKey(raw)
}

func wrapPlace(session string) []byte { return []byte(wrapPurpose + session) }
