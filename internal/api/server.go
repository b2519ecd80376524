package api

import (
	"log/slog"
	"net/http"
	"time"
)

const (
	// readHeaderTimeout ends clients that send their headers byte by byte.
	readHeaderTimeout = 10 * time.Second
	// readTimeout bounds a whole request: 8 MiB at 1 Mbit/s.
	readTimeout = 70 * time.Second
	// writeTimeout bounds reading the request and writing the answer together.
	writeTimeout = 120 * time.Second
	// idleTimeout bounds a connection kept open between requests.
	idleTimeout = 120 * time.Second
	// maxHeader bounds the headers of a request, in bytes. The longest honest one is a screenshot's metadata.
	maxHeader = 32 << 10
)

// NewServer returns an HTTP server with time-outs and bounds for the open internet.
func NewServer(addr string, h http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader,
		// What net/http has to say about single connections (broken headers, failed handshakes) happens all the time on
		// the open internet, so it is for debugging only.
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
	}
}
