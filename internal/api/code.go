package api

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Code is the stable name of a kind of problem: what a program looks at.
type Code string

// The codes.
const (
	CodeInvalidJSON        Code = "invalid_json"
	CodeInvalidEncoding    Code = "invalid_encoding"
	CodeInvalidRequest     Code = "invalid_request"
	CodeUnauthorized       Code = "unauthorized"
	CodeInsufficientScope  Code = "insufficient_scope"
	CodeOriginNotAllowed   Code = "origin_not_allowed"
	CodeConsentMissing     Code = "consent_missing"
	CodeNotFound           Code = "not_found"
	CodeSessionNotFound    Code = "session_not_found"
	CodeScreenshotNotFound Code = "screenshot_not_found"
	CodeKeyNotFound        Code = "key_not_found"
	CodeNotProcessed       Code = "not_processed"
	CodeMethodNotAllowed   Code = "method_not_allowed"
	CodeRequestTimeout     Code = "request_timeout"
	CodeSequenceGap        Code = "sequence_gap"
	CodeSessionCompleted   Code = "session_completed"
	CodeSessionConflict    Code = "session_conflict"
	CodeScreenshotConflict Code = "screenshot_conflict"
	CodeSessionErased      Code = "session_erased"
	CodeBodyTooLarge       Code = "body_too_large"
	CodeUnsupportedMedia   Code = "unsupported_media_type"
	CodeUnsupportedCoding  Code = "unsupported_content_encoding"
	CodeValidationFailed   Code = "validation_failed"
	CodeUpgradeRequired    Code = "upgrade_required"
	CodeInternal           Code = "internal_error"
	CodeBusy               Code = "busy"
	CodeStorageFull        Code = "storage_full"
	CodeUnavailable        Code = "unavailable"
)

// kind is what holds for every problem of a code.
type kind struct {
	Code   Code
	Status int
	Title  string
	Remedy string        // what the caller does about it
	Retry  time.Duration // Retry-After; every 429 and 503 has one
}

// kinds is the table of all problems, in the order of their status. docs/errors.md is written from it.
var kinds = []kind{
	{CodeInvalidJSON, http.StatusBadRequest, "The body is not valid JSON", "Send one JSON value in UTF-8. The detail names the byte where reading ended.", 0},
	{CodeInvalidEncoding, http.StatusBadRequest, "The body cannot be decompressed", "Compress the body as its Content-Encoding says: one whole gzip or zstd stream.", 0},
	{CodeInvalidRequest, http.StatusBadRequest, "The request is malformed", "Send HTTP as RFC 9110 has it; on the WebSocket, offer the subprotocol codesight.v1.", 0},
	{CodeUnauthorized, http.StatusUnauthorized, "No valid key was presented", "Send `Authorization: Bearer cs_…` with a key that is neither revoked nor expired. Which of these it was is not told.", 0},
	{CodeInsufficientScope, http.StatusForbidden, "The key's scopes do not allow this", "Use a key with the scope that the route names.", 0},
	{CodeOriginNotAllowed, http.StatusForbidden, "The origin is not allowed", "Add the exact origin to CODESIGHT_ALLOWED_ORIGINS.", 0},
	{CodeConsentMissing, http.StatusForbidden, "The participant did not consent to this", "Record only what the session's consent names: events, and screenshots where it says so.", 0},
	{CodeNotFound, http.StatusNotFound, "There is nothing here", "See the routes at /docs.", 0},
	{CodeSessionNotFound, http.StatusNotFound, "There is no such session", "Check the id. Sessions of other participants are not told apart from sessions that do not exist.", 0},
	{CodeScreenshotNotFound, http.StatusNotFound, "There is no such screenshot", "Check the id against the session's list of screenshots.", 0},
	{CodeKeyNotFound, http.StatusNotFound, "There is no such key", "Check the id: it is the part between the underscores.", 0},
	{CodeNotProcessed, http.StatusNotFound, "The session has not been processed yet", "Wait until its status is ready.", 0},
	{CodeMethodNotAllowed, http.StatusMethodNotAllowed, "The method is not allowed here", "Use a method of the Allow header.", 0},
	{CodeRequestTimeout, http.StatusRequestTimeout, "The request took too long to arrive", "Send it again, in smaller parts.", 0},
	{CodeSequenceGap, http.StatusConflict, "Events are missing before these", "Send again from expected_seq. Nothing of this request was stored.", 0},
	{CodeSessionCompleted, http.StatusConflict, "The session is complete", "A complete session takes nothing new. Start another one.", 0},
	{CodeSessionConflict, http.StatusConflict, "The session's id is taken", "Make a new UUIDv7 for the session.", 0},
	{CodeScreenshotConflict, http.StatusConflict, "The screenshot's id is taken by another image", "Make a new id for the image.", 0},
	{CodeSessionErased, http.StatusGone, "The session was erased", "Delete what is left of it on the client's side; it will not be taken again.", 0},
	{CodeBodyTooLarge, http.StatusRequestEntityTooLarge, "The body is too large", "Send smaller batches. The limits hold for the compressed and for the decompressed body.", 0},
	{CodeUnsupportedMedia, http.StatusUnsupportedMediaType, "The content type is not supported", "Send the content type that the route names; an image must be what it claims to be.", 0},
	{CodeUnsupportedCoding, http.StatusUnsupportedMediaType, "The content encoding is not supported", "Use identity, gzip or zstd, one at a time.", 0},
	{CodeValidationFailed, http.StatusUnprocessableEntity, "The request is not valid", "See errors: each names a place and what is wrong there.", 0},
	{CodeUpgradeRequired, http.StatusUpgradeRequired, "This is a WebSocket", "Connect with a WebSocket client, version 13.", 0},
	{CodeInternal, http.StatusInternalServerError, "Something went wrong on our side", "Try again later. The operator finds the reason in the log under the request_id.", 0},
	{CodeBusy, http.StatusServiceUnavailable, "The server has as much to do as it can bear", "Try again after Retry-After.", time.Second},
	{CodeStorageFull, http.StatusServiceUnavailable, "There is no room to store more", "Keep the events and try again after Retry-After; the operator has to make room.", time.Minute},
	{CodeUnavailable, http.StatusServiceUnavailable, "The server cannot store at the moment", "Keep the events and try again after Retry-After.", 5 * time.Second},
}

var kindOf = func() map[Code]*kind {
	m := make(map[Code]*kind, len(kinds))
	for i := range kinds {
		m[kinds[i].Code] = &kinds[i]
	}
	return m
}()

//go:generate go run ./errorsgen ../../docs/errors.md

// ErrorsMarkdown writes docs/errors.md.
func ErrorsMarkdown() []byte {
	var b strings.Builder
	b.WriteString("# Errors\n\n" +
		"Generated from the code; do not edit.\n\n" +
		"Every error of the HTTP API is an `application/problem+json` object (RFC 9457), and the WebSocket sends the same\n" +
		"object in an `error` frame. A program looks at `code`, which never changes its meaning; `detail` and `errors` are for\n" +
		"people, `request_id` finds the request in the server's log. No error repeats a value that was sent.\n\n" +
		"Answers with status 429 and 503 carry `Retry-After`.\n")
	for _, k := range kinds {
		fmt.Fprintf(&b, "\n## %s\n\n%s (status %d).\n\n%s\n", k.Code, k.Title, k.Status, k.Remedy)
	}
	return []byte(b.String())
}
