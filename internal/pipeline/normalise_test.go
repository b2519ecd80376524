package pipeline

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

func kinds(n trajectory.Normalised) []trajectory.Kind {
	var list []trajectory.Kind
	for i := range n.Steps {
		list = append(list, n.Steps[i].Action.Kind)
	}
	return list
}

func TestAPurchaseBecomesTheStepsThatThePersonTook(t *testing.T) {
	t.Parallel()
	n := normalise(purchase().recording())

	require.Equal(t, []trajectory.Kind{
		trajectory.Type, trajectory.Press, trajectory.Scroll, trajectory.Click, trajectory.Select,
		trajectory.Click, trajectory.Click, trajectory.Click, trajectory.Type, trajectory.Click,
	}, kinds(n))
	require.Equal(t, "ash dining", *n.Steps[0].Action.Text, "typing in one field is one step with the last value")
	require.Equal(t, []int64{5, 6}, n.Steps[0].Events)
	require.Equal(t, 640, n.Steps[2].Action.Pixels, "scrolling is one step from its begin to its end")
	for i, want := range []int{0, 0, -1, 2, 2, 3, 1, 1, 0, 1} {
		if want < 0 {
			continue
		}
		require.NotNil(t, n.Steps[i].Action.Element, "step %d", i+1)
		require.Equal(t, want, *n.Steps[i].Action.Element, "step %d", i+1)
	}
	require.True(t, n.Steps[8].Private)
}

func TestTheObservationIsThePageBeforeTheAction(t *testing.T) {
	t.Parallel()
	n := normalise(purchase().recording())

	require.Equal(t, "https://shop.example/", n.Steps[1].Before.URL)
	require.Equal(t, trajectory.Outcome{
		Effect: trajectory.Navigated, URL: "https://shop.example/search?q=ash+dining", Title: "Results",
	}, n.Steps[1].After)
	require.Equal(t, trajectory.ChangedPage, n.Steps[5].After.Effect, "the cart's name changed among the elements")
	require.Zero(t, n.Steps[2].Before.Scroll.Y)
	require.InDelta(t, 640, n.Steps[3].Before.Scroll.Y, 0)
}

func TestTypingThatMovesTheAddressIsSeenBeforeIt(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", searchField, cartLink)
	tp.page.URL = "https://shop.example/?q=walnut" // the page searches while one types
	tp.show(searchField, cartLink)                 // sent along with the typing, so it is of the same moment
	tp.now -= 700
	tp.typed(searchField, 0, "walnut")
	n := normalise(tp.recording())

	require.Equal(t, "https://shop.example/", n.Steps[0].Before.URL)
	require.Equal(t, "https://shop.example/?q=walnut", n.Steps[0].After.URL)
}

func TestAFrameFromAfterTheActionIsNotBoundToIt(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", searchField, cartLink)
	e := tp.click(cartLink, 1)
	meta := tp.images[e.Screenshot.ID]
	meta.TakenAt = e.Time + 1
	tp.images[e.Screenshot.ID] = meta

	require.Nil(t, normalise(tp.recording()).Steps[0].Before.Screenshot)
}

func TestTheBrowsersOwnStepsAreTold(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://a.example/", "A", cartLink)
	tp.now += 60_000
	tp.open("https://b.example/", "B", cartLink)
	tp.now += 60_000
	for _, back := range []string{"https://a.example/", "https://b.example/"} {
		tp.page.URL = back
		tp.add(event.Event{Type: event.Navigation, Navigation: &event.NavigationDetail{Kind: "back_forward"}})
		tp.now += 60_000
	}
	tp.add(event.Event{Type: event.Navigation, Navigation: &event.NavigationDetail{Kind: "reload"}})
	n := normalise(tp.recording())

	require.Equal(t, []trajectory.Kind{trajectory.Navigate, trajectory.GoBack, trajectory.GoForward, trajectory.Reload}, kinds(n))
	require.Equal(t, "https://a.example/", n.Steps[0].Before.URL)
	require.Equal(t, trajectory.StartState, n.Dropped[0].Reason)
}

func TestGoingBackRightAfterAClickIsAStepOfItsOwn(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", cartLink)
	tp.click(cartLink, 0)
	tp.open("https://shop.example/cart", "Cart", cartLink)
	tp.page.URL, tp.page.Title = "https://shop.example/", "Shop"
	tp.add(event.Event{Type: event.Navigation, Navigation: &event.NavigationDetail{Kind: "back_forward"}})
	n := normalise(tp.recording())

	require.Equal(t, []trajectory.Kind{trajectory.Click, trajectory.GoBack}, kinds(n))
	require.Equal(t, "https://shop.example/cart", n.Steps[0].After.URL)
}

