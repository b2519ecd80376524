package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/store"
)

type participantsCmd struct {
	List   participantsListCmd   `cmd:"" help:"List participants."`
	Delete participantsDeleteCmd `cmd:"" help:"Erase everything of a participant and end their keys."`
}

type participantsListCmd struct {
	JSON bool `name:"json" help:"One JSON object a line."`
}

// Help shows an example.
func (participantsListCmd) Help() string { return "Example:\n\n  codesight participants list" }

// Run lists.
func (c *participantsListCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	if !c.JSON {
		tell(w, "ID\tSESSIONS\tLAST SEEN\n")
	}
	for after := ""; ; {
		page, err := n.store.ListParticipants(ctx, after, store.MaxPage)
		if err != nil {
			return err
		}
		for _, p := range page {
			if err := c.print(a, w, p); err != nil {
				return err
			}
			after = p.ID
		}
		if len(page) < store.MaxPage {
			return w.Flush()
		}
	}
}

func (c *participantsListCmd) print(a *app, w *tabwriter.Writer, p store.Participant) error {
	if c.JSON {
		return a.printJSON(struct {
			ID       string `json:"id"`
			Sessions int64  `json:"sessions"`
			LastSeen int64  `json:"last_seen"`
		}{p.ID, p.Sessions, p.LastSeen})
	}
	tell(w, "%s\t%d\t%s\n", p.ID, p.Sessions, date(p.LastSeen))
	return nil
}

type participantsDeleteCmd struct {
	ID string `arg:"" help:"The participant."`
}

// Help shows an example.
func (participantsDeleteCmd) Help() string {
	return "Erases every session with its images and examples; the keys end first, so that nothing new comes in.\n\nExample:\n\n  codesight participants delete p_4kq7w2ma3c5e6g7i"
}

// Run erases.
func (c *participantsDeleteCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	keys, err := access.New(n.store, time.Now).RevokeParticipant(ctx, c.ID)
	if err != nil {
		return err
	}
	sessions, err := n.records.EraseParticipant(ctx, c.ID, time.Now().UnixMilli())
	if err != nil {
		return err
	}
	if keys == 0 && sessions == 0 {
		return fmt.Errorf("there is nothing of participant %s: `codesight participants list` shows them all", c.ID)
	}
	tell(a.errs, "Erased %d sessions of participant %s and ended %d keys.\n", sessions, c.ID, keys)
	return nil
}
