//go:build race

package main_test

// The program under test is this test's own binary, and the race detector multiplies its memory.
func init() { memoryFactor = 5 }
