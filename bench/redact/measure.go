package main

import (
	"strings"
	"syscall"
	"time"
)

const (
	// leastTime is how long an engine is timed in each round, of CPU. A slow one does not get through all pages in it.
	leastTime = 250 * time.Millisecond
	// batch is how much is read before the time is looked at, in bytes.
	batch = 16 << 10
	// enough is how long a hostile text takes, of CPU, that is not read again for a better figure.
	enough = 100 * time.Millisecond
	// leftover is how long a piece of a value must be for the value not to count as caught, in characters.
	leftover = 4
)

// speed is in MB/s. The program for Node writes the same, of this and of the types below.
type speed struct {
	Name  string  `json:"name"`
	Pages float64 `json:"pages"` // with private values in them
	Clean float64 `json:"clean"`
}

// quality is what an engine made of the sets.
type quality struct {
	Name string   `json:"name"`
	Sets []result `json:"sets"`
}

// result is what an engine made of one set.
type result struct {
	Caught map[string]int `json:"caught"` // values, by kind
	Harmed int            `json:"harmed"` // harmless lines
}

// cpu is the time that this process has worked, garbage collection included: on a busy machine the clock says little.
func cpu() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err) // the arguments are wrong
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// rate returns MB/s of CPU time. It reads the pages in turn, until the time is over.
func rate(text func(string) string, pages []string) float64 {
	size, looked := 0, 0
	start := cpu()
	for i := 0; ; i++ {
		p := pages[i%len(pages)]
		text(p)
		if size += len(p); size-looked < batch {
			continue
		}
		looked = size
		if took := cpu() - start; took >= leastTime {
			return float64(size) / took.Seconds() / 1e6
		}
	}
}

func judge(e engine, sets []set) quality {
	q := quality{Name: e.name}
	for _, s := range sets {
		r := result{Caught: map[string]int{}}
		for _, l := range s.Lines {
			out := e.text(l.Text)
			if len(l.Values) == 0 && out != l.Text {
				r.Harmed++
			}
			for _, v := range l.Values {
				if !holds(out, v.Text) {
					r.Caught[v.Kind]++
				}
			}
		}
		q.Sets = append(q.Sets, r)
	}
	return q
}

// holds says that a piece of the value is left.
func holds(out, value string) bool {
	runes := []rune(value)
	if len(runes) < leftover {
		return strings.Contains(out, value)
	}
	for i := 0; i+leftover <= len(runes); i++ {
		if strings.Contains(out, string(runes[i:i+leftover])) {
			return true
		}
	}
	return false
}

// What the shape of an engine's work is measured on, in bytes.
var (
	sizes = []int{1 << 10, 10 << 10, 100 << 10, 1 << 20, 10 << 20}
	// hostileSizes lie so far apart that quadratic work takes 256 times as long, and linear work 16 times.
	hostileSizes = [2]int{32 << 10, 512 << 10}
)

// cutInto cuts the text into pieces of a size, or repeats it up to the size.
func cutInto(size int, all string) []string {
	all = strings.Repeat(all, (size-1)/len(all)+1)
	var list []string
	for at := 0; at+size <= len(all); at += size {
		list = append(list, all[at:at+size])
	}
	return list
}

// shape is how an engine's time grows with the text.
type shape struct {
	Sizes   []float64    `json:"sizes"`   // MB/s of pages, for each size
	Hostile [][2]float64 `json:"hostile"` // MB/s for each piece and the two sizes
}

func shapeOf(e engine, c corpus) shape {
	var s shape
	all := strings.Join(c.Pages, "\n")
	for _, n := range sizes {
		s.Sizes = append(s.Sizes, rate(e.text, cutInto(n, all)))
	}
	for _, piece := range c.Hostile {
		var r [2]float64
		for i, n := range hostileSizes {
			text := strings.Repeat(piece, n/len(piece))
			for range 3 {
				start := cpu()
				e.text(text)
				took := max(cpu()-start, time.Microsecond) // what the system tells it by
				r[i] = max(r[i], float64(len(text))/took.Seconds()/1e6)
				if took > enough {
					break
				}
			}
		}
		s.Hostile = append(s.Hostile, r)
	}
	return s
}