func TestAnAddressTypedIntoANewTabIsAStepAndOneThatAClickOpenedIsNot(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", cartLink)
	opened := func(tab int64, url string) {
		tp.add(event.Event{Type: event.Tab, TabChange: &event.TabDetail{Kind: "opened"}}).Tab = tab
		tp.page.URL = url
		tp.add(event.Event{Type: event.Navigation, Navigation: &event.NavigationDetail{Kind: "load"}}).Tab = tab
	}
	tp.click(cartLink, 0)
	opened(2, "https://shop.example/cart")
	tp.now += 60_000
	opened(3, "https://other.example/")
	n := normalise(tp.recording())

	require.Equal(t, []trajectory.Kind{trajectory.Click, trajectory.NewTab, trajectory.Navigate}, kinds(n))
	require.Equal(t, trajectory.OpenedTab, n.Steps[0].After.Effect)
	require.Equal(t, []int{1, 2, 3}, []int{n.Steps[0].Tab, n.Steps[1].Tab, n.Steps[2].Tab}, "a tab is opened from another")
}

func TestAClickOnNothingThatChangesNothingIsDroppedWithItsReason(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", cartLink, addButton)
	dead := tp.click(event.Element{Tag: "div"}, 9)
	tp.click(addButton, 1) // nothing is seen to come of it, but it is made to be clicked
	n := normalise(tp.recording())

	require.Equal(t, []trajectory.Kind{trajectory.Click}, kinds(n))
	i := slices.IndexFunc(n.Dropped, func(d trajectory.Dropped) bool { return d.Events[0] == dead.Seq })
	require.Equal(t, trajectory.DeadClick, n.Dropped[i].Reason)
}

func TestWhatTheRecorderSawComeOfAStepIsItsOutcome(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]trajectory.Effect{
		"changed": trajectory.ChangedPage, "none": trajectory.NoneSeen, "dialog": trajectory.OpenedPopup, "download": trajectory.Unknown,
	} {
		tp := newTape()
		tp.open("https://shop.example/p", "Chair", addButton)
		tp.click(addButton, 0)
		effect := tp.add(event.Event{Type: event.Effect, Effect: &event.EffectDetail{Kind: kind, AfterMS: 300}})
		n := normalise(tp.recording())
		require.Len(t, n.Steps, 1)
		require.Equal(t, want, n.Steps[0].After.Effect, kind)
		i := slices.IndexFunc(n.Dropped, func(d trajectory.Dropped) bool { return d.Events[0] == effect.Seq })
		require.Equal(t, trajectory.Consequence, n.Dropped[i].Reason)
		require.Equal(t, 1, n.Dropped[i].Step)
	}
}

func TestAClickIsDeadWhereTheRecorderSawNothingComeOfIt(t *testing.T) {
	t.Parallel()
	for kind, steps := range map[string]int{"none": 0, "changed": 1} {
		tp := newTape()
		tp.open("https://shop.example/p", "Chair", addButton)
		tp.click(event.Element{Tag: "div"}, 9)
		tp.add(event.Event{Type: event.Effect, Effect: &event.EffectDetail{Kind: kind}})
		require.Len(t, normalise(tp.recording()).Steps, steps, kind)
	}
}

func TestAUseOfTheClipboardBelongsToItsKey(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/p", "Chair", addButton)
	tp.add(event.Event{Type: event.Clipboard, Clipboard: &event.ClipboardDetail{Action: "copy"}})
	tp.add(event.Event{Type: event.Key, Target: tp.on(addButton, 0), Key: &event.KeyDetail{Key: "c", Modifiers: []string{"ctrl"}}})
	tp.now -= 600
	tp.add(event.Event{Type: event.Clipboard, Clipboard: &event.ClipboardDetail{Action: "copy"}})
	n := normalise(tp.recording())
	require.Len(t, n.Steps, 1)
	reasons := map[int64]string{}
	for _, d := range n.Dropped {
		reasons[d.Events[0]] = d.Reason
	}
	require.Equal(t, trajectory.NotVocabulary, reasons[3])
	require.Equal(t, trajectory.Consequence, reasons[5])
}

