package main_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKeysCreatePrintsOnlyTheKey(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	o := p.run("keys", "create", "--scope", "admin", "--name", "me", "--expires", "90d")
	require.Zero(t, o.code, o.errors)
	require.Regexp(t, `\Acs_[a-z2-7]+_[a-z2-7]+\n\z`, o.out)
	require.Contains(t, o.errors, "created a new master keyset")

	list := p.ok("keys", "list")
	require.Regexp(t, `admin +- +me .*valid`, list)
	secret := strings.Split(strings.TrimSpace(o.out), "_")[2]
	require.NotContains(t, list, secret)
	require.NotContains(t, p.ok("keys", "list", "--json"), secret)
}

func TestARevokedKeyIsRefusedByTheRunningServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve()
	key := p.key()
	require.Equal(t, http.StatusOK, s.status("/v1/sessions", key))
	p.ok("keys", "revoke", strings.Split(key, "_")[1])
	require.Eventually(t, func() bool { return s.status("/v1/sessions", key) == http.StatusUnauthorized }, deadline, pollEvery)
	require.Equal(t, 1, p.run("keys", "revoke", "nosuchkey").code)
	require.Zero(t, s.stop())
}

func TestWrongUseExitsWithTwoAndALinePerMistake(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.env = []string{"CODESIGHT_MAX_STORAGE=lots", "CODESIGHT_DATABASE_URL=postgres://u:hunter2@db/x"}
	o := p.run("serve", "--addr", "nowhere", "--log-level=loud")
	require.Equal(t, 2, o.code)
	require.Empty(t, o.out)
	lines := strings.Split(strings.TrimSpace(o.errors), "\n")
	require.Len(t, lines, 4, o.errors)
	for _, line := range lines {
		require.Regexp(t, `^codesight: \S+ is ".*": .*must be `, line)
	}
	require.NotContains(t, o.errors, "hunter2")
	require.NoDirExists(t, p.data())

	p.env = nil
	for _, args := range [][]string{
		{"fly"},
		{"serve", "--wings"},
		{"keys", "create"},
		{"keys", "create", "--scope", "king"},
		{"keys", "create", "--scope", "read", "--participant", "p_x"},
		{"keys", "create", "--scope", "read", "--rate", "fast"},
		{"process"},
		{"process", "x", "--all"},
		{"export"},
		{"export", "--out", "x", "--format", "punch-cards"},
		{"simulate"},
		{"serve", "--config", "missing.yaml"},
		{"config", "check", "--env", "production"},
	} {
		o := p.run(args...)
		require.Equal(t, 2, o.code, "%v: %s", args, o.errors)
		require.Regexp(t, `^(codesight: .*\S\n)+$`, o.errors, "%v", args)
		require.Empty(t, o.out, "%v", args)
	}
}

func TestASecretOnTheCommandLineIsNotRepeated(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.env = []string{"CODESIGHT_SIMULATE_KEY=cs_hunter2"}
	o := p.run("simulate", "--sessions", "none", "--url", "nowhere")
	require.Equal(t, 2, o.code)
	require.NotContains(t, o.errors+o.out, "hunter2")
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, command := range []string{
		"serve", "worker", "keys create", "keys list", "keys revoke", "sessions list", "sessions show", "sessions verify",
		"sessions delete", "participants list", "participants delete", "process", "export", "import legacy", "redact",
		"migrate up", "migrate status", "config check", "config print", "config docs", "doctor", "simulate", "version",
	} {
		out := p.ok(append(strings.Fields(command), "--help")...)
		require.Contains(t, out, "Example:", command)
		require.Contains(t, out, "codesight "+command, command)
	}
	require.Contains(t, p.ok(), "Commands:")
}

func TestTheReferenceOfSettingsIsCurrent(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	committed, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	require.NoError(t, err)
	require.Equal(t, string(committed), p.ok("config", "docs", "--out", "-"), "run `go run ./cmd/codesight config docs`")
}

