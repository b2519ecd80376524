package vault

import (
	"strconv"
	"strings"
)

// A place names where something sealed belongs. Its parts are joined by NUL, which no id contains, so that two different
// places are never the same text.

// HeaderPlace is the place of a session's header.
func HeaderPlace(session string) string { return place("header", session) }

// SegmentPlace is the place of the events with these numbers.
func SegmentPlace(session string, first, last int64) string {
	return place("segment", session, number(first), number(last))
}

// ScreenshotPlace is the place of an image.
func ScreenshotPlace(session, id string) string { return place("screenshot", session, id) }

// ScreenshotMetaPlace is the place of an image's metadata.
func ScreenshotMetaPlace(session, id string) string { return place("screenshot meta", session, id) }

// StagePlace is the place of a stage's result.
func StagePlace(session, stage string, version int64) string {
	return place("stage", session, stage, number(version))
}

// ArchivePlace is the place of a session's archive.
func ArchivePlace(session string) string { return place("archive", session) }

// NotePlace is the place of a review's note.
func NotePlace(session string) string { return place("note", session) }

func place(parts ...string) string { return strings.Join(parts, "\x00") }

func number(n int64) string { return strconv.FormatInt(n, 10) }
