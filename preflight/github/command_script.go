package github

import (
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
			if script, ok := c.words[i+1].literal(); ok {
				c.within(func() { c.apart(shell.Parse(script)) })
			}
			return
		}
	}
}

// eval reads a script that is made of the words behind it.
func (c *command) eval() {
	words := make([]string, 0, len(c.words))
	for i := 1; i < len(c.words); i++ {
		word, ok := c.words[i].literal()
		if !ok {
			return
		}
		words = append(words, word)
	}
	c.within(func() { c.statements(shell.Parse(strings.Join(words, " "))) })
}

// within follows a script that begins on the command's line.
func (c *command) within(follow func()) {
	if c.depth == maxSubstitutions {
		return
	}
	from := c.from
	c.from = c.at.Line - c.node.Place.Line - 1
	c.depth++
	follow()
	c.depth--
	c.from = from
}