func TestCommandsThatReadMakeNoDataDirectory(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, args := range [][]string{
		{"sessions", "list"},
		{"participants", "list"},
		{"keys", "list"},
		{"process", "--all"},
		{"worker"},
		{"migrate", "status"},
		{"export", "--out", "release"},
	} {
		o := p.run(args...)
		require.Equal(t, 1, o.code, "%v", args)
		require.Regexp(t, "^codesight: there is no data(base| directory).*codesight serve.*\n$", o.errors, "%v", args)
		require.NoDirExists(t, p.data())
	}
}

func TestTheDataDirectoryIsClosedToOthers(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.NoError(t, os.Mkdir(p.data(), 0o755))
	p.key()
	require.NoError(t, filepath.WalkDir(p.data(), func(path string, d os.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, path)
		return nil
	}))

	other := newDir(t, "something else")
	o := p.run("keys", "create", "--scope", "admin", "--data-dir", other)
	require.Equal(t, 1, o.code)
	require.Contains(t, o.errors, "holds other things")
	info, err := os.Stat(other)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o755), info.Mode().Perm(), "it was left alone")
}

func newDir(t *testing.T, file string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, file), nil, 0o600))
	return dir
}

func TestALostKeysetIsNotReplaced(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.key()
	require.NoError(t, os.Remove(p.data("keyset.json")))
	o := p.run("keys", "create", "--scope", "admin")
	require.Equal(t, 1, o.code)
	require.Contains(t, o.errors, "restore it from its backup")
	require.NoFileExists(t, p.data("keyset.json"))
}

func TestRedactTakesPrivateValuesOutOfText(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	o := p.feed("Write to ada@example.org\nor not", "redact")
	require.Zero(t, o.code, o.errors)
	require.Equal(t, "Write to [EMAIL]\nor not", o.out)
	require.NoDirExists(t, p.data())

	long := strings.Repeat("nothing private here, only words\n", 100_000) + "ada@example.org"
	require.Equal(t, strings.Replace(long, "ada@example.org", "[EMAIL]", 1), p.feed(long, "redact").out)
}

func TestRedactAnswersJSONLinesInOrderWithOffsetsInCodePoints(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	o := p.feed(`{"text":"😀é ada@example.org!"}`+"\n"+`{"id":7,"text":"nothing"}`+"\n"+`{"text":"\ud800 bob@example.org"}`+"\n", "redact", "--json")
	require.Zero(t, o.code, o.errors)
	lines := strings.Split(strings.TrimSpace(o.out), "\n")
	require.Len(t, lines, 3)
	require.Regexp(t, `^\{"text":"😀é \[EMAIL\]!","spans":\[\{"start":3,"end":18,"type":"EMAIL","rule":"[a-z_.-]+"\}\]\}$`, lines[0])
	require.JSONEq(t, `{"text":"nothing","spans":[]}`, lines[1])
	require.Contains(t, lines[2], `"start":2,"end":17`)

	o = p.feed("{\"text\":\"a\"}\nnot json\n", "redact", "--json")
	require.Equal(t, 1, o.code)
	require.Equal(t, "codesight: line 2 is not a JSON object such as {\"text\":\"…\"}\n", o.errors)
}

func TestVersionNamesTheBuild(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.Regexp(t, `^codesight \S+ \(commit \S+, go1\.\S+, \S+/\S+\)\n$`, p.ok("version"))
}

func TestMigrateSaysWhereTheSchemaIs(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.Contains(t, p.ok("migrate", "up"), "applied ")
	require.Contains(t, p.ok("migrate", "up"), "up to date")
	require.NotContains(t, p.ok("migrate", "status"), "pending")
	s := p.serve()
	require.Equal(t, 1, p.run("migrate", "up").code, "a server runs")
	require.Zero(t, s.stop())
}

