package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// DefaultFile is read from the working directory where no other is named.
const DefaultFile = "codesight.yaml"

// maxFileBytes bounds the settings file: a hundred settings with comments are a tenth of it.
const maxFileBytes = 1 << 20

// file is a settings file, flattened.
type file struct {
	name   string
	values map[string]scalar
}

type scalar struct {
	text string
	line int
}

// readFile reads the file strictly. An empty path is the default file, which need not exist.
func readFile(path, setting string, known map[string]bool) (*file, Mistakes) {
	f := &file{name: filepath.Base(path), values: map[string]scalar{}}
	optional := path == ""
	if optional {
		path, f.name = DefaultFile, DefaultFile
	}
	body, err := readAll(path)
	switch {
	case optional && errors.Is(err, fs.ErrNotExist):
		return f, nil
	case err != nil && optional:
		return f, Mistakes{{Setting: DefaultFile, May: "cannot be read: " + cause(err)}}
	case err != nil:
		return f, Mistakes{{Setting: setting, Was: show(path, false), May: "must be a settings file that can be read: " + cause(err)}}
	}
	tree, err := parser.ParseBytes(body, 0)
	if err != nil {
		return f, Mistakes{{Setting: f.name, May: "is not valid YAML: " + syntax(err)}}
	}
	r := reader{file: f, known: known}
	if len(tree.Docs) > 1 {
		r.wrong(tree.Docs[1].Body, "", "must be one YAML document")
	}
	if len(tree.Docs) > 0 && tree.Docs[0].Body != nil {
		r.mapping(tree.Docs[0].Body, "")
	}
	return f, r.mistakes
}

func readAll(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	body, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err == nil && len(body) > maxFileBytes {
		err = errors.New("it is larger than 1 MiB")
	}
	return body, err
}

// cause is what the system said, without the path that the message names already.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// syntax is the parser's message without the excerpt of the file, which may hold a secret.
func syntax(err error) string {
	var s yaml.Error
	if errors.As(err, &s) && s.GetToken() != nil {
		return fmt.Sprintf("line %d: %s", s.GetToken().Position.Line, s.GetMessage())
	}
	return "it cannot be parsed"
}

type reader struct {
	*file
	known    map[string]bool
	mistakes Mistakes
}

func (r *reader) wrong(n ast.Node, key, may string) {
	at := fmt.Sprintf("%s:%d:", r.name, n.GetToken().Position.Line)
	if key != "" {
		at += " " + key
	}
	r.mistakes = append(r.mistakes, Mistake{Setting: at, May: may})
}

func (r *reader) mapping(n ast.Node, under string) {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	case *ast.CommentGroupNode, *ast.NullNode:
	default:
		r.wrong(n, under, "must be a mapping of settings to values")
	}
	for _, p := range pairs {
		r.pair(p, under)
	}
}

func (r *reader) pair(p *ast.MappingValueNode, under string) {
	key := p.Key.GetToken().Value
	if under != "" {
		key = under + "." + key
	}
	switch {
	case r.known[key]:
		text, ok := plain(p.Value)
		if !ok {
			r.wrong(p.Key, key, "must have a plain value, or a list of plain values")
			return
		}
		if _, twice := r.values[key]; twice {
			r.wrong(p.Key, key, "stands twice")
			return
		}
		r.values[key] = scalar{text: text, line: p.Key.GetToken().Position.Line}
	case r.group(key):
		r.mapping(p.Value, key)
	default:
		r.wrong(p.Key, key, "is not a setting"+r.suggest(key))
	}
}

// group says that settings stand under the key.
func (r *reader) group(key string) bool {
	for k := range r.known {
		if strings.HasPrefix(k, key+".") {
			return true
		}
	}
	return false
}

// suggest finds the setting that was probably meant.
func (r *reader) suggest(key string) string {
	best, least := "", 4 // more than three slips are another word
	for k := range r.known {
		if d := distance(k, key); d < least || d == least && k < best {
			best, least = k, d
		}
	}
	if best == "" {
		return "; `codesight config print` lists them"
	}
	return "; did you mean " + best + "?"
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// plain is the text of a scalar as it was written, or of a list of them with commas between.
func plain(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	case *ast.SequenceNode:
		var items []string
		for _, v := range n.Values {
			text, ok := plain(v)
			if _, nested := v.(*ast.SequenceNode); nested || !ok {
				return "", false
			}
			items = append(items, text)
		}
		return strings.Join(items, ","), len(items) > 0
	}
	return "", false
}
