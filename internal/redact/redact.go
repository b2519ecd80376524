// Package redact is the privacy engine: it finds what is private in a text, a URL or an event and replaces it by a
// placeholder such as [EMAIL]. Its twin is extension/src/redact; both load the tables of package rules and give the same
// bytes for the same input.
//
// One pass over byte classes finds triggers (a digit, "@", "://", a rare letter of a key prefix); small parsers and
// validators decide; the nearest context word raises or lowers; what reaches its type's threshold is replaced. There
// are no regular expressions in it, its work is linear in the input, and it allocates nothing when it finds nothing.
//
// It may import the standard library, rules and internal/event, and nothing else. It must never log or return what it
// found other than as offsets.
package redact

import (
	"strings"
	"sync"
)

// Type names a kind of private value, as contract.md section 7 lists them. In text it stands in square brackets.
type Type string

// The types of contract.md section 7.
const (
	Person        Type = "PERSON"
	Email         Type = "EMAIL"
	Phone         Type = "PHONE"
	Address       Type = "ADDRESS"
	Card          Type = "CARD"
	IBAN          Type = "IBAN"
	BankAccount   Type = "BANK_ACCOUNT"
	NationalID    Type = "NATIONAL_ID"
	TaxID         Type = "TAX_ID"
	Passport      Type = "PASSPORT"
	DriverLicense Type = "DRIVER_LICENSE"
	HealthID      Type = "HEALTH_ID"
	DateOfBirth   Type = "DATE_OF_BIRTH"
	IP            Type = "IP"
	MAC           Type = "MAC"
	Geo           Type = "GEO"
	VIN           Type = "VIN"
	LicensePlate  Type = "LICENSE_PLATE"
	CryptoWallet  Type = "CRYPTO_WALLET"
	Secret        Type = "SECRET"
	Username      Type = "USERNAME"
	TrackingID    Type = "TRACKING_ID"
	URLValue      Type = "URL_VALUE"
	Private       Type = "PRIVATE"
)

// Types lists every type, in the order of the contract.
func Types() []Type {
	return []Type{
		Person, Email, Phone, Address, Card, IBAN, BankAccount, NationalID, TaxID, Passport, DriverLicense, HealthID,
		DateOfBirth, IP, MAC, Geo, VIN, LicensePlate, CryptoWallet, Secret, Username, TrackingID, URLValue, Private,
	}
}

// Placeholder is what stands in the text for a value of this type.
func (t Type) Placeholder() string { return "[" + string(t) + "]" }

// Span is one private value: bytes Start to End of the input, and the rule that found it.
type Span struct {
	Start, End int
	Type       Type
	Rule       string
}

// Kind is what a private value is, and the rule that found it.
type Kind struct {
	Type Type
	Rule string
}

// Counts says how many values of each kind were taken out.
type Counts map[Kind]int

func (c Counts) add(spans []Span) {
	for _, s := range spans {
		c[Kind{s.Type, s.Rule}]++
	}
}

// ByType adds up what the rules of each type took out.
func (c Counts) ByType() map[Type]int {
	types := make(map[Type]int, len(c))
	for kind, n := range c {
		types[kind.Type] += n
	}
	return types
}

// Engine finds and replaces. It is immutable and safe for concurrent use.
type Engine struct {
	t    *tables
	pool sync.Pool
}

// Default returns the engine over the embedded tables, built at the first call.
var Default = sync.OnceValue(func() *Engine {
	e := &Engine{t: loadTables()}
	e.pool.New = func() any { return new(scanner) }
	return e
})

// Find appends the private values of text to dst: ascending, not overlapping, in bytes of text.
func (e *Engine) Find(text string, dst []Span) []Span {
	return e.settle(text, dst, (*scanner).scanText, nil)
}

// Text replaces every private value of text by its placeholder. It returns text itself where there is none.
func (e *Engine) Text(text string) (string, []Span) {
	spans := e.Find(text, nil)
	return Replace(text, spans), spans
}

// URL redacts an address: scheme, host, safe path segments and known query keys stay; user info, other query values,
// fragments with data, click and campaign ids go.
func (e *Engine) URL(raw string) (string, []Span) {
	spans := e.findURL(raw, nil)
	return Replace(raw, spans), spans
}

func (e *Engine) findURL(raw string, dst []Span) []Span {
	return e.settle(raw, dst, (*scanner).scanURL, nil)
}

// Contains reports whether text holds anything private. It is the question for identity evidence (a selector, an id, an
// accessible name), which is kept exactly or withheld, never rewritten.
func (e *Engine) Contains(text string) bool {
	s := e.pool.Get().(*scanner)
	defer e.release(s)
	s.start(e, text)
	s.scanText()
	return len(s.spans) > 0
}

// LogValue is Text for the log handler: the redacted string alone.
func (e *Engine) LogValue(text string) string {
	out, _ := e.Text(text)
	return out
}

// Replace returns text with each span replaced by its placeholder. Spans are ascending and do not overlap.
func Replace(text string, spans []Span) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 8*len(spans))
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		b.WriteByte('[')
		b.WriteString(string(s.Type))
		b.WriteByte(']')
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// scratchMax bounds the buffers that go back to the pool, in bytes: a huge text must not stay in memory until the next two
// garbage collections, after which the pool lets go of what was not used.
const scratchMax = 16 << 20

func (e *Engine) release(s *scanner) {
	if cap(s.b) > scratchMax || cap(s.spare.b) > scratchMax {
		*s = scanner{}
	}
	s.late = nil
	e.pool.Put(s)
}
