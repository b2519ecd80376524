package redact

import (
	"slices"
	"strings"
)

// HTML around a target is of one form, which extension/src/content/html.ts writes: tags in lower case with quoted attributes,
// and text in which the characters of markup are escaped. As extension/src/privacy/html.ts does, text is read as a person reads
// it, across the tags inside of a line, and an attribute is exact or left out. What is of another form goes.

// inline elements stand within a line of text.
var inline = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields("a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp slot small span strong sub sup time u var wbr") {
		names[name] = true
	}
	return names
}()

// markup is a part of the HTML: a tag, or a text that begins at this place of all that is read.
type markup struct {
	tag, text string
	start     int
}

// html takes what is private out of HTML, until it stays as it is.
func (w *walker) html(p *string, limit int) {
	for range maxPasses {
		if w.late() {
			break
		}
		pieces, text := takeHTML(*p)
		spans := w.findHTML(pieces, text)
		if len(spans) > 0 && spans[0].Rule == unseen.Rule {
			break
		}
		w.counts.add(spans)
		clean := clip(w.withoutPrivate(pieces, spans), limit)
		if clean == *p {
			return
		}
		*p = clean
	}
	if *p != Private.Placeholder() {
		*p = Private.Placeholder()
		w.counts[unseen]++
	}
}

// findHTML finds what is private in the whole text, and in each of its parts by itself: where two stand together without a
// blank, a label may begin in the middle of what looks like a word.
func (w *walker) findHTML(pieces []markup, text string) []Span {
	spans := slices.Clone(w.find(text, w.buf[:0]))
	for _, piece := range pieces {
		for _, s := range w.find(unescape.Replace(piece.text), w.buf[:0]) {
			s.Start, s.End = s.Start+piece.start, s.End+piece.start
			if !slices.ContainsFunc(spans, func(o Span) bool { return s.Start < o.End && o.Start < s.End }) {
				spans = append(spans, s)
			}
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	return spans
}

// takeHTML takes HTML apart, and returns the text that a person reads.
func takeHTML(html string) ([]markup, string) {
	var pieces []markup
	var text strings.Builder
	for html != "" {
		open := strings.IndexByte(html, '<')
		if open < 0 {
			open = len(html)
		}
		if open > 0 {
			pieces = append(pieces, markup{text: html[:open], start: text.Len()})
			text.WriteString(unescape.Replace(html[:open]))
			html = html[open:]
		}
		length := strings.IndexByte(html, '>') + 1
		if length == 0 {
			break // a tag that does not end is none, and nothing comes after it
		}
		pieces = append(pieces, markup{tag: html[:length]})
		if !inline[tagName(html[:length])] {
			text.WriteByte('\n')
		}
		html = html[length:]
	}
	return pieces, text.String()
}

// withoutPrivate puts the pieces together without what is private in them.
func (w *walker) withoutPrivate(pieces []markup, spans []Span) string {
	var out strings.Builder
	told := 0
	for _, piece := range pieces {
		if piece.tag != "" {
			w.tag(&out, piece.tag)
		} else {
			told = piece.replace(&out, spans, told)
		}
	}
	return out.String()
}

// replace writes a text without the spans in it, and returns how many of them are told of by now: the placeholder of one that
// goes over several texts stands in the first.
func (m markup) replace(out *strings.Builder, spans []Span, told int) int {
	text, at := unescape.Replace(m.text), 0
	for i, span := range spans {
		from, to := max(0, span.Start-m.start), min(len(text), span.End-m.start)
		if from >= len(text) || to <= 0 {
			continue
		}
		out.WriteString(escapeText.Replace(text[at:from]))
		if i >= told {
			out.WriteString(span.Type.Placeholder())
			told = i + 1
		}
		at = to
	}
	if at == 0 {
		out.WriteString(m.text)
	} else {
		out.WriteString(escapeText.Replace(text[at:]))
	}
	return told
}

// tag writes a tag with those of its attributes that hold nothing private.
func (w *walker) tag(out *strings.Builder, tag string) {
	name := tagName(tag)
	switch {
	case name == "":
		return
	case tag[1] == '/':
		out.WriteString("</" + name + ">")
		return
	}
	out.WriteString("<" + name)
	eachAttribute(tag, func(attribute, escaped string) {
		value := unescape.Replace(escaped)
		switch {
		case attribute == "href":
			w.url(&value, 1000)
			escaped = escapeAttribute.Replace(value)
		case w.private(value):
			return
		}
		out.WriteString(" " + attribute + `="` + escaped + `"`)
	})
	out.WriteString(">")
}

// tagName is "" for what is no tag.
func tagName(tag string) string {
	name := strings.TrimPrefix(tag[1:], "/")
	for i := range len(name) {
		if c := name[i]; !isLowercase(c) && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return name[:i]
		}
	}
	return name
}

// eachAttribute names the attributes of a tag that are of our form.
func eachAttribute(tag string, visit func(name, value string)) {
	for i := 0; i < len(tag); i++ {
		if tag[i] != ' ' {
			continue
		}
		end := i + 1
		for end < len(tag) && (isLowercase(tag[end]) || tag[end] == '-') {
			end++
		}
		if end == i+1 || !strings.HasPrefix(tag[end:], `="`) {
			continue
		}
		value := tag[end+2:]
		if length := strings.IndexAny(value, `"<>`); length >= 0 && value[length] == '"' {
			visit(tag[i+1:end], value[:length])
			i = end + 2 + length
		}
	}
}

func isLowercase(c byte) bool { return 'a' <= c && c <= 'z' }

var (
	unescape        = strings.NewReplacer("&quot;", `"`, "&gt;", ">", "&lt;", "<", "&amp;", "&")
	escapeText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	escapeAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)
