package redact

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// pageText is like what a shop's pages say: prices, sizes, reviews, and now and then something private.
var pageText = strings.Join([]string{
	"Oak dining chair, set of 2 – solid wood, 45 x 52 x 88 cm. €129.00 instead of €159.00 (you save 19 %).",
	"Rated 4.6 out of 5 stars by 1,204 customers. Ships in 3-5 business days, free returns within 30 days.",
	"Article 403.411.02, EAN 4006381333931. Also bought: \"Nordic bench\", \"Ash stool\", \"Pine shelf 80 cm\".",
	"The chairs are sturdy and look great around our table; assembly took ten minutes. One leg was scratched, and",
	"customer service sent another one at once. Color: natural, black, white. Size: S M L XL. Add to cart.",
	"Home / Furniture / Chairs / Dining chairs. Sort by: price, newest, rating. Showing 1-48 of 1,024 results.",
	"",
}, "\n")

const privateText = "Ship to ann.lee@example.com, phone (415) 555-2671, card 4111 1111 1111 1111.\n"

func BenchmarkFind(b *testing.B) {
	for _, size := range []int{1 << 10, 64 << 10, 1 << 20, 10 << 20} {
		text := strings.Repeat(pageText, size/len(pageText)+1)[:size]
		text = strings.ToValidUTF8(text, "")
		b.Run("nothing/"+strconv.Itoa(size>>10)+"KB", func(b *testing.B) { benchmarkFind(b, text) })
	}
	ascii := strings.Map(func(r rune) rune {
		if r >= 0x80 {
			return '-'
		}
		return r
	}, strings.Repeat(pageText, 100))
	b.Run("ascii/64KB", func(b *testing.B) { benchmarkFind(b, ascii) })
	b.Run("private/64KB", func(b *testing.B) { benchmarkFind(b, strings.Repeat(pageText+privateText, 90)) })
}

func benchmarkFind(b *testing.B, text string) {
	e := Default()
	var spans []Span
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		spans = e.Find(text, spans[:0])
	}
}

func BenchmarkCopy(b *testing.B) {
	text := strings.Repeat(pageText+privateText, 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := Default().Copy(io.Discard, strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
}

// hostile are pieces that make scanners with look-behind or look-ahead quadratic.
var hostile = []string{
	"a", "1", "@", "a@", "1 ", "1-", "[", "[EMAIL", ":", "::", "a:", "1:", "=", "password=", "%", "%25", "&#", "\\u", "-----BEGIN ", "https://",
	"https://a?b=", "a.", "x@a.", "4111 ", "DE89", "sk-", "eyJ", "Bearer ", "is ", "phone 5551234 ", "\"@", "００", "(", "+1", "f:", "..",
}

func TestWorkIsLinearInTheInput(t *testing.T) { // not parallel: it measures time
	if testing.Short() {
		t.Skip("measures time")
	}
	const small, factor = 16 << 10, 16
	measure := func(piece string, size int) time.Duration {
		text := strings.Repeat(piece, size/len(piece))
		best := time.Hour
		for range 3 {
			start := time.Now()
			Default().Find(text, nil)
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, piece := range hostile {
		// Quadratic work would take 256 times as long; the bound leaves room for a busy machine.
		few, many := measure(piece, small), measure(piece, small*factor)
		t.Logf("%q %v %v", piece, few, many)
		require.Less(t, many, 6*factor*few+20*time.Millisecond, "%q: %v, then %v", piece, few, many)
	}
}
