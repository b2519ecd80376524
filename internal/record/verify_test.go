package record_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
)

func TestAWholeSessionIsWhole(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.fill(t, "s")
	v, err := reopen(t, b.dir).Verify(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, record.Verification{
		Session: "s", Status: store.Recording, Events: 60, Refused: 6, Segments: 3, Screenshots: 3, Stages: 1, Archive: true,
	}, v)
	require.True(t, v.Whole())

	b.create(t, "empty")
	v, err = b.Verify(t.Context(), "empty")
	require.NoError(t, err)
	require.True(t, v.Whole())
	_, err = b.Verify(t.Context(), "none")
	require.ErrorIs(t, err, store.ErrNotFound)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = b.Verify(ctx, "s")
	require.ErrorIs(t, err, context.Canceled, "what was not looked at is not called broken")
}

func TestEveryKindOfDamageIsFound(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		damage func(b *bundle)
		want   string // in the places and texts of the problems
	}{
		"a bit of a segment": {func(b *bundle) {
			b.tamper("UPDATE segments SET body = CAST(substr(body, 1, 40) || x'00' || substr(body, 42) AS BLOB) WHERE first_seq = 26 AND session = 's'")
		}, "segment 26 to 26: vault: not authentic"},
		"a torn segment": {func(b *bundle) {
			b.tamper("UPDATE segments SET body = substr(body, 1, length(body) / 2) WHERE first_seq = 27 AND session = 's'")
		}, "segment 27 to 60: vault: not authentic"},
		"a missing segment": {func(b *bundle) {
			b.tamper("DELETE FROM segments WHERE first_seq = 26 AND session = 's'")
		}, "segment 27 to 60: begins at 27, not at 26"},
		"a missing end": {func(b *bundle) {
			b.tamper("DELETE FROM segments WHERE first_seq = 27 AND session = 's'")
		}, "session: events end at 26, acknowledged is 60"},
		"a cut session": {func(b *bundle) {
			b.tamper("DELETE FROM segments WHERE first_seq = 27 AND session = 's'")
			b.tamper("UPDATE sessions SET next_seq = 27 WHERE id = 's'")
		}, "session: its totals are not those of its segments"},
		"a renumbered segment": {func(b *bundle) {
			b.tamper("UPDATE segments SET first_seq = 61, last_seq = 61 WHERE first_seq = 26 AND session = 's'")
			b.tamper("UPDATE sessions SET next_seq = 62 WHERE id = 's'")
		}, "segment 61 to 61: vault: not authentic"},
		"a segment of another session": {func(b *bundle) {
			b.tamper("UPDATE segments SET body = (SELECT body FROM segments WHERE session = 'o' AND first_seq = 26) WHERE first_seq = 26 AND session = 's'")
		}, "segment 26 to 26: vault: not authentic"},
		"a wrong count of tombstones": {func(b *bundle) {
			b.tamper("UPDATE segments SET refused = 1 WHERE first_seq = 1 AND session = 's'")
		}, "segment 1 to 25: has 2 tombstones, not 1"},
		"a wrong size": {func(b *bundle) {
			b.tamper("UPDATE segments SET plain_bytes = 1 WHERE first_seq = 1 AND session = 's'")
		}, "segment 1 to 25: has "},
		"another session's key": {func(b *bundle) {
			b.tamper("UPDATE sessions SET data_key = (SELECT data_key FROM sessions WHERE id = 'o') WHERE id = 's'")
		}, "data key: does not open"},
		"a changed header": {func(b *bundle) {
			b.tamper("UPDATE sessions SET header = (SELECT header FROM sessions WHERE id = 'o') WHERE id = 's'")
		}, "header: vault: not authentic"},
		"a changed stage": {func(b *bundle) {
			b.tamper("UPDATE stages SET version = 9 WHERE session = 's' AND stage = 'score'")
		}, "stage score: vault: not authentic"},
		"a changed screenshot": {func(b *bundle) {
			b.flip("shot-1")
		}, "screenshot shot-1: record: screenshot shot-1: vault: not authentic"},
		"a torn screenshot": {func(b *bundle) {
			require.NoError(b.tb, os.Truncate(b.blobFile("shot-1"), 20))
		}, "screenshot shot-1: record: screenshot shot-1: vault: not authentic"},
		"a missing screenshot": {func(b *bundle) {
			require.NoError(b.tb, os.Remove(b.blobFile("shot-2")))
		}, "screenshot shot-2: record: screenshot shot-2: blob: not found"},
		"swapped screenshots": {func(b *bundle) {
			require.NoError(b.tb, os.Rename(b.blobFile("shot-1"), b.blobFile("shot-2")))
		}, "screenshot shot-2: record: screenshot shot-2: vault: not authentic"},
		"a wrong hash": {func(b *bundle) {
			b.tamper("UPDATE screenshots SET content_hash = x'00' WHERE session = 's' AND id = 'shot-0'")
		}, "screenshot shot-0: record: screenshot shot-0: vault: not authentic"},
		"a changed screenshot's metadata": {func(b *bundle) {
			b.tamper("UPDATE screenshots SET meta = (SELECT meta FROM screenshots WHERE session = 's' AND id = 'shot-1') WHERE session = 's' AND id = 'shot-0'")
		}, "screenshot shot-0: metadata: record: open: vault: not authentic"},
		"a changed archive": {func(b *bundle) {
			b.flip("archive")
		}, "archive: record: archive: vault: not authentic"},
		"a missing archive": {func(b *bundle) {
			require.NoError(b.tb, os.Remove(b.blobFile("archive")))
		}, "archive: record: archive: blob: not found"},
		"content after an erasure": {func(b *bundle) {
			b.tamper("UPDATE sessions SET status = 'erased' WHERE id = 's'")
		}, "session: was erased, but content is left"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.fill(t, "s")
			b.fill(t, "o")
			test.damage(b)
			v, err := reopen(t, b.dir).Verify(t.Context(), "s")
			require.NoError(t, err)
			require.False(t, v.Whole())
			var all []string
			for _, p := range v.Problems {
				all = append(all, p.Place+": "+p.What)
			}
			require.Contains(t, strings.Join(all, "\n"), test.want)
			v, err = b.Verify(t.Context(), "o")
			require.NoError(t, err)
			require.Empty(t, v.Problems)
		})
	}
}

// TestABatchThatLiesAboutItsNumbersIsFound writes through the API what ingestion never would.
func TestABatchThatLiesAboutItsNumbersIsFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.create(t, "s")
	body, _ := lines(t, 2, 3, "")
	require.NoError(t, b.Append(t.Context(), record.Batch{Session: "s", First: 1, Last: 2, Lines: body}))
	v, err := b.Verify(t.Context(), "s")
	require.NoError(t, err)
	require.Equal(t, "has event 2 in the place of 1", v.Problems[0].What)
	require.Equal(t, "has event 3 in the place of 2", v.Problems[1].What)
}
