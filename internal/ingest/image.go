package ingest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// An image file may say more than its picture shows: comments, places, serial numbers, earlier versions, or anything at
// all behind its end. Only what the picture needs is stored. The same image always becomes the same bytes.

// errImage says that a file is not built as its format says.
var errImage = errors.New("not an image")

// strippers take out of a file of each format what is no part of the picture.
var strippers = map[string]func([]byte) ([]byte, error){"png": stripPNG, "jpeg": stripJPEG, "webp": stripWebP}

const pngSignature = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks that a picture is drawn from (PNG, third edition, section 11), without profiles, which hold text.
var pngKept = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "pHYs"}

func stripPNG(file []byte) ([]byte, error) {
	const head, tail = 8, 4 // length and name, checksum
	if !bytes.HasPrefix(file, []byte(pngSignature)) {
		return nil, errImage
	}
	out := append(make([]byte, 0, len(file)), pngSignature...)
	for rest := file[len(pngSignature):]; len(rest) >= head+tail; {
		size := int64(binary.BigEndian.Uint32(rest)) + head + tail
		if size > int64(len(rest)) {
			return nil, errImage
		}
		name := string(rest[4:head])
		if slices.Contains(pngKept, name) {
			out = append(out, rest[:size]...)
		}
		if name == "IEND" {
			return out, nil
		}
		rest = rest[size:]
	}
	return nil, errImage
}

// The flags of a WebP file's header that announce a profile, EXIF, XMP and an animation (WebP container specification).
const webpNotKept = 0x20 | 0x08 | 0x04 | 0x02

func stripWebP(file []byte) ([]byte, error) {
	const head = 8 // name and size
	if len(file) < 12 || string(file[:4]) != "RIFF" || string(file[8:12]) != "WEBP" {
		return nil, errImage
	}
	out := append(make([]byte, 0, len(file)), file[:12]...)
	drawn := false
	end := min(int64(len(file)), int64(binary.LittleEndian.Uint32(file[4:]))+head)
	for rest := file[12:max(12, end)]; len(rest) >= head; {
		size := int64(binary.LittleEndian.Uint32(rest[4:])) + head
		if size += size & 1; size > int64(len(rest)) {
			return nil, errImage
		}
		chunk := rest[:size]
		rest = rest[size:]
		switch string(chunk[:4]) {
		case "VP8X":
			out = append(out, chunk...)
			if len(chunk) > head {
				out[len(out)-len(chunk)+head] &^= webpNotKept
			}
		case "VP8 ", "VP8L":
			drawn = true
			out = append(out, chunk...)
		case "ALPH":
			out = append(out, chunk...)
		}
	}
	if !drawn {
		return nil, errImage
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-head))
	return out, nil
}

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	jpegSOI   = 0xD8
	jpegEOI   = 0xD9
	jpegSOS   = 0xDA
	jpegAPP0  = 0xE0
	jpegAPP14 = 0xEE // Adobe's says how colours are stored
	jpegAPP15 = 0xEF
	jpegCOM   = 0xFE
)

func stripJPEG(file []byte) ([]byte, error) {
	if len(file) < 2 || file[0] != 0xFF || file[1] != jpegSOI {
		return nil, errImage
	}
	out := append(make([]byte, 0, len(file)), file[:2]...)
	for rest := file[2:]; len(rest) >= 2; {
		if rest[0] != 0xFF {
			return nil, errImage
		}
		marker := rest[1]
		if marker == jpegEOI {
			return append(out, rest[:2]...), nil
		}
		if marker == 0xFF { // a fill byte
			rest = rest[1:]
			continue
		}
		if len(rest) < 4 {
			return nil, errImage
		}
		size := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if size < 4 || size > len(rest) {
			return nil, errImage
		}
		if marker == jpegSOS {
			size += entropyCoded(rest[size:])
		}
		if !(marker >= jpegAPP0 && marker <= jpegAPP15 || marker == jpegCOM) || isAdobe(rest[:size]) {
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
	return nil, errImage
}

// isAdobe tells the segment that says how colours are stored, which has a fixed length.
func isAdobe(segment []byte) bool {
	return segment[1] == jpegAPP14 && len(segment) == 16 && string(segment[4:9]) == "Adobe"
}

// entropyCoded returns the length of what follows a scan's header: up to the next marker that is no restart.
func entropyCoded(b []byte) int {
	for i := 0; i+1 < len(b); i++ {
		if b[i] == 0xFF && b[i+1] != 0 && (b[i+1] < 0xD0 || b[i+1] > 0xD7) {
			return i
		}
	}
	return len(b)
}
