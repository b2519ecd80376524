package access

import (
	"slices"
	"strings"
)

// Scope is something that a key may do.
type Scope string

// The scopes. Admin implies all others.
const (
	Ingest Scope = "ingest" // record sessions as one participant, and read or erase that participant's own
	Read   Scope = "read"   // read every session
	Review Scope = "review" // approve and reject sessions
	Admin  Scope = "admin"
)

// Scopes lists every scope, in the order in which a key's scopes are written.
var Scopes = []Scope{Ingest, Read, Review, Admin}

// Identity is whoever presented a valid key.
type Identity struct {
	KeyID       string
	Name        string
	Participant string // empty for a key that belongs to no participant
	Scopes      []Scope
}

// Has says whether the identity has the scope; admin has all.
func (i Identity) Has(s Scope) bool {
	return slices.Contains(i.Scopes, s) || slices.Contains(i.Scopes, Admin)
}

// Owns says whether what belongs to the participant may be written or erased by the identity: it is the participant's
// own, or the identity is an admin.
func (i Identity) Owns(participant string) bool {
	return i.Has(Admin) || (i.Participant != "" && i.Participant == participant)
}

// MayRead says whether the identity may read what belongs to the participant. A key that belongs to a participant reads
// that participant's own and nothing else, whatever its scopes; a researcher's key reads all.
func (i Identity) MayRead(participant string) bool {
	return i.Owns(participant) || (i.Participant == "" && i.Has(Read))
}

// ParseScopes reads comma-separated scopes; false where one is not known or none is given.
func ParseScopes(list string) ([]Scope, bool) {
	var scopes []Scope
	for part := range strings.SplitSeq(list, ",") {
		s := Scope(strings.TrimSpace(part))
		if !slices.Contains(Scopes, s) {
			return nil, false
		}
		if !slices.Contains(scopes, s) {
			scopes = append(scopes, s)
		}
	}
	return scopes, true
}

func joinScopes(scopes []Scope) string {
	parts := make([]string, len(scopes))
	for i, s := range scopes {
		parts[i] = string(s)
	}
	return strings.Join(parts, ",")
}
