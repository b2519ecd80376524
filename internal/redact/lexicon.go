package redact

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// What a word may be, for names and addresses: the lists of rules/names.json and rules/places.json.
const (
	wordGiven = 1 << iota
	wordGivenWeak
	wordSurname
	wordNoun
	wordFunction
	wordHonorific
	wordDotted
	wordHonorificWeak
	wordParticle
	wordBrand // begins the name of a brand
	wordLabel // ends a label
	wordStreet
	wordStreetWeak
	wordPrefix
	wordPrefixWeak
	wordNotStreet
	wordDirection
	wordUnit
	wordState
	wordCity
	wordCountry // begins the name of a country
	wordPlace   // a particle of a street's or a city's name
	wordOwned
	wordNotLabel
	wordNotAddress
	wordNotUser
	wordInwardNot
	wordArea
	wordSession // begins a phrase such as "Signed in as"
	wordBox     // ends a label of a post box
	wordNamed   // ends a label of a person
	wordPart    // is a part of an address, or ends a label that one follows: lexicon.parts says which
)

// Parts of an address, by the word that marks them.
const (
	partUnit     = 1 << iota // before a number or a letter: "кв. 5"
	partFloor                // after a number: "2. tv", "3rd floor"
	partDoor                 // by itself: "bajo", "st. th."
	partDistrict             // before a name or a number: "Col. Centro"
	partArea                 // after a name: "Kadıköy Mah."
	partHouse                // before a house number: "No: 12", "д. 5"
	partCode                 // before a postcode: "CEP 01310-100"
	partStreet               // a street word after the name and before the number: "Váci út 5"
	partRegion               // names a region
	partIn                   // before the name of a street, which nothing else marks: "An der Eiche 5"
)

// What a label announces.
const (
	labelLoose   = 1 << iota // a name, directly after it
	labelStrict              // a name, after a colon or a line end
	labelBy                  // a name, if it is a known one
	labelUser                // a username, after a colon
	labelUserToo             // a username, directly after it
	labelAddress
	labelPost
	labelBox
	labelAt     // the number and street of an address, directly after it
	labelPlace  // a name or a place: "Ship to"
	labelName   // a name, also where it stands alone on the next line
	labelLine   // of a label found in a text: only the end of its line stands between it and its value
	labelPerson = labelLoose | labelStrict | labelBy
)

type phrase struct {
	text string
	kind int
}

// lexicon is one hash table for the words of both files, so that a word of the text is looked up once.
type lexicon struct {
	shift    uint                  // of a hash, to its slot
	slots    []uint16              // entry plus one, 0 where empty; at most a quarter full
	ends     []ends                // of each entry
	hints    [1 << hintBits]uint32 // by hintAt: the flags of all words with these ends and this length
	namedEnd endings               // of the labels of a person
	words    []string
	flags    []uint32
	parts    []uint16
	labels   [][]phrase // by the entry of their last word, longest first
	starts   [][]phrase // brands and countries, by the entry of their first word
}

type nameRules struct {
	Given, Functions, Nouns, Surnames                             string
	GivenWeak                                                     string `json:"given_weak"`
	MonthsDays                                                    string `json:"months_days"`
	Suffixes, Honorifics, Particles, Possessed, Brands, Usernames []string
	HonorificsDotted                                              []string `json:"honorifics_dotted"`
	HonorificsWeak                                                []string `json:"honorifics_weak"`
	LabelsLoose                                                   []string `json:"labels_loose"`
	LabelsStrict                                                  []string `json:"labels_strict"`
	LabelsBy                                                      []string `json:"labels_by"`
	LabelsNot                                                     []string `json:"labels_not"`
	UsernamesLoose                                                []string `json:"usernames_loose"`
	NotUsernames                                                  []string `json:"not_usernames"`
	LabelsPlace                                                   []string `json:"labels_place"`
	LabelsName                                                    []string `json:"labels_name"`
	Saints, Titles                                                []string
	Organisations, Towns                                          string
	NotHonored                                                    []string `json:"not_honored"`
	NotGreeted                                                    []string `json:"not_greeted"`
	HonorificsAfter                                               []string `json:"honorifics_after"`
}

