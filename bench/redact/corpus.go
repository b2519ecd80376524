package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// line is one line of a page, with the values in it that must go.
type line struct {
	Text   string  `json:"text"`
	Values []value `json:"values"`
}

// value is a private one.
type value struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// set is lines that were written together.
type set struct {
	Name  string `json:"name"`
	Lines []line `json:"lines"`
}

// corpus is what every engine is measured on.
type corpus struct {
	Sets    []set    `json:"sets"`
	Pages   []string `json:"pages"`
	Clean   []string `json:"clean"`   // pages with nothing private
	Hostile []string `json:"hostile"` // pieces of which texts are made that are laborious
}

const (
	privateLines = 1200 // and as many harmless ones
	pages        = 150
	pageLines    = 30 // about 2 KB, as the visible text of a shop's page
	pagePrivate  = 2  // of them
)

// newCorpus makes the same text for the same seed. Nothing in it is anyone's.
func newCorpus(seed uint64) corpus {
	m := maker{rand.New(rand.NewPCG(seed, 1))}
	c := corpus{Sets: []set{{Name: "made up"}}}
	for range privateLines {
		c.Sets[0].Lines = append(c.Sets[0].Lines, m.private(), m.harmless())
	}
	for range pages {
		var text, clean []string
		for i := range pageLines {
			clean = append(clean, m.harmless().Text)
			text = append(text, clean[i])
			if i%(pageLines/pagePrivate) == 7 {
				text[i] = m.private().Text
			}
		}
		c.Pages = append(c.Pages, strings.Join(text, "\n"))
		c.Clean = append(c.Clean, strings.Join(clean, "\n"))
	}
	return c
}

type maker struct{ *rand.Rand }

func (m maker) one(list ...string) string { return list[m.IntN(len(list))] }

// digits makes n of them, the first of which is not 0.
func (m maker) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + m.IntN(10))
	}
	b[0] = byte('1' + m.IntN(9))
	return string(b)
}

func (m maker) letters(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[m.IntN(62)]
	}
	return string(b)
}

