package redact

import (
	"slices"
	"strings"
)

// loadSecretWords makes sets of the lists of words of rules/secrets.json.
func (t *tables) loadSecretWords() {
	x := &t.secrets
	x.passwords = t.wordSet(x.Passwords)
	x.says, x.recovery, x.seeds = t.wordSet(x.SaysWords), t.wordSet(x.Recovery), t.wordSet(x.Seeds)
	x.never, x.share = t.wordSet(x.NeverWords), t.wordSet(x.ShareWords)
	x.ask, x.prove = t.wordSet(x.AskWords), t.wordSet(x.ProveWords)
	x.owners, x.forWords, x.roots = t.wordSet(x.Owners), t.wordSet(x.ForWords), t.wordSet(x.Roots)
	x.senders, x.pairs, x.users, x.keyWords = t.wordSet(x.Senders), t.wordSet(x.Pairs), t.wordSet(x.Users), t.wordSet(x.KeyWords)
	x.secretly, x.questions, x.tells = t.wordSet(x.Secretly), t.wordSet(x.Questions), t.wordSet(x.Tells)
	x.answers = make(map[string]int)
	for is, list := range [][]string{answerAsked: x.Answers, answerSecret: x.AnswersSure, answerPhrase: x.Phrases} {
		for _, name := range list {
			w := t.word(name)
			x.answers[w] = is
			x.answerEnd[nameEnd(w[len(w)-2], w[len(w)-1])] = true
		}
	}
	for w := range x.pairs {
		x.pairEnd[nameEnd(w[len(w)-2], w[len(w)-1])] = true
	}
	for w := range x.secretly {
		x.answerEnd[nameEnd(w[len(w)-2], w[len(w)-1])] = true
	}
	x.recoveryEnds = make(map[string]bool)
	for _, name := range slices.Concat(x.Recovery, x.Seeds) {
		words := strings.Fields(name)
		last := t.word(words[len(words)-1])
		x.recoveryEnds[last] = true
		x.recoveryEnd[nameEnd(last[len(last)-2], last[len(last)-1])] = true
	}
	x.schemes, x.notValues = t.wordSet(x.Schemes), t.wordSet(x.NotValues)
	x.coders = t.wordSet(slices.Concat(x.CodeWords, x.CodePhrases))
}
