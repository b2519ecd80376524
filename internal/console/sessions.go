package console

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
	"github.com/codesight/codesight/internal/trajectory"
)

// pageSize is how many sessions one page of the list shows: each costs the opening of its sealed header.
const pageSize = 50

// statuses are those that the list can be filtered by.
var statuses = []store.Status{store.Recording, store.Awaiting, store.Queued, store.Processing, store.Ready, store.Failed}

type list struct {
	Rows   []record.Session
	Status store.Status
	Next   string // cursor; empty on the last page
}

func (c *console) listSessions(w http.ResponseWriter, r *http.Request) {
	who := identity(r)
	status := store.Status(r.URL.Query().Get("status"))
	if !slices.Contains(statuses, status) {
		status = ""
	}
	rows, err := c.Records.Store().ListSessions(r.Context(), store.Filter{
		Status: status, Participant: who.Participant, After: r.URL.Query().Get("after"), Limit: pageSize + 1,
	})
	if err != nil {
		c.broken(w, r, err)
		return
	}
	l := list{Status: status}
	if len(rows) > pageSize {
		rows = rows[:pageSize]
		l.Next = rows[pageSize-1].ID
	}
	for _, row := range rows {
		s, err := c.Records.Session(r.Context(), row.ID)
		if gone(err) {
			continue // erased since it was listed
		}
		if err != nil {
			c.broken(w, r, err)
			return
		}
		l.Rows = append(l.Rows, s)
	}
	c.render(w, r, http.StatusOK, listPage(l))
}

// session is everything that its page shows. What was not made yet is nil.
type session struct {
	record.Session
	Steps     *trajectory.Normalised
	Quality   *trajectory.Quality
	Journey   *trajectory.Journey
	Composed  *trajectory.Composed
	Failure   *trajectory.Failure
	Review    *record.Review
	MayReview bool
}

func (c *console) showSession(w http.ResponseWriter, r *http.Request) {
	one, ok := c.find(w, r)
	if !ok {
		return
	}
	s := session{Session: one, MayReview: mayReview(identity(r), one)}
	err := errors.Join(
		load(r.Context(), c.Records, one.ID, trajectory.StageNormalise, &s.Steps),
		load(r.Context(), c.Records, one.ID, trajectory.StageScore, &s.Quality),
		load(r.Context(), c.Records, one.ID, trajectory.StageJourney, &s.Journey),
		load(r.Context(), c.Records, one.ID, trajectory.StageCompose, &s.Composed),
		load(r.Context(), c.Records, one.ID, trajectory.StageFailure, &s.Failure),
	)
	review, missing := c.Records.LastReview(r.Context(), one.ID)
	if missing == nil {
		s.Review = &review
	} else if !errors.Is(missing, store.ErrNotFound) {
		err = errors.Join(err, missing)
	}
	if err != nil {
		c.broken(w, r, err)
		return
	}
	c.render(w, r, http.StatusOK, sessionPage(s))
}

// load reads a stage's result where there is one.
func load[T any](ctx context.Context, records *record.Records, id, stage string, into **T) error {
	v := new(T)
	_, err := records.Stage(ctx, id, stage, v)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil {
		*into = v
	}
	return err
}

// find returns the session of the request, or answers that there is none: a session that the key may not read is as
// unknown as one that does not exist.
func (c *console) find(w http.ResponseWriter, r *http.Request) (record.Session, bool) {
	s, err := c.Records.Session(r.Context(), r.PathValue("id"))
	switch {
	case err == nil && identity(r).MayRead(s.Participant):
		return s, true
	case err == nil || gone(err):
		c.fail(w, r, http.StatusNotFound, "There is no such session, or it is not yours to see.")
	default:
		c.broken(w, r, err)
	}
	return record.Session{}, false
}

func gone(err error) bool {
	return errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased)
}

func (c *console) showScreenshot(w http.ResponseWriter, r *http.Request) {
	s, ok := c.find(w, r)
	if !ok {
		return
	}
	image, err := c.Records.Screenshot(r.Context(), s.ID, r.PathValue("screenshot"))
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.fail(w, r, http.StatusNotFound, "There is no such image.")
	case err != nil:
		c.broken(w, r, err)
	default:
		// Images come from a browser that anyone may drive: opened by itself, one may run and load nothing.
		w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
		w.Header().Set("Content-Type", image.MediaType)
		if _, err := w.Write(image.Body); err != nil {
			c.Log.WarnContext(r.Context(), "image was cut off", "error", err)
		}
	}
}

// maxNote bounds a review's note, in bytes.
const maxNote = 4000

func (c *console) review(w http.ResponseWriter, r *http.Request) {
	s, ok := c.find(w, r)
	if !ok {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	verdict, note := r.PostFormValue("verdict"), r.PostFormValue("note")
	switch {
	case !mayReview(identity(r), s):
		c.fail(w, r, http.StatusForbidden, "This key may not review sessions.")
	case verdict != "approved" && verdict != "rejected" || len(note) > maxNote:
		c.fail(w, r, http.StatusUnprocessableEntity, "A verdict is approved or rejected, with a note of at most 4,000 bytes.")
	default:
		if err := c.Records.Review(r.Context(), s.ID, verdict, note, identity(r).KeyID, c.Now().UnixMilli()); err != nil {
			c.broken(w, r, err)
			return
		}
		http.Redirect(w, r, Path+"sessions/"+s.ID, http.StatusSeeOther)
	}
}

func mayReview(who access.Identity, s record.Session) bool {
	return who.Has(access.Review) && s.Status == store.Ready
}
