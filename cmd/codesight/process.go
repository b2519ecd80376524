package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/codesight/codesight/internal/pipeline"
	"github.com/codesight/codesight/internal/store"
)

type processCmd struct {
	ID  string `arg:"" optional:"" help:"The session."`
	All bool   `help:"Every session that is complete and not ready yet."`
}

// Help shows an example.
func (processCmd) Help() string {
	return "Processing a session again changes nothing.\n\nExample:\n\n  codesight process --all"
}

// Run processes.
func (c *processCmd) Run(ctx context.Context, a *app) error {
	if (c.ID == "") != c.All {
		return usage("give either the id of a session or --all")
	}
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	ids := []string{c.ID}
	if c.All {
		if ids, err = unprocessed(ctx, n); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		tell(a.errs, "Nothing waits to be processed.\n")
	}
	return c.process(ctx, a, n, ids)
}

// process goes on after a session that fails: the others are worth as much.
func (c *processCmd) process(ctx context.Context, a *app, n *node, ids []string) error {
	p := pipeline.New(n.records)
	bar := newProgress(a.errs)
	failed := 0
	for i, id := range ids {
		err := p.Process(ctx, id, func(_ string, done, total int) {
			// Stages count within their session, so that the bar moves also where there is only one.
			bar.show("process", int64(i*total+done), int64(len(ids)*total))
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			bar.clear()
			tell(a.errs, "codesight: session %s: %v\n", id, explain(err))
			continue
		}
		bar.clear()
		if err := c.report(ctx, a, n, id); err != nil {
			return err
		}
	}
	bar.done()
	if failed > 0 {
		return fmt.Errorf("%d of %d sessions could not be processed", failed, len(ids))
	}
	return nil
}

// report prints the session's state and score.
func (c *processCmd) report(ctx context.Context, a *app, n *node, id string) error {
	s, err := n.store.Session(ctx, id)
	if err != nil {
		return err
	}
	tell(a.out, "%s %s, quality %d\n", s.ID, s.Status, s.Quality)
	return nil
}

// explain turns the errors of sessions into words for people.
func explain(err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return errors.New("there is no such session: `codesight sessions list` shows them")
	case errors.Is(err, store.ErrErased):
		return errors.New("the session was erased")
	case errors.Is(err, pipeline.ErrRecording):
		return errors.New("the session is still being recorded: it is processed when it is complete")
	default:
		return err
	}
}

// unprocessed lists the sessions that are complete and not ready.
func unprocessed(ctx context.Context, n *node) ([]string, error) {
	var ids []string
	for _, status := range []store.Status{store.Failed, store.Awaiting, store.Queued, store.Processing} {
		err := eachSession(ctx, n, store.Filter{Status: status}, 0, func(s store.Session) error {
			ids = append(ids, s.ID)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// eachSession calls do for the sessions of a filter, newest first, up to limit where it is not 0.
func eachSession(ctx context.Context, n *node, f store.Filter, limit int, do func(store.Session) error) error {
	for seen := 0; ; {
		f.Limit = store.MaxPage
		page, err := n.store.ListSessions(ctx, f)
		if err != nil {
			return err
		}
		for _, s := range page {
			if err := do(s); err != nil {
				return err
			}
			if seen++; seen == limit {
				return nil
			}
		}
		if len(page) < f.Limit {
			return nil
		}
		f.After = page[len(page)-1].ID
	}
}
