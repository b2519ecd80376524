package main_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/redact"
)

// canary is a made-up private value that no place may ever hold, with the words that the engine needs to know it by.
type canary struct {
	kind   redact.Type
	value  string // unusual, so that no part of it stands anywhere by chance
	around string // %s is the value
}

// canaries has a line for each way in which the engine knows a type. What it finds in future is added here.
var canaries = []canary{
	{redact.Person, "Quillan Wrenfolk", "Ship to: %s"},
	{redact.Person, "Ottoline Brackwater", "Hello, %s!"},
	{redact.Address, "4471 Mossgrove Lane, Tacoma, WA 98402", "Deliver to %s"},
	{redact.Username, "zqwrenfolk77", "Username: %s"},
	{redact.Email, "zq.wrenfolk+77@quillmoor.test", "Write to %s today"},
	{redact.Phone, "+1 628 555 0173", "Call %s now"},
	{redact.Phone, "089 63718254", "Phone: %s"},
	{redact.Card, "5398 2287 0601 3378", "Paid with card %s"},
	{redact.Card, "4716843392150074", "Paid with card %s"},
	{redact.IBAN, "NL65 RABO 0762 9184 35", "Transfer to %s"},
	{redact.IP, "185.93.217.46", "Signed in from %s"},
	{redact.IP, "2a0d:5942:71c:9e00::8f3b", "Signed in from %s"},
	{redact.MAC, "7c:9e:bd:41:f6:a3", "Device %s"},
	{redact.Secret, "sk_live_Zq83hTrWm5YvKd72LpXbN4cJ", "The key is %s"},
	{redact.Secret, "wR7!kestrel-Vault92", "password=%s"},
	{redact.Secret, "AKIAZQ4XWRNF7LKM2JHT", "The key is %s"}, // fits where only the name of a key may stand
	{redact.BankAccount, "7390184625", "Account number: %s"},
	{redact.NationalID, "536-82-7194", "My SSN is %s"},
	{redact.TaxID, "47038619229", "Steuer-ID: %s"},
	{redact.Passport, "C71X09T46", "Passport number: %s"},
	{redact.DriverLicense, "Q7301-94826-11", "Driver licence: %s"},
	{redact.HealthID, "716 204 8395", "NHS number: %s"},
	{redact.DateOfBirth, "17/02/1931", "Date of birth: %s"},
	{redact.Geo, "61.482937, -149.873162", "I see you at %s now"},
	{redact.VIN, "WZP3K82M5XF741096", "VIN %s"},
	{redact.LicensePlate, "M-XQ 7741", "License plate: %s"},
	{redact.CryptoWallet, "0x8f3ac91be74d20569a1fe0c8d7734be1259fc06d", "Send to %s"},
	{redact.TrackingID, "Kz9xWq4TtuVw81", "https://shop.example/p/42?gclid=%s"},
	{redact.URLValue, "mossgrove-lane-91q", "https://shop.example/p/42?whose=%s"},
}

// text is the value among its words.
func (c canary) text() string { return fmt.Sprintf(c.around, c.value) }

func (c canary) String() string { return string(c.kind) + " (" + c.around + ")" }

func TestEveryTypeHasACanary(t *testing.T) {
	t.Parallel()
	has := map[redact.Type]bool{redact.Private: true} // it stands for what is withheld unseen; no value looks like it
	for _, c := range canaries {
		has[c.kind] = true
	}
	for _, kind := range redact.Types() {
		require.True(t, has[kind], "%s has no canary: add a line to the table above", kind)
	}
}

func TestEveryCanaryIsKnownToTheEngineAndLongEnoughToBeSought(t *testing.T) {
	t.Parallel()
	for _, c := range canaries {
		out, spans := redact.Default().Text(c.text())
		require.Equal(t, strings.Replace(c.text(), c.value, c.kind.Placeholder(), 1), out, c)
		require.Len(t, spans, 1, c)
		require.GreaterOrEqual(t, len(c.value), soughtBytes, c)
		out, _ = redact.Default().Text(c.text() + harmless)
		require.True(t, strings.HasSuffix(out, harmless), c)
	}
}
