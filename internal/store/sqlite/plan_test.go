package sqlite_test

import (
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/store/sqlite"
)

// compiled is a query as sqlc generated it, with the comment of its source.
type compiled struct{ name, text, comment string }

// TestNoQueryScansATable reads the plan of every query. Each must use the index that its comment names, and only a
// partial index, which holds no more than what is asked for, may be read from one end to the other.
func TestNoQueryScansATable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plan.db")
	open(t, path, sqlite.Options{})
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })

	queries := compiledQueries(t)
	require.Greater(t, len(queries), 40)
	for _, q := range queries {
		plan := explain(t, db, q)
		requireNamedIndex(t, q, plan)
		for _, step := range plan {
			require.NotContains(t, step, "TEMP B-TREE", "%s sorts: %s", q.name, step)
			if strings.HasPrefix(step, "SCAN") {
				require.Regexp(t, `USING (COVERING )?INDEX (jobs_|sessions_purge_due|api_keys_by_age)`, step, "%s scans: %s", q.name, step)
			}
		}
	}
}

func requireNamedIndex(t *testing.T, q compiled, plan []string) {
	t.Helper()
	named := regexp.MustCompile(`Index: ([a-z_]+_[a-z_]+|the primary keys?|the unique one)`).FindStringSubmatch(q.comment)
	require.NotNil(t, named, "%s names no index", q.name)
	all := strings.Join(plan, "\n")
	if all == "" {
		require.Contains(t, q.text, "INSERT INTO", q.name)
		return
	}
	want := named[1]
	if strings.HasPrefix(want, "the ") {
		want = `sqlite_autoindex_|PRIMARY KEY`
	}
	require.Regexp(t, want, all, q.name)
}

func explain(t *testing.T, db *sql.DB, q compiled) []string {
	t.Helper()
	most := 0
	for _, m := range regexp.MustCompile(`\$(\d+)`).FindAllStringSubmatch(q.text, -1) {
		n, err := strconv.Atoi(m[1])
		require.NoError(t, err)
		most = max(most, n)
	}
	rows, err := db.Query("EXPLAIN QUERY PLAN "+q.text, make([]any, most)...)
	require.NoError(t, err, q.name)
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		plan = append(plan, detail)
	}
	require.NoError(t, rows.Err())
	return plan
}

// compiledQueries reads the constants that are really run, and the comments of the methods that run them.
func compiledQueries(t *testing.T) []compiled {
	t.Helper()
	files, err := filepath.Glob("../sqlstore/query/*.sql.go")
	require.NoError(t, err)
	texts, comments := map[string]string{}, map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range parsed.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				comments[strings.ToLower(d.Name.Name)] = d.Doc.Text()
			case *ast.GenDecl:
				if v, ok := d.Specs[0].(*ast.ValueSpec); ok && d.Tok == token.CONST {
					text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
					require.NoError(t, err)
					texts[strings.ToLower(v.Names[0].Name)] = text
				}
			}
		}
	}
	var list []compiled
	for name, text := range texts {
		list = append(list, compiled{name: name, text: text, comment: comments[name]})
	}
	return list
}
