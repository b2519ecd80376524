package main_test

import (
	"bytes"
	big "encoding/binary" // binary is the command
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/blob"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/pipeline"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/store/sqlite"
	"github.com/codesight/codesight/internal/trajectory"
	"github.com/codesight/codesight/internal/vault"
)

// trap is a real server that is fed with canaries, and the search for them in all that it shows.
type trap struct {
	*server
	t        *testing.T
	key      string
	canaries *search
	control  *search // finds what is planted beside the canaries and is not private
	sessions []string
}

// TestNoCanaryIsFoundAnywhere plants a private value of each type in every string of every kind of event and of the
// session, brings it in by each way that there is, and then looks through everything that is stored, shown, logged,
// exported or answered.
func TestNoCanaryIsFoundAnywhere(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	c := &trap{
		server: p.serve("--log-level", "debug"), t: t, key: p.key(),
		canaries: forCanaries(), control: newSearch(map[string]string{strings.TrimLeft(harmless, "; "): "the control"}),
	}
	for _, one := range canaries {
		c.plantOverHTTP(one)
		c.plantOverWebSocket(one)
	}
	c.plantByImport()
	c.provoke()
	c.waitUntilProcessed()

	c.lookAtAnswers()
	c.lookAtConsole()
	c.lookAtCommands()
	c.lookAtRelease()
	require.NotZero(t, c.canaries.folder(t, p.data()), "while the journal is there")
	require.Zero(t, c.stop())
	c.canaries.folder(t, p.data())
	c.canaries.requireNone(t, "the log", []byte(c.logged()))
	require.Contains(t, c.logged(), "level=INFO msg=request")
	require.Contains(t, c.logged(), "events refused")
	c.lookAtWhatIsSealed()
}

// look requires that no canary is shown; kept says that the harmless text beside them must be.
func (c *trap) look(surface string, body []byte, kept bool) {
	c.t.Helper()
	c.canaries.requireNone(c.t, surface, body)
	if kept {
		require.NotEmpty(c.t, c.control.in(body), "the control is not in %s: the search looks at the wrong place", surface)
	}
}

// ask sends a request and looks at the whole answer.
func (c *trap) ask(r *http.Request) (int, []byte) {
	c.t.Helper()
	res, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(c.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	surface := r.Method + " " + r.Pattern + " " + res.Status
	c.look(surface+", headers", fmt.Append(nil, res.Header), false)
	c.look(surface, body, false)
	return res.StatusCode, body
}

// request makes one for the given route, which is what a failure is told by.
func (c *trap) request(method, route, path string, body []byte) *http.Request {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bytes.NewReader(body))
	require.NoError(c.t, err)
	r.Pattern = route
	r.Header.Set("Authorization", "Bearer "+c.key)
	r.Header.Set("Content-Type", "application/json")
	return r
}

func (c *trap) plantOverHTTP(one canary) {
	c.t.Helper()
	id := newID()
	c.sessions = append(c.sessions, id)
	plant := &planter{canary: one}
	status, body := c.ask(c.request(http.MethodPost, "session", "/v1/sessions", plant.header(id)))
	require.Equal(c.t, http.StatusCreated, status, "%s: %s", one, body)

	events := plant.events()
	require.Greater(c.t, plant.planted, 50*len(events), one)
	status, body = c.ask(c.request(http.MethodPost, "events", "/v1/sessions/"+id+"/events", batch(events)))
	require.Equal(c.t, http.StatusOK, status, "%s: %s", one, body)
	var ack struct {
		Rejected   []any
		Redactions map[redact.Type]int
	}
	require.NoError(c.t, json.Unmarshal(body, &ack))
	require.Empty(c.t, ack.Rejected, one)
	require.Positive(c.t, ack.Redactions[one.kind], one)

	c.plantScreenshot(one, id)
	refused := c.plantRefused(one, id, len(events))
	last := fmt.Appendf(nil, `{"last_seq":%d}`, len(events)+refused)
	status, body = c.ask(c.request(http.MethodPost, "complete", "/v1/sessions/"+id+"/complete", last))
	require.Equal(c.t, http.StatusAccepted, status, "%s: %s", one, body)
}

func batch(events [][]byte) []byte {
	return slices.Concat([]byte(`{"events":[`), bytes.Join(events, []byte{','}), []byte(`]}`))
}

