// Command codesight is the whole system in one binary: the server, its workers, and the tools around them.
//
// It holds commands and nothing else: each is a file that wires packages together. What a command prints for programs
// goes to standard output; everything for people goes to standard error. Exit codes: 0 done, 1 failed, 2 used or
// configured wrongly.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/codesight/codesight/internal/config"
	"github.com/codesight/codesight/internal/redact"
	"github.com/codesight/codesight/internal/telemetry"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// cli is the command line.
type cli struct {
	config.Config

	Serve        serveCmd        `cmd:"" help:"Run the whole system in one process: ingestion, queue, workers."`
	Worker       workerCmd       `cmd:"" help:"Run workers only, beside servers on the same database and queue."`
	Keys         keysCmd         `cmd:"" help:"API keys."`
	Sessions     sessionsCmd     `cmd:"" help:"Recorded sessions."`
	Participants participantsCmd `cmd:"" help:"The people who recorded, known only by an id."`
	Process      processCmd      `cmd:"" help:"Run the pipeline now."`
	Export       exportCmd       `cmd:"" help:"Write training data."`
	Import       importCmd       `cmd:"" help:"Bring in sessions from elsewhere."`
	Redact       redactCmd       `cmd:"" help:"Take private values out of text: standard input to standard output."`
	Migrate      migrateCmd      `cmd:"" help:"The database's schema."`
	ConfigCmd    configCmd       `cmd:"" name:"config" help:"The configuration."`
	Doctor       doctorCmd       `cmd:"" help:"Check every dependency and say what to do about each failure."`
	Simulate     simulateCmd     `cmd:"" help:"Generate load over the real protocol and prove that nothing is lost."`
	Version      versionCmd      `cmd:"" help:"Print version, commit and Go version."`
}

// run is main with its surroundings as arguments, and returns the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	var c cli
	loader := config.NewLoader(os.LookupEnv)
	parser, err := kong.New(&c, append(loader.Options(),
		kong.Name("codesight"),
		kong.Description("Records consented browser sessions without private data and turns them into training data."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, FlagsLast: true}),
		kong.ExplicitGroups([]kong.Group{{Key: "settings", Title: "Settings (see docs/configuration.md):"}}),
		kong.Writers(out, errs),
	)...)
	if err != nil {
		return fail(errs, err)
	}
	parsed, err := loader.Parse(parser, args, &c.Config)
	if err != nil {
		return fail(errs, err)
	}
	ctx, stop := interruptible()
	defer stop()
	printed := &output{w: out}
	a := &app{
		config: &c.Config, loader: loader, parser: parser, in: in, out: printed, errs: errs,
		log: telemetry.NewLogger(errs, c.Level(), c.LogFormat == "json", redact.Default()),
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return fail(errs, cmp.Or(parsed.Run(a), printed.err))
}

// interruptible returns a context that ends with the first signal to stop. A second one kills as usual.
func interruptible() (context.Context, func()) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// usageError says that a command was used wrongly.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usage(format string, a ...any) error { return &usageError{fmt.Sprintf(format, a...)} }

// errSilent fails a command that has said everything already.
var errSilent = errors.New("failed")

// fail tells an error, a line each, and returns the exit code.
func fail(w io.Writer, err error) int {
	var mistakes config.Mistakes
	var wrong *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errSilent):
		return exitFailed
	case errors.Is(err, context.Canceled):
		tell(w, "codesight: interrupted\n")
		return exitFailed
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		tell(w, "codesight: %s\n", line)
	}
	if errors.As(err, &mistakes) || errors.As(err, &wrong) {
		return exitUsage
	}
	return exitFailed
}
