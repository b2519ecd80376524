package event_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/event"
)

func TestCommittedSchemaIsTheGeneratedOne(t *testing.T) {
	t.Parallel()
	committed, err := os.ReadFile("event.schema.json")
	require.NoError(t, err)
	generated, err := event.JSONSchema()
	require.NoError(t, err)
	require.Equal(t, string(generated), string(committed), "event.schema.json is stale: run go generate ./internal/event")
}

func TestEveryTypeOfTheSchemaHasItsDetails(t *testing.T) {
	t.Parallel()
	field, ok := event.EventShape.Field([]byte("type"))
	require.True(t, ok)
	for _, name := range field.Shape.Enum {
		e := event.Event{Type: event.Type(name)}
		var r event.Report
		e.Check("event", &r)
		require.Len(t, r.Errors, 1, "%s without its details", name)
		require.Equal(t, "is required for this type", r.Errors[0].Message)
	}
}
