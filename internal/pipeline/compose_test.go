package pipeline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

func composed(t require.TestingT, r recording) trajectory.Composed {
	n := normalise(r)
	c, err := compose(r, n, journey(r, n))
	require.NoError(t, err)
	return c
}

func TestAPurchaseMakesAnExampleOfEachStep(t *testing.T) {
	t.Parallel()
	c := composed(t, purchase().recording())

	require.Empty(t, c.Excluded)
	require.Len(t, c.Examples, 10)
	add := c.Examples[5]
	require.Equal(t, `{"action":"click","element":3}`, add.Answer)
	require.Equal(t, `Goal: Buy a chair made of oak
Done when: The order is confirmed

Earlier actions:
1. type "ash dining" in searchbox "Search"
2. press Enter in searchbox "Search" → https://shop.example/search?q=ash+dining
3. scroll down 640 px
4. click link "Wren dining chair" → https://shop.example/product/wren
5. select "Natural" in combobox "Finish"

Page: https://shop.example/product/wren
Title: Wren dining chair

Interactive elements:
[0] searchbox "Search" (search, empty)
[1] link "Cart (0)"
[2] combobox "Finish"
[3] button "Add to cart"
`, add.User)
	require.Equal(t, `{"action":"type","element":0,"text":"[PRIVATE]"}`, c.Examples[8].Answer)
	require.True(t, c.Examples[8].Private)
	require.Equal(t, "product", add.PageKind)
	require.Equal(t, "shop.example", add.Site)
}

// The one rule that makes the data worth anything: what the person did and what came of it may not show in the prompt.
// So the same scene with any other action makes the same prompt, byte for byte.
func TestAPromptDoesNotChangeWithTheAnswer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		elements := make([]event.Element, rapid.IntRange(2, 260).Draw(rt, "elements"))
		for i := range elements {
			elements[i] = event.Element{Role: "textbox", Tag: "input", Name: fmt.Sprintf("Field %d", i)}
			if rapid.Bool().Draw(rt, "offscreen") {
				elements[i].States = []string{"offscreen"}
			}
		}
		act := func(after string) string {
			tp := newTape()
			tp.open("https://shop.example/", "Shop", append([]event.Element{}, elements...)...)
			tp.click(elements[0], 0)
			tp.show(append([]event.Element{}, elements...)...)
			at := rapid.IntRange(0, len(elements)-1).Draw(rt, after+" target")
			switch rapid.IntRange(0, 2).Draw(rt, after+" kind") {
			case 0:
				tp.click(elements[at], at)
			case 1:
				tp.typed(elements[at], at, rapid.StringMatching(`[a-z]{3,12}`).Draw(rt, after+" text"))
			case 2:
				tp.press("Escape", elements[at], at)
			}
			tp.open("https://shop.example/"+after, "Page "+after, searchField)
			for _, x := range composed(rt, tp.recording()).Examples {
				if x.Step == 2 {
					return x.User
				}
			}
			rt.Skip("the target is beyond the bound, or its text stands on the page by chance")
			return ""
		}
		require.Equal(rt, act("one"), act("two"))
	})
}

func TestNothingThatIsTypedStandsInItsOwnPrompt(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", searchField, cartLink)
	tp.typed(searchField, 0, "walnut desk")
	tp.press("Enter", searchField, 0)
	c := composed(t, tp.recording())

	require.NotContains(t, c.Examples[0].User, "walnut")
	require.Contains(t, c.Examples[1].User, "walnut", "it is history now")
}

func TestAPageThatShowsWhatIsOnlyTypedNowMakesNoExample(t *testing.T) {
	t.Parallel()
	for _, leak := range []func(*tape){
		func(tp *tape) { tp.page.Title = "Search: walnut desk" },
		func(tp *tape) { tp.page.URL += "?q=walnut+desk" },
		func(tp *tape) { tp.page.URL += "?q=walnut%20desk" },
	} {
		tp := newTape()
		tp.open("https://shop.example/", "Shop", searchField, cartLink)
		leak(tp)
		tp.show(searchField, cartLink) // so the page was seen like that before the typing began
		tp.typed(searchField, 0, "walnut desk")
		c := composed(t, tp.recording())

		require.Empty(t, c.Examples)
		require.Equal(t, []trajectory.Excluded{{Step: 1, Reason: trajectory.AnswerOnPage}}, c.Excluded)
	}
}

func TestWhatTheGoalNamesMayBeTyped(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", searchField, cartLink)
	tp.typed(searchField, 0, "chair")
	r := tp.recording()
	require.Contains(t, r.header.Task.Title, "chair")

	require.Len(t, composed(t, r).Examples, 1)
}

func TestTheFocusIsNotShownBecauseTheClickHasMovedIt(t *testing.T) {
	t.Parallel()
	require.NotContains(t, elementLine(0, &event.Element{Role: "button", Name: "Buy", States: []string{"focused"}}), "focused")
}

func TestATargetBeyondTheBoundMakesNoExampleAndMovesNothing(t *testing.T) {
	t.Parallel()
	var many []event.Element
	for i := range maxPromptElements + 50 {
		many = append(many, event.Element{Role: "link", Tag: "a", Name: fmt.Sprintf("Link %d", i)})
	}
	tp := newTape()
	tp.open("https://shop.example/", "Shop", many...)
	tp.click(many[maxPromptElements+10], maxPromptElements+10)
	c := composed(t, tp.recording())

	require.Equal(t, []trajectory.Excluded{{Step: 1, Reason: trajectory.BeyondBound}}, c.Excluded)
}

func TestStepsWithoutAListOrATargetAreLeftOutByName(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.page.URL, tp.page.Title = "https://shop.example/", "Shop"
	tp.click(cartLink, 0)
	tp.show(searchField, finish)
	tp.click(addButton, 9)
	c := composed(t, tp.recording())

	require.Equal(t, []trajectory.Excluded{{Step: 1, Reason: trajectory.NoElements}, {Step: 2, Reason: trajectory.NotGroundable}}, c.Excluded)
}

func TestAShortPartialListGivesTheAnswerAwayAndMakesNoExample(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", addButton)
	tp.click(addButton, 0)
	r := tp.recording()
	r.header.Client.Transport = "import"

	require.Equal(t, []trajectory.Excluded{{Step: 1, Reason: trajectory.TooFewChoices}}, composed(t, r).Excluded)
}

func TestHistoryIsOfEarlierStepsOnly(t *testing.T) {
	t.Parallel()
	for i, x := range composed(t, purchase().recording()).Examples {
		_, history, _ := strings.Cut(x.User, "Earlier actions:\n")
		history, _, _ = strings.Cut(history, "\n\n")
		require.Equal(t, max(1, i)-1, strings.Count(history, "\n"), "example %d", i+1)
	}
}

func TestWhatWasDoneByMistakeMakesNoExampleAndStaysInTheHistory(t *testing.T) {
	t.Parallel()
	r := purchase().recording()
	marked := 0
	for _, e := range r.events {
		if e.Type == event.Click && e.Target.Name == "Add to cart" {
			e.Mistake = true
			marked++
		}
	}
	require.Equal(t, 1, marked)
	c := composed(t, r)

	require.Equal(t, []trajectory.Excluded{{Step: 6, Reason: trajectory.ByMistake}}, c.Excluded)
	require.Len(t, c.Examples, 9)
	require.Contains(t, c.Examples[5].User, `6. click button "Add to cart"`)
}