type placeRules struct {
	Streets, Prefixes, Particles, Directions, Units, States, Areas, Cities string
	StreetsWeak                                                            string `json:"streets_weak"`
	PrefixesWeak                                                           string `json:"prefixes_weak"`
	NotNames                                                               string `json:"not_names"`
	InwardNot                                                              string `json:"inward_not"`
	Suffixes, Countries, Labels                                            []string
	SuffixesSure                                                           []string `json:"suffixes_sure"`
	SuffixNot                                                              []string `json:"suffix_not"`
	POBoxes                                                                []string `json:"po_box_loose"`
	LabelsNot                                                              []string `json:"labels_not"`
	LabelsPost                                                             []string `json:"labels_post"`
	LabelsAt                                                               []string `json:"labels_at"`
	Parts                                                                  struct {
		Unit, Floor, Door, District, Area, House, Code, Street, Region, In string
	}
	Unspaced map[string]string
}

// loadLexicon also hands the endings of names to the tables.
func (t *tables) loadLexicon() {
	var n nameRules
	var p placeRules
	load("names.json", &n)
	load("places.json", &p)
	build := lexiconBuilder{t: t, x: &t.lexicon, index: make(map[string]int, lexiconSize)}
	build.grow()
	for flag, list := range map[uint32]string{
		wordGiven: n.Given, wordGivenWeak: n.GivenWeak, wordSurname: n.Surnames, wordNoun: n.Nouns,
		wordFunction: n.Functions + " " + n.MonthsDays, wordStreet: p.Streets, wordStreetWeak: p.StreetsWeak,
		wordPrefix: p.Prefixes, wordPrefixWeak: p.PrefixesWeak, wordNotStreet: p.NotNames, wordDirection: p.Directions,
		wordUnit: p.Units, wordState: p.States, wordCity: p.Cities, wordPlace: p.Particles, wordInwardNot: p.InwardNot,
		wordArea: p.Areas,
	} {
		build.words(flag, strings.Fields(list))
	}
	for flag, list := range map[uint32][]string{
		wordHonorific: n.Honorifics, wordDotted: n.HonorificsDotted, wordHonorificWeak: n.HonorificsWeak,
		wordParticle: n.Particles, wordOwned: n.Possessed, wordNotLabel: n.LabelsNot,
		wordNotAddress: p.LabelsNot, wordNotUser: n.NotUsernames,
	} {
		build.words(flag, list)
	}
	build.labels(labelLoose, n.LabelsLoose)
	build.labels(labelStrict, n.LabelsStrict)
	build.labels(labelBy, n.LabelsBy)
	build.labels(labelPlace, n.LabelsPlace)
	build.labels(labelName, n.LabelsName)
	build.labels(labelUser, n.Usernames)
	build.labels(labelUserToo, n.UsernamesLoose)
	build.labels(labelAddress, p.Labels)
	build.labels(labelPost, p.LabelsPost)
	build.labels(labelBox, p.POBoxes)
	build.labels(labelAt, p.LabelsAt)
	build.parts(partUnit, p.Parts.Unit+" "+p.Units)
	build.parts(partFloor, p.Parts.Floor)
	build.parts(partDoor, p.Parts.Door)
	build.parts(partDistrict, p.Parts.District)
	build.parts(partArea, p.Parts.Area)
	build.parts(partHouse, p.Parts.House)
	build.parts(partCode, p.Parts.Code)
	build.parts(partStreet, p.Parts.Street)
	build.parts(partRegion, p.Parts.Region)
	build.parts(partIn, p.Parts.In)
	build.starts(wordBrand, n.Brands)
	build.starts(wordCountry, p.Countries)
	build.starts(wordSession, n.UsernamesLoose)
	build.finish()
	t.loadUnspaced(p.Unspaced)
	t.surnameEnds = n.Suffixes
	t.organisations, t.saints, t.titleWords = t.wordSet(strings.Fields(n.Organisations)), t.wordSet(n.Saints), t.wordSet(n.Titles)
	t.towns = t.wordSet(strings.Fields(n.Towns))
	t.loadHonorifics(n.HonorificsAfter, n.NotHonored, n.NotGreeted)
	for _, end := range p.Suffixes {
		last := nameEnd(end[len(end)-2], end[len(end)-1])
		t.streetByEnd[last] = append(t.streetByEnd[last], end)
	}
	t.streetEndsSure, t.streetEndsNot = t.wordSet(p.SuffixesSure), t.wordSet(p.SuffixNot)
}

