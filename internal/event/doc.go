// Package event is the domain of CodeSight: what a recording is made of.
//
// It holds the types of a recorded [Event], the [Session] that the events belong to, the limits of every field, and the
// one validator that every event passes, whatever way it comes in. The struct tags on the types are the single
// definition of their shape: the validator reads them here, and the JSON Schema (event.schema.json), the OpenAPI
// document and the extension's TypeScript types are generated from the same tags.
//
// Units: times are milliseconds since the Unix epoch, lengths are CSS pixels, strings are counted in Unicode code
// points.
//
// The package imports nothing but the standard library, does no I/O and knows nothing of transports or storage. Its
// error messages name places and limits and never repeat a value.
package event
