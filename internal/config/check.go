package config

import (
	"path/filepath"
	"strings"
)

// check finds what is wrong between settings that are each right by themselves.
func (c *Config) check() Mistakes {
	var m Mistakes
	if c.Env != Production {
		return m
	}
	if inside(c.KeysetFile(), c.DataDir) {
		m = append(m, Mistake{
			Setting: prefix + "KEYSET", Was: show(c.KeysetFile(), false),
			May: "must be outside the data directory in production: whoever takes the data must not take its key",
		})
	}
	if !c.TrustProxy && !c.Addr.loopback() {
		m = append(m, Mistake{
			Setting: prefix + "ADDR", Was: show(string(c.Addr), false),
			May: "must be a loopback address in production (traffic would be in the clear), or set CODESIGHT_TRUST_PROXY=true where a proxy in front terminates TLS",
		})
	}
	return m
}

// inside says that the path lies in the folder, after links.
func inside(path, folder string) bool {
	rel, err := filepath.Rel(real(folder), real(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// real is the absolute path without links, as far as it exists.
func real(path string) string {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if resolved, err := filepath.EvalSymlinks(absolute); err == nil {
		return resolved
	}
	if parent := filepath.Dir(absolute); parent != absolute {
		return filepath.Join(real(parent), filepath.Base(absolute))
	}
	return absolute
}