// plantScreenshot stores an image that holds the canary in a comment and behind its end. It tries before with metadata that
// hold the canary too, and under an id that is the canary.
func (c *trap) plantScreenshot(one canary, session string) {
	c.t.Helper()
	var shot bytes.Buffer
	require.NoError(c.t, png.Encode(&shot, image.NewGray(image.Rect(0, 0, 4, 3))))
	body := slices.Insert(shot.Bytes(), pngHeader, pngComment(one.text())...)
	body = append(body, one.text()...)
	put := func(id, document string) int {
		meta := encode(map[string]any{
			"taken_at": began, "width": 4, "height": 3, "scale": 1, "masked": 0, "tab": 1,
			"viewport": map[string]any{"width": 4, "height": 3, "dpr": 1, "zoom": 1},
			"document": document,
		})
		r := c.request(http.MethodPut, "screenshot", "/v1/sessions/"+session+"/screenshots/"+url.PathEscape(id), body)
		r.Header.Set("Content-Type", "image/png")
		r.Header.Set("CodeSight-Metadata", string(meta))
		status, _ := c.ask(r)
		return status
	}
	if document := one.text()[:min(64, len(one.text()))]; redact.Default().Contains(document) {
		require.Equal(c.t, http.StatusUnprocessableEntity, put("shot-1", document), one)
	}
	if id := idOf(one.value); redact.Default().Contains(id) {
		require.Equal(c.t, http.StatusUnprocessableEntity, put(id, "d"), one)
	}
	require.Equal(c.t, http.StatusCreated, put("shot-1", "d"), one)
}

// pngHeader is how long a PNG file is up to the end of its first chunk.
const pngHeader = 33

// pngComment is a chunk that holds a text.
func pngComment(text string) []byte {
	data := "tEXtComment\x00" + text
	out := append(big.BigEndian.AppendUint32(nil, uint32(len(data)-4)), data...)
	return big.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(data)))
}

// idOf is the value with only those characters that an id may have.
func idOf(value string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' {
			return r
		}
		return '-'
	}, value)
}

// plantRefused sends events that break each rule with a canary in the place of the mistake, and returns how many.
func (c *trap) plantRefused(one canary, session string, after int) int {
	c.t.Helper()
	value := string(encode(one.value))
	var events [][]byte
	for _, mistake := range []string{
		`"type":` + value,
		`"type":"click","click":` + value,
		`"type":"key","key":{"key":` + string(encode(one.value+"!")) + `}`,
		`"type":"input","input":{"private":true,"value":` + value + `}`,
		`"type":"focus","focus":{"via":` + value + `}`,
		`"type":"focus","focus":{},` + value + `:1`,
		`"type":"focus","focus":{` + value + `:1}`,
		`"type":"focus","focus":{},"redactions":{` + value + `:1}`,
		`"type":"focus","focus":{},"target":{"tag":"a","attributes":{` + value + `:"x"}}`,
		`"type":"focus","focus":{},"target":{"tag":"a","withheld":{"name":` + value + `}}`,
		`"type":"focus","focus":{},"frame":` + value + `,"frame":` + value,
		`"type":"gap","gap":{"reason":` + value + `}`,
		`"type":"focus","focus":{},"screenshot":{"id":` + string(encode(one.text()+"!")) + `}`,
	} {
		events = append(events, fmt.Appendf(nil, `{"seq":%d,"time":%d,"tab":1,"frame":"0","page":{"url":"https://shop.example/","title":"x",`+
			`"viewport":{"width":9,"height":9,"dpr":1,"zoom":1},"scroll":{"x":0,"y":0}},%s}`, after+len(events)+1, began+60_000+len(events), mistake))
	}
	status, body := c.ask(c.request(http.MethodPost, "refused events", "/v1/sessions/"+session+"/events", batch(events)))
	if status != http.StatusOK { // a batch that is no strict JSON is refused as a whole
		return c.plantEach(session, events, after)
	}
	var ack struct{ Rejected []any }
	require.NoError(c.t, json.Unmarshal(body, &ack))
	require.Len(c.t, ack.Rejected, len(events), one)
	return len(events)
}

