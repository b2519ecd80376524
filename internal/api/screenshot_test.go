package api

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/ingest"
)

func pngImage(t *testing.T, width, height int, c color.Color) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	m.Set(0, 0, c)
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, m))
	return out.String()
}

func metaJSON(width int) string {
	const height = 3
	return fmt.Sprintf(`{"taken_at":1795336560123,"width":%d,"height":%d,"scale":1,"viewport":{"width":%d,"height":%d,"dpr":1,"zoom":1},"masked":2,"tab":1}`, width, height, width, height)
}

func (b *testBundle) put(key, session, id, mediaType, meta, body string) call {
	return call{
		method: "PUT", path: "/v1/sessions/" + session + "/screenshots/" + id + "?metadata=" + url.QueryEscape(meta), key: key, body: body,
		header: map[string]string{"Content-Type": mediaType},
	}
}

func TestAScreenshotIsStoredOnceAndReadBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id, body := b.start(b.anna), pngImage(t, 4, 3, color.White)
	c := b.put(b.anna, id, "s1", "image/png", metaJSON(4), body)
	require.Equal(t, http.StatusCreated, b.do(c).status)
	require.Equal(t, http.StatusOK, b.do(c).status)

	c.path = "/v1/sessions/" + id + "/screenshots/s2"
	c.header[metadataHeader] = metaJSON(4)
	require.Equal(t, http.StatusCreated, b.do(c).status, "metadata may come in the header")

	other := b.put(b.anna, id, "s1", "image/png", metaJSON(4), pngImage(t, 4, 3, color.Black))
	b.check(t, scenario{call: other, status: 409, code: CodeScreenshotConflict})

	list := b.do(call{method: "GET", path: "/v1/sessions/" + id + "/screenshots", key: b.reader})
	require.JSONEq(t, fmt.Sprintf(`{"screenshots":[{"id":"s1","media_type":"image/png","size":%d},{"id":"s2","media_type":"image/png","size":%d}]}`, len(body), len(body)), list.body)
	got := b.do(call{method: "GET", path: "/v1/sessions/" + id + "/screenshots/s1", key: b.reader})
	require.Equal(t, body, got.body)
	require.Equal(t, "image/png", got.header.Get("Content-Type"))
	require.Equal(t, "default-src 'none'; sandbox", got.header.Get("Content-Security-Policy"))
	require.Equal(t, "nosniff", got.header.Get("X-Content-Type-Options"))
	b.check(t, scenario{call: call{method: "GET", path: "/v1/sessions/" + id + "/screenshots/" + canary, key: b.reader}, status: 404, code: CodeScreenshotNotFound})

	done := b.do(call{method: "POST", path: "/v1/sessions/" + id + "/complete", key: b.anna, body: `{"last_seq":0}`})
	require.Equal(t, http.StatusAccepted, done.status)
	again := b.put(b.anna, id, "s1", "image/png", metaJSON(4), body)
	require.Equal(t, http.StatusOK, b.do(again).status, "what is stored is acknowledged again")
	late := b.put(b.anna, id, "s3", "image/png", metaJSON(4), body)
	b.check(t, scenario{call: late, status: 409, code: CodeSessionCompleted})
}

func TestOnlyAnImageThatIsWhatItClaimsIsTaken(t *testing.T) { //nolint:tparallel // the log is looked at when all are through
	t.Parallel()
	b := setup(t)
	id, body, meta := b.start(b.anna), pngImage(t, 4, 3, color.White), metaJSON(4)
	var jpg bytes.Buffer
	require.NoError(t, jpeg.Encode(&jpg, image.NewRGBA(image.Rect(0, 0, 4, 3)), nil))
	refused := strings.Replace(sessionJSON(newID()), `,"screenshots"`, "", 1)
	without := b.do(call{method: "POST", path: "/v1/sessions", key: b.anna, body: refused}).decode(t)["id"].(string)

	for name, s := range map[string]scenario{
		"an honest JPEG":           {call: b.put(b.anna, id, "j", "image/jpeg", meta, jpg.String()), status: 201},
		"text":                     {call: b.put(b.anna, id, "a", "image/png", meta, canary), status: 415, code: CodeUnsupportedMedia},
		"another type's bytes":     {call: b.put(b.anna, id, "a", "image/webp", meta, body), status: 415, code: CodeUnsupportedMedia},
		"SVG":                      {call: b.put(b.anna, id, "a", "image/svg+xml", meta, "<svg/>"), status: 415, code: CodeUnsupportedMedia},
		"no metadata":              {call: b.put(b.anna, id, "a", "image/png", "", body), status: 422, code: CodeValidationFailed},
		"metadata that is wrong":   {call: b.put(b.anna, id, "a", "image/png", `{"`+canary+`":1}`, body), status: 422, code: CodeValidationFailed},
		"metadata that is no JSON": {call: b.put(b.anna, id, "a", "image/png", canary, body), status: 422, code: CodeValidationFailed},
		"another size":             {call: b.put(b.anna, id, "a", "image/png", metaJSON(5), body), status: 422, code: CodeValidationFailed},
		"a bad id":                 {call: b.put(b.anna, id, "a.b", "image/png", meta, body), status: 422, code: CodeValidationFailed},
		"an id that leads away":    {call: b.put(b.anna, id, "..%2f..%2f"+canary, "image/png", meta, body), status: 404, code: CodeNotFound},
		"a private id":             {call: b.put(b.anna, id, "4111111111111111", "image/png", meta, body), status: 422, code: CodeValidationFailed},
		"a private document":       {call: b.put(b.anna, id, "a", "image/png", strings.Replace(meta, `{`, `{"document":"ann@mail.example",`, 1), body), status: 422, code: CodeValidationFailed},
		"huge":                     {call: b.put(b.anna, id, "a", "image/png", meta, body+strings.Repeat("x", ingest.MaxScreenshot)), status: 413, code: CodeBodyTooLarge},
		"without consent":          {call: b.put(b.anna, without, "a", "image/png", meta, body), status: 403, code: CodeConsentMissing},
		"of somebody else":         {call: b.put(b.ben, id, "a", "image/png", meta, body), status: 404, code: CodeSessionNotFound},
	} {
		t.Run(name, func(t *testing.T) { b.check(t, s) })
	}
	require.NotContains(t, b.log.String(), canary)
}
