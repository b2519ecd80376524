package wire

import (
	"bytes"
	"math"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/codesight/codesight/internal/event"
)

// Event decodes and validates one event. The location names it in errors, such as "events[3]". The event is only to be
// used when the report is OK.
func Event(data []byte, location string, r *event.Report) *event.Event {
	var e event.Event
	before := len(r.Errors)
	decode(data, event.EventShape, reflect.ValueOf(&e).Elem(), location, r)
	if len(r.Errors) == before {
		e.Check(location, r)
	}
	return &e
}

// Session decodes and validates a session.
func Session(data []byte, location string, r *event.Report) *event.Session {
	var s event.Session
	decode(data, event.SessionShape, reflect.ValueOf(&s).Elem(), location, r)
	return &s
}

// ScreenshotMeta decodes and validates the metadata of a screenshot.
func ScreenshotMeta(data []byte, location string, r *event.Report) *event.ScreenshotMeta {
	var m event.ScreenshotMeta
	decode(data, event.ScreenshotMetaShape, reflect.ValueOf(&m).Elem(), location, r)
	return &m
}

// Value decodes and validates a value of any other type along its shape (event.ShapeOf), so that every body of the API
// is read by the same rules.
func Value[T any](data []byte, s *event.Shape, location string, r *event.Report) *T {
	var v T
	decode(data, s, reflect.ValueOf(&v).Elem(), location, r)
	return &v
}

// decoder walks the tokens of one value along its shape. A mistake inside a value is noted and the walk goes on; only a
// mistake in the JSON itself ends it.
type decoder struct {
	in     *jsontext.Decoder
	report *event.Report
	at     []byte // path to the value being read
}

func decode(data []byte, s *event.Shape, v reflect.Value, location string, r *event.Report) {
	d := decoder{in: jsontext.NewDecoder(bytes.NewBuffer(data)), report: r, at: []byte(location)}
	if err := d.value(s, v); err != nil {
		d.malformed()
		return
	}
	if _, err := d.in.ReadToken(); err == nil {
		d.refuse("must be one JSON value with nothing behind it")
	}
}

// malformed says where the JSON itself is wrong. The library's own message quotes the input, so it is not passed on.
func (d *decoder) malformed() {
	d.refuse("is not valid JSON: syntax, a name that stands twice, or text that is not UTF-8, at byte " + strconv.FormatInt(d.in.InputOffset(), 10))
}

func (d *decoder) refuse(message string) { d.report.Add(string(d.at), message) }

// skip passes over the next value.
func (d *decoder) skip(message string) error {
	d.refuse(message)
	return d.in.SkipValue()
}

func (d *decoder) value(s *event.Shape, v reflect.Value) error {
	kind := d.in.PeekKind()
	if kind == jsontext.KindInvalid {
		_, err := d.in.ReadToken()
		return err
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch s.Kind {
	case event.Object:
		if kind != '{' {
			return d.skip("must be an object")
		}
		return d.object(s, v)
	case event.Map:
		if kind != '{' {
			return d.skip("must be an object")
		}
		return d.mapping(s, v)
	case event.Array:
		if kind != '[' {
			return d.skip("must be an array")
		}
		return d.array(s, v)
	case event.String:
		if kind != '"' {
			return d.skip("must be a string")
		}
		return d.text(s, v)
	case event.Boolean:
		if kind != 't' && kind != 'f' {
			return d.skip("must be true or false")
		}
		token, err := d.in.ReadToken()
		v.SetBool(err == nil && token.Bool())
		return err
	default:
		if kind != '0' {
			return d.skip("must be a number")
		}
		return d.number(s, v)
	}
}

func (d *decoder) object(s *event.Shape, v reflect.Value) error {
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	var seen uint64 // one bit a field: no type has more than 64
	for d.in.PeekKind() != '}' {
		name, err := d.in.ReadValue()
		if err != nil {
			return err
		}
		f, ok := s.Field(unquote(name))
		if !ok || f.Internal {
			if err := d.skip("has a field that is not known"); err != nil {
				return err
			}
			continue
		}
		seen |= 1 << f.Index
		mark := d.enter(f.Name)
		if err := d.value(f.Shape, v.Field(f.Index)); err != nil {
			return err
		}
		d.at = d.at[:mark]
	}
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Required && seen&(1<<f.Index) == 0 {
			d.report.Add(string(d.at)+"."+f.Name, "is required")
		}
	}
	return nil
}

