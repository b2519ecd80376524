package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

//go:embed document.css
var documentStyle string

//go:embed document.html
var documentPage string

// documentPolicy lets the page use its one style and nothing else.
var documentPolicy = func() string {
	sum := sha256.Sum256([]byte(documentStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}()

// bindDocument serves the OpenAPI document and a page that is written from it. Both are made once, here.
func (a *API) bindDocument() {
	document, err := a.openAPI()
	if err != nil {
		panic(err) // a mistake in this program, found by any test
	}
	page, err := renderDocument(document)
	if err != nil {
		panic(err)
	}
	a.static("/openapi.json", "application/vnd.oai.openapi+json;version=3.1", "", document)
	a.static("/docs", "text/html; charset=utf-8", documentPolicy, page)
}

func (a *API) static(path, contentType, policy string, body []byte) {
	route := http.MethodGet + " " + path
	a.rules[route] = everyone
	a.mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) {
		infoOf(r.Context()).route = route
		w.Header().Set("Content-Type", contentType)
		if policy != "" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		_, _ = w.Write(body) // the client may have gone
	})
}

// The parts of the OpenAPI document that the page shows.
type openDocument struct {
	Info       struct{ Title, Version, Description string }
	Paths      map[string]map[string]openOperation
	Components struct{ Schemas map[string]openSchema }
}

type openOperation struct {
	Summary, Description string
	Tags                 []string
	Parameters           []struct {
		Name, In, Description string
		Required              bool
		Schema                openSchema
	}
	RequestBody *struct{ Content map[string]openContent }
	Responses   map[string]struct {
		Description string
		Content     map[string]openContent
	}
}

type openContent struct{ Schema openSchema }

type openSchema struct {
	Ref         string `json:"$ref"`
	Type        any
	Description string
	Enum        []any
	Items       *openSchema
	Properties  map[string]openSchema
	Required    []string
	Minimum     *float64
	Maximum     *float64
	MinLength   *int
	MaxLength   *int
	MaxItems    *int
	Pattern     string
}

// section is a group of routes on the page.
type section struct {
	Name   string
	Routes []route
}

type route struct {
	Method, Path string
	openOperation
}

func renderDocument(document []byte) ([]byte, error) {
	var d openDocument
	if err := json.Unmarshal(document, &d); err != nil {
		return nil, err
	}
	t, err := template.New("docs").Funcs(template.FuncMap{
		"anchor": func(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] },
		"has":    slices.Contains[[]string],
	}).Parse(documentPage)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = t.Execute(&page, map[string]any{
		"Info": d.Info, "Sections": sections(d), "Schemas": d.Components.Schemas, "Codes": kinds,
		"Style": template.CSS(documentStyle), //nolint:gosec // our own file
	})
	return page.Bytes(), err
}

func sections(d openDocument) []section {
	byTag := map[string][]route{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			tag := op.Tags[0]
			byTag[tag] = append(byTag[tag], route{Method: strings.ToUpper(method), Path: path, openOperation: op})
		}
	}
	out := make([]section, 0, len(byTag))
	for tag, routes := range byTag {
		slices.SortFunc(routes, func(x, y route) int { return strings.Compare(x.Path+x.Method, y.Path+y.Method) })
		out = append(out, section{Name: tag, Routes: routes})
	}
	slices.SortFunc(out, func(x, y section) int { return strings.Compare(x.Routes[0].Path, y.Routes[0].Path) })
	return out
}