// plantEach sends the events one by one and returns how many were given a place.
func (c *trap) plantEach(session string, events [][]byte, after int) int {
	c.t.Helper()
	placed := 0
	for i, e := range events {
		old, now := fmt.Appendf(nil, `{"seq":%d`, after+i+1), fmt.Appendf(nil, `{"seq":%d`, after+placed+1)
		status, _ := c.ask(c.request(http.MethodPost, "refused event", "/v1/sessions/"+session+"/events", batch([][]byte{bytes.Replace(e, old, now, 1)})))
		if status == http.StatusOK {
			placed++
		}
	}
	require.Greater(c.t, placed, len(events)/2)
	return placed
}

func (c *trap) plantOverWebSocket(one canary) {
	c.t.Helper()
	ctx := c.t.Context()
	conn, res, err := websocket.Dial(ctx, "ws://"+c.addr+"/v1/stream", &websocket.DialOptions{Subprotocols: []string{"codesight.v1", "bearer." + c.key}})
	require.NoError(c.t, err)
	defer conn.CloseNow()
	c.look("the handshake", fmt.Append(nil, res.Header), false)
	say := func(want, message string) {
		if message != "" {
			require.NoError(c.t, conn.Write(ctx, websocket.MessageText, []byte(message)))
		}
		_, answer, err := conn.Read(ctx)
		require.NoError(c.t, err)
		c.look("the stream's answer "+want, answer, false)
		require.Contains(c.t, string(answer), `"type":"`+want+`"`, "%s: %s", one, answer)
	}
	id := newID()
	c.sessions = append(c.sessions, id)
	plant := &planter{canary: one}
	value := string(encode(one.value))
	say("ready", "")
	say("session.started", `{"type":"session.start","session":`+string(plant.header(id))+`}`)
	events := plant.events()
	say("ack", `{"type":"events","session_id":"`+id+`",`+string(batch(events)[1:]))
	for _, message := range []string{
		`{"type":` + value + `}`,
		`{"type":"ping",` + value + `:1}`,
		`{"type":"ping","type":` + value + `}`,
		`{"type":"events","session_id":` + value + `,"events":[{"seq":1}]}`,
		`{"type":"events","session_id":"` + id + `","events":` + value + `}`,
		`{"type":"session.complete","session_id":"` + id + `","last_seq":` + value + `}`,
		`{"type":"session.start","session":{"id":` + value + `}}`,
		`{"type":"session.start","session":` + value + `}`,
		one.value,
	} {
		say("error", message)
	}
	say("session.status", fmt.Sprintf(`{"type":"session.complete","session_id":"%s","last_seq":%d}`, id, len(events)))
}

func (c *trap) plantByImport() {
	c.t.Helper()
	o := c.feed(legacyExport(), "import", "legacy", "-", "--consent", "events,publish")
	c.look("the output of import", []byte(o.out+o.errors), false)
	require.Zero(c.t, o.code, o.errors)
	require.Contains(c.t, o.out, fmt.Sprintf("-: %d sessions imported", len(canaries)))
	for line := range strings.Lines(o.out) {
		if f := strings.Fields(line); len(f) == 2 && f[0] == "session" {
			c.sessions = append(c.sessions, f[1])
		}
	}
	require.Len(c.t, c.sessions, 3*len(canaries))
	for _, broken := range []string{`[{"id":%s,`, `[{"id":{%s:1}}]`, `{%s:1,%[1]s:2}`, `%s`, `[{"enhancedInteractions":%s}]`, `[{"config":%s}]`} {
		for _, one := range canaries {
			o := c.feed(fmt.Sprintf(broken, encode(one.value)), "import", "legacy", "-")
			c.look("the refusal of import", []byte(o.out+o.errors), false)
		}
	}
}

// waitUntilProcessed waits until every session has come to its end.
func (c *trap) waitUntilProcessed() {
	c.t.Helper()
	require.Eventually(c.t, func() bool {
		list := c.ok("sessions", "list", "--json", "--limit", "10000")
		require.NotContains(c.t, list, `"failed"`)
		return strings.Count(list, `"ready"`) == len(c.sessions)
	}, deadline, 5*pollEvery)
}

