package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// prefix of every environment variable.
const prefix = "CODESIGHT_"

// Setting is one flag of the command line with its other two spellings.
type Setting struct {
	Command string // empty for a setting of the node
	Flag    string // such as --max-storage
	Env     string // such as CODESIGHT_MAX_STORAGE
	Key     string // such as max_storage; dots lead to nested keys; empty where the file cannot hold it
	Secret  bool

	flag *kong.Flag
}

// Settings lists the flags of an application: the node's own first, then each command's, in their declared order.
func Settings(app *kong.Application) []Setting {
	var list []Setting
	var walk func(n *kong.Node, path []string)
	walk = func(n *kong.Node, path []string) {
		for _, f := range n.Flags {
			if f.Name == "help" {
				continue
			}
			name := slices.Concat(path, []string{strings.ReplaceAll(f.Name, "-", "_")})
			s := Setting{
				Command: strings.Join(path, " "),
				Flag:    "--" + f.Name,
				Env:     prefix + strings.ToUpper(strings.Join(name, "_")),
				Key:     strings.Join(name, "."),
				Secret:  f.Tag.Has("secret"),
				flag:    f,
			}
			if s.Key == "config" {
				s.Key = "" // a file cannot say where it is
			}
			list = append(list, s)
		}
		for _, c := range n.Children {
			walk(c, slices.Concat(path, []string{strings.ReplaceAll(c.Name, "-", "_")}))
		}
	}
	walk(app.Node, nil)
	return list
}

// Loader reads the command line, the environment and the file into one configuration, and collects every mistake.
type Loader struct {
	lookup   func(string) (string, bool) // of the environment
	settings map[*kong.Value]Setting
	source   map[*kong.Value]string // in which spelling a value was given; absent for a default
	file     *file
	mistakes Mistakes
}

// NewLoader takes the environment's lookup, which is os.LookupEnv but in tests.
func NewLoader(lookup func(string) (string, bool)) *Loader {
	return &Loader{lookup: lookup, source: map[*kong.Value]string{}}
}

// Options make kong read values through the loader.
func (l *Loader) Options() []kong.Option {
	options := []kong.Option{
		kong.Resolvers(kong.ResolverFunc(l.resolve)),
		kong.ValueFormatter(l.help),
	}
	for _, k := range []reflect.Kind{reflect.String, reflect.Int, reflect.Int64, reflect.Float64} {
		options = append(options, kong.KindMapper(k, mapper{l}))
	}
	for _, v := range []any{Address(""), DatabaseURL(""), BlobURL(""), QueueURL(""), KeysetPath(""), Origins{}, Duration(0), Size{}} {
		options = append(options, kong.TypeMapper(reflect.TypeOf(v), mapper{l}))
	}
	return append(options, kong.KindMapper(reflect.Bool, boolMapper{mapper{l}}))
}

// Parse reads everything. The error is Mistakes, all of them; the context is only to be used without one.
func (l *Loader) Parse(k *kong.Kong, args []string, c *Config) (*kong.Context, error) {
	l.settings = map[*kong.Value]Setting{}
	for _, s := range Settings(k.Model) {
		l.settings[s.flag.Value] = s
	}
	ctx, err := k.Parse(args)
	if err != nil {
		var p *kong.ParseError
		if !errors.As(err, &p) {
			return nil, err
		}
		l.mistakes = append(l.mistakes, Mistake{Setting: strings.TrimSpace(p.Error())})
		return nil, l.mistakes
	}
	for _, p := range ctx.Path {
		if p.Flag != nil && !p.Resolved {
			l.source[p.Flag.Value] = "--" + p.Flag.Name
		}
	}
	c.settle()
	if l.mistakes = append(l.mistakes, c.check()...); len(l.mistakes) > 0 {
		return nil, l.mistakes
	}
	return ctx, nil
}

// resolve finds the value of a flag that was not on the command line.
func (l *Loader) resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	l.open(ctx)
	s, ok := l.settings[flag.Value]
	if !ok {
		return nil, nil //nolint:nilnil // kong's way to say: not here
	}
	if text, ok := l.lookup(s.Env); ok && text != "" {
		l.source[flag.Value] = s.Env
		return text, nil
	}
	if v, ok := l.file.values[s.Key]; ok {
		l.source[flag.Value] = fmt.Sprintf("%s:%d: %s", l.file.name, v.line, s.Key)
		return v.text, nil
	}
	return nil, nil //nolint:nilnil // as above
}

// open reads the file once, as soon as it is known which.
func (l *Loader) open(ctx *kong.Context) {
	if l.file != nil {
		return
	}
	var path string
	for v, s := range l.settings {
		if s.Flag == "--config" && s.Command == "" {
			path, _ = ctx.FlagValue(v.Flag).(string)
		}
	}
	setting := "--config"
	if path == "" {
		setting = prefix + "CONFIG"
		path, _ = l.lookup(setting)
	}
	known := map[string]bool{}
	for _, s := range l.settings {
		known[s.Key] = true
	}
	var mistakes Mistakes
	l.file, mistakes = readFile(path, setting, known)
	l.mistakes = append(l.mistakes, mistakes...)
}

// Unknown lists variables of the environment that look like settings and are none.
func (l *Loader) Unknown(environ []string) []string {
	known := map[string]bool{}
	for _, s := range l.settings {
		known[s.Env] = true
	}
	var unknown []string
	for _, e := range environ {
		if name, _, _ := strings.Cut(e, "="); strings.HasPrefix(name, prefix) && !known[name] {
			unknown = append(unknown, name)
		}
	}
	return unknown
}

// help adds to a flag's help what it may be and the name of its variable.
func (l *Loader) help(v *kong.Value) string {
	text := v.Help
	if one := v.Tag.Get("oneof"); one != "" {
		text += " One of " + strings.ReplaceAll(one, ",", ", ") + "."
	}
	if s, ok := l.settings[v]; ok {
		text += " (" + s.Env + ")"
	}
	return text
}
