package telemetry

import (
	"io"
	"log/slog"

	"github.com/codesight/codesight/internal/redact"
)

// NewLogger returns a log that cannot leak: every text that reaches w has passed the privacy engine.
func NewLogger(w io.Writer, level slog.Level, json bool, e *redact.Engine) *slog.Logger {
	o := &slog.HandlerOptions{Level: level}
	var out slog.Handler = slog.NewTextHandler(w, o)
	if json {
		out = slog.NewJSONHandler(w, o)
	}
	return slog.New(&redactor{out: out, text: e.LogValue})
}
