// Package console is the web console, where researchers look through sessions: the list, each session as a film of its
// steps, why its quality is what it is, and their verdict on it.
//
// It shows what others made and decides nothing but a review. Captured content is hostile: it reaches a page only through
// templ's contextual escaping, under a policy that runs no inline script and loads nothing from elsewhere, and nothing
// captured is ever a link or a source to fetch.
package console
