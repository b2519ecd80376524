//go:build race

package redact

// underRace says that the race detector is on.
const underRace = true

// oneIn is of how many inputs that differ in nothing but their bytes one is tried. The race detector shows what goroutines
// share, for which a few do, and makes each take ten times as long; make test-go tries all of them without it.
const oneIn = 16
