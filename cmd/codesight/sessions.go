package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/codesight/codesight/internal/api"
	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/event/wire"
	"github.com/codesight/codesight/internal/record"
	"github.com/codesight/codesight/internal/store"
)

type sessionsCmd struct {
	List   sessionsListCmd   `cmd:"" help:"List sessions, newest first."`
	Show   sessionsShowCmd   `cmd:"" help:"Show one session."`
	Verify sessionsVerifyCmd `cmd:"" help:"Prove a session whole: no gap, every segment and image authentic."`
	Delete sessionsDeleteCmd `cmd:"" help:"Erase a session for good."`
}

type sessionsListCmd struct {
	Status      string `oneof:"recording,awaiting,queued,processing,ready,failed,erased" placeholder:"STATUS" help:"Only these."`
	Participant string `placeholder:"ID" help:"Only this participant's."`
	MinQuality  int    `default:"0" max:"100" help:"Only those of at least this quality."`
	Limit       int    `default:"50" min:"1" max:"1000000" help:"At most so many."`
	JSON        bool   `name:"json" help:"One JSON object a line."`
}

// Help shows an example.
func (sessionsListCmd) Help() string {
	return "Example:\n\n  codesight sessions list --status ready --min-quality 60"
}

// Run lists.
func (c *sessionsListCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	if !c.JSON {
		tell(w, "ID\tSTATUS\tQUALITY\tEVENTS\tPARTICIPANT\tCREATED\n")
	}
	f := store.Filter{Status: store.Status(c.Status), Participant: c.Participant, MinQuality: int64(c.MinQuality)}
	err = eachSession(ctx, n, f, c.Limit, func(s store.Session) error {
		if c.JSON {
			return a.printJSON(api.ViewSession(s))
		}
		tell(w, "%s\t%s\t%s\t%d\t%s\t%s\n", s.ID, s.Status, quality(s), s.NextSeq-1, s.Participant, date(s.CreatedAt))
		return nil
	})
	return errors.Join(err, w.Flush())
}

func quality(s store.Session) string {
	if s.Quality < 0 {
		return "-"
	}
	return strconv.FormatInt(s.Quality, 10)
}

type sessionsShowCmd struct {
	ID   string `arg:"" help:"The session."`
	JSON bool   `name:"json" help:"The whole stored session with its events as one JSON object."`
}

// Help shows an example.
func (sessionsShowCmd) Help() string {
	return "Example:\n\n  codesight sessions show --json 0199a3c4-7b1e-7000-8000-000000000001"
}

// Run shows.
func (c *sessionsShowCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	s, err := n.records.Session(ctx, c.ID)
	if err != nil {
		return explain(err)
	}
	if s.Status == store.Erased {
		return errors.New("the session was erased")
	}
	if c.JSON {
		return c.printJSON(ctx, a, n, api.ViewSession(s.Session), s.Header)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	tell(w, "session\t%s\nstatus\t%s\nquality\t%s\nparticipant\t%s\ncreated\t%s\ncompleted\t%s\nevents\t%d (%d refused)\nsize\t%d bytes, %d stored\nclient\t%s %s\n",
		s.ID, s.Status, quality(s.Session), s.Participant, date(s.CreatedAt), date(s.CompletedAt), s.NextSeq-1, s.Refused,
		s.PlainBytes, s.StoredBytes, s.Header.Client.Name, s.Header.Client.Version)
	if s.Header.Task != nil {
		tell(w, "task\t%s\n", s.Header.Task.Title)
	}
	return w.Flush()
}

// printJSON writes the events as they are stored, page by page: a session of hours need not fit into memory.
func (c *sessionsShowCmd) printJSON(ctx context.Context, a *app, n *node, v api.SessionView, header event.Session) error {
	shots, err := n.records.Screenshots(ctx, c.ID)
	if err != nil {
		return err
	}
	head, err := wire.Marshal(struct {
		api.SessionView
		Session     event.Session `json:"session"`
		Screenshots []shot        `json:"screenshots"`
	}{v, header, describeShots(shots)})
	if err != nil {
		return err
	}
	tell(a.out, "%s,\"events\":[", head[:len(head)-1])
	separator := "\n"
	for after := int64(0); ; {
		lines, err := n.records.EventLines(ctx, c.ID, after, showPage)
		if err != nil {
			return err
		}
		for _, line := range lines {
			tell(a.out, "%s%s", separator, line)
			separator = ",\n"
		}
		if len(lines) < showPage {
			break
		}
		after += int64(len(lines))
	}
	tell(a.out, "\n]}\n")
	return nil
}

// shot is a stored image as shown to programs.
type shot struct {
	ID        string               `json:"id"`
	MediaType string               `json:"media_type"`
	Size      int64                `json:"size"`
	Metadata  event.ScreenshotMeta `json:"metadata"`
}

func describeShots(list []record.ImageInfo) []shot {
	shots := make([]shot, len(list))
	for i, s := range list {
		shots[i] = shot{ID: s.ID, MediaType: s.MediaType, Size: s.Size, Metadata: s.Meta}
	}
	return shots
}

// showPage is how many events are read at once.
const showPage = 500

type sessionsVerifyCmd struct {
	ID string `arg:"" help:"The session."`
}

// Help shows an example.
func (sessionsVerifyCmd) Help() string {
	return "Exits with 1 where anything is missing or was changed.\n\nExample:\n\n  codesight sessions verify 0199a3c4-7b1e-7000-8000-000000000001"
}

// Run verifies.
func (c *sessionsVerifyCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	v, err := n.records.Verify(ctx, c.ID)
	if err != nil {
		return explain(err)
	}
	for _, p := range v.Problems {
		tell(a.errs, "codesight: %s: %s\n", p.Place, p.What)
	}
	if !v.Whole() {
		return fmt.Errorf("session %s is not whole: %d problems", c.ID, len(v.Problems))
	}
	tell(a.out, "Session %s is whole: %d events (%d refused) in %d segments, %d screenshots, %d results, all authentic.\n",
		c.ID, v.Events, v.Refused, v.Segments, v.Screenshots, v.Stages)
	return nil
}

type sessionsDeleteCmd struct {
	ID string `arg:"" help:"The session."`
}

// Help shows an example.
func (sessionsDeleteCmd) Help() string {
	return "Its data key goes with it, so that backups cannot be read either.\n\nExample:\n\n  codesight sessions delete 0199a3c4-7b1e-7000-8000-000000000001"
}

// Run erases.
func (c *sessionsDeleteCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	if err := n.records.Erase(ctx, c.ID, time.Now().UnixMilli()); err != nil {
		return explain(err)
	}
	tell(a.errs, "Erased session %s.\n", c.ID)
	return nil
}
