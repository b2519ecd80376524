package redact

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var agreementTexts = flag.Int("texts", 10_000, "how many generated texts both engines are compared on")



func TestBothEnginesAgreeOnEveryByte(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(filepath.Join(extensionFolder, "node_modules")); err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("the TypeScript engine cannot run: no extension/node_modules; run `npm ci` in extension/")
		}
		t.Fatal("no extension/node_modules")
	}
	input := agreementInput(t)
	var ours bytes.Buffer
	require.NoError(t, Default().Lines(&ours, bytes.NewReader(input)))
	node := exec.Command("node", "scripts/redact.mjs")
	node.Dir = extensionFolder
	node.Stdin = bytes.NewReader(input)
	var complaint bytes.Buffer
	node.Stderr = &complaint
	theirs, err := node.Output()
	require.NoError(t, err, complaint.String())
	in, a, b := lines(input), lines(ours.Bytes()), lines(theirs)
	require.Len(t, a, len(in))
	require.Len(t, b, len(in))
	differ := 0
	for i := range in {
		if !bytes.Equal(a[i], b[i]) {
			if differ++; differ <= 5 {
				t.Errorf("line %d\n    in %s\n    Go %s\n    TS %s", i+1, in[i], a[i], b[i])
			}
		}
	}
	require.Zero(t, differ)
}

func lines(raw []byte) [][]byte { return bytes.Split(bytes.TrimRight(raw, "\n"), []byte("\n")) }

// agreementInput is every vector, and texts that mutate them.
func agreementInput(t *testing.T) []byte {
	t.Helper()
	var seeds []string
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	for _, half := range []string{"tune", "holdout"} {
		files := vectorsOf(t, half)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			for _, v := range files[name] {
				require.NoError(t, enc.Encode(map[string]*string{"text": v.Text, "url": v.URL}))
				if v.Text != nil {
					seeds = append(seeds, *v.Text)
				} else {
					seeds = append(seeds, *v.URL)
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2026))
	for range *agreementTexts {
		text := mutate(r, seeds)
		kind := "text"
		if r.IntN(4) == 0 {
			kind = "url"
		}
		require.NoError(t, enc.Encode(map[string]string{kind: text}))
	}
	return out.Bytes()
}

// mutate joins, cuts and disturbs seeds, on characters.
func mutate(r *rand.Rand, seeds []string) string {
	text := []rune(seeds[r.IntN(len(seeds))])
	for range 1 + r.IntN(6) {
		at := r.IntN(len(text) + 1)
		switch r.IntN(6) {
		case 0:
			text = slices.Insert(text, at, []rune(seeds[r.IntN(len(seeds))])...)
		case 1, 2:
			text = slices.Insert(text, at, []rune(pieces[r.IntN(len(pieces))])...)
		case 3:
			text = text[:at]
		case 4:
			text = text[at:]
		default:
			end := min(len(text), at+r.IntN(4))
			text = slices.Delete(text, at, end)
		}
	}
	return strings.ToValidUTF8(string(text), "")
}
