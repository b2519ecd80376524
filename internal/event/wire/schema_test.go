package wire_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
)

// TestTheDecoderAndTheJSONSchemaAgree changes a valid event at random places and asks both.
func TestTheDecoderAndTheJSONSchemaAgree(t *testing.T) {
	t.Parallel()
	schema := compileSchema(t)
	rapid.Check(t, func(t *rapid.T) {
		var value map[string]any
		require.NoError(t, json.Unmarshal([]byte(click), &value))
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			change(t, value)
		}
		data, err := json.Marshal(value)
		require.NoError(t, err)
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
		require.NoError(t, err)

		var r event.Report
		wire.Event(data, "e", &r)
		require.Equal(t, schema.Validate(instance) == nil, shapeOK(r), "%s\n%v", data, r.Errors)
	})
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := event.JSONSchema()
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(event.SchemaID, doc))
	schema, err := c.Compile(event.SchemaID)
	require.NoError(t, err)
	return schema
}

// shapeOK leaves out the rules between fields, which JSON Schema does not carry.
func shapeOK(r event.Report) bool {
	for _, e := range r.Errors {
		if e.Message != "is required for this type" && e.Message != "does not belong to this type" {
			return false
		}
	}
	return true
}

// change walks to a random object of the value and deletes, replaces or adds a field.
func change(t *rapid.T, object map[string]any) {
	names := slices.Sorted(maps.Keys(object))
	if len(names) == 0 {
		return
	}
	name := rapid.SampledFrom(names).Draw(t, "name")
	if inner, ok := object[name].(map[string]any); ok && rapid.Bool().Draw(t, "deeper") {
		change(t, inner)
		return
	}
	switch rapid.SampledFrom([]string{"delete", "replace", "add"}).Draw(t, "how") {
	case "delete":
		delete(object, name)
	case "replace":
		object[name] = rapid.SampledFrom(others).Draw(t, "value")
	case "add":
		object[rapid.SampledFrom([]string{"surprise", "lang", "document", "resizing"}).Draw(t, "field")] = rapid.SampledFrom(others).Draw(t, "value")
	}
}

var others = []any{
	nil, true, 0, 1, -1, 1.5, 1e17, "", "left", "click", "x", strings.Repeat("ü", 64), strings.Repeat("x", 65), strings.Repeat("y", 5000),
	[]any{},
	[]any{"x"},
	map[string]any{},
	map[string]any{"x": 1, "y": 2},
}
