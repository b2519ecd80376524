package access

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/codesight/codesight/internal/store"
)

const (
	// maxName bounds a key's name, in characters.
	maxName = 100
	// maxParticipant bounds a participant's id, in bytes.
	maxParticipant = 64
	// maxExpiry bounds how far ahead a key may expire; a key for longer is one without expiry.
	maxExpiry = 10 * 365 * 24 * time.Hour
	// maxRate bounds the number in a rate.
	maxRate = 1_000_000
	// participantPrefix begins the id of a participant that was made here.
	participantPrefix = "p_"
)

// NewKey is what a key is to be.
type NewKey struct {
	Scopes      []Scope
	Name        string
	Participant string        // of an ingest key; empty makes a new one
	Rate        string        // such as 50/s; empty is the default
	Expires     time.Duration // from now; 0 is never
}

// InvalidError says which part of a NewKey is wrong and what it may be. It never holds the value.
type InvalidError struct{ Field, Message string }

func (e *InvalidError) Error() string { return e.Field + " " + e.Message }

// Create makes a key and returns it in the clear, this once. *InvalidError where the wish cannot be met.
func (k *Keys) Create(ctx context.Context, n NewKey) (string, store.Key, error) {
	if err := n.Check(); err != nil {
		return "", store.Key{}, err
	}
	now := k.now()
	plaintext, id, hash := newToken()
	key := store.Key{
		ID: id, Hash: hash, Scopes: joinScopes(n.Scopes), Name: n.Name, Participant: n.Participant, Rate: n.Rate,
		CreatedAt: now.UnixMilli(),
	}
	if key.Participant == "" && slices.Contains(n.Scopes, Ingest) {
		key.Participant = participantPrefix + randomText(idBytes)
	}
	if n.Expires > 0 {
		key.ExpiresAt = now.Add(n.Expires).UnixMilli()
	}
	if err := k.store.CreateKey(ctx, key); err != nil {
		return "", store.Key{}, err
	}
	key.Hash = nil
	return plaintext, key, nil
}

// Check says what is wrong with the wish, as *InvalidError.
func (n NewKey) Check() error {
	if _, ok := ParseScopes(joinScopes(n.Scopes)); !ok {
		return &InvalidError{"scopes", "must be one or more of ingest, read, review, admin"}
	}
	switch {
	case utf8.RuneCountInString(n.Name) > maxName || strings.ContainsFunc(n.Name, unicode.IsControl) || !utf8.ValidString(n.Name):
		return &InvalidError{"name", "must be at most " + strconv.Itoa(maxName) + " printable characters"}
	case len(n.Participant) > maxParticipant || strings.ContainsFunc(n.Participant, notInID):
		return &InvalidError{"participant", "must be at most " + strconv.Itoa(maxParticipant) + " letters, digits, _ and -"}
	case n.Participant != "" && !slices.Contains(n.Scopes, Ingest):
		return &InvalidError{"participant", "belongs to a key with scope ingest"}
	case n.Expires < 0 || n.Expires > maxExpiry:
		return &InvalidError{"expires", "must be a time ahead, at most 3650 days"}
	case n.Rate != "" && !validRate(n.Rate):
		return &InvalidError{"rate", "must be a whole number of requests per s, m or h, such as 50/s"}
	}
	return nil
}

func notInID(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
}

func validRate(rate string) bool {
	number, unit, ok := strings.Cut(rate, "/")
	n, err := strconv.Atoi(number)
	return ok && err == nil && n >= 1 && n <= maxRate && (unit == "s" || unit == "m" || unit == "h")
}
