// Package codesight_test holds the tests of the house itself: which package may import which, and that each says what it
// is for.
package codesight_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/codesight/codesight/"

// floors are the levels of the house, top first. A package may import packages of lower floors, and what stands beside
// it only as far as neighbours allows.
var floors = [][]string{
	{"cmd/codesight"},
	{"internal/api", "internal/console", "internal/pipeline", "internal/dataset", "internal/legacy", "internal/simulate", "internal/config"},
	{"internal/ingest", "internal/access", "internal/annotate", "internal/telemetry"},
	{"internal/record"},
	{"internal/store", "internal/blob", "internal/queue", "internal/vault", "internal/redact", "internal/trajectory"},
	{"internal/event/wire"},
	{"internal/event", "rules"},
}

// neighbours are the imports within a floor that the design allows.
var neighbours = map[string][]string{
	"internal/store":  {"internal/queue"},  // completing a session enqueues its job in the same transaction
	"internal/ingest": {"internal/access"}, // who may append to which session
}

type goPackage struct {
	ImportPath string
	Doc        string
	Imports    []string
}

func TestImportsPointDownwards(t *testing.T) {
	t.Parallel()
	for _, p := range listPackages(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		home, level := floorOf(from)
		if home == "" {
			continue
		}
		for _, path := range p.Imports {
			to, ours := strings.CutPrefix(path, module)
			if !ours {
				continue
			}
			target, below := floorOf(to)
			require.NotEmpty(t, target, "%s has no floor: add it to this test and to docs/architecture.md", to)
			allowed := target == home || below > level || below == level && slices.Contains(neighbours[home], target)
			require.True(t, allowed, "%s imports %s, which is not below it", from, to)
		}
	}
}

// TestOnlyTestsAndToolsCarryTheVectors looks at what is linked into the program.
func TestOnlyTestsAndToolsCarryTheVectors(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "./cmd/codesight").Output()
	require.NoError(t, err)
	linked := strings.Fields(string(out))
	require.Contains(t, linked, module+"rules")
	require.NotContains(t, linked, module+"rules/vectors")
}

func TestTheDomainImportsOnlyTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for _, p := range listPackages(t) {
		if p.ImportPath != module+"internal/event" {
			continue
		}
		for _, path := range p.Imports {
			first, _, _ := strings.Cut(path, "/")
			require.NotContains(t, first, ".", "internal/event imports %s", path)
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	for _, p := range listPackages(t) {
		if !strings.HasSuffix(p.ImportPath, "/query") { // generated
			require.NotEmpty(t, p.Doc, "%s has no doc comment", p.ImportPath)
		}
	}
}

// floorOf finds the package, or the one that it is a part of, and its level from the top.
func floorOf(pkg string) (string, int) {
	best, level := "", 0
	for i, floor := range floors {
		for _, name := range floor {
			if (pkg == name || strings.HasPrefix(pkg, name+"/")) && len(name) > len(best) {
				best, level = name, i
			}
		}
	}
	return best, level
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Doc,Imports", "./cmd/...", "./internal/...", "./rules/...").Output()
	require.NoError(t, err)
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := d.Decode(&p)
		if err == io.EOF {
			return all
		}
		require.NoError(t, err)
		all = append(all, p)
	}
}
