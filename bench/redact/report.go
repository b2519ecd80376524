package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
)

func report(w io.Writer, c corpus, rounds [][]speed, qualities []quality, shapes []shape) {
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Fprintf(w, "%d cores, load %s, %s\n", runtime.NumCPU(), strings.Join(strings.Fields(string(load))[:min(3, len(strings.Fields(string(load))))], " "), runtime.Version())
	reportSpeed(w, c, rounds)
	for i, s := range c.Sets {
		reportSet(w, s, i, qualities)
	}
	reportSizes(w, shapes)
	reportHostile(w, c.Hostile, shapes)
}

func reportSpeed(w io.Writer, c corpus, rounds [][]speed) {
	fmt.Fprintf(w, "\nSpeed: %d pages of %d lines, median of %d rounds\n\n", len(c.Pages), pageLines, len(rounds))
	fmt.Fprintf(w, "%-26s %9s %9s %9s %9s\n", "", "MB/s", "we are", "clean", "we are")
	var pages, clean float64 // of our engine of the same language
	for i, e := range rounds[0] {
		list, cleanList := make([]float64, len(rounds)), make([]float64, len(rounds))
		for k := range rounds {
			list[k], cleanList[k] = rounds[k][i].Pages, rounds[k][i].Clean
		}
		p, q := median(list), median(cleanList)
		if e.Name == ours || e.Name == oursTS {
			pages, clean = p, q
		}
		fmt.Fprintf(w, "%-26s %9.2f %8.2f× %9.2f %8.2f×\n", e.Name, p, pages/p, q, clean/q)
	}
}

func reportSet(w io.Writer, s set, i int, qualities []quality) {
	kinds := map[string]int{}
	private, harmless := 0, 0
	for _, l := range s.Lines {
		if len(l.Values) == 0 {
			harmless++
		}
		for _, v := range l.Values {
			kinds[v.Kind]++
			private++
		}
	}
	fmt.Fprintf(w, "\n%s: %d private values, %d harmless lines\n\n", s.Name, private, harmless)
	names := slices.Sorted(maps.Keys(kinds))
	fmt.Fprintf(w, "%-26s %7s %7s", "", "caught", "harmed")
	for _, k := range names {
		fmt.Fprintf(w, " %*s", columnOf(k), k)
	}
	fmt.Fprintln(w)
	for _, q := range qualities {
		r := q.Sets[i]
		caught := 0
		for _, n := range r.Caught {
			caught += n
		}
		fmt.Fprintf(w, "%-26s %7s %7s", q.Name, percent(caught, private), percent(r.Harmed, harmless))
		for _, k := range names {
			fmt.Fprintf(w, " %*s", columnOf(k), percent(r.Caught[k], kinds[k]))
		}
		fmt.Fprintln(w)
	}
}

func columnOf(kind string) int { return max(7, len(kind)) }

func reportSizes(w io.Writer, shapes []shape) {
	fmt.Fprintf(w, "\nSize: pages in one text, MB/s\n\n%-26s", "")
	for _, n := range sizes {
		fmt.Fprintf(w, " %9s", fmt.Sprintf("%d KiB", n>>10))
	}
	fmt.Fprintln(w)
	for i, name := range []string{ours, oursTS} {
		fmt.Fprintf(w, "%-26s", name)
		for _, r := range shapes[i].Sizes {
			fmt.Fprintf(w, " %9.2f", r)
		}
		fmt.Fprintln(w)
	}
}

// worstCount is how many of the hostile pieces are shown.
const worstCount = 5

// reportHostile shows the pieces whose texts take the most times as long when they are 16 times as long.
func reportHostile(w io.Writer, pieces []string, shapes []shape) {
	times := hostileSizes[1] / hostileSizes[0]
	fmt.Fprintf(w, "\nHostile: %d pieces, each repeated to %d KiB and to %d times as much; the worst of them\n\n%-26s %12s %12s  %s\n", len(pieces), hostileSizes[0]>>10, times, "", "times as long", "MB/s", "piece")
	for i, name := range []string{ours, oursTS} {
		ratio := func(k int) float64 { r := shapes[i].Hostile[k]; return float64(times) * r[0] / r[1] }
		order := make([]int, len(pieces))
		for k := range order {
			order[k] = k
		}
		slices.SortFunc(order, func(a, b int) int { return int(1000 * (ratio(b) - ratio(a))) })
		for _, k := range order[:min(worstCount, len(order))] {
			fmt.Fprintf(w, "%-26s %12.1f× %12.2f  %q\n", name, ratio(k), shapes[i].Hostile[k][1], pieces[k])
		}
		slices.SortFunc(order, func(a, b int) int { return int(1000 * (shapes[i].Hostile[a][1] - shapes[i].Hostile[b][1])) })
		for _, k := range order[:min(2, len(order))] {
			fmt.Fprintf(w, "%-26s %12.1f× %12.2f  %q (the slowest)\n", name, ratio(k), shapes[i].Hostile[k][1], pieces[k])
		}
	}
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func percent(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
}