func TestWhatBelongsToACheckboxIsOneClick(t *testing.T) {
	t.Parallel()
	label := event.Element{Tag: "label", Name: "I agree"}
	box := event.Element{Tag: "input", Role: "checkbox", Name: "I agree", Type: "checkbox"}
	tp := newTape()
	tp.open("https://shop.example/checkout", "Checkout", box, placeOrder)
	tp.click(label, 5)
	tp.now -= 690 // the browser clicks the box in the same moment
	tp.click(box, 0)
	on := true
	tp.now -= 690
	tp.add(event.Event{Type: event.Select, Target: tp.on(box, 0), Select: &event.SelectDetail{Checked: &on}})
	n := normalise(tp.recording())

	require.Equal(t, []trajectory.Kind{trajectory.Click}, kinds(n))
	require.Equal(t, 0, *n.Steps[0].Action.Element)
}

func TestAnAmbiguousTargetIsNotGuessed(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", addButton, addButton, cartLink)
	e := tp.click(addButton, 0)
	e.Target.Box = nil

	require.Nil(t, normalise(tp.recording()).Steps[0].Action.Element)
}

func TestAListThatWasNeverRecordedIsNotReplacedByAnother(t *testing.T) {
	t.Parallel()
	tp := newTape()
	tp.open("https://shop.example/", "Shop", cartLink, addButton)
	tp.click(addButton, 1).Snapshot.ID = "lost"
	n := normalise(tp.recording())

	require.True(t, n.Steps[0].Before.Stale)
}

// anyTape draws recordings with all kinds of events in any order.
func anyTape(rt *rapid.T) *tape {
	tp := newTape()
	elements := []event.Element{searchField, cartLink, finish, addButton, nameField}
	tp.open("https://shop.example/", "Shop", slices.Clone(elements)...)
	for range rapid.IntRange(0, 40).Draw(rt, "events") {
		at := rapid.IntRange(0, len(elements)-1).Draw(rt, "element")
		tp.now += rapid.Int64Range(-690, 20_000).Draw(rt, "pause")
		switch rapid.IntRange(0, 11).Draw(rt, "kind") {
		case 0, 1:
			tp.click(elements[at], at)
		case 2, 3:
			tp.typed(elements[at], at, "text "+strconv.Itoa(at))
		case 4, 5:
			tp.scroll(float64(100 * rapid.IntRange(0, 2).Draw(rt, "scroll")))
		case 6:
			tp.press(rapid.SampledFrom([]string{"Enter", "Backspace", "Escape", "Tab", "Shift"}).Draw(rt, "key"), elements[at], at)
		case 7:
			tp.add(event.Event{Type: event.Select, Target: tp.on(elements[at], at), Select: &event.SelectDetail{Options: []string{"A"}}})
		case 8:
			tp.open("https://shop.example/"+strconv.Itoa(at), "Page", slices.Clone(elements)...)
		case 9:
			tp.add(event.Event{Type: event.Gap, Gap: &event.GapDetail{Reason: "paused"}})
		case 10:
			e := tp.add(event.Event{Type: event.Tab, TabChange: &event.TabDetail{Kind: rapid.SampledFrom([]string{"opened", "activated", "closed"}).Draw(rt, "tab")}})
			e.Tab = 2
		case 11:
			*tp.add(event.Event{}) = event.Event{
				Seq: int64(len(tp.events)), Time: tp.now, Type: event.Refused, Refused: &event.RefusedDetail{},
			}
		}
	}
	return tp
}

func TestEveryEventIsAccountedForOnceAndStepsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		tp := anyTape(rt)
		n := normalise(tp.recording())
		var all []int64
		last := int64(0)
		for i := range n.Steps {
			require.Equal(rt, i+1, n.Steps[i].Number)
			require.Greater(rt, n.Steps[i].Events[0], last)
			require.True(rt, slices.IsSorted(n.Steps[i].Events))
			last = n.Steps[i].Events[len(n.Steps[i].Events)-1]
			all = append(all, n.Steps[i].Events...)
		}
		for _, d := range n.Dropped {
			require.NotEmpty(rt, d.Reason)
			all = append(all, d.Events...)
		}
		slices.Sort(all)
		require.Len(rt, all, len(tp.events))
		for i, seq := range all {
			require.Equal(rt, int64(i)+1, seq)
		}
	})
}

func TestMergingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		once := merge(sift(anyTape(rt).events).acts)
		twice := merge(once.acts)
		require.Equal(rt, append([]act{}, once.acts...), append([]act{}, twice.acts...))
		require.Empty(rt, twice.dropped)
	})
}

func TestNormalisingIsDeterministic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		rec := anyTape(rt).recording()
		once := normalise(rec)
		require.Equal(rt, once, normalise(rec))
	})
}
