package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/config"
)

// app is a command line with the node's settings and one command of each sort.
type app struct {
	config.Config
	Serve  struct{} `cmd:""`
	Export struct {
		Out        string  `required:"" help:"Folder."`
		Format     string  `default:"openai-chat" oneof:"openai-chat"`
		MinQuality int     `default:"60" max:"100"`
		Split      float64 `default:"0.9" max:"1"`
		Token      string  `secret:""`
	} `cmd:""`
}

type result struct {
	app
	loader *config.Loader
	kong   *kong.Kong
	err    error
}

// load parses a command line with an environment and, where it is not empty, a file.
func load(t *testing.T, env map[string]string, file string, args ...string) result {
	t.Helper()
	if file != "" {
		path := filepath.Join(t.TempDir(), "codesight.yaml")
		require.NoError(t, os.WriteFile(path, []byte(file), 0o600))
		args = append(args, "--config", path)
	}
	var r result
	r.loader = config.NewLoader(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	k, err := kong.New(&r.app, append(r.loader.Options(), kong.Exit(func(int) { t.Error("exited") }))...)
	require.NoError(t, err)
	r.kong = k
	_, r.err = r.loader.Parse(k, args, &r.Config)
	return r
}

func TestAFlagBeatsTheEnvironmentBeatsTheFileBeatsTheDefault(t *testing.T) {
	t.Parallel()
	env := map[string]string{"CODESIGHT_ADDR": "127.0.0.1:2"}
	file := "addr: 127.0.0.1:3\n"
	for name, c := range map[string]struct {
		env  map[string]string
		file string
		args []string
		want string
	}{
		"default":                         {want: "127.0.0.1:8787"},
		"file":                            {file: file, want: "127.0.0.1:3"},
		"environment over file":           {env: env, file: file, want: "127.0.0.1:2"},
		"flag over all":                   {env: env, file: file, args: []string{"--addr", "127.0.0.1:1"}, want: "127.0.0.1:1"},
		"an empty variable counts as not": {env: map[string]string{"CODESIGHT_ADDR": ""}, file: file, want: "127.0.0.1:3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := load(t, c.env, c.file, append([]string{"serve"}, c.args...)...)
			require.NoError(t, r.err)
			require.Equal(t, c.want, string(r.Addr))
		})
	}
}

func TestFlagsOfCommandsHaveVariablesAndKeysToo(t *testing.T) {
	t.Parallel()
	r := load(t, map[string]string{"CODESIGHT_EXPORT_MIN_QUALITY": "70"}, "export:\n  out: there\n  split: 0.5\n", "export")
	require.NoError(t, r.err)
	require.Equal(t, 70, r.Export.MinQuality)
	require.Equal(t, "there", r.Export.Out)
	require.InDelta(t, 0.5, r.Export.Split, 0)
}

func TestValuesOfEverySortAreUnderstood(t *testing.T) {
	t.Parallel()
	r := load(t, nil, `
# a comment
allowed_origins: [https://a.example, "chrome-extension://abc"]
max_storage: 50GB
shutdown_timeout: 2d
workers: false
queue_max_jobs: 5
database_url: sqlite:/srv/db.sqlite
blob_url: file:///srv/blobs
keyset: /etc/keyset.json
trust_proxy: true
`, "serve", "--worker-concurrency=3")
	require.NoError(t, r.err)
	require.Equal(t, config.Origins{"https://a.example", "chrome-extension://abc"}, r.AllowedOrigins)
	require.EqualValues(t, 50_000_000_000, r.MaxStorage.Bytes)
	require.InDelta(t, 48, r.Grace().Hours(), 0)
	require.False(t, r.Workers)
	require.True(t, r.TrustProxy)
	require.Equal(t, 5, r.QueueMaxJobs)
	require.Equal(t, 3, r.WorkerConcurrency)
	require.Equal(t, "/srv/db.sqlite", r.DatabasePath())
	require.Equal(t, "/srv/blobs", r.BlobDir())
	require.Equal(t, "/etc/keyset.json", r.KeysetFile())
}