// card makes a number of 16 digits that passes Luhn (ISO/IEC 7812-1).
func (m maker) card() string {
	n := m.one("4", "51", "52", "53", "54", "55")
	n += m.digits(15 - len(n))
	sum := 0
	for i := range n {
		d := int(n[i] - '0')
		if i%2 == 0 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	n += string(rune('0' + (10-sum%10)%10))
	if sep := m.one("", " ", "-"); sep != "" {
		return n[:4] + sep + n[4:8] + sep + n[8:12] + sep + n[12:]
	}
	return n
}

// iban makes one of Germany with its check digits (ISO 13616).
func (m maker) iban() string {
	account := m.digits(18)
	rest := 0
	for _, d := range account + "131400" { // DE00
		rest = (rest*10 + int(d-'0')) % 97
	}
	n := fmt.Sprintf("DE%02d%s", 98-rest, account)
	if m.IntN(2) == 0 {
		return n
	}
	return n[:4] + " " + n[4:8] + " " + n[8:12] + " " + n[12:16] + " " + n[16:20] + " " + n[20:]
}

func (m maker) first() string {
	return m.one("Maria", "James", "Anna", "Robert", "Elena", "David", "Sofia", "Thomas", "Laura", "Daniel")
}

func (m maker) last() string {
	return m.one("Johnson", "Miller", "Schmidt", "Garcia", "Nowak", "Rossi", "Larsen", "Dubois", "Walker", "Peters")
}

// private makes a line with one private value, all kinds as often.
func (m maker) private() line {
	kind := m.one("email", "phone", "card", "iban", "ssn", "ip", "secret", "name", "address")
	text, around := "", ""
	switch kind {
	case "email":
		text = strings.ToLower(m.first()+m.one(".", "_", "")+m.last()) + m.digits(2) + "@" + m.one("mail.quillmoorpost.com", "zephyrpost.net", "mossfieldshop.org")
		around = m.one("Your receipt was sent to %s.", "Signed in as %s", "Contact: %s (we answer within a day)")
	case "phone":
		area := m.one("212", "415", "628", "312", "206")
		text = m.one("("+area+") 555-01"+m.digits(2), area+"-555-01"+m.digits(2), "+1 "+area+" 555 01"+m.digits(2), "+44 20 7946 0"+m.digits(3))
		around = m.one("Call us at %s today", "Phone: %s", "The courier will ring %s")
	case "card":
		text, around = m.card(), m.one("Paid with card %s", "Card number: %s", "%s (expires soon)")
	case "iban":
		text, around = m.iban(), m.one("Refund to IBAN %s", "Bank account %s was charged", "%s")
	case "ssn":
		text, around = fmt.Sprintf("%d-%d-%s", 500+m.IntN(160), 10+m.IntN(80), m.digits(4)), m.one("SSN: %s", "Social security number %s")
	case "ip":
		text, around = fmt.Sprintf("%d.%d.%d.%d", 80+m.IntN(100), m.IntN(256), m.IntN(256), 1+m.IntN(254)), m.one("Last sign-in from %s", "Your IP address is %s")
	case "secret":
		text = m.one("sk_live_"+m.letters(24), "ghp_"+m.letters(36), "AKIA"+strings.ToUpper(m.letters(16)))
		around = m.one("API key: %s", "export TOKEN=%s", "The key %s was made")
		if m.IntN(3) == 0 {
			text, around = m.letters(6)+"-"+m.digits(5), "password: %s"
		}
	case "name":
		text, around = m.first()+" "+m.last(), m.one("Ship to: %s", "Hello, %s!", "Name: %s")
	default:
		text = fmt.Sprintf("%d %s %s", 10+m.IntN(980), m.one("Maple", "Oak", "Linden", "Cedar", "Hill"), m.one("Street", "Avenue", "Road", "Drive"))
		around = m.one("Deliver to %s", "Billing address: %s", "Pick up at %s")
	}
	return line{fmt.Sprintf(around, text), []value{{kind, text}}}
}

// harmless makes a line of a shop that must stay as it is.
func (m maker) harmless() line {
	text := ""
	switch m.IntN(12) {
	case 0:
		text = fmt.Sprintf("%s chair in %s, now $%d.99 (was $%d.00)", m.one("Oak", "Pine", "Steel"), m.one("black", "grey", "natural"), 20+m.IntN(400), 420+m.IntN(400))
	case 1:
		text = fmt.Sprintf("SKU %s-%s, %d in stock", strings.ToUpper(m.letters(3)), m.digits(6), m.IntN(90))
	case 2:
		text = fmt.Sprintf("%d x %d x %d cm, %d.%d kg", 20+m.IntN(200), 20+m.IntN(200), 20+m.IntN(200), m.IntN(40), m.IntN(10))
	case 3:
		text = fmt.Sprintf("Order placed on 2026-%02d-%02d, arrives in %d to %d days", 1+m.IntN(12), 1+m.IntN(28), 2, 3+m.IntN(5))
	case 4:
		text = fmt.Sprintf("%d.%d out of 5 stars, %d,%s ratings", 1+m.IntN(4), m.IntN(10), 1+m.IntN(40), m.digits(3))
	case 5:
		text = fmt.Sprintf("Version %d.%d.%d fixes the sorting of results", m.IntN(20), m.IntN(30), m.IntN(60))
	case 6:
		text = fmt.Sprintf("div.product-card__%s:nth-child(%d) > a.btn-%s", strings.ToLower(m.letters(6)), m.IntN(30), strings.ToLower(m.letters(5)))
	case 7:
		text = m.one("Calvin Klein", "Dr. Martens", "Tommy Hilfiger", "Ralph Lauren", "Hugo Boss") + " " + m.one("boots", "jeans", "shirt", "jacket") + ", size " + m.digits(2)
	case 8:
		text = "The fabric is softer than I expected and the colour has not faded after " + m.one("two", "ten", "twenty") + " washes. I would buy it again for the terrace."
	case 9:
		text = fmt.Sprintf("Model %s%s fits rails of %d mm, article %s", strings.ToUpper(m.letters(2)), m.digits(4), 20+m.IntN(60), m.digits(8))
	case 10:
		text = fmt.Sprintf("Showing %d to %d of %d results for garden furniture", 1, 24, 25+m.IntN(900))
	default:
		text = "Free delivery over $50. Returns within 30 days, no questions asked. " + m.one("Add to cart", "Buy now", "Compare", "Add to wish list")
	}
	return line{Text: text}
}