func TestConfigPrintShowsWhereValuesCameFrom(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.NoError(t, os.WriteFile(filepath.Join(p.dir, "codesight.yaml"), []byte("log_level: debug\n"), 0o600))
	p.env = []string{"CODESIGHT_QUEUE_MAX_JOBS=7"}
	out := p.ok("config", "print", "--env", "development")
	require.Regexp(t, `(?m)^log_level: debug +# codesight.yaml:1$`, out)
	require.Regexp(t, `(?m)^queue_max_jobs: 7 +# CODESIGHT_QUEUE_MAX_JOBS$`, out)
	require.Regexp(t, `(?m)^env: development +# --env$`, out)
	require.Regexp(t, `(?m)^max_storage: 90% +# default$`, out)
	require.Equal(t, "The configuration is valid.\n", p.ok("config", "check"))
}

func TestSessionsAreShownVerifiedAndErased(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.serve("--workers=false")
	key := p.key()
	p.ok("simulate", "--url", s.url, "--key", key, "--sessions", "2", "--events", "30")
	list := strings.Split(strings.TrimSpace(p.ok("sessions", "list", "--json")), "\n")
	require.Len(t, list, 2)
	var row struct{ ID, Participant, Status string }
	require.NoError(t, json.Unmarshal([]byte(list[0]), &row))
	require.Equal(t, "queued", row.Status)

	var shown struct {
		ID      string
		Session struct{ Client struct{ Name string } }
		Events  []struct {
			Seq  int64
			Type string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(p.ok("sessions", "show", "--json", row.ID)), &shown))
	require.Equal(t, row.ID, shown.ID)
	require.Equal(t, "codesight-simulate", shown.Session.Client.Name)
	require.Len(t, shown.Events, 30)
	require.EqualValues(t, 30, shown.Events[29].Seq)
	require.Contains(t, p.ok("sessions", "show", row.ID), "furniture")
	require.Contains(t, p.ok("sessions", "verify", row.ID), "is whole: 30 events")

	o := p.run("process", "--all")
	require.Zero(t, o.code, o.errors)
	require.Equal(t, 2, strings.Count(o.out, "ready, quality"))
	p.ok("export", "--out", "release", "--min-quality", "0")
	require.FileExists(t, filepath.Join(p.dir, "release", "manifest.json"))

	p.ok("sessions", "delete", row.ID)
	require.Equal(t, http.StatusGone, s.status("/v1/sessions/"+row.ID, key))
	require.Equal(t, 1, p.run("sessions", "show", row.ID).code)
	require.Contains(t, p.ok("participants", "list"), row.Participant)
	p.ok("participants", "delete", row.Participant)
	require.Empty(t, p.ok("sessions", "list", "--json"))
	for _, args := range [][]string{{"sessions", "show"}, {"sessions", "verify"}, {"sessions", "delete"}, {"process"}} {
		o := p.run(append(args, "01990000-0000-7000-8000-000000000001")...)
		require.Equal(t, 1, o.code, "%v", args)
		require.Contains(t, o.errors, "there is no such session")
	}
}

func TestAnOutputThatCannotBeWrittenFailsTheCommand(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	c := p.command(t.Context(), "version")
	var errs strings.Builder
	c.Stdout, c.Stderr = full, &errs
	require.Error(t, c.Run())
	require.Equal(t, 1, c.ProcessState.ExitCode())
	require.Equal(t, "codesight: the output cannot be written: no space left on device\n", errs.String())
}

func TestAnExportOfTheEarlierSystemIsImportedOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	o := p.feed("[]", "import", "legacy", "-")
	require.Zero(t, o.code, o.errors)
	require.Equal(t, "-: 0 sessions imported, 0 were there before, 0 events stored, 0 refused\n", o.out)
	o = p.feed("not json", "import", "legacy", "-")
	require.Equal(t, 1, o.code)
	o = p.run("import", "legacy", "missing.json")
	require.Equal(t, 1, o.code)
	require.Contains(t, o.errors, "codesight: missing.json: cannot be read: no such file or directory")
}
