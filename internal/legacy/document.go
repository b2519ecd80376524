package legacy

import "github.com/codesight/codesight/internal/event"

// document follows which rows belong to one document. The earlier recorder gave documents no id, but its numbers restart
// with each one. As rows may be missing and out of order, a document is also taken for another one when both its
// address and its title have changed.
type document struct {
	highest    float64 // number of its rows so far
	url, title string
	pool       pool
}

// maxDisorder is how far rows of one document were seen to be out of order.
const maxDisorder = 5

// see notices the begin of another document.
func (d *document) see(r *row) {
	restarted := r.Type == "navigation_restored"
	if n := r.Sequence; n != nil {
		restarted = restarted || *n <= 1 || *n < d.highest-maxDisorder
	}
	if restarted {
		*d = document{}
	}
	d.highest = max(d.highest, order(*r))
}

// on returns what was recorded of the document so far.
func (d *document) on(p event.Page) pool {
	if d.pool == nil || d.url != p.URL && d.title != p.Title {
		d.pool = pool{}
	}
	d.url, d.title = p.URL, p.Title
	return d.pool
}
