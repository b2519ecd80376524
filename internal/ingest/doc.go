// Package ingest is the one path for everything that a client records, whatever way it comes: HTTP, WebSocket, import.
//
// A batch is framed, numbered, trimmed to what is new, decoded and validated event by event, redacted once more,
// encoded in its canonical form and appended; it is acknowledged only after the commit. One bad event never spoils its
// batch: its place in the sequence is kept as a tombstone with the reasons. A gap is never accepted.
//
// The package knows no transport and no keys: whoever calls it says who is asking ([Who]). Its errors never repeat a
// value that the client sent.
package ingest
