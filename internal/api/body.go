package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/codesight/codesight/internal/ingest"
)

const (
	// MaxCompressed bounds a body as it arrives, in bytes.
	MaxCompressed = 8 << 20
	// MaxBody bounds a body after decompression, in bytes: 500 events of 64 KiB.
	MaxBody = 32 << 20
	// maxBodies bounds the bodies that are in memory at once, in bytes. What a body becomes (decoded, encoded, sealed)
	// takes three to four times its size, so this keeps the whole below 512 MiB.
	maxBodies = 96 << 20
	// maxWindow bounds the memory of one zstd decoder; a client that compresses with more history is refused.
	maxWindow = 8 << 20
	// firstChunk and lastChunk are the sizes of the pieces in which a body is read, in bytes: most bodies fit the first,
	// and each is twice the one before.
	firstChunk = 64 << 10
	lastChunk  = 1 << 20
)

// budget bounds the memory of all bodies together. Who finds it used up is told to come back: waiting for it would hold
// what one has already and could lock everyone out.
type budget struct{ used atomic.Int64 }

func (b *budget) take(n int64) bool {
	if b.used.Add(n) > maxBodies {
		b.used.Add(-n)
		return false
	}
	return true
}

// lease is one body's part of the budget, given back when its request is done.
type lease struct {
	from  *budget
	taken int64
}

func (l *lease) release() {
	l.from.used.Add(-l.taken)
	l.taken = 0
}

// take adds to the lease, or says that the budget is used up.
func (l *lease) take(n int) error {
	if !l.from.take(int64(n)) {
		return problem(CodeBusy, "")
	}
	l.taken += int64(n)
	return nil
}

// readAll reads up to limit bytes and takes them from the budget as they come: not by what the client says is coming,
// for then a slow one could hold memory by a promise.
func (l *lease) readAll(in io.Reader, limit int) ([]byte, error) {
	var chunks [][]byte
	total, size := 0, firstChunk
	for {
		if err := l.take(size); err != nil {
			return nil, err
		}
		chunk, err := fill(in, make([]byte, size))
		chunks, total = append(chunks, chunk), total+len(chunk)
		switch {
		case total > limit:
			return nil, ingest.ErrTooLarge
		case errors.Is(err, io.EOF):
			return l.join(chunks, total)
		case err != nil:
			return nil, err
		}
		size = min(2*size, lastChunk)
	}
}

// fill reads until the chunk is full. Unlike io.ReadFull it tells a body that ended from one that was cut off.
func fill(in io.Reader, chunk []byte) ([]byte, error) {
	n := 0
	for n < len(chunk) {
		m, err := in.Read(chunk[n:])
		if n += m; err != nil {
			return chunk[:n], err
		}
	}
	return chunk, nil
}

func (l *lease) join(chunks [][]byte, total int) ([]byte, error) {
	if len(chunks) == 1 {
		return chunks[0], nil
	}
	if err := l.take(total); err != nil {
		return nil, err
	}
	return slices.Concat(chunks...), nil
}

// readBody reads a request's body whole and decompressed, within the limits.
func readBody(w http.ResponseWriter, r *http.Request, limit int) ([]byte, error) {
	compressed := int64(min(limit, MaxCompressed))
	if r.ContentLength > compressed {
		return nil, problem(CodeBodyTooLarge, "")
	}
	in, done, err := decompress(r.Header.Values("Content-Encoding"), http.MaxBytesReader(w, r.Body, compressed))
	if err != nil {
		return nil, err
	}
	defer done()
	body, err := infoOf(r.Context()).body.readAll(in, limit)
	return body, readProblem(err)
}

// readProblem says what a failed read of a body is to the client.
func readProblem(err error) error {
	var p *Problem
	var tooLong *http.MaxBytesError
	switch {
	case err == nil, errors.As(err, &p):
		return err
	case errors.As(err, &tooLong), errors.Is(err, ingest.ErrTooLarge), errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return problem(CodeBodyTooLarge, "")
	case errors.Is(err, os.ErrDeadlineExceeded):
		return problem(CodeRequestTimeout, "")
	default:
		return problem(CodeInvalidEncoding, "the body ended early or is not what its Content-Encoding says")
	}
}

// zstdDecoders are used again: making one costs more than most bodies.
var zstdDecoders = sync.Pool{New: func() any {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxBody),
		zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		panic(err) // only for options that contradict each other
	}
	return d
}}

// decompress returns the decompressed body, and what is to be called when it was read.
func decompress(encodings []string, in io.Reader) (io.Reader, func(), error) {
	nothing := func() {}
	switch strings.ToLower(strings.TrimSpace(strings.Join(encodings, ","))) {
	case "", "identity":
		return in, nothing, nil
	case "gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nothing, readProblem(err)
		}
		return z, nothing, nil
	case "zstd":
		d := zstdDecoders.Get().(*zstd.Decoder)
		if err := d.Reset(in); err != nil {
			return nil, nothing, readProblem(err)
		}
		return d, func() {
			_ = d.Reset(nil) // lets go of the body; a decoder without input has no error
			zstdDecoders.Put(d)
		}, nil
	default:
		return nil, nothing, problem(CodeUnsupportedCoding, "")
	}
}

// mediaType checks the Content-Type against the allowed ones and returns the one that it is. None at all counts as the
// first: then the content has to speak for itself.
func mediaType(r *http.Request, allowed ...string) (string, error) {
	given := r.Header.Values("Content-Type")
	if len(given) == 0 {
		return allowed[0], nil
	}
	t, params, err := mime.ParseMediaType(strings.Join(given, ","))
	if charset := params["charset"]; err == nil && (charset == "" || strings.EqualFold(charset, "utf-8")) {
		for _, a := range allowed {
			if t == a {
				return a, nil
			}
		}
	}
	return "", problem(CodeUnsupportedMedia, "must be "+strings.Join(allowed, " or "))
}
