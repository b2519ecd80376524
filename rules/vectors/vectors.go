// Package vectors carries the texts that both privacy engines must agree on. It is for tests and tools alone, so that
// the program that ships does not hold them.
//
// It may hold data only: no decisions, no imports but the embedding.
package vectors

import "embed"

// FS holds every file of vectors at its root ("text-tune.jsonl"), hostile.json: the pieces of laborious texts, and html.json: HTML
// and what is left of it.
//
//go:embed *.jsonl hostile.json html.json
var FS embed.FS
