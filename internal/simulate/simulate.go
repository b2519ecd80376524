package simulate

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/time/rate"
)

// Options of a simulation.
type Options struct {
	URL         string // of the server
	Key         string // with scope admin
	Sessions    int
	Events      int // of each session
	Rate        int // events per second over all sessions; 0 is as fast as the server acknowledges
	Transport   string
	EventBytes  int
	Connections int           // sessions that are recorded at once
	Patience    time.Duration // how long a session is tried without getting any further
	// Progress is told how far the recording and the reading back are; nil is nobody.
	Progress func(stage string, done, total int64)
}

// maxErrors bounds how many failures are told.
const maxErrors = 5

// run is one simulation under way.
type run struct {
	o      Options
	client *client
	limit  *rate.Limiter
	result *tally
}

// Run records the sessions, completes them, and reads all back. The error says why it could not be done; a result that
// is not OK says what the server did wrong.
func Run(ctx context.Context, o Options) (Result, error) {
	base, err := url.Parse(o.URL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return Result{}, errors.New("the URL must be http://HOST or https://HOST")
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	r := &run{
		o:      o,
		client: newClient(strings.TrimSuffix(o.URL, "/"), o.Key, o.Connections),
		limit:  rate.NewLimiter(rate.Inf, batchEvents),
		result: &tally{progress: o.Progress, total: int64(o.Sessions) * int64(o.Events)},
	}
	defer r.client.http.CloseIdleConnections()
	if o.Rate > 0 {
		r.limit.SetLimit(rate.Limit(o.Rate))
	}
	r.result.result.Sessions, r.result.result.Events = o.Sessions, int64(o.Events)
	sessions, err := r.sessions()
	if err != nil {
		return Result{}, err
	}
	begun := time.Now()
	err = r.each(ctx, sessions, o.Connections, func(ctx context.Context, s *session) error {
		err := (&recorder{run: r, session: s}).record(ctx)
		if err != nil {
			r.result.failed()
		}
		return err
	})
	r.result.settle(time.Since(begun))
	if ctx.Err() == nil {
		// What was acknowledged must be there even where the recording came to an early end.
		err = errors.Join(err, r.each(ctx, sessions, readers, r.compare))
	}
	return r.result.result, err
}

// session is one session and what the server promised to keep of it.
type session struct {
	script
	acked int64
}

func (r *run) sessions() ([]*session, error) {
	sessions := make([]*session, r.o.Sessions)
	now := time.Now().UnixMilli()
	for i := range sessions {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		sessions[i] = &session{script: script{id: id.String(), started: now, bytes: r.o.EventBytes}}
	}
	return sessions, nil
}

// each does something for every session, some at once, and returns the first errors.
func (r *run) each(ctx context.Context, sessions []*session, atOnce int, do func(context.Context, *session) error) error {
	var all sync.WaitGroup
	var mu sync.Mutex
	var errs []error
	next := make(chan *session)
	for range min(atOnce, len(sessions)) {
		all.Go(func() {
			for s := range next {
				if err := do(ctx, s); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, s := range sessions {
		next <- s
	}
	close(next)
	all.Wait()
	if more := len(errs) - maxErrors; more > 0 {
		errs = append(errs[:maxErrors], fmt.Errorf("and %d more failures", more))
	}
	return errors.Join(errs...)
}

func (r *run) dial(ctx context.Context) (link, error) {
	if r.o.Transport == "http" {
		return httpLink{r.client}, nil
	}
	return dialWebSocket(ctx, r.client)
}
