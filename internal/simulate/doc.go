// Package simulate is the load generator behind `codesight simulate`: it records sessions against a running server over
// the real protocol, as many extensions would, and then proves that the server kept every event.
//
// Each simulated recorder numbers its events from 1, sends them in batches, believes nothing that was not acknowledged,
// and goes on through restarts of the server with backoff, from where the server says it is. Events follow from the
// session's id and their number alone, so what is read back is compared with what was sent without keeping it.
//
// It speaks only the public protocol: it may not import anything of the server but event.
package simulate