// document is what the server says of its own routes, so that a new one is looked at without a change here.
func (c *trap) document() map[string]map[string]any {
	c.t.Helper()
	_, body := c.ask(c.request(http.MethodGet, "openapi", "/openapi.json", nil))
	var d struct {
		Paths map[string]map[string]any
	}
	require.NoError(c.t, json.Unmarshal(body, &d))
	require.NotEmpty(c.t, d.Paths)
	return d.Paths
}

// lookAtAnswers reads every route that can be read, of every session.
func (c *trap) lookAtAnswers() {
	c.t.Helper()
	kept := map[string]bool{"/v1/sessions/{id}": true, "/v1/sessions/{id}/events": true, "/v1/sessions/{id}/examples": true}
	for path, methods := range c.document() {
		if methods["get"] == nil || path == "/v1/stream" {
			continue
		}
		all := []byte{}
		for _, session := range c.sessions {
			at := strings.NewReplacer("{id}", session, "{screenshot_id}", "shot-1").Replace(path)
			require.NotContains(c.t, at, "{", "teach this test what to ask %s for", path)
			_, body := c.ask(c.request(http.MethodGet, path, at, nil))
			all = append(all, body...)
			if at == path {
				break
			}
		}
		c.look("GET "+path, all, kept[path])
	}
	for _, path := range []string{"/", "/docs", "/metrics", "/healthz", "/readyz", "/v1/sessions?limit=200", "/schemas/Event.json"} {
		c.ask(c.request(http.MethodGet, path, path, nil))
		public := c.request(http.MethodGet, path, path, nil)
		public.Header.Del("Authorization")
		c.ask(public)
	}
}

// provoke puts a canary in every place of a request to every route, so that something is wrong with it.
func (c *trap) provoke() {
	c.t.Helper()
	turn := 0
	next := func() canary { turn++; return canaries[turn%len(canaries)] }
	for path, methods := range c.document() {
		for method := range methods {
			method = strings.ToUpper(method)
			for _, alter := range provocations {
				one := next()
				at := strings.NewReplacer("{id}", url.PathEscape(one.value), "{screenshot_id}", url.PathEscape(one.value)).Replace(path)
				r := c.request(method, path, at, []byte(`{`+string(encode(one.text()))+`:`+string(encode(one.text()))+`}`))
				alter(r, one)
				status, _ := c.ask(r)
				require.Less(c.t, status, 500, "%s %s", method, path)
			}
		}
	}
	for _, one := range canaries {
		for _, path := range []string{"/" + url.PathEscape(one.value), "/v1/" + url.PathEscape(one.text()), "/v1//" + url.PathEscape(one.value), "/v1/sessions/../" + url.PathEscape(one.value), "/console/" + url.PathEscape(one.value)} {
			c.ask(c.request(http.MethodGet, "no route", path, nil))
		}
		c.provokeStream(one)
		c.provokeParser(one)
	}
}

// provocations are the places of a request, each with what is done to it.
var provocations = []func(*http.Request, canary){
	func(*http.Request, canary) {},
	func(r *http.Request, c canary) {
		r.URL.RawQuery = url.QueryEscape(c.value) + "=" + url.QueryEscape(c.value)
	},
	func(r *http.Request, c canary) {
		known := url.Values{}
		for _, name := range []string{"status", "participant", "quality", "verdict", "from", "to", "cursor", "limit", "after", "metadata"} {
			known.Set(name, c.text())
		}
		r.URL.RawQuery = known.Encode()
	},
	func(r *http.Request, c canary) { r.Header.Set("Authorization", "Bearer "+c.value) },
	func(r *http.Request, c canary) { r.Header.Set("Authorization", c.value) },
	func(r *http.Request, c canary) { r.Header.Set("Content-Type", c.value) },
	func(r *http.Request, c canary) { r.Header.Set("Content-Type", "application/json; charset="+c.value) },
	func(r *http.Request, c canary) { r.Header.Set("Content-Encoding", c.value) },
	func(r *http.Request, _ canary) { r.Header.Set("Content-Encoding", "gzip") },
	func(r *http.Request, c canary) {
		for _, name := range []string{"Origin", "Referer", "User-Agent", "X-Request-Id", "X-Forwarded-For", "Forwarded", "Traceparent", "Cookie", "Accept", "Accept-Encoding", "Access-Control-Request-Method", "CodeSight-Metadata", "If-None-Match", "Range", "Sec-WebSocket-Protocol"} {
			r.Header.Set(name, c.text())
		}
	},
	func(r *http.Request, c canary) {
		r.Body = io.NopCloser(strings.NewReader(`{"a":"` + c.value))
		r.ContentLength = -1
	},
	func(r *http.Request, c canary) {
		r.Body = io.NopCloser(strings.NewReader(c.text()))
		r.ContentLength = -1
	},
	func(r *http.Request, c canary) {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(c.text())), -1
		r.Header.Set("Content-Type", "image/png")
	},
	func(r *http.Request, c canary) { r.Method = idOf(c.value) },
}

