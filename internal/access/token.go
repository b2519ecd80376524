package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"strings"
)

// A key reads cs_<id>_<secret>. Its parts are lower-case base 32 without the underscore, so it can stand in a header, a
// WebSocket subprotocol and a shell unquoted, and a double click selects it whole. The secret ends in a CRC-32 of all
// that stands before it: a typing mistake is found without asking the database, and secret scanners can tell a key from
// noise.
const (
	tokenPrefix   = "cs_"
	idBytes       = 10 // 80 random bits: never the same twice
	secretBytes   = 20 // 160 random bits: beyond guessing, so one pass of SHA-256 is a safe hash
	checksumBytes = crc32.Size
)

var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

var (
	idLength     = alphabet.EncodedLen(idBytes)
	secretLength = alphabet.EncodedLen(secretBytes)
	checkLength  = alphabet.EncodedLen(checksumBytes)
	tokenLength  = len(tokenPrefix) + idLength + 1 + secretLength + checkLength
)

func randomText(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails: the program ends where the system has no randomness
	return alphabet.EncodeToString(b)
}

// newToken makes a key and returns it in the clear, with its id and the hash of its secret.
func newToken() (string, string, []byte) {
	id := randomText(idBytes)
	secret := randomText(secretBytes)
	body := tokenPrefix + id + "_" + secret
	return body + checksum(body), id, hashSecret(secret)
}

func checksum(s string) string {
	return alphabet.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(s))))
}

func hashSecret(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// parseToken takes a key apart into its id and its secret; false where it is not a key at all or was mistyped.
func parseToken(presented string) (string, string, bool) {
	if len(presented) != tokenLength || !strings.HasPrefix(presented, tokenPrefix) {
		return "", "", false
	}
	body, check := presented[:tokenLength-checkLength], presented[tokenLength-checkLength:]
	id, secret, ok := strings.Cut(body[len(tokenPrefix):], "_")
	if !ok || len(id) != idLength || len(secret) != secretLength || checksum(body) != check {
		return "", "", false
	}
	return id, secret, true
}
