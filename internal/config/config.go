package config

import (
	"log/slog"
	"path/filepath"
	"time"
)

// ExtensionOrigin is the origin of CodeSight's own browser extension. Its id follows from the key in its manifest.
const ExtensionOrigin = "chrome-extension://jbiodeffghagbaebdgkcklbgjbkbjcmm"

// Environments.
const (
	Development = "development"
	Production  = "production"
)

// Config is every setting of a node. The tags are read by kong (see parse.go) and by the generated documentation:
// help says what it does, default what holds when it is not set, oneof what it may be, and secret that no message and no
// print may show it.
type Config struct {
	File string `name:"config" type:"path" placeholder:"FILE" group:"settings" help:"Settings file; codesight.yaml of the working directory is read where it exists."`

	Env     string  `name:"env" default:"development" oneof:"development,production" group:"settings" help:"production refuses insecure settings: a keyset beside the data, a listener beyond this machine without trust-proxy."`
	Addr    Address `name:"addr" default:"127.0.0.1:8787" group:"settings" help:"Where the server listens."`
	DataDir string  `name:"data-dir" default:"./codesight-data" placeholder:"DIR" group:"settings" help:"Everything that the embedded default stores. Created with mode 0700."`

	DatabaseURL DatabaseURL `name:"database-url" placeholder:"URL" group:"settings" help:"Database; sqlite:PATH. Unset is SQLite in the data directory."`
	QueueURL    QueueURL    `name:"queue-url" placeholder:"URL" group:"settings" help:"Job queue. Unset is the database."`
	BlobURL     BlobURL     `name:"blob-url" placeholder:"URL" group:"settings" help:"Screenshots and archives; file:DIR. Unset is a folder in the data directory."`
	Keyset      KeysetPath  `name:"keyset" placeholder:"FILE" group:"settings" help:"Master keyset that seals everything stored. Unset is a file in the data directory, created with mode 0600 when a node starts empty."`

	AllowedOrigins Origins `name:"allowed-origins" placeholder:"ORIGIN,…" group:"settings" help:"Exact origins that browsers may call from, comma-separated; never a wildcard. Unset is the origin of CodeSight's own extension."`
	TrustProxy     bool    `name:"trust-proxy" group:"settings" help:"A proxy in front of this node terminates TLS: a listener beyond this machine is allowed in production."`

	ReviewBeforeSending bool `name:"review-before-sending" group:"settings" help:"Every participant's extension keeps each recording until they have looked it through and sent it."`

	QueueMaxJobs      int  `name:"queue-max-jobs" default:"100000" min:"1" max:"100000000" group:"settings" help:"Bound of the job queue. Past it completed sessions wait in the database."`
	MaxStorage        Size `name:"max-storage" default:"90%" group:"settings" help:"How full the disk (a share such as 90%) or how large the data directory (a size such as 50GB) may get. Past it ingestion answers 503 with Retry-After."`
	Workers           bool `name:"workers" default:"true" group:"settings" help:"Whether serve processes sessions too; false is an ingest-only node."`
	WorkerConcurrency int  `name:"worker-concurrency" default:"2" min:"1" max:"1024" group:"settings" help:"How many sessions a node processes at once."`

	LogLevel        string   `name:"log-level" default:"info" oneof:"debug,info,warn,error" group:"settings" help:"Least level that is logged."`
	LogFormat       string   `name:"log-format" default:"text" oneof:"text,json" group:"settings" help:"Form of the log, which goes to standard error."`
	ShutdownTimeout Duration `name:"shutdown-timeout" default:"25s" group:"settings" help:"How long a node that was told to stop may finish what is under way."`
}

// DatabasePath is the file of the embedded database.
func (c *Config) DatabasePath() string { return c.DatabaseURL.path() }

// BlobDir is the folder of the embedded blob store.
func (c *Config) BlobDir() string { return c.BlobURL.path() }

// KeysetFile is the path of the master keyset.
func (c *Config) KeysetFile() string { return string(c.Keyset) }

// settle fills in what follows from other settings.
func (c *Config) settle() {
	if c.DatabaseURL == "" {
		c.DatabaseURL = DatabaseURL("sqlite:" + filepath.Join(c.DataDir, "codesight.db"))
	}
	if c.BlobURL == "" {
		c.BlobURL = BlobURL("file:" + filepath.Join(c.DataDir, "blobs"))
	}
	if c.Keyset == "" {
		c.Keyset = KeysetPath(filepath.Join(c.DataDir, "keyset.json"))
	}
	if len(c.AllowedOrigins) == 0 {
		c.AllowedOrigins = Origins{ExtensionOrigin}
	}
}

// Grace is the shutdown time-out.
func (c *Config) Grace() time.Duration { return time.Duration(c.ShutdownTimeout) }

// Level is the log level.
func (c *Config) Level() slog.Level {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // one of four that it knows
	return level
}