// provokeStream opens the WebSocket with a canary in each place of the handshake.
func (c *trap) provokeStream(one canary) {
	c.t.Helper()
	for _, header := range []map[string]string{
		{"Sec-WebSocket-Protocol": one.value},
		{"Sec-WebSocket-Protocol": "codesight.v1, bearer." + one.value},
		{"Sec-WebSocket-Protocol": "codesight.v1, bearer." + c.key + ", " + one.value, "Sec-WebSocket-Version": one.value},
		{"Origin": "https://" + url.PathEscape(one.value)},
		{"Sec-WebSocket-Key": one.value},
		{"Sec-WebSocket-Extensions": one.value},
	} {
		r := c.request(http.MethodGet, "the stream", "/v1/stream", nil)
		r.Header = http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"AAAAAAAAAAAAAAAAAAAAAA=="}}
		for name, value := range header {
			r.Header.Set(name, value)
		}
		if header["Sec-WebSocket-Protocol"] == "" {
			r.Header.Set("Sec-WebSocket-Protocol", "codesight.v1, bearer.nokey")
		}
		status, _ := c.ask(r)
		require.GreaterOrEqual(c.t, status, 400)
	}
}

// provokeParser sends what is no HTTP, which the standard library answers by itself.
func (c *trap) provokeParser(one canary) {
	c.t.Helper()
	for _, request := range []string{
		one.value + "\r\n\r\n",
		"GET /" + one.value + " HTTP/9.9\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: " + one.value + " \x01\r\n\r\n",
		"GET / HTTP/1.1\r\n" + one.value + "\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + one.value + "\r\n\r\n",
		"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + one.value + "\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nExpect: " + one.value + "\r\nConnection: close\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", c.addr)
		require.NoError(c.t, err)
		_, err = conn.Write([]byte(request))
		require.NoError(c.t, err)
		answer, _ := io.ReadAll(conn)
		require.NoError(c.t, conn.Close())
		c.look("the answer to what is no HTTP", answer, false)
	}
}

