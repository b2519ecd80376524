// Package access says who is asking and what they may do: API keys, their scopes and owners.
//
// A key is shown once, when it is made; what is stored is a hash of its secret. The package knows no HTTP and no
// sessions: it hands out an [Identity], and whoever serves a request asks the identity what it may.
package access
