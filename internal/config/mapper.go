package config

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// mapper turns text into a value. Kong stops at the first error of a mapper, so this one notes its errors with the
// loader and goes on: the user sees all of them at once.
type mapper struct{ l *Loader }

func (m mapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := ctx.Scan.PopValueInto("value", &text); err != nil {
		return err
	}
	if err := assign(target, text, ctx.Value.Tag); err != nil {
		m.l.note(ctx.Value, text, err)
	}
	return nil
}

// boolMapper lets a flag stand without a value.
type boolMapper struct{ mapper }

func (boolMapper) IsBool() bool { return true }

func (m boolMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	if ctx.Scan.Peek().Type == kong.FlagValueToken {
		return m.mapper.Decode(ctx, target)
	}
	target.SetBool(true)
	return nil
}

func (l *Loader) note(v *kong.Value, text string, wrong error) {
	name, ok := l.source[v]
	if !ok {
		name = strings.TrimSuffix(v.ShortSummary(), "=STRING")
		if v.Flag != nil {
			name = "--" + v.Flag.Name
		}
	}
	l.mistakes = append(l.mistakes, Mistake{Setting: name, Was: show(text, v.Tag.Has("secret")), May: wrong.Error()})
}

// assign sets the target, or says what the setting may be.
func assign(target reflect.Value, text string, tag *kong.Tag) error {
	if v, ok := target.Addr().Interface().(value); ok {
		return v.set(text)
	}
	switch target.Kind() {
	case reflect.Bool:
		b, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			return errors.New("must be true or false")
		}
		target.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, err := number(text, bound(tag, "min", 0), bound(tag, "max", 1<<53))
		if err != nil {
			return err
		}
		target.SetInt(n)
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		low, high := float64(bound(tag, "min", 0)), float64(bound(tag, "max", 1<<53))
		if err != nil || !(f >= low && f <= high) {
			return errors.New("must be a number from " + strconv.FormatFloat(low, 'f', -1, 64) + " to " + strconv.FormatFloat(high, 'f', -1, 64))
		}
		target.SetFloat(f)
	default:
		if one := tag.Get("oneof"); one != "" && !slices.Contains(strings.Split(one, ","), text) {
			return errors.New("must be one of " + strings.ReplaceAll(one, ",", ", "))
		}
		if text == "" {
			return errors.New("must not be empty")
		}
		target.SetString(text)
	}
	return nil
}

func bound(tag *kong.Tag, name string, fallback int64) int64 {
	if n, err := strconv.ParseInt(tag.Get(name), 10, 64); err == nil {
		return n
	}
	return fallback
}
