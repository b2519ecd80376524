package redact

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/rules/vectors"
)

type vector struct {
	Text *string `json:"text"`
	URL  *string `json:"url"`
	Want string  `json:"want"`
	Why  string  `json:"why"`
}

// vectorFiles reads the files of rules/vectors whose names begin with prefix, by name.
func vectorFiles(t testing.TB, prefix string) map[string][]vector {
	t.Helper()
	names, err := fs.Glob(vectors.FS, prefix+"*.jsonl")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	out := make(map[string][]vector)
	for _, name := range names {
		raw, err := vectors.FS.ReadFile(name)
		require.NoError(t, err)
		for _, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
			var v vector
			require.NoError(t, json.Unmarshal(line, &v), "%s: %s", name, line)
			require.NotEmpty(t, v.Why, "%s: %s", name, line)
			out[name] = append(out[name], v)
		}
	}
	return out
}

// vectorsOf reads the files of texts and addresses of one half, by name.
func vectorsOf(t testing.TB, half string) map[string][]vector {
	t.Helper()
	out := make(map[string][]vector)
	names, err := fs.Glob(vectors.FS, "*-"+half+".jsonl")
	require.NoError(t, err)
	for _, name := range names {
		if prefix := strings.TrimSuffix(name, ".jsonl"); !strings.HasPrefix(prefix, "fields-") {
			out[name] = vectorFiles(t, prefix)[name]
		}
	}
	require.NotEmpty(t, out)
	return out
}

// sharedFiles begin so. They are texts as pages have them, and names with a label, which no engine gets right to the last
// one: what is asked of them is shares by type, in the tests of quality.
var sharedFiles = []string{"wild-", "labels-"}

func shared(name string) bool {
	return slices.ContainsFunc(sharedFiles, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

func redactVector(v vector) (string, []Span) {
	if v.Text != nil {
		return Default().Text(*v.Text)
	}
	return Default().URL(*v.URL)
}

func TestEveryVectorIsRedactedAsItSays(t *testing.T) {
	t.Parallel()
	for name, list := range vectorsOf(t, "tune") {
		if shared(name) {
			continue
		}
		for _, v := range list {
			if got, spans := redactVector(v); got != v.Want {
				t.Errorf("%s: %s\n got %q\nwant %q %v", name, v.Why, got, v.Want, spans)
			}
		}
	}
}

// holdoutBar is the share of the lines that nobody tuned for which must be right. What falls short is not looked at line
// by line: that would be tuning.
const holdoutBar = 0.98

// holdoutBarNames is lower: a name that nothing announces can only be judged by its likeness to known ones.
const holdoutBarNames = 0.95

func TestTextsThatNobodyTunedForAreRedactedAsTheySay(t *testing.T) {
	t.Parallel()
	for name, list := range vectorsOf(t, "holdout") {
		if shared(name) {
			continue
		}
		right, bar := 0, holdoutBar
		if strings.Contains(name, "names-") {
			bar = holdoutBarNames
		}
		for _, v := range list {
			if got, _ := redactVector(v); got == v.Want {
				right++
			}
		}
		t.Logf("%s: %d of %d right", name, right, len(list))
		require.GreaterOrEqual(t, float64(right), bar*float64(len(list)), name)
	}
}

// A text may end anywhere: pages cut theirs, and what a person types grows letter by letter.
func TestEveryVectorMayBeCutAnywhere(t *testing.T) {
	t.Parallel()
	engine := Default()
	for _, half := range []string{"tune", "holdout"} {
		for name, list := range vectorsOf(t, half) {
			for i, v := range list {
				text, find := v.Text, engine.Find
				if text == nil {
					text, find = v.URL, engine.findURL
				}
				for cut := range *text {
					if (cut+i)%oneIn != 0 {
						continue
					}
					require.NotPanics(t, func() { find((*text)[:cut], nil) }, "%s, vector %d, the first %d bytes", name, i+1, cut)
					require.NotPanics(t, func() { find((*text)[cut:], nil) }, "%s, vector %d, from byte %d", name, i+1, cut)
				}
			}
		}
	}
}
