package redact

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// extensionFolder is where the TypeScript engine lives.
const extensionFolder = "../../extension"

// needTypeScript skips a test where the TypeScript engine cannot run, but not where all tests must.
func needTypeScript(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(extensionFolder, "node_modules")); err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("the TypeScript engine cannot run: no extension/node_modules; run `npm ci` in extension/")
		}
		t.Fatal("no extension/node_modules")
	}
}

// answer is what a filter made of its input, and what it complained of.
type answer struct{ out, complaint string }

func goFilter(input []byte) answer {
	var out bytes.Buffer
	if err := Default().Lines(&out, bytes.NewReader(input)); err != nil {
		return answer{out.String(), err.Error()}
	}
	return answer{out: out.String()}
}

// typeScriptFilter runs extension/scripts/redact.mjs. An exit code other than 0 is an error with the complaint.
func typeScriptFilter(input []byte) (answer, error) {
	node := exec.Command("node", "scripts/redact.mjs")
	node.Dir = extensionFolder
	node.Stdin = bytes.NewReader(input)
	var complaint bytes.Buffer
	node.Stderr = &complaint
	out, err := node.Output()
	return answer{string(out), strings.TrimSuffix(strings.TrimPrefix(complaint.String(), "redact: "), "\n")}, err
}

// oddInputs are what a filter of JSON Lines may meet besides lines as they should be.
var oddInputs = map[string]string{
	"nothing":                 "",
	"one line feed":           "\n",
	"no last line feed":       `{"text":"ann@example.com"}`,
	"blank lines":             "\n \n\t\n\r\n" + `{"text":"a"}` + "\n\n" + `{"text":"b"}` + "\n\n",
	"carriage returns":        `{"text":"a\r\nb ann@example.com"}` + "\r\n" + `{"text":"b"}` + "\r\n",
	"blanks around":           " \t" + `{ "text" : "ann@example.com" }` + " \t\n",
	"line separators":         `{"text":"a` + "\u2028" + `b` + "\u2029" + `c ann@example.com \u2028"}` + "\n" + `{"text":"b"}` + "\n",
	"control characters":      `{"text":"\u0000\u0001\b\f\n\r\t\u001f\u007f\u0080 ann@example.com"}` + "\n",
	"markup":                  `{"text":"<b>&amp;</b> ann@example.com \/"}` + "\n",
	"lone surrogates":         `{"text":"\ud800 ann@example.com \udc00\udc00 \ud83d\ude00 \ud83d"}` + "\n",
	"a surrogate in a value":  `{"text":"ann\ud800@example.com"}` + "\n",
	"characters of two units": `{"text":"😀é ann@example.com 👩‍👩‍👧 4111 1111 1111 1111"}` + "\n",
	"other names":             `{"id":7,"text":"ann@example.com","n":{"text":1},"x":[1e999,-0.0]}` + "\n",
	"names in capitals":       `{"Text":"ann@example.com"}` + "\n",
	"a name twice":            `{"text":"a","text":"ann@example.com"}` + "\n",
	"an odd name":             `{"__proto__":{"text":"x"},"text":"ann@example.com","constructor":1}` + "\n",
	"text and address":        `{"url":"/?a=b","text":"ann@example.com"}` + "\n",
	"text is null":            `{"text":null,"url":"/?a=ann@example.com"}` + "\n",
	"text is a number":        `{"text":"a"}` + "\n" + `{"text":42}` + "\n" + `{"text":"b"}` + "\n",
	"text is empty":           `{"text":""}` + "\n",
	"an address is empty":     `{"url":""}` + "\n",
	"no text":                 `{"txt":"ann@example.com"}` + "\n",
	"no object":               `"ann@example.com"` + "\n",
	"a list":                  `[{"text":"a"}]` + "\n",
	"null":                    "null\n",
	"cut off":                 `{"text":"a"}` + "\n" + `{"text":"ann@example.com`,
	"two values":              `{"text":"a"}{"text":"b"}` + "\n",
	"single quotes":           `{'text':'a'}` + "\n",
	"a raw tab":               "{\"text\":\"a\tb\"}\n",
	"a wrong escape":          `{"text":"\x41"}` + "\n",
	"a no-break space":        "\u00a0\n",
	"a vertical tab":          "\v\n",
	"a byte order mark":       "\ufeff" + `{"text":"a"}` + "\n",
	"a mark within":           `{"text":"` + "\ufeff" + `ann@example.com"}` + "\n",
	"bytes that are no UTF-8": "{\"text\":\"a\"}\n{\"text\":\"\xff ann@example.com\"}\n",
	"a surrogate in UTF-8":    "{\"text\":\"\xed\xa0\x80\"}\n",
	"an overlong slash":       "{\"text\":\"\xc0\xaf\"}\n",
	"a character cut off":     "{\"text\":\"\xe2\x82\"}\n",
	"UTF-16":                  "{\x00\"\x00t\x00",
	"a long line":             `{"text":"` + strings.Repeat("Oak chair, 45 cm; ann@example.com. ", 20_000) + `"}` + "\n",
	"a line that is too long": `{"text":"a"}` + "\n" + `{"text":"` + strings.Repeat("x", lineMax) + `"}` + "\n",
}

func TestBothFiltersAnswerOddInputsAlike(t *testing.T) {
	t.Parallel()
	needTypeScript(t)
	for name, input := range oddInputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ours := goFilter([]byte(input))
			theirs, err := typeScriptFilter([]byte(input))
			require.Equal(t, ours, theirs)
			var exit *exec.ExitError
			require.Equal(t, ours.complaint != "", errors.As(err, &exit) && exit.ExitCode() == 1, "%v", err)
			require.NotContains(t, ours.complaint, "ann")
		})
	}
}