func TestWhatIsUnsetLiesInTheDataDirectory(t *testing.T) {
	t.Parallel()
	r := load(t, nil, "", "serve", "--data-dir=/data")
	require.NoError(t, r.err)
	require.Equal(t, "/data/codesight.db", r.DatabasePath())
	require.Equal(t, "/data/blobs", r.BlobDir())
	require.Equal(t, "/data/keyset.json", r.KeysetFile())
	require.Equal(t, config.Origins{config.ExtensionOrigin}, r.AllowedOrigins)
	require.InDelta(t, 0.9, r.MaxStorage.Share, 0)
}

func TestEveryMistakeIsReportedAtOnceOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	r := load(t,
		map[string]string{"CODESIGHT_MAX_STORAGE": "lots", "CODESIGHT_ENV": "prod", "CODESIGHT_EXPORT_SPLIT": "2"},
		"max_storrage: 5\nlog_level: loud\nexport:\n  colour: red\n  token: abc\n",
		"export", "--addr=nowhere", "--out=x", "--min-quality=500")
	require.Error(t, r.err)
	lines := strings.Split(r.err.Error(), "\n")
	require.ElementsMatch(t, []string{
		`--addr is "nowhere": must be HOST:PORT, such as 127.0.0.1:8787 or :8787`,
		`--min-quality is "500": must be a whole number from 0 to 100`,
		`CODESIGHT_MAX_STORAGE is "lots": must be a size such as 50GB or 512MiB, or a share of the disk such as 90%`,
		`CODESIGHT_ENV is "prod": must be one of development, production`,
		`CODESIGHT_EXPORT_SPLIT is "2": must be a number from 0 to 1`,
		`codesight.yaml:1: max_storrage is not a setting; did you mean max_storage?`,
		`codesight.yaml:2: log_level is "loud": must be one of debug, info, warn, error`,
		"codesight.yaml:4: export.colour is not a setting; `codesight config print` lists them",
	}, lines)
}

func TestMistakesNameWhatASettingMayBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ setting, value, want string }{
		"postgres":           {"DATABASE_URL", "postgres://u:hunter2@db/x", "names PostgreSQL, which this build does not support yet: must be sqlite:PATH"},
		"another database":   {"DATABASE_URL", "mysql:x", "must be sqlite:PATH"},
		"sqlite with a host": {"DATABASE_URL", "sqlite://host/x", "must be sqlite:PATH"},
		"redis":              {"QUEUE_URL", "redis://cache", "names Redis, which this build does not support yet"},
		"s3":                 {"BLOB_URL", "s3://bucket", "names S3, which this build does not support yet"},
		"a key service":      {"KEYSET", "gcp-kms://x", "names a key management service, which this build does not support yet"},
		"a port too high":    {"ADDR", "localhost:70000", "must have a port from 0 to 65535"},
		"a path as origin":   {"ALLOWED_ORIGINS", "https://a.example/path", "must be exact origins"},
		"a wildcard":         {"ALLOWED_ORIGINS", "*", "must be exact origins"},
		"a pattern":          {"ALLOWED_ORIGINS", "https://*.example", "must be exact origins"},
		"no duration":        {"SHUTDOWN_TIMEOUT", "-5s", "must be a duration above zero"},
		"zero share":         {"MAX_STORAGE", "0%", "must be a size"},
		"not a boolean":      {"WORKERS", "maybe", "must be true or false"},
		"no number":          {"QUEUE_MAX_JOBS", "NaN", "must be a whole number from 1 to 100000000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := load(t, map[string]string{"CODESIGHT_" + c.setting: c.value}, "", "serve")
			require.ErrorContains(t, r.err, "CODESIGHT_"+c.setting+" is ")
			require.ErrorContains(t, r.err, c.want)
			require.NotContains(t, r.err.Error(), "hunter2")
			require.NotContains(t, r.err.Error(), "\n")
		})
	}
}

func TestASecretIsNeverRepeated(t *testing.T) {
	t.Parallel()
	r := load(t, nil, "export:\n  token: [hunter2, [hunter3]]\n", "export", "--out=x")
	require.Error(t, r.err)
	require.NotContains(t, r.err.Error(), "hunter")
	r = load(t, nil, "export: {token: hunter2\n  x: [", "export", "--out=x")
	require.ErrorContains(t, r.err, "is not valid YAML: line")
	require.NotContains(t, r.err.Error(), "hunter")
}

