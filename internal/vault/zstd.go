package vault

import (
	"encoding/binary"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"
)

const (
	// encoderWindow bounds an encoder's memory. Segments are far smaller; an archive of a long session repeats itself
	// within less.
	encoderWindow = 4 << 20

	// decoderMemory bounds what one decompression may take whatever the caller asks for.
	decoderMemory = 256 << 20
)

// One encoder and one decoder serve all goroutines: EncodeAll and DecodeAll pool their state inside.
var (
	encoder = must(zstd.NewWriter(nil,
		zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)),
		zstd.WithWindowSize(encoderWindow),
		zstd.WithEncoderCRC(false))) // GCM authenticates the bytes
	decoder = must(zstd.NewReader(nil,
		zstd.WithDecoderConcurrency(runtime.GOMAXPROCS(0)),
		zstd.WithDecoderMaxMemory(decoderMemory),
		zstd.WithDecodeAllCapLimit(true)))
)

// maxScratch bounds what a buffer may hold on to: a rare archive gives its memory back.
const maxScratch = 1 << 20

// scratches are the buffers that hold compressed bytes until they are encrypted.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // only wrong options, which are constants
	}
	return v
}

// compress appends the length of the plain text and then its zstd frame.
func compress(dst, plain []byte) []byte {
	return encoder.EncodeAll(plain, binary.AppendUvarint(dst, uint64(len(plain))))
}

// decompress never makes more than maxPlain bytes: the length in front says how many there will be, and the decoder is
// held to that.
func decompress(body []byte, maxPlain int) ([]byte, error) {
	length, n := binary.Uvarint(body)
	if n <= 0 {
		return nil, ErrNotAuthentic
	}
	if length > uint64(max(maxPlain, 0)) || length > decoderMemory {
		return nil, ErrTooLarge
	}
	plain, err := decoder.DecodeAll(body[n:], make([]byte, 0, length))
	if err != nil || uint64(len(plain)) != length {
		return nil, ErrNotAuthentic
	}
	return plain, nil
}
