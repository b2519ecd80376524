package redact_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/rules/vectors"
)

func cleanHTML(html string) string {
	ev := event.Event{Snapshot: &event.Snapshot{HTML: html}}
	redact.Default().Event(&ev)
	return ev.Snapshot.HTML
}

func TestHTMLIsCleanedAsInTheBrowser(t *testing.T) {
	t.Parallel()
	raw, err := vectors.FS.ReadFile("html.json")
	require.NoError(t, err)
	var list []struct{ Why, HTML, Want string }
	require.NoError(t, json.Unmarshal(raw, &list))
	require.NotEmpty(t, list)
	for _, v := range list {
		want := v.Want
		if want == "" {
			want = v.HTML
		}
		require.Equal(t, want, cleanHTML(v.HTML), v.Why)
		require.Equal(t, want, cleanHTML(want), "the second time: %s", v.Why)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("<p>Hello <b>Zdravka</b> Quillfeather!</p>")
	f.Add(`<a id="ann.q@example.com" href="https://s.example/?who=a&amp;page=2">x</a>`)
	f.Add("a<b <!-- > &amp;quot; \x00")
	f.Fuzz(func(t *testing.T, html string) {
		once := cleanHTML(html)
		require.Equal(t, once, cleanHTML(once))
		require.NotContains(t, strings.ToLower(cleanHTML("<p>"+html+"</p>\n<p>zq.wrenfolk@quillmoor.test</p>")), "wrenfolk@")
	})
}