func TestTheFileIsReadStrictly(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"twice":         {"addr: :1\naddr: :2\n", "addr"},
		"nothing":       {"addr:\n", "addr must have a plain value"},
		"nested":        {"addr: {a: b}\n", "addr must have a plain value"},
		"a list":        {"- addr\n", "must be a mapping"},
		"two documents": {"addr: :1\n---\nenv: development\n", "must be one YAML document"},
		"itself":        {"config: other.yaml\n", "config is not a setting"},
		"a group":       {"export: yes\n", "export must be a mapping"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorContains(t, load(t, nil, c.file, "serve").err, c.want)
		})
	}
	r := load(t, map[string]string{"CODESIGHT_CONFIG": "/does/not/exist.yaml"}, "", "serve")
	require.ErrorContains(t, r.err, `CODESIGHT_CONFIG is "/does/not/exist.yaml": must be a settings file that can be read: no such file`)
	require.NoError(t, load(t, nil, "# nothing but a comment\n", "serve").err)
}

func TestProductionRefusesInsecureSettings(t *testing.T) {
	t.Parallel()
	insecure := []string{"serve", "--env=production", "--addr=0.0.0.0:80"}
	require.Len(t, strings.Split(load(t, nil, "", insecure...).err.Error(), "\n"), 2)
	require.Len(t, strings.Split(load(t, nil, "", append(insecure, "--allowed-origins=*")...).err.Error(), "\n"), 3)
	require.NoError(t, load(t, nil, "", append(insecure, "--env=development")...).err)

	safe := []string{"serve", "--env=production", "--keyset=/etc/codesight/keyset.json"}
	require.NoError(t, load(t, nil, "", safe...).err)
	require.NoError(t, load(t, nil, "", append(safe, "--addr=:80", "--trust-proxy")...).err)
	require.ErrorContains(t, load(t, nil, "", append(safe, "--addr=:80")...).err, "CODESIGHT_TRUST_PROXY=true")
	require.ErrorContains(t, load(t, nil, "", append(safe, "--data-dir=/etc/codesight")...).err, "outside the data directory")

	link := filepath.Join(t.TempDir(), "link")
	data := t.TempDir()
	require.NoError(t, os.Symlink(data, link))
	require.ErrorContains(t, load(t, nil, "", "serve", "--env=production", "--data-dir="+data, "--keyset="+filepath.Join(link, "k")).err,
		"outside the data directory")
}

func TestThePrintedConfigurationLoadsAsTheSame(t *testing.T) {
	t.Parallel()
	r := load(t, map[string]string{"CODESIGHT_ALLOWED_ORIGINS": "https://a.example", "CODESIGHT_WORKERS": "false"}, "max_storage: 75%\n", "serve", "--shutdown-timeout=90m")
	require.NoError(t, r.err)
	var out bytes.Buffer
	require.NoError(t, r.loader.Print(&out, r.kong.Model, &r.Config))
	require.Regexp(t, `(?m)^workers: false +# CODESIGHT_WORKERS$`, out.String())
	require.Regexp(t, `(?m)^max_storage: .*# codesight.yaml:1$`, out.String())
	require.Regexp(t, `(?m)^shutdown_timeout: 1h30m +# --shutdown-timeout$`, out.String())
	again := load(t, nil, out.String(), "serve")
	require.NoError(t, again.err)
	again.File = r.File
	require.Equal(t, r.Config, again.Config)
}

func TestUnknownVariablesAreFound(t *testing.T) {
	t.Parallel()
	r := load(t, nil, "", "serve")
	require.Equal(t, []string{"CODESIGHT_MAX_STORRAGE"},
		r.loader.Unknown([]string{"PATH=/bin", "CODESIGHT_ADDR=:1", "CODESIGHT_MAX_STORRAGE=5"}))
}

func FuzzTheFileNeverPanics(f *testing.F) {
	f.Add("addr: :1\nexport: {out: x}\n")
	f.Add("a: &x [*x]\n? b\n: - c")
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" {
			return
		}
		load(t, nil, text, "export", "--out=x")
	})
}
