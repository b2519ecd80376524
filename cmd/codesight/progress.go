package main

import (
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
)

const (
	// barWidth is the length of a progress bar, in characters.
	barWidth = 32
	// barEvery and lineEvery bound how often progress is shown on a terminal and elsewhere.
	barEvery  = 100 * time.Millisecond
	lineEvery = 10 * time.Second
)

// progress shows how far something is: a bar on a terminal, now and then a line elsewhere.
type progress struct {
	w        io.Writer
	terminal bool

	mu    sync.Mutex
	stage string
	shown time.Time
	open  bool // the bar's line has no end yet
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, terminal: ok && isatty.IsTerminal(f.Fd()), shown: time.Now()}
}

// show is called at each step; it is safe for concurrent use.
func (p *progress) show(stage string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.terminal {
		if time.Since(p.shown) >= lineEvery {
			p.shown = time.Now()
			tell(p.w, "%s: %d of %d\n", stage, done, total)
		}
		return
	}
	if stage != p.stage && p.open {
		tell(p.w, "\n")
		p.open = false
	}
	if stage == p.stage && done < total && time.Since(p.shown) < barEvery {
		return
	}
	p.stage, p.shown, p.open = stage, time.Now(), true
	full := 0
	if total > 0 {
		full = int(min(done, total) * barWidth / total)
	}
	tell(p.w, "\r%-12s %s%s %d/%d ", stage, strings.Repeat("█", full), strings.Repeat("░", barWidth-full), done, total)
}

// clear takes the bar away, so that a line can be printed in its place.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open {
		tell(p.w, "\r\x1b[K") // to the line's begin, and erase it
		p.open = false
	}
}

// done ends the bar's line.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open {
		tell(p.w, "\n")
		p.open = false
	}
}
