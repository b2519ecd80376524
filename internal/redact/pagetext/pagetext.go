// Package pagetext makes text as a shop's pages have it, for benchmarks: navigation, lists of products with their prices,
// descriptions, reviews, forms and footers, no two pages alike. The same number makes the same page. Nothing in it is
// anyone's.
package pagetext

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// size is that of each text of All, in bytes.
const size = 256 << 10

// All returns the texts that are measured, by what is in them.
func All() map[string]string {
	return map[string]string{
		"pages":         pages(size, nil),
		"pages-private": pages(size, func(n int) int { return n / privateEvery }),
		"dense":         dense(size),
	}
}

// privateEvery is after how many bytes a page has a private value: an account's or an order's page has a few, others none.
const privateEvery = 2 << 10

type maker struct {
	*rand.Rand
	strings.Builder
}

func newMaker(number uint64) *maker { return &maker{Rand: rand.New(rand.NewPCG(number, 2026))} } //nolint:gosec // the same text each time is what is wanted

// pages joins pages up to so many bytes. wanted says how many private values there are after so many bytes.
func pages(size int, wanted func(written int) int) string {
	m := newMaker(1)
	private := 0
	for m.Len() < size {
		for _, part := range m.page() {
			part(m)
			if wanted != nil && private < wanted(m.Len()) {
				m.private()
				private++
			}
		}
	}
	return m.String()[:size]
}

// page lists the parts of one page in their order.
func (m *maker) page() []func(*maker) {
	parts := []func(*maker){(*maker).navigation}
	switch m.IntN(4) {
	case 0: // a list
		for range 6 + m.IntN(18) {
			parts = append(parts, (*maker).product)
		}
	case 1: // a product
		parts = append(parts, (*maker).product, (*maker).description, (*maker).sizes)
		for range 3 + m.IntN(6) {
			parts = append(parts, (*maker).review)
		}
	case 2: // an article, or help
		for range 4 + m.IntN(8) {
			parts = append(parts, (*maker).description)
		}
	default: // a form
		parts = append(parts, (*maker).form, (*maker).order)
	}
	return append(parts, (*maker).footer)
}

func (m *maker) one(list []string) string { return list[m.IntN(len(list))] }

func (m *maker) linef(format string, a ...any) {
	_, _ = fmt.Fprintf(m, format+"\n", a...) // a builder does not fail
}

// some writes n of a list in a row.
func (m *maker) some(n int, sep string, list []string) {
	at, row := m.IntN(len(list)), make([]string, n)
	for i := range row {
		row[i] = list[(at+i)%len(list)]
	}
	m.linef("%s", strings.Join(row, sep))
}

func (m *maker) price() string {
	return fmt.Sprintf(m.one(prices), m.IntN(400), m.IntN(100))
}

func (m *maker) item() string { return m.one(materials) + " " + m.one(things) }

func (m *maker) navigation() {
	m.linef("Skip to main content\n%s\nSearch\nSign in\nCart (%d)", m.one(shops), m.IntN(5))
	m.some(5+m.IntN(6), m.one([]string{"\n", " | ", " / "}), sections)
	m.linef("Home / %s / %s\nShowing %d-%d of %d results", m.one(sections), m.one(sections), 1, 24, 25+m.IntN(900))
}

func (m *maker) product() {
	m.linef("%s %s, %s", m.one(brands), m.item(), m.one(colors))
	m.linef("%s", m.price())
	switch m.IntN(5) {
	case 0:
		m.linef("%d.%d (%d)", 3+m.IntN(2), m.IntN(10), m.IntN(2400))
	case 1:
		m.linef("%d x %d x %d cm, %d.%d kg", 20+m.IntN(200), 20+m.IntN(200), 20+m.IntN(90), m.IntN(40), m.IntN(10))
	case 2:
		m.linef("Save %d%%, was %s", 5+m.IntN(60), m.price())
	case 3:
		m.linef("Article %03d.%03d.%02d", m.IntN(1000), m.IntN(1000), m.IntN(100))
	}
	m.some(1+m.IntN(3), "\n", labels)
}

func (m *maker) description() { m.some(2+m.IntN(4), " ", sentences) }

func (m *maker) sizes() {
	m.linef("Size: XS S M L XL\nColor: %s\nQuantity: %d\nIn stock: %d", m.one(colors), 1+m.IntN(4), m.IntN(90))
	m.linef("EAN %d%09d", 4006+m.IntN(80), m.IntN(1_000_000_000))
}

func (m *maker) review() {
	m.linef("%d out of 5 stars\n%s", 1+m.IntN(5), m.one(titles))
	m.linef("Reviewed on %d %s 202%d | Verified purchase", 1+m.IntN(28), m.one(months), m.IntN(7))
	m.some(2+m.IntN(4), " ", opinions)
	m.linef("%d people found this helpful", m.IntN(40))
}

func (m *maker) form() {
	m.some(4+m.IntN(5), m.one([]string{"\n", " *\n", ":\n"}), fields)
	m.linef("Delivery: %s, %d-%d business days", m.price(), 1+m.IntN(3), 4+m.IntN(4))
}

func (m *maker) order() {
	m.linef("Order #%d placed 202%d-%02d-%02d %02d:%02d", 10000+m.IntN(90000), m.IntN(7), 1+m.IntN(12), 1+m.IntN(28), m.IntN(24), m.IntN(60))
	m.linef("%d x %s %s\nSubtotal: %s\nTotal: %s", 1+m.IntN(3), m.item(), m.price(), m.price(), m.price())
}

func (m *maker) footer() {
	m.some(6+m.IntN(8), m.one([]string{"\n", " · "}), links)
	m.linef("© 2012-2026 %s. All prices include VAT. Version %d.%d.%d", m.one(shops), m.IntN(9), m.IntN(30), m.IntN(60))
}

func (m *maker) private() {
	first, last := m.one(firsts), m.one(lasts)
	switch m.IntN(5) {
	case 0:
		m.linef("Signed in as %s.%s%d@mossmail.example", strings.ToLower(first), strings.ToLower(last), m.IntN(90))
	case 1:
		m.linef("Phone: (415) 555-%04d", m.IntN(10000))
	case 2:
		m.linef("Ship to: %s %s", first, last)
	case 3:
		m.linef("%d %s Street", 1+m.IntN(900), m.one([]string{"Maple", "Linden", "Cedar", "Hill"}))
	default:
		m.linef("Hello, %s", first)
	}
}

// dense is a table of numbers and codes, the most laborious text that pages have.
func dense(size int) string {
	m := newMaker(2)
	for m.Len() < size {
		m.linef("%d | %s-%05d | %d x %s | %d in stock | %d.%d (%d) | %d x %d x %d cm", m.IntN(4000), m.one(codes), m.IntN(100000), 1+m.IntN(9), m.price(),
			m.IntN(90), 1+m.IntN(4), m.IntN(10), m.IntN(3000), 20+m.IntN(200), 20+m.IntN(200), 20+m.IntN(90))
		m.linef("202%d-%02d-%02d %02d:%02d | #%d | -%d%% | %d of %d | v%d.%d.%d | %dp | %d GB", m.IntN(7), 1+m.IntN(12), 1+m.IntN(28), m.IntN(24), m.IntN(60),
			10000+m.IntN(90000), m.IntN(60), m.IntN(40), 40+m.IntN(90), m.IntN(9), m.IntN(30), m.IntN(60), 360*(1+m.IntN(4)), 64<<m.IntN(5))
	}
	return m.String()[:size]
}
