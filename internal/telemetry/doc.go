// Package telemetry is how a node tells about itself: its log, and whether it is healthy.
//
// Nothing that a participant did or typed may leave through it. The log handler redacts every message and every
// attribute, whoever wrote them, and health checks keep what went wrong to the log.
package telemetry
