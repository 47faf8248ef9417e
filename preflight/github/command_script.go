package github

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/github/shell"
)

// shell reads "bash -c SCRIPT", a script in a shell of its own.
func (c *command) shell() {
	for i := 1; i+1 < len(c.words); i++ {
		switch option := c.word(i); {
		case !strings.HasPrefix(option, "-"):
			return // a script in a file
		case !strings.HasPrefix(option, "--") && strings.HasSuffix(option, "o"):
			i++ // the name of a shell option
		case !strings.HasPrefix(option, "--") && strings.Contains(option, "c"):
			if script, ok := c.spelled(c.words[i+1]); ok {
				c.within(func() { c.apart(func() { c.readScript(shell.Parse(script)) }) })
			}
			return
		}
	}
}

// eval reads a script that is made of the words behind it.
func (c *command) eval() {
	words := make([]string, 0, len(c.words))
	for i := 1; i < len(c.words); i++ {
		word, ok := c.spelled(c.words[i])
		if !ok {
			return
		}
		words = append(words, word)
	}
	c.within(func() { c.readScript(shell.Parse(strings.Join(words, " "))) })
}

// spelled is a word as a script, with a variable in place of each piece that is not known;
// ok is false if it may be several scripts, or if nothing of it is known.
func (c *command) spelled(word value) (script string, ok bool) {
	if len(word) != 1 || len(word[0].string()) > 0 && !word[0].string().has(known) {
		return "", false
	}
	for _, piece := range word[0].string() {
		if piece.kind == known {
			script += piece.text
			continue
		}
		name := fmt.Sprintf("__%d_%d", c.depth, len(c.variables.values))
		c.set(name, value{{text: text{piece}}})
		script += "${" + name + "}"
	}
	return script, true
}

// within follows a script that begins on the command's line.
func (c *command) within(follow func()) {
	if c.depth == maxScripts {
		c.unread(c.at, "scripts that run scripts stand too deep within each other to follow")
		return
	}
	from, root := c.from, c.script.root
	c.from, c.script.root = c.at.Line-c.node.Place.Line-1, c.root
	c.depth++
	follow()
	c.depth--
	c.from, c.script.root = from, root
}
