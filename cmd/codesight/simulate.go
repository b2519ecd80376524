package main

import (
	"context"
	"time"

	"github.com/codesight/codesight/internal/config"
	"github.com/codesight/codesight/internal/simulate"
)

type simulateCmd struct {
	URL         string          `name:"url" default:"http://127.0.0.1:8787" help:"Server to record to."`
	Key         string          `required:"" secret:"" placeholder:"KEY" help:"Key with scope admin, for the data is read back."`
	Sessions    int             `default:"10" min:"1" max:"100000" help:"How many sessions are recorded."`
	Events      int             `default:"100" min:"1" max:"10000000" help:"How many events each session has."`
	Rate        int             `default:"0" max:"10000000" help:"Events per second over all sessions; 0 is as fast as the server acknowledges."`
	Transport   string          `default:"ws" oneof:"ws,http" help:"How the events are sent."`
	EventBytes  int             `default:"500" min:"300" max:"50000" help:"About how long each event's JSON is."`
	Connections int             `default:"256" min:"1" max:"10000" help:"How many sessions are recorded at once."`
	Patience    config.Duration `default:"2m" help:"How long a session is tried without getting any further, while the server restarts or refuses load."`
	JSON        bool            `name:"json" help:"Print the result as JSON."`
}

// Help shows an example.
func (simulateCmd) Help() string {
	return "Fails if anything that was acknowledged is lost, doubled or changed.\n\nExample:\n\n  CODESIGHT_SIMULATE_KEY=$(codesight keys create --scope admin) codesight simulate --sessions 50 --events 400"
}

// Run simulates.
func (c *simulateCmd) Run(ctx context.Context, a *app) error {
	bar := newProgress(a.errs)
	result, err := simulate.Run(ctx, simulate.Options{
		URL: c.URL, Key: c.Key, Sessions: c.Sessions, Events: c.Events, Rate: c.Rate, Transport: c.Transport,
		EventBytes: c.EventBytes, Connections: c.Connections, Patience: time.Duration(c.Patience),
		Progress: bar.show,
	})
	bar.done()
	if result.Sessions > 0 {
		if printed := c.print(a, &result); printed != nil {
			return printed
		}
	}
	if err == nil && !result.OK() {
		return errSilent
	}
	return err
}

func (c *simulateCmd) print(a *app, r *simulate.Result) error {
	if c.JSON {
		return a.printJSON(r)
	}
	return r.Print(a.out)
}
