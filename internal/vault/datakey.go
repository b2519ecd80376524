package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Errors of opening what was sealed.
var (
	ErrNotAuthentic = errors.New("vault: not authentic: changed, moved, or sealed under another key")
	ErrTooLarge     = errors.New("vault: larger than the reader takes")
)

const (
	dataKeyBytes = 32

	// The first byte of everything sealed says how; it is authenticated with the rest.
	formatRaw  = 1
	formatZstd = 2

	overheadBytes = 1 + 12 + 16 // format, nonce, tag
)

// DataKey is the key of one session. It is safe for concurrent use.
type DataKey struct {
	aead cipher.AEAD
	mac  []byte
}

// newDataKey derives a key for each use (HKDF, RFC 5869), so that sealing and hashing never share one.
func newDataKey(raw []byte) (*DataKey, error) {
	if len(raw) != dataKeyBytes {
		return nil, ErrUnknownKey
	}
	sealing, err := hkdf.Expand(sha256.New, raw, "codesight seal v1", 32)
	if err != nil {
		return nil, fmt.Errorf("vault: derive: %w", err)
	}
	hashing, err := hkdf.Expand(sha256.New, raw, "codesight hash v1", 32)
	if err != nil {
		return nil, fmt.Errorf("vault: derive: %w", err)
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, fmt.Errorf("vault: derive: %w", err)
	}
	// A random nonce of 96 bits is safe for 2^32 seals under one key (NIST SP 800-38D); a session has a few thousand.
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("vault: derive: %w", err)
	}
	return &DataKey{aead: aead, mac: hashing}, nil
}

// Seal compresses and encrypts, bound to the place.
func (k *DataKey) Seal(plain []byte, place string) ([]byte, error) {
	scratch := scratches.Get().(*[]byte)
	*scratch = compress((*scratch)[:0], plain)
	sealed := k.seal(formatZstd, *scratch, place)
	if cap(*scratch) <= maxScratch {
		scratches.Put(scratch)
	}
	return sealed, nil
}

// SealRaw encrypts without compression, for what is compressed already.
func (k *DataKey) SealRaw(plain []byte, place string) ([]byte, error) {
	return k.seal(formatRaw, plain, place), nil
}

func (k *DataKey) seal(format byte, body []byte, place string) []byte {
	out := make([]byte, 1, len(body)+overheadBytes)
	out[0] = format
	return k.aead.Seal(out, nil, body, associated(format, place)) //nolint:gosec // G407: this AEAD makes the nonce itself
}

// Open reverses Seal. ErrNotAuthentic where anything differs from what was sealed at this place; ErrTooLarge where the
// plain text has more than maxPlain bytes.
func (k *DataKey) Open(sealed []byte, place string, maxPlain int) ([]byte, error) {
	body, err := k.open(formatZstd, sealed, place)
	if err != nil {
		return nil, err
	}
	return decompress(body, maxPlain)
}

// OpenRaw reverses SealRaw.
func (k *DataKey) OpenRaw(sealed []byte, place string) ([]byte, error) {
	return k.open(formatRaw, sealed, place)
}

func (k *DataKey) open(format byte, sealed []byte, place string) ([]byte, error) {
	if len(sealed) < overheadBytes || sealed[0] != format {
		return nil, ErrNotAuthentic
	}
	body, err := k.aead.Open(nil, nil, sealed[1:], associated(format, place))
	if err != nil {
		return nil, ErrNotAuthentic
	}
	return body, nil
}

// Hash is a keyed hash (HMAC-SHA256): equal content of one session has equal hashes, and without the data key a hash
// tells nothing.
func (k *DataKey) Hash(b []byte) []byte {
	h := hmac.New(sha256.New, k.mac)
	h.Write(b)
	return h.Sum(nil)
}

func associated(format byte, place string) []byte {
	return append([]byte{format}, place...)
}
