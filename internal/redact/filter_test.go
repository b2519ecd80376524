package redact

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLinesGivesOffsetsInCodePointsOfTheInput(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	in := `{"text":"Größe 😀 ann@example.com <b>"}` + "\n\n" + `{"text":"nothing"}` + "\n" + `{"url":"/?foo=bar"}` + "\n"
	require.NoError(t, Default().Lines(&out, strings.NewReader(in)))
	require.Equal(t, `{"text":"Größe 😀 [EMAIL] <b>","spans":[{"start":8,"end":23,"type":"EMAIL","rule":"email.address"}]}
{"text":"nothing","spans":[]}
{"text":"/?foo=[URL_VALUE]","spans":[{"start":6,"end":9,"type":"URL_VALUE","rule":"url.query"}]}
`, out.String())
}

func TestABrokenLineIsNamedAndNeverQuoted(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{`{"text":"ann@example.com"`, `"ann@example.com"`, `{"txt":"ann@example.com"}`, "{\"text\":\"\xff\"}", `{"text":42}`} {
		var out bytes.Buffer
		err := Default().Lines(&out, strings.NewReader(`{"text":"ok"}`+"\n"+bad+"\n"))
		var lineError *LineError
		require.ErrorAs(t, err, &lineError, bad)
		require.Equal(t, 2, lineError.Line)
		require.NotContains(t, err.Error(), "ann")
		require.Equal(t, `{"text":"ok","spans":[]}`+"\n", out.String(), "what came before is kept")
	}
}

func TestCopyRedactsAStreamOfAnySizeLikeOneText(t *testing.T) {
	t.Parallel()
	line := "Order by phone (415) 555-2671, mail ann@example.com, card 4111 1111 1111 1111. Größe M, 45 x 52 cm.\n"
	text := strings.Repeat(line, 3*inLargeWindows.window/len(line))
	want, _ := Default().Text(text)
	for name, reader := range map[string]io.Reader{"whole": strings.NewReader(text), "halves": iotest.HalfReader(strings.NewReader(text))} {
		var out bytes.Buffer
		require.NoError(t, Default().Copy(&out, reader))
		require.Equal(t, want, out.String(), name)
	}
}

func TestCopyFindsValuesAtTheBorderOfItsWindows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		filler := rapid.SampledFrom([]string{"word ", "x", "chair\n"}).Draw(t, "filler")
		shift := rapid.IntRange(-60, 60).Draw(t, "shift")
		border := rapid.SampledFrom([]int{inLargeWindows.window, inLargeWindows.window - inLargeWindows.margin}).Draw(t, "border")
		head := strings.Repeat(filler, (border+shift)/len(filler)) + " "
		text := head + "ann.lee@example.com " + strings.Repeat(filler, inLargeWindows.window/len(filler))
		var out bytes.Buffer
		require.NoError(t, Default().Copy(&out, strings.NewReader(text)))
		require.NotContains(t, out.String(), "ann")
		require.Equal(t, len(text)-len("ann.lee@example.com")+len("[EMAIL]"), out.Len())
	})
}

func TestCopyReturnsTheReadersError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	require.ErrorIs(t, Default().Copy(io.Discard, iotest.ErrReader(broken)), broken)
	require.ErrorIs(t, Default().Lines(io.Discard, iotest.ErrReader(broken)), broken)
}
