package redact

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/codesight/codesight/internal/redact/pagetext"
	"github.com/codesight/codesight/rules/vectors"
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

// proseText has few numbers and capitals.
const proseText = "I bought these for our terrace in the spring, and they have held up far better than I expected. The cushions dry\n" +
	"quickly after rain, the frame does not wobble, and the colour has not faded even though the table stands in the sun\n" +
	"most of the day. Assembly was easy once I understood the drawings; my only complaint is that the screws are short.\n"

// otherScripts is what pages say in alphabets other than the Latin one, and in a script without spaces.
const otherScripts = "Удобное кресло для гостиной, обивка из ткани, цвет серый. Доставка бесплатная при заказе от 5000 рублей.\n" +
	"この椅子はとても座り心地が良く、リビングにぴったりです。送料は5000円以上のご注文で無料、返品は30日以内に可能です。\n" +
	"Der Stuhl ist sehr bequem und passt gut ins Wohnzimmer. Größe 80 × 75 cm, Gewicht 12 kg. Auf Lager: 14 Stück.\n"

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
	b.Run("prose/64KB", func(b *testing.B) { benchmarkFind(b, strings.Repeat(proseText, 180)) })
	b.Run("scripts/64KB", func(b *testing.B) { benchmarkFind(b, strings.Repeat(otherScripts, 120)) })
	b.Run("private/64KB", func(b *testing.B) { benchmarkFind(b, strings.Repeat(pageText+privateText, 90)) })
	for name, text := range pagetext.All() {
		b.Run(name, func(b *testing.B) { benchmarkFind(b, text) })
	}
}

// cpu is the time that this process has worked: on a busy machine the clock says little.
func cpu(b *testing.B) time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

func benchmarkFind(b *testing.B, text string) {
	e := Default()
	var spans []Span
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	start := cpu(b)
	for b.Loop() {
		spans = e.Find(text, spans[:0])
	}
	b.ReportMetric(float64(b.N)*float64(len(text))/(cpu(b)-start).Seconds()/1e6, "cpu-MB/s")
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
var hostile = func() (pieces []string) {
	raw, err := vectors.FS.ReadFile("hostile.json")
	if err == nil {
		err = json.Unmarshal(raw, &pieces)
	}
	if err != nil {
		panic(err)
	}
	return pieces
}()

// BenchmarkHostile shows that the work is linear: a text sixteen times as long is scanned at about the same speed.
func BenchmarkHostile(b *testing.B) {
	for _, piece := range hostile {
		for _, size := range []int{16 << 10, 256 << 10} {
			b.Run(fmt.Sprintf("%q/%dKiB", piece, size>>10), func(b *testing.B) {
				text := strings.Repeat(piece, size/len(piece))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Default().Find(text, nil)
				}
			})
		}
	}
}
