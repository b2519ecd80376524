package sqlite

// WithMaxPages makes a database that is full at so many pages.
func WithMaxPages(n int) Options { return Options{maxPages: n} }
