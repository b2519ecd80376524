package main_test

import (
	"net"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDoctorIsContentWithAFreshPlaceAndARunningServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	require.NotContains(t, p.ok("doctor", "--addr", "127.0.0.1:0"), "✗")
	require.NoDirExists(t, p.data(), "it changes nothing")
	s := p.serve()
	key := p.key()
	p.ok("simulate", "--url", s.url, "--key", key, "--sessions", "1", "--events", "10")
	out := p.ok("doctor", "--addr", s.addr)
	require.Contains(t, out, "a codesight server answers")
	require.Contains(t, out, "the keyset opens what the database holds")
	require.Zero(t, s.stop())
}

func TestDoctorSaysWhatToDoAboutEachFailure(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		harm func(*place)
		args []string
		want string
		todo string
	}{
		"an open data directory": {
			func(p *place) { require.NoError(p.t, os.Chmod(p.data(), 0o755)) },
			nil, "✗ data directory", "chmod 700",
		},
		"an open keyset": {
			func(p *place) { require.NoError(p.t, os.Chmod(p.data("keyset.json"), 0o644)) },
			nil, "✗ keyset", "chmod 600",
		},
		"a damaged keyset": {
			func(p *place) { require.NoError(p.t, os.WriteFile(p.data("keyset.json"), []byte("{}"), 0o600)) },
			nil, "✗ keyset", "restore it from its backup",
		},
		"a lost keyset": {
			func(p *place) { require.NoError(p.t, os.Remove(p.data("keyset.json"))) },
			nil, "✗ keyset", "restore it from its backup",
		},
		"another node's keyset": {
			func(p *place) {
				other := newPlace(p.t)
				other.key()
				require.NoError(p.t, os.Rename(other.data("keyset.json"), p.data("keyset.json")))
			},
			nil, "✗ sealed data", "restore the keyset that belongs",
		},
		"a damaged database": {
			func(p *place) {
				require.NoError(p.t, os.Remove(p.data("codesight.db")))
				require.NoError(p.t, os.WriteFile(p.data("codesight.db"), []byte(strings.Repeat("no database ", 1000)), 0o600))
			},
			nil, "✗ database", "restore it",
		},
		"a blob folder in the way": {
			func(p *place) {
				require.NoError(p.t, os.RemoveAll(p.data("blobs")))
				require.NoError(p.t, os.WriteFile(p.data("blobs"), nil, 0o600))
			},
			nil, "✗ blobs", "owner",
		},
		"a full disk": {
			func(*place) {},
			[]string{"--max-storage", "1B"},
			"✗ disk space", "CODESIGHT_MAX_STORAGE",
		},
		"a mistyped variable": {
			func(p *place) { p.env = append(p.env, "CODESIGHT_MAX_STORRAGE=5GB") },
			nil, "✗ environment", "unset it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.serve()
			p.ok("simulate", "--url", s.url, "--key", p.key(), "--sessions", "1", "--events", "10")
			require.Zero(t, s.stop())
			c.harm(p)
			o := p.run(append([]string{"doctor", "--addr", "127.0.0.1:0"}, c.args...)...)
			require.Equal(t, 1, o.code, o.out)
			require.Contains(t, o.out, c.want)
			require.Contains(t, o.out, c.todo)
			require.Regexp(t, "^codesight: [1-9] checks? failed\n$", o.errors)
		})
	}
}

func TestDoctorTellsAForeignProgramOnTheAddress(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	o := p.run("doctor", "--addr", l.Addr().String())
	require.Equal(t, 1, o.code)
	require.Contains(t, o.out, "is taken by another program")
}
