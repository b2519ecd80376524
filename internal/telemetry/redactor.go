package telemetry

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
)

const (
	// masked stands for a value whose name says that it is secret.
	masked = "[SECRET]"
	// maxValue bounds one value in the log, in bytes: a log line is for reading.
	maxValue = 4096
	// maxScan bounds how much of a value is looked at, in bytes; what is behind it is not written anyway.
	maxScan = 16 * maxValue
	// maxGroups bounds how deep groups are followed; a LogValuer may return itself.
	maxGroups = 8
)

// secretNames are parts of attribute names whose values are never written, whatever they look like.
var secretNames = []string{"key", "auth", "token", "secret", "password", "passwd", "cookie", "credential", "dsn"}

// harmlessNames hold one of the parts above and no secret.
var harmlessNames = map[string]bool{"key_id": true, "keys": true}

// redactor is a handler that renders every value to text, redacts it, and hands it on. A ReplaceAttr function would not
// do: it does not see into structs, errors and maps.
type redactor struct {
	out  slog.Handler
	text func(string) string
}

func (h *redactor) Enabled(ctx context.Context, level slog.Level) bool {
	return h.out.Enabled(ctx, level)
}

func (h *redactor) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, h.clean(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(h.attr(a, 0))
		return true
	})
	return h.out.Handle(ctx, clean)
}

func (h *redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = h.attr(a, 0)
	}
	return &redactor{out: h.out.WithAttrs(clean), text: h.text}
}

func (h *redactor) WithGroup(name string) slog.Handler {
	return &redactor{out: h.out.WithGroup(h.clean(name)), text: h.text}
}

func (h *redactor) attr(a slog.Attr, depth int) slog.Attr {
	if isSecret(a.Key) {
		return slog.String(h.clean(a.Key), masked)
	}
	v := a.Value.Resolve()
	if v.Kind() == slog.KindGroup && depth < maxGroups {
		group := make([]slog.Attr, 0, len(v.Group()))
		for _, member := range v.Group() {
			group = append(group, h.attr(member, depth+1))
		}
		return slog.Attr{Key: h.clean(a.Key), Value: slog.GroupValue(group...)}
	}
	return slog.Attr{Key: h.clean(a.Key), Value: h.value(v)}
}

// value keeps what cannot hold private text as it is, and renders the rest. Integers are rendered too where they have
// as many digits as a card or a phone number; times of the program's own are slog.Time values and stay.
func (h *redactor) value(v slog.Value) slog.Value {
	switch v.Kind() {
	case slog.KindBool, slog.KindDuration, slog.KindTime, slog.KindFloat64:
		return v
	case slog.KindInt64, slog.KindUint64:
		if s := v.String(); h.clean(s) != s {
			return slog.StringValue(h.clean(s))
		}
		return v
	default:
		if p, ok := v.Any().(netip.Prefix); ok && isNetwork(p) {
			return slog.StringValue(p.String())
		}
		return slog.StringValue(h.clean(render(v)))
	}
}

// isNetwork says that the prefix is of many addresses: the engine would take it for one.
func isNetwork(p netip.Prefix) bool {
	return p.Masked() == p && (p.Addr().Is4() && p.Bits() <= 24 || p.Addr().Is6() && p.Bits() <= 48)
}

// render writes a value as text, as the log would show it.
func render(v slog.Value) string {
	if v.Kind() == slog.KindString {
		return v.String()
	}
	switch x := v.Any().(type) {
	case nil:
		return "<nil>"
	case error:
		return x.Error()
	case fmt.Stringer:
		return x.String()
	case []byte:
		return string(x)
	}
	// JSON and not %+v: it names fields, so that a secret's name is seen by the engine beside its value.
	if b, err := json.Marshal(v.Any()); err == nil {
		return string(b)
	}
	return fmt.Sprintf("%+v", v.Any())
}

func (h *redactor) clean(s string) string {
	// First the engine, then the cut: a number that was cut in two would not be known any more.
	s = h.text(s[:min(len(s), maxScan)])
	if len(s) > maxValue {
		s = strings.ToValidUTF8(s[:maxValue], "") + "…"
	}
	return s
}

func isSecret(name string) bool {
	name = strings.ToLower(name)
	if harmlessNames[name] {
		return false
	}
	for _, part := range secretNames {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
