package ingest

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

// secretText is what a file says besides its picture.
const secretText = "taken by quillan.wrenfolk@mossmail.example at 61.482937, -149.873162"

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 8, 6))
	for i := range 48 {
		m.Set(i%8, i/8, color.RGBA{uint8(5 * i), uint8(200 - 3*i), 90, 255})
	}
	return m
}

func pngChunk(name, data string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(out, name+data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(name+data)))
}

func webpChunk(name, data string) []byte {
	out := append([]byte(name), binary.LittleEndian.AppendUint32(nil, uint32(len(data)))...)
	if out = append(out, data...); len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func jpegSegment(marker byte, data string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(data)+2)), data...)
}

// insert puts parts into a file at a place.
func insert(file []byte, at int, parts ...[]byte) []byte {
	return bytes.Join([][]byte{file[:at], bytes.Join(parts, nil), file[at:]}, nil)
}

// images are a picture as encoders write it, and the same with all that a file may say besides.
func images(t *testing.T) map[string][2][]byte {
	t.Helper()
	var p, j bytes.Buffer
	require.NoError(t, png.Encode(&p, picture()))
	require.NoError(t, jpeg.Encode(&j, picture(), nil))
	// The smallest lossless WebP: one pixel.
	w, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	require.NoError(t, err)
	header := webpChunk("VP8X", "\x2e\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	plain := insert(w, 12, webpChunk("VP8X", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	binary.LittleEndian.PutUint32(plain[4:], uint32(len(plain)-8))
	said := append(insert(w, 12, header, webpChunk("ICCP", secretText)), webpChunk("EXIF", secretText+"!")...)
	said = append(said, bytes.Join([][]byte{webpChunk("XMP ", secretText), webpChunk("MOSS", secretText)}, nil)...)
	binary.LittleEndian.PutUint32(said[4:], uint32(len(said)-8))
	return map[string][2][]byte{
		"png": {p.Bytes(), append(insert(p.Bytes(), 33, pngChunk("tEXt", "Comment\x00"+secretText), pngChunk("iTXt", secretText),
			pngChunk("eXIf", secretText), pngChunk("iCCP", secretText), pngChunk("moSs", secretText), pngChunk("tIME", "1234567")), secretText...)},
		"jpeg": {j.Bytes(), append(insert(j.Bytes(), 2, jpegSegment(0xE0, "JFIF\x00"+secretText), jpegSegment(0xE1, "Exif\x00\x00"+secretText),
			jpegSegment(0xE2, "ICC_PROFILE\x00"+secretText), jpegSegment(0xEE, "Moss"+secretText), jpegSegment(0xFE, secretText), []byte{0xFF}), secretText...)},
		"webp": {plain, append(said, secretText...)},
	}
}

func TestAnImageIsStoredWithoutWhatItSaysBesidesItsPicture(t *testing.T) {
	t.Parallel()
	for format, files := range images(t) {
		plain, said := files[0], files[1]
		require.Contains(t, string(said), "quillan", format)
		stripped, err := strippers[format](said)
		require.NoError(t, err, format)
		require.Equal(t, plain, stripped, format)
		again, err := strippers[format](stripped)
		require.NoError(t, err, format)
		require.Equal(t, stripped, again, format)
		m, name, err := image.Decode(bytes.NewReader(stripped))
		require.NoError(t, err, format)
		require.Equal(t, format, name)
		require.False(t, m.Bounds().Empty())
	}
}

func TestAnImageThatIsCutOffIsNone(t *testing.T) {
	t.Parallel()
	for format, files := range images(t) {
		for n := range files[0] {
			_, err := strippers[format](files[0][:n])
			require.ErrorIs(t, err, errImage, "%s of %d bytes", format, n)
		}
	}
}

func FuzzStrippingAnImage(f *testing.F) {
	for _, files := range images(&testing.T{}) {
		f.Add(files[0])
		f.Add(files[1])
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for format, strip := range strippers {
			out, err := strip(file)
			if err != nil {
				continue
			}
			require.LessOrEqual(t, len(out), len(file), format)
			again, err := strip(out)
			require.NoError(t, err, format)
			require.Equal(t, out, again, format)
		}
	})
}