func (d *decoder) mapping(s *event.Shape, v reflect.Value) error {
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	n := 0
	m := reflect.MakeMap(v.Type())
	item := reflect.New(v.Type().Elem()).Elem()
	for d.in.PeekKind() != '}' {
		raw, err := d.in.ReadValue()
		if err != nil {
			return err
		}
		name := unquote(raw)
		if !s.AllowsName(name) {
			if err := d.skip("has a name that is not allowed"); err != nil {
				return err
			}
			continue
		}
		key := reflect.ValueOf(string(name))
		mark := d.enter(string(name))
		if err := d.value(s.Item, item); err != nil {
			return err
		}
		d.at = d.at[:mark]
		if n++; n <= s.MaxItems {
			m.SetMapIndex(key, item)
		}
	}
	d.count(s, n)
	v.Set(m)
	_, err := d.in.ReadToken()
	return err
}

func (d *decoder) array(s *event.Shape, v reflect.Value) error {
	if _, err := d.in.ReadToken(); err != nil {
		return err
	}
	n := 0
	list := reflect.MakeSlice(v.Type(), 0, 4)
	for d.in.PeekKind() != ']' {
		if n++; n > s.MaxItems {
			if err := d.in.SkipValue(); err != nil {
				return err
			}
			continue
		}
		list = reflect.Append(list, reflect.Zero(v.Type().Elem()))
		mark := len(d.at)
		d.at = append(strconv.AppendInt(append(d.at, '['), int64(n-1), 10), ']')
		if err := d.value(s.Item, list.Index(n-1)); err != nil {
			return err
		}
		d.at = d.at[:mark]
	}
	d.count(s, n)
	v.Set(list)
	_, err := d.in.ReadToken()
	return err
}

func (d *decoder) count(s *event.Shape, n int) {
	if wrong := s.CheckCount(n); wrong != "" {
		d.refuse(wrong)
	}
}

func (d *decoder) text(s *event.Shape, v reflect.Value) error {
	raw, err := d.in.ReadValue()
	if err != nil {
		return err
	}
	b := unquote(raw)
	if wrong := s.CheckString(b); wrong != "" {
		d.refuse(wrong)
		return nil
	}
	if c, ok := s.Canonical(b); ok {
		v.SetString(c)
	} else {
		v.SetString(string(b))
	}
	return nil
}

func (d *decoder) number(s *event.Shape, v reflect.Value) error {
	raw, err := d.in.ReadValue()
	if err != nil {
		return err
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		d.refuse("must be a number that fits 64 bits")
		return nil //nolint:nilerr // a mistake of the client is noted; only broken JSON ends the walk
	}
	if s.Kind == event.Integer && f != math.Trunc(f) {
		d.refuse("must be a whole number")
		return nil
	}
	if wrong := s.CheckNumber(f); wrong != "" {
		d.refuse(wrong)
		return nil
	}
	if s.Kind == event.Integer {
		v.SetInt(int64(f))
	} else {
		v.SetFloat(f)
	}
	return nil
}

// enter appends a field's name to the path and returns the mark to cut it back to.
func (d *decoder) enter(name string) int {
	mark := len(d.at)
	d.at = append(append(d.at, '.'), name...)
	return mark
}

// unquote returns the text of a JSON string that the decoder has already proved valid.
func unquote(raw jsontext.Value) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	b, _ := jsontext.AppendUnquote(nil, raw)
	return b
}
