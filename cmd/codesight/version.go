package main

import (
	"runtime"
	"runtime/debug"
)

// Both are set by the build (-ldflags "-X main.version=… -X main.commit=…").
var (
	version = "0.1.0-dev"
	commit  = ""
)

type versionCmd struct{}

// Help shows an example.
func (versionCmd) Help() string { return "Example:\n\n  codesight version" }

// Run prints it.
func (versionCmd) Run(a *app) error { //nolint:unparam // as every command
	tell(a.out, "codesight %s (commit %s, %s, %s/%s)\n", version, built(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// built names the commit: as the build said, or else as Go noted it when it built in a work tree.
func built() string {
	if commit != "" {
		return commit
	}
	info, ok := debug.ReadBuildInfo()
	revision, dirty := "unknown", ""
	if ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision" && len(s.Value) >= 12:
				revision = s.Value[:12]
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = "+changes"
			}
		}
	}
	return revision + dirty
}
