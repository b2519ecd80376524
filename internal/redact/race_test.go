//go:build race

package redact

// underRace says that the race detector is on.
const underRace = true
