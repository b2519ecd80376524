//go:build !race

package redact

// underRace says that the race detector is on.
const underRace = false

// oneIn is of how many inputs that differ in nothing but their bytes one is tried: all of them, without the race detector.
const oneIn = 1
