// Package vault holds the keys and seals what is stored.
//
// A master keyset (Tink, AES-256-GCM, one file) wraps one data key per session; the wrapped key is bound to the session's
// id. The data key seals everything of that session: zstd where it helps, then AES-256-GCM with a random nonce, bound to
// the place where it is stored, so that a sealed part put elsewhere does not open. Deleting the wrapped key makes the
// session unreadable everywhere, backups included.
//
// The package stores nothing but the keyset file and knows no database. Its errors never hold key material or content.
package vault
