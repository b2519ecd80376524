package event

import "encoding/json"

// SchemaID is the identifier of the published JSON Schema.
const SchemaID = "https://github.com/codesight/codesight/blob/main/internal/event/event.schema.json"

// JSONSchema writes the JSON Schema (draft 2020-12) of an event, a session and a screenshot's metadata. The root is the
// event; the rest stands under $defs.
func JSONSchema() ([]byte, error) {
	defs := map[string]any{}
	for _, s := range []*Shape{EventShape, SessionShape, ScreenshotMetaShape} {
		define(s, defs)
	}
	root := map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id":     SchemaID,
		"title":   "CodeSight event",
		"$ref":    "#/$defs/Event",
		"$defs":   defs,
	}
	b, err := json.MarshalIndent(root, "", "  ")
	return append(b, '\n'), err
}

func define(s *Shape, defs map[string]any) {
	if _, ok := defs[s.Name]; ok {
		return
	}
	properties := map[string]any{}
	required := []string{}
	schema := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	defs[s.Name] = schema
	for _, f := range s.Fields {
		if f.Internal {
			continue
		}
		p := f.Shape.schema(defs)
		if f.Doc != "" {
			p["description"] = f.Doc
		}
		properties[f.Name] = p
		if f.Required {
			required = append(required, f.Name)
		}
	}
	if len(required) > 0 {
		schema["required"] = required
	}
}

func (s *Shape) schema(defs map[string]any) map[string]any {
	switch s.Kind {
	case Object:
		define(s, defs)
		return map[string]any{"$ref": "#/$defs/" + s.Name}
	case Array:
		m := map[string]any{"type": "array", "items": s.Item.schema(defs), "maxItems": s.MaxItems}
		if s.MinItems > 0 {
			m["minItems"] = s.MinItems
		}
		return m
	case Map:
		m := map[string]any{"type": "object", "additionalProperties": s.Item.schema(defs), "maxProperties": s.MaxItems}
		if s.Names != nil {
			m["propertyNames"] = map[string]any{"enum": s.Names}
		}
		return m
	case Integer, Number:
		t := "integer"
		if s.Kind == Number {
			t = "number"
		}
		return map[string]any{"type": t, "minimum": s.Min, "maximum": s.Max}
	case Boolean:
		return map[string]any{"type": "boolean"}
	default:
		return s.stringSchema()
	}
}

func (s *Shape) stringSchema() map[string]any {
	m := map[string]any{"type": "string"}
	if s.Enum != nil {
		m["enum"] = s.Enum
		return m
	}
	m["maxLength"] = s.MaxLength
	if s.MinLength > 0 {
		m["minLength"] = s.MinLength
	}
	if s.Pattern != nil {
		m["pattern"] = s.Pattern.String()
	}
	if s.Format != "" {
		m["format"] = s.Format
	}
	return m
}