func (c *trap) lookAtConsole() {
	c.t.Helper()
	reader := strings.TrimSpace(c.ok("keys", "create", "--scope", "read"))
	jar, err := cookiejar.New(nil)
	require.NoError(c.t, err)
	browser := &http.Client{Jar: jar}
	page := func(res *http.Response, err error) string {
		require.NoError(c.t, err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		require.NoError(c.t, err)
		c.look("the console's page "+res.Request.URL.Path, append(fmt.Append(nil, res.Header), body...), false)
		return string(body)
	}
	for _, one := range canaries {
		page(browser.PostForm(c.url+"/console/login", url.Values{"key": {one.value}}))
		page(browser.PostForm(c.url+"/console/login?"+url.QueryEscape(one.value), url.Values{one.value: {one.value}}))
	}
	page(browser.PostForm(c.url+"/console/login", url.Values{"key": {reader}}))
	list := page(browser.Get(c.url + "/console/"))
	require.Contains(c.t, list, "/console/sessions/", "the login worked")
	var all bytes.Buffer
	for _, session := range c.sessions {
		all.WriteString(page(browser.Get(c.url + "/console/sessions/" + session)))
		page(browser.Get(c.url + "/console/sessions/" + session + "/screenshots/shot-1"))
	}
	c.look("the console", all.Bytes(), true)
	for _, one := range canaries {
		value := url.PathEscape(one.value)
		for _, path := range []string{value, "sessions/" + value, "sessions/" + c.sessions[0] + "/screenshots/" + value, "?status=" + value, "?after=" + value} {
			page(browser.Get(c.url + "/console/" + path))
		}
		page(browser.PostForm(c.url+"/console/sessions/"+c.sessions[0]+"/review", url.Values{"verdict": {one.value}, one.value: {one.value}}))
	}
}

func (c *trap) lookAtCommands() {
	c.t.Helper()
	var all bytes.Buffer
	for i, session := range c.sessions {
		all.WriteString(c.ok("sessions", "show", "--json", session))
		if i < 2 || i == len(c.sessions)-1 { // one of each way in: these show less, and each is a process
			all.WriteString(c.ok("sessions", "show", session))
			require.Contains(c.t, c.ok("sessions", "verify", session), "is whole")
		}
	}
	c.look("sessions show", all.Bytes(), true)
	for _, args := range [][]string{
		{"sessions", "list", "--limit", "10000"},
		{"sessions", "list", "--json", "--limit", "10000"},
		{"participants", "list"},
		{"keys", "list", "--json"},
		{"process", "--all"},
		{"doctor", "--addr", c.addr},
	} {
		o := c.run(args...)
		c.look(strings.Join(args, " "), []byte(o.out+o.errors), false)
	}
}

func (c *trap) lookAtRelease() {
	c.t.Helper()
	out := c.ok("export", "--out", "release", "--min-quality", "0")
	c.look("the output of export", []byte(out), false)
	dir := filepath.Join(c.dir, "release")
	require.NotZero(c.t, c.canaries.folder(c.t, dir))
	var examples []byte
	for _, name := range []string{"train.jsonl", "validation.jsonl"} {
		part, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(c.t, err)
		examples = append(examples, part...)
	}
	c.look("the release", examples, true)
}

// lookAtWhatIsSealed opens all that is encrypted at rest with the keyset, as one would who has stolen both.
func (c *trap) lookAtWhatIsSealed() {
	c.t.Helper()
	ctx := c.t.Context()
	keys, err := vault.Open(c.data("keyset.json"))
	require.NoError(c.t, err)
	folder, err := blob.OpenFolder(c.data("blobs"))
	require.NoError(c.t, err)
	defer folder.Close()
	db, err := sqlite.Open(ctx, c.data("codesight.db"), sqlite.Options{})
	require.NoError(c.t, err)
	defer db.Close()
	records := record.New(db, folder, keys)
	sealed := map[string][]byte{}
	for _, id := range c.sessions {
		s, err := records.Session(ctx, id)
		require.NoError(c.t, err)
		sealed["the header"] = append(sealed["the header"], encode(s.Header)...)
		for e, err := range records.Events(ctx, id, 0) {
			require.NoError(c.t, err)
			sealed["the events"] = append(sealed["the events"], encode(e)...)
			if e.Type == event.Refused {
				sealed["the refused events"] = append(sealed["the refused events"], encode(e)...)
			}
		}
		shots, err := records.Screenshots(ctx, id)
		require.NoError(c.t, err)
		sealed["the screenshots"] = append(sealed["the screenshots"], encode(shots)...)
		for _, shot := range shots {
			stored, err := records.Screenshot(ctx, id, shot.ID)
			require.NoError(c.t, err)
			sealed["the images"] = append(sealed["the images"], stored.Body...)
		}
		for _, stage := range []string{trajectory.StageAssemble, trajectory.StageNormalise, trajectory.StageScore, trajectory.StageJourney, trajectory.StageCompose, trajectory.StageArchive} {
			var result any
			_, err := records.Stage(ctx, id, stage, &result)
			require.NoError(c.t, err, stage)
			sealed["stage "+stage] = append(sealed["stage "+stage], encode(result)...)
		}
		bundle, err := records.Archive(ctx, id)
		require.NoError(c.t, err)
		a, err := pipeline.OpenArchive(bundle)
		require.NoError(c.t, err)
		for name, body := range a.Files {
			sealed["the archive's "+name] = append(sealed["the archive's "+name], body...)
		}
	}
	kept := []string{"the header", "the events", "stage normalise", "stage compose", "the archive's events.jsonl", "the archive's session.json"}
	for _, place := range slices.Sorted(maps.Keys(sealed)) {
		c.look(place, sealed[place], slices.Contains(kept, place))
	}
	require.NotEmpty(c.t, sealed["the refused events"])
	require.NotEmpty(c.t, sealed["the images"])
}
