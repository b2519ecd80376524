package telemetry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/redact"
)

const mail = "anna.canary@mail.example"

// secretive renders itself, as a type of another package might.
type secretive struct{ Mail, Password string }

func (s secretive) LogValue() slog.Value {
	return slog.GroupValue(slog.String("mail", s.Mail), slog.String("password", s.Password))
}

type plain struct {
	Mail  string
	inner string
}

// endless never resolves to anything else.
type endless struct{}

func (endless) LogValue() slog.Value { return slog.AnyValue(endless{}) }

func TestNothingPrivateLeavesThroughTheLog(t *testing.T) {
	t.Parallel()
	for _, json := range []bool{true, false} {
		var out bytes.Buffer
		log := NewLogger(&out, slog.LevelDebug, json, redact.Default())
		log.Info("mail to "+mail, "text", mail)
		log.Warn("x", "error", fmt.Errorf("wrapped: %w", errors.New("no such user "+mail)))
		log.With("mail", mail).WithGroup("group").Info("x", slog.Group("inner", "a", mail, slog.Group("deep", "b", mail)))
		log.Info("x", "valuer", secretive{mail, "canary-hunter2"}, "struct", plain{mail, "canary"}, "pointer", &plain{Mail: mail})
		log.Info("x", "bytes", []byte(mail), "list", []string{mail}, "map", map[string]string{mail: mail}, "stringer", bytes.NewBufferString(mail))
		log.Info("x", "card", 4111111111111111, "endless", endless{}, "nil", nil)
		log.Info("x", mail, "as a name", "channel", make(chan int))
		log.Debug("x", "api_key", "canary1", "Authorization", "canary2", "token", "canary3", "client_secret", "canary4", "cookies", "canary5", "sentry_dsn", "canary6")
		log.Info("x", "long", strings.Repeat("a", 2*maxScan)+mail)
		require.NotContains(t, out.String(), "canary")
		require.NotContains(t, out.String(), "4111111111111111")
		require.Contains(t, out.String(), "[EMAIL]")
		require.Contains(t, out.String(), "wrapped: no such user [EMAIL]")
	}
}

func TestWhatIsHarmlessStaysReadable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := NewLogger(&out, slog.LevelInfo, true, redact.Default())
	log.Debug("not at this level")
	log.Info("request", "status", 200, "key_id", "abc", "took", time.Second, "ok", true,
		"network", netip.MustParsePrefix("192.0.2.0/24"), "one", netip.MustParsePrefix("192.0.2.7/32"))
	require.Contains(t, out.String(), `"status":200,"key_id":"abc","took":1000000000,"ok":true,"network":"192.0.2.0/24"`)
	require.NotContains(t, out.String(), "192.0.2.7")
	require.NotContains(t, out.String(), "not at this level")
}

func TestReadinessAsksOnceASecondAndTellsWhatIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		var down atomic.Bool
		h := NewHealth(slog.New(slog.DiscardHandler),
			Check{Name: "database", Needed: true, Probe: func(context.Context) error {
				asked.Add(1)
				if down.Load() {
					return errors.New("down")
				}
				return nil
			}},
			Check{Name: "model", Probe: func(context.Context) error { return errors.New("always down") }})
		for range 5 {
			ready, checks := h.Ready(t.Context())
			require.True(t, ready, "what is not needed may be down")
			require.True(t, checks[0].OK)
			require.False(t, checks[1].OK)
		}
		require.EqualValues(t, 1, asked.Load())
		down.Store(true)
		time.Sleep(healthAge + time.Millisecond) // in the test's own time
		ready, _ := h.Ready(t.Context())
		require.False(t, ready)
		require.EqualValues(t, 2, asked.Load())
	})
}

func TestADependencyThatHangsIsDownAndIsNotAskedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		release := make(chan struct{})
		h := NewHealth(slog.New(slog.DiscardHandler), Check{Name: "database", Needed: true, Probe: func(context.Context) error {
			asked.Add(1)
			<-release
			return nil
		}})
		for range 3 {
			start := time.Now()
			ready, _ := h.Ready(t.Context())
			require.False(t, ready)
			require.LessOrEqual(t, time.Since(start), probeTimeout)
			time.Sleep(healthAge + time.Millisecond)
		}
		require.EqualValues(t, 1, asked.Load())
		close(release)
		synctest.Wait()
		ready, _ := h.Ready(t.Context())
		require.True(t, ready)
	})
}
