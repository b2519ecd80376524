package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAStudyTellsItsParticipantsWhetherTheyMustReview(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, must := range []string{"false", "true"} {
		b.api.o.ReviewBeforeSending = must == "true"
		a := b.do(call{method: "GET", path: "/v1/study", key: b.anna})
		require.Equal(t, http.StatusOK, a.status, a.body)
		require.JSONEq(t, `{"review_before_sending":`+must+`}`, a.body)
	}
	b.check(t, scenario{call: call{method: "GET", path: "/v1/study", key: b.reader}, status: 403, code: CodeInsufficientScope})
}
