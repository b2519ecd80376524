// Package rules carries the tables that both privacy engines load: internal/redact in Go and extension/src/redact in
// TypeScript. Each JSON file states its source. The vectors folder holds the texts that both engines must agree on.
//
// It may hold data only: no decisions, no imports but the embedding.
package rules

import "embed"

// FS holds every table at its root ("cards.json").
//
//go:embed *.json
var FS embed.FS
