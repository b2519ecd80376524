// Package dataset writes releases of training data: a folder with the examples of the sessions that pass the filters, a
// manifest that says exactly what is in it, and a card for the people who use it.
//
// A release is whole or not there: it is written beside its place and renamed. The same sessions, filters and code make
// the same data files, byte for byte. Nobody is in both splits: a participant's sessions all go to one, by a hash of the
// participant's id.
//
// The package reads through package record what the pipeline has stored, and decides nothing about what an example is.
// It serves no requests and changes no session.
package dataset
