// Package wire is the JSON form of the domain: it decodes and validates what clients send in one pass over the bytes,
// and encodes what is stored and answered.
//
// It is strict: duplicate names, unknown names, null, invalid UTF-8, wrong types and values out of bounds are refused,
// each with its place. It knows nothing of transports or storage, and its errors never repeat a value.
package wire
