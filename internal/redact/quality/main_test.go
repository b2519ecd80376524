package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// wildHoldout holds texts as pages have them, of people, streets and sentences that nobody tuned for. Nobody looks at them
// line by line: that would be tuning.
const wildHoldout = "wild-holdout.jsonl"

// bar is a share in percent. asked is what issue 3 wants, nothing where it names none. held is what the test demands: what
// the engine has reached, rounded down, and no more than what is asked (or than 95, as some types have few values here).
// A held figure only goes up; once all have come to the asked ones, this table needs one column.
type bar struct{ asked, held float64 }

var caughtBars = map[string]bar{
	"ADDRESS":        {asked: 90, held: 90},
	"BANK_ACCOUNT":   {held: 73},
	"CARD":           {asked: 99.5, held: 99.5},
	"CRYPTO_WALLET":  {held: 95},
	"DATE_OF_BIRTH":  {held: 95},
	"DRIVER_LICENSE": {held: 77},
	"EMAIL":          {asked: 100, held: 100},
	"GEO":            {held: 95},
	"HEALTH_ID":      {asked: 97, held: 97},
	"IBAN":           {asked: 99.5, held: 99.5},
	"IP":             {asked: 99, held: 99},
	"LICENSE_PLATE":  {held: 91},
	"MAC":            {asked: 99, held: 99},
	"NATIONAL_ID":    {asked: 97, held: 97},
	"PASSPORT":       {held: 95},
	"PERSON":         {asked: 80, held: 80},
	"PHONE":          {asked: 95, held: 95},
	"SECRET":         {asked: 97, held: 95},
	"TAX_ID":         {asked: 97, held: 97},
	"TRACKING_ID":    {held: 87},
	"USERNAME":       {held: 45},
	"VIN":            {held: 95},
}

// harmedBar is the largest share of harmless lines that may be changed; its held figure only goes down.
var harmedBar = bar{asked: 1, held: 1.2}

// labelsHoldout holds names after labels and greetings of some thirty languages, and lines beside which no name stands.
const labelsHoldout = "labels-holdout.jsonl"

// What is asked of labelsHoldout, and what is held of it.
var (
	labelledBar       = bar{asked: 99, held: 95.8}
	labelledHarmedBar = bar{asked: 1, held: 3.7}
)

func TestTextsAsPagesHaveThemAreRedactedAsWellAsBefore(t *testing.T) {
	t.Parallel()
	byType, all := measured(t, wildHoldout)
	for kind, b := range caughtBars {
		require.Contains(t, byType, kind)
		caught := percent(byType[kind].caught, byType[kind].values)
		if caught < b.asked {
			t.Logf("%s: %.1f %% caught, %.1f %% asked", kind, caught, b.asked)
		}
		require.GreaterOrEqual(t, caught, b.held, kind)
	}
	requireHarmed(t, all, harmedBar)
}

func TestNamesWithALabelAreCaughtAsWellAsBefore(t *testing.T) {
	t.Parallel()
	byType, all := measured(t, labelsHoldout)
	require.Contains(t, byType, "PERSON")
	caught := percent(byType["PERSON"].caught, byType["PERSON"].values)
	if caught < labelledBar.asked {
		t.Logf("names with a label: %.1f %% caught, %.1f %% asked", caught, labelledBar.asked)
	}
	require.GreaterOrEqual(t, caught, labelledBar.held)
	requireHarmed(t, all, labelledHarmedBar)
}

// measured is what the Go engine makes of a file of vectors.
func measured(t *testing.T, name string) (byType map[string]*tally, all tally) {
	t.Helper()
	list, input, err := read(name)
	require.NoError(t, err)
	redacted, err := inGo(input)
	require.NoError(t, err)
	byType, all, err = measure(list, redacted)
	require.NoError(t, err)
	return byType, all
}

func requireHarmed(t *testing.T, all tally, b bar) {
	t.Helper()
	harmed := percent(all.harmed, all.harmless)
	if harmed > b.asked {
		t.Logf("%.1f %% harmed, %.1f %% asked", harmed, b.asked)
	}
	require.LessOrEqual(t, harmed, b.held)
}
