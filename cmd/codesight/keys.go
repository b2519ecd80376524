package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/codesight/codesight/internal/access"
	"github.com/codesight/codesight/internal/config"
	"github.com/codesight/codesight/internal/store"
)

type keysCmd struct {
	Create keysCreateCmd `cmd:"" help:"Make a key and print it, this once."`
	List   keysListCmd   `cmd:"" help:"List the keys without their secrets."`
	Revoke keysRevokeCmd `cmd:"" help:"End a key, within a second everywhere."`
}

type keysCreateCmd struct {
	Scope       []string        `required:"" oneof:"ingest,read,review,admin" placeholder:"SCOPE" help:"What the key may do; several are comma-separated."`
	Name        string          `placeholder:"NAME" help:"For people, in lists."`
	Participant string          `placeholder:"ID" help:"Whose recordings an ingest key makes. Unset is somebody new."`
	Expires     config.Duration `placeholder:"90d" help:"How long the key holds. Unset is for ever."`
	Rate        string          `placeholder:"50/s" help:"Requests per s, m or h. Unset is the server's default."`
}

// Help shows an example.
func (keysCreateCmd) Help() string {
	return "The key is the only thing on standard output.\n\nExample:\n\n  codesight keys create --scope ingest --name \"first participant\" --expires 90d"
}

// Run makes the key.
func (c *keysCreateCmd) Run(ctx context.Context, a *app) error {
	wish := access.NewKey{Name: c.Name, Participant: c.Participant, Rate: c.Rate, Expires: time.Duration(c.Expires)}
	for _, s := range c.Scope {
		wish.Scopes = append(wish.Scopes, access.Scope(s))
	}
	var invalid *access.InvalidError
	if errors.As(wish.Check(), &invalid) {
		return usage("--%s %s", invalid.Field, invalid.Message)
	}
	n, err := a.open(ctx, openOptions{create: true})
	if err != nil {
		return err
	}
	defer n.close()
	plaintext, key, err := access.New(n.store, time.Now).Create(ctx, wish)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(a.out, plaintext); err != nil {
		return err
	}
	whose := ""
	if key.Participant != "" {
		whose = " of participant " + key.Participant
	}
	tell(a.errs, "Made key %s%s. It cannot be shown again.\n", key.ID, whose)
	return nil
}

type keysListCmd struct {
	JSON bool `name:"json" help:"One JSON object a line."`
}

// Help shows an example.
func (keysListCmd) Help() string { return "Example:\n\n  codesight keys list" }

// Run lists the keys.
func (c *keysListCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	keys, err := access.New(n.store, time.Now).List(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		for _, k := range keys {
			if err := a.printJSON(describeKey(k)); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	tell(w, "ID\tSCOPES\tPARTICIPANT\tNAME\tCREATED\tEXPIRES\tLAST USED\tSTATE\n")
	for _, k := range keys {
		tell(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.Scopes, dash(k.Participant), dash(k.Name), date(k.CreatedAt), date(k.ExpiresAt), date(k.LastUsedAt), keyState(k))
	}
	return w.Flush()
}

func keyState(k store.Key) string {
	switch {
	case k.RevokedAt != 0:
		return "revoked"
	case k.ExpiresAt != 0 && k.ExpiresAt <= time.Now().UnixMilli():
		return "expired"
	default:
		return "valid"
	}
}

type keyDescription struct {
	ID          string `json:"id"`
	Scopes      string `json:"scopes"`
	Participant string `json:"participant,omitempty"`
	Name        string `json:"name,omitempty"`
	Rate        string `json:"rate,omitempty"`
	State       string `json:"state"`
	CreatedAt   int64  `json:"created_at"`
	ExpiresAt   int64  `json:"expires_at,omitzero"`
	RevokedAt   int64  `json:"revoked_at,omitzero"`
	LastUsedAt  int64  `json:"last_used_at,omitzero"`
}

func describeKey(k store.Key) keyDescription {
	return keyDescription{
		ID: k.ID, Scopes: k.Scopes, Participant: k.Participant, Name: k.Name, Rate: k.Rate, State: keyState(k),
		CreatedAt: k.CreatedAt, ExpiresAt: k.ExpiresAt, RevokedAt: k.RevokedAt, LastUsedAt: k.LastUsedAt,
	}
}

type keysRevokeCmd struct {
	ID string `arg:"" help:"The key's id: the middle part of the key, as listed."`
}

// Help shows an example.
func (keysRevokeCmd) Help() string { return "Example:\n\n  codesight keys revoke 7f3kq2ma" }

// Run revokes the key.
func (c *keysRevokeCmd) Run(ctx context.Context, a *app) error {
	n, err := a.open(ctx, openOptions{})
	if err != nil {
		return err
	}
	defer n.close()
	err = access.New(n.store, time.Now).Revoke(ctx, c.ID)
	if errors.Is(err, store.ErrNotFound) {
		return errors.New("there is no such key: `codesight keys list` shows them")
	}
	if err == nil {
		tell(a.errs, "Revoked key %s.\n", c.ID)
	}
	return err
}
