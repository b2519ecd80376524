// Package pipeline turns a completed session into training data, in stages:
//
//	assemble   decrypt, order, prove the recording whole
//	normalise  events become the steps that a person took, each with what could be seen before it
//	score      how good the session is as training data, with reasons
//	journey    what kinds of pages it went through, and whether the task was seen to be done
//	compose    steps become training examples whose prompt neither holds nor marks the answer
//	archive    everything in one sealed bundle with checksums
//
// Each stage is a pure function, in a file of its own, of the recording and the results before it, with a version that
// is raised when its rules change. [Pipeline.Process] stores every result, and skips a stage whose stored result was
// made by the same version from the same input; so running it twice changes nothing.
//
// The package knows neither HTTP nor SQL, reads and writes through package record alone. What it stores depends on neither
// clock nor chance.
package pipeline