// lexiconSize is about how many words there are, so that the tables need not grow.
const lexiconSize = 33_000

type lexiconBuilder struct {
	t     *tables
	x     *lexicon
	index map[string]int
}

func (l *lexiconBuilder) grow() {
	x := l.x
	x.words, x.flags = make([]string, 0, lexiconSize), make([]uint32, 0, lexiconSize)
	x.labels, x.starts = make([][]phrase, 0, lexiconSize), make([][]phrase, 0, lexiconSize)
}

func (l *lexiconBuilder) entry(word string) int {
	if n, ok := l.index[word]; ok {
		return n
	}
	n := len(l.x.words)
	l.index[word] = n
	l.x.words = append(l.x.words, word)
	l.x.flags = append(l.x.flags, 0)
	l.x.parts = append(l.x.parts, 0)
	l.x.labels = append(l.x.labels, nil)
	l.x.starts = append(l.x.starts, nil)
	return n
}

func (l *lexiconBuilder) words(flag uint32, list []string) {
	for _, w := range list {
		l.x.flags[l.entry(l.t.word(w))] |= flag
	}
}

func (l *lexiconBuilder) parts(part uint16, list string) {
	for _, w := range strings.Fields(list) {
		n := l.entry(l.t.word(w))
		l.x.flags[n] |= wordPart
		l.x.parts[n] |= part
	}
}

func (l *lexiconBuilder) labels(kind int, list []string) {
	for _, w := range list {
		text := l.t.word(w)
		last := len(text)
		for last > 0 && class[text[last-1]]&isLetter != 0 {
			last--
		}
		n := l.entry(text[last:])
		if kind == labelAt {
			l.x.flags[n] |= wordPart
		} else {
			l.x.flags[n] |= wordLabel
		}
		switch {
		case kind == labelBox:
			l.x.flags[n] |= wordBox
		case kind&labelPerson != 0:
			l.x.flags[n] |= wordNamed
			l.x.namedEnd.add(text)
		}
		if c := l.x.words[n][0]; kind == labelLoose && c >= foldUnspaced {
			l.t.trigger[c] = always
		} else if kind&labelName != 0 && c >= foldUnspaced && len(l.x.words[n]) > 1 {
			l.t.trigger[c] |= 1 << (l.x.words[n][1] & 31)
		}
		at := slices.IndexFunc(l.x.labels[n], func(p phrase) bool { return p.text == text })
		if at >= 0 {
			l.x.labels[n][at].kind |= kind
		} else {
			l.x.labels[n] = append(l.x.labels[n], phrase{text, kind})
		}
	}
}

func (l *lexiconBuilder) starts(flag uint32, list []string) {
	for _, w := range list {
		text := l.t.word(w)
		first := 0
		for first < len(text) && class[text[first]]&isLetter != 0 {
			first++
		}
		n := l.entry(text[:first])
		l.x.flags[n] |= flag
		l.x.starts[n] = append(l.x.starts[n], phrase{text, int(flag)})
	}
}

// finish sorts phrases longest first and fills the slots.
func (l *lexiconBuilder) finish() {
	longest := func(a, b phrase) int {
		if n := len(b.text) - len(a.text); n != 0 {
			return n
		}
		return strings.Compare(a.text, b.text)
	}
	for n := range l.x.words {
		slices.SortFunc(l.x.labels[n], longest)
		slices.SortFunc(l.x.starts[n], longest)
	}
	if len(l.x.words) >= math.MaxUint16 {
		panic("rules: more words than a slot can tell apart")
	}
	size := bits.Len(uint(4 * len(l.x.words)))
	l.x.shift = uint(32 - size)
	l.x.slots, l.x.ends = make([]uint16, 1<<size), make([]ends, len(l.x.words))
	mask := uint32(len(l.x.slots) - 1)
	for n, w := range l.x.words {
		if w == "" {
			continue
		}
		padded := append([]byte(w), make([]byte, viewPad)...)
		l.x.ends[n] = endsOf(padded, 0, len(w))
		at := l.x.ends[n].hash() >> l.x.shift
		for l.x.slots[at] != 0 {
			at = (at + 1) & mask
		}
		l.x.slots[at] = uint16(n + 1)
		l.x.hints[hintAt(padded, 0, len(w))] |= l.x.flags[n]
	}
}

