package event

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Kind is the JSON type that a [Shape] describes.
type Kind uint8

// The kinds of values. A Map is a JSON object whose names are data, an Object one whose names are fields.
const (
	Object Kind = iota + 1
	Map
	Array
	String
	Integer
	Number
	Boolean
)

// Shape is the compiled form of a type's struct tags: what a value of the type may look like in JSON. The decoder of
// package wire checks against it, and the JSON Schema is written from it, so the two cannot drift.
type Shape struct {
	Kind   Kind
	Name   string // Go type name of an Object
	Fields []Field
	Item   *Shape // of an Array or a Map
	Doc    string
	Format string

	MinLength, MaxLength int // code points of a String
	MinItems, MaxItems   int // of an Array or a Map
	Min, Max             float64
	Enum                 []string
	Pattern              *regexp.Regexp
	Names                []string // allowed names of a Map; nil allows any

	byName map[string]int
	enum   map[string]string
	names  map[string]bool
}

// Field is one named field of an Object.
type Field struct {
	Name     string
	Required bool
	Shape    *Shape
	Doc      string
	Index    int  // of the struct field
	Internal bool // written by the server only: a client that sends it is refused
}

// ShapeOf compiles the shape of a struct type. It panics on a tag that it does not understand, which is a mistake in
// this program and found by any test.
func ShapeOf[T any]() *Shape {
	return compileObject(reflect.TypeFor[T](), map[reflect.Type]*Shape{})
}

// The shapes of what clients send.
var (
	EventShape          = ShapeOf[Event]()
	SessionShape        = ShapeOf[Session]()
	ScreenshotMetaShape = ShapeOf[ScreenshotMeta]()
)

// Field finds the field of an Object by its JSON name.
func (s *Shape) Field(name []byte) (*Field, bool) {
	i, ok := s.byName[string(name)]
	if !ok {
		return nil, false
	}
	return &s.Fields[i], true
}

func compileObject(t reflect.Type, seen map[reflect.Type]*Shape) *Shape {
	if s, ok := seen[t]; ok {
		return s
	}
	s := &Shape{Kind: Object, Name: t.Name(), byName: map[string]int{}}
	seen[t] = s
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			panic(fmt.Sprintf("event: %s.%s has no JSON name", t.Name(), f.Name))
		}
		field := Field{
			Name:     name,
			Required: !strings.Contains(options, "omit"),
			Index:    i,
			Doc:      f.Tag.Get("doc"),
			Internal: f.Tag.Get("schema") == "-",
			Shape:    compileValue(f.Type, f.Tag, seen),
		}
		s.byName[name] = len(s.Fields)
		s.Fields = append(s.Fields, field)
	}
	return s
}

// compileValue compiles the shape of a field. On arrays and maps, the tags for strings and numbers are those of the items.
func compileValue(t reflect.Type, tag reflect.StructTag, seen map[reflect.Type]*Shape) *Shape {
	switch t.Kind() {
	case reflect.Pointer:
		return compileValue(t.Elem(), tag, seen)
	case reflect.Struct:
		return compileObject(t, seen)
	case reflect.Slice:
		return &Shape{
			Kind: Array, Item: compileValue(t.Elem(), tag, seen),
			MinItems: tagInt(tag, "minItems", 0), MaxItems: mustTagInt(t, tag, "maxItems"),
		}
	case reflect.Map:
		s := &Shape{
			Kind: Map, Item: compileValue(t.Elem(), tag, seen),
			MaxItems: mustTagInt(t, tag, "maxProperties"), Names: tagList(tag, "propertyNames"),
		}
		s.names = make(map[string]bool, len(s.Names))
		for _, n := range s.Names {
			s.names[n] = true
		}
		return s
	case reflect.String:
		return compileString(t, tag)
	case reflect.Int, reflect.Int64:
		return &Shape{Kind: Integer, Min: tagFloat(tag, "minimum", 0), Max: tagFloat(tag, "maximum", 1<<53-1)}
	case reflect.Float64:
		return &Shape{Kind: Number, Min: tagFloat(tag, "minimum", -1e300), Max: tagFloat(tag, "maximum", 1e300)}
	case reflect.Bool:
		return &Shape{Kind: Boolean}
	default:
		panic(fmt.Sprintf("event: no shape for a %s", t))
	}
}

func compileString(t reflect.Type, tag reflect.StructTag) *Shape {
	s := &Shape{
		Kind: String, Format: tag.Get("format"),
		MinLength: tagInt(tag, "minLength", 0), Enum: tagList(tag, "enum"),
	}
	if p := tag.Get("pattern"); p != "" {
		s.Pattern = regexp.MustCompile(p)
	}
	if s.Enum == nil && s.Pattern == nil {
		s.MaxLength = mustTagInt(t, tag, "maxLength")
	} else {
		s.MaxLength = tagInt(tag, "maxLength", 64)
	}
	s.enum = make(map[string]string, len(s.Enum))
	for _, v := range s.Enum {
		s.enum[v] = v
	}
	return s
}

func tagList(tag reflect.StructTag, key string) []string {
	v := tag.Get(key)
	if v == "" {
		return nil
	}
	return strings.Split(v, ",")
}

func tagInt(tag reflect.StructTag, key string, fallback int) int {
	return int(tagFloat(tag, key, float64(fallback)))
}

func mustTagInt(t reflect.Type, tag reflect.StructTag, key string) int {
	n := tagInt(tag, key, -1)
	if n < 0 {
		panic(fmt.Sprintf("event: a %s without %s has no bound: %s", t, key, tag))
	}
	return n
}

func tagFloat(tag reflect.StructTag, key string, fallback float64) float64 {
	v := tag.Get(key)
	if v == "" {
		return fallback
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		panic(fmt.Sprintf("event: tag %s:%q is no number", key, v))
	}
	return f
}
