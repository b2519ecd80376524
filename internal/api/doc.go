// Package api is the door: the HTTP routes of version 1, the WebSocket, the OpenAPI document and its page.
//
// Each resource has a file that opens with a bind function listing its routes. A route names its rule (which scopes may
// use it) where it is bound; there is no route without one. The package decides who may do what to which session, turns
// errors into problems (RFC 9457), bounds what a request may cost, and leaves the work to ingest and record. It holds no
// SQL and no rule about what a valid event is.
//
// No answer and no log line repeats a value that a client sent.
package api
