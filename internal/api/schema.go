package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
)

// The schemas of events, sessions and screenshots' metadata are not written here: they are those of package event, put
// into the document as they are. These types stand for them where huma looks for a schema.

// storedEvent is an event in the bytes in which it is stored.
type storedEvent struct{ jsontext.Value }

// Schema refers to the event's own.
func (storedEvent) Schema(huma.Registry) *huma.Schema { return ref("Event") }

// sealedHeader is what the client said when it started the session.
type sealedHeader struct{ event.Session }

// Schema refers to the session's own.
func (sealedHeader) Schema(huma.Registry) *huma.Schema { return ref("Session") }

// stageResult is what a stage of the pipeline stored, in the stage's own form.
type stageResult struct{ jsontext.Value }

// Schema allows any form.
func (stageResult) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Description: "As the stage of the pipeline wrote it."}
}

func ref(name string) *huma.Schema { return &huma.Schema{Ref: "#/components/schemas/" + name} }

// refBody is a JSON body of one of package event's types.
func refBody(name string) *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: ref(name)}}}
}

// jsonRequest is a JSON body of one of this package's types. The same tags make the schema and the validation.
func jsonRequest[T any](a *API) *huma.RequestBody {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
}

var shapes sync.Map // of *event.Shape by reflect.Type; as many as there are request types

func shapeOf[T any]() *event.Shape {
	t := reflect.TypeFor[T]()
	if s, ok := shapes.Load(t); ok {
		return s.(*event.Shape)
	}
	s, _ := shapes.LoadOrStore(t, event.ShapeOf[T]())
	return s.(*event.Shape)
}

// openAPI writes the whole document: huma's, with the schemas of package event.
func (a *API) openAPI() ([]byte, error) {
	own, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		return nil, err
	}
	events, err := event.JSONSchema()
	if err != nil {
		return nil, err
	}
	moved := strings.ReplaceAll(string(events), `"#/$defs/`, `"#/components/schemas/`)
	var document, schema map[string]any
	if err := json.Unmarshal(own, &document); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(moved), &schema); err != nil {
		return nil, err
	}
	components := document["components"].(map[string]any)
	schemas, ok := components["schemas"].(map[string]any)
	if !ok {
		schemas = map[string]any{}
		components["schemas"] = schemas
	}
	for name, s := range schema["$defs"].(map[string]any) {
		schemas[name] = s
	}
	return json.Marshal(document)
}