// viewPad is how many bytes after the end of a view can be read, so that a word is hashed eight bytes at a time.
const viewPad = 8

// ends are the first and the last eight letters of a word whatever their case, which are all of it up to sixteen.
type ends struct{ head, tail uint64 }

func endsOf(b []byte, i, j int) (e ends) {
	e.head = binary.LittleEndian.Uint64(b[i:]) | caseBits
	if n := j - i; n < 8 {
		e.head &= 1<<(8*n) - 1
	} else {
		e.tail = binary.LittleEndian.Uint64(b[j-8:]) | caseBits
	}
	return e
}

func (e ends) hash() uint32 {
	const spread = 0x9E3779B97F4A7C15 // 2^64 divided by the golden ratio
	head := e.head * spread
	return uint32(((head ^ head>>29 ^ e.tail) * spread) >> 32)
}

// sureMax is the longest word that its ends and its length tell exactly, where it is all ASCII.
const sureMax = 16

// caseBits is the bit, in each of eight bytes, that tells a small letter from its capital.
const caseBits = 0x2020202020202020

// hintBits is the size of a hint: five bits of the first letter, five of the last, four of the length.
const hintBits = 14

func hintAt(b []byte, i, j int) int {
	return int(b[i]&31) | int(b[j-1]&31)<<5 | min(j-i, 15)<<10
}

// hintSet tells by hintAt that a word is none of a list.
type hintSet [1 << hintBits / 64]uint64

func (h *hintSet) add(word string) {
	at := hintAt([]byte(word), 0, len(word))
	h[at/64] |= 1 << (at % 64)
}

// has tells whether the letters b[i:j], at least one, may be a word of the list; saying yes wrongly only costs time.
func (h *hintSet) has(b []byte, i, j int) bool {
	at := hintAt(b, i, j)
	return h[at/64]>>(at%64)&1 != 0
}

// may tells, without a look-up, whether the letters b[i:j] may have one of the flags; they are at least one.
func (s *scanner) may(i, j int, flags uint32) bool {
	return s.t.lexicon.hints[hintAt(s.b, i, j)]&flags != 0
}

// entry looks the letters b[i:j] up, in small letters; -1 where they are no word of the lexicon.
func (s *scanner) entry(i, j int) int {
	if j-i > wordMax || j <= i {
		return -1
	}
	x, e := &s.t.lexicon, endsOf(s.b[:len(s.b)+viewPad], i, j)
	for at := e.hash() >> x.shift; ; at = (at + 1) & uint32(len(x.slots)-1) {
		n := int(x.slots[at]) - 1
		if n < 0 {
			return -1
		}
		if p := &x.ends[n]; p.head == e.head && p.tail == e.tail && len(x.words[n]) == j-i && (j-i <= sureMax && (e.head|e.tail)&highBits == 0 || s.sameWord(i, j, x.words[n])) {
			return n
		}
	}
}

func (s *scanner) sameWord(i, j int, word string) bool {
	if j-i != len(word) || i < 0 {
		return false
	}
	for k, c := range s.b[i:j] {
		if lower(c) != word[k] {
			return false
		}
	}
	return true
}

// flags says what the letters b[i:j] may be.
func (s *scanner) flags(i, j int) uint32 {
	if n := s.entry(i, j); n >= 0 {
		return s.t.lexicon.flags[n]
	}
	return 0
}

// part says which part of an address the letters b[i:j] mark.
func (s *scanner) part(i, j int) uint16 {
	if j <= i || !s.may(i, j, wordPart) {
		return 0
	}
	if n := s.entry(i, j); n >= 0 {
		return s.t.lexicon.parts[n]
	}
	return 0
}
