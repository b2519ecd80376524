// Package vectors carries the texts that both privacy engines must agree on. It is for tests and tools alone, so that
// the program that ships does not hold them.
//
// It may hold data only: no decisions, no imports but the embedding.
package vectors

import "embed"

// FS holds every file of vectors at its root ("text-tune.jsonl"), and hostile.json: the pieces of laborious texts.
//
//go:embed *.jsonl hostile.json
var FS embed.FS
