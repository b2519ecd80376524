// Package record is a session's content in the clear, for those who may see it: the one place that joins store, blob
// and vault. What it writes is sealed with the session's own data key before it leaves the package, and what it reads is
// authenticated and bound to its place (session, numbers, name) before it is handed out.
//
// It holds no rules of its own about who may read or what is valid: access and ingest decide that.
package record
