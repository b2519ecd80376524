package pipeline

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/trajectory"
)

func TestThePagesOfAPurchaseAreKnown(t *testing.T) {
	t.Parallel()
	r := purchase().recording()
	j := journey(r, normalise(r))

	var got []string
	for _, s := range j.Segments {
		got = append(got, s.Kind)
	}
	require.Equal(t, []string{"home", "search", "product", "cart", "checkout"}, got)
	require.Equal(t, trajectory.Achieved, j.Outcome.Done)
	require.Equal(t, "purchase", j.Outcome.Aim)
	require.Equal(t, "shop.example", j.Site)
}

func TestPageKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		url, title, want string
		elements         []event.Element
		product          *event.Product
	}{
		{url: "https://shop.example/", want: "home"},
		{url: "https://shop.example/index.html", want: "home"},
		{url: "https://shop.example/en/search?q=lamp", want: "search"},
		{url: "https://shop.example/?q=lamp", title: "Search results for lamp", want: "search"},
		{url: "https://shop.example/women/products/shirts.html", want: "category"},
		{url: "https://shop.example/productpage.0967955141.html", want: "product"},
		{url: "https://shop.example/wren-chair", product: &event.Product{Name: "Wren"}, want: "product"},
		{url: "https://shop.example/wren-chair", elements: []event.Element{addButton}, want: "product"},
		{url: "https://shop.example/cart", title: "Your cart", want: "cart"},
		{url: "https://shop.example/checkout/payment", want: "checkout"},
		{url: "https://shop.example/checkout/confirmation", want: "confirmation"},
		{url: "https://shop.example/account/login", want: "login"},
		{url: "https://shop.example/account/orders", want: "account"},
		{url: "https://shop.example/about-us", title: "About us", want: "other"},
		{url: "not a url at all %", want: "other"},
		{url: "about:blank", want: "other"},
	} {
		names := namesByID(trajectory.Normalised{Snapshots: []trajectory.Snapshot{{ID: "s", Elements: c.elements}}})["s"]
		kind, _ := pageKind(trajectory.Observation{URL: c.url, Title: c.title, Product: c.product}, names)
		require.Equal(t, c.want, kind, c.url)
	}
}

func TestTheTaskIsHeldAgainstWhatWasSeen(t *testing.T) {
	t.Parallel()
	three := &event.Task{Title: "Find an outfit under $100", SuccessCriteria: []string{"Add all three items to the cart"}}
	for name, c := range map[string]struct {
		task *event.Task
		want trajectory.Done
	}{
		"bought":           {&event.Task{Title: "Buy a chair"}, trajectory.Achieved},
		"in the cart":      {&event.Task{Title: "Put a chair in the cart"}, trajectory.Achieved},
		"one of three":     {three, trajectory.Partly},
		"one of two steps": {&event.Task{Title: "Get two things", Steps: []string{"Add a lamp to the cart", "Add a rug to the cart"}}, trajectory.Partly},
		"found":            {&event.Task{Title: "Find a chair"}, trajectory.Achieved},
		"something else":   {&event.Task{Title: "Water the plants"}, trajectory.NotShown},
		"nothing":          {nil, trajectory.NoTask},
	} {
		r := purchase().recording()
		r.header.Task = c.task
		require.Equal(t, c.want, journey(r, normalise(r)).Outcome.Done, name)
	}
}

func TestABagIsNotACart(t *testing.T) {
	t.Parallel()
	aim, ok := aimOf(&event.Task{Title: "Find a leather bag under $80"})
	require.True(t, ok)
	require.Equal(t, "find", aim.Name)
}
