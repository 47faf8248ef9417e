package github

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
)

// shell reads "bash -c SCRIPT", a script in a separate shell.
func (c *command) shell() {
	for i := 1; i < len(c.words); i++ {
		switch option := c.word(i); {
		case !strings.HasPrefix(option, "-"):
			c.file()
			return
		case !strings.HasPrefix(option, "--") && strings.HasSuffix(option, "o"):
			i++ // the name of a shell option
		case !strings.HasPrefix(option, "--") && strings.Contains(option, "c"):
			if i+1 == len(c.words) {
				return
			}
			c.apartly(c.words[i+1])
			return
		}
	}
	if c.input != nil {
		c.apartly(c.input)
	}
}

// apartly follows a script in a separate shell.
func (c *command) apartly(word value) {
	script, ok := c.spelled(word)
	if !ok {
		c.unknownPush("the run makes a script for " + c.word(0))
		return
	}
	frame := c.frame
	c.frame = nil
	tested := c.tested
	c.tested = true // another shell does not end on errors
	c.within(func() { c.apart(func() { c.readScript(parsedScripts.of(script)) }) })
	c.tested = tested
	c.frame = frame
}

// toldToPush matches what tells a build to push, among it Jib's tasks and the options of Skaffold and
// werf; namedPush matches the names of scripts that push by their names too.
var (
	toldToPush = regexp.MustCompile(`^--(push|publish|publishImage)(=true)?$|^--(repo|default-repo)\b|^-D.*\.publish=true$|(^|:)(jib(:build)?|docker\w*:(push|publish))$|^:?([\w-]+:)*docker\w*(Push|Publish)`)
	namedPush  = regexp.MustCompile(`(?i)push|publish|(^|:)jib(:build)?$`)
)

// file reads a command that runs a script of a file: it is read if a step wrote it.
func (c *command) file() {
	for at := range min(2, len(c.words)) {
		if script := c.scripts[path.Base(c.word(at))]; script != nil {
			c.sets = true
			c.apartly(script)
			return
		}
	}
	c.notRead(namedPush)
}

// writesFile keeps what a statement writes to a file, where that is what it prints.
func (x *script) writesFile(redirect *syntax.Redirect, st *syntax.Stmt) {
	name := path.Base(x.read.Written(redirect.Word))
	if isTool(name) {
		x.unread(x.place(redirect), "the script writes a program of the name "+name)
	}
	if delete(x.scripts, name); redirect.Op == syntax.RdrOut {
		if printed := x.printed(st); printed != nil {
			x.scripts[name] = printed
			if text, known := printed.literal(); known && name == "config.json" && !helped(text) {
				x.forgets(x.expand(redirect.Word), x.place(redirect))
			}
		}
	}
}

// notRead reads a command that does what a file says, which is not read: where it pushes is not
// known, if a word of it says that it pushes.
func (c *command) notRead(pushes *regexp.Regexp) {
	c.job.made, c.job.got, c.sets, c.choosesBuilder = true, true, true, true
	for i := range c.words {
		if word := c.word(i); pushes.MatchString(word) {
			c.unknownPush(facts.Short(strings.TrimSpace(c.word(0)+" "+c.word(1))) + " is not read")
			return
		}
	}
}

// runsElsewhere reads a command that is not known, and may run what it is given, in another place
// or another language: where one of the tools pushes in there, or a task that is called so, it
// is not known where.
func (c *command) runsElsewhere() {
	if len(c.words) == 0 {
		return
	}
	if c.words[0].hasUnknown() && slices.ContainsFunc(c.words[1:], pushesByName) {
		c.unknownPush("which command it is: " + c.words[0].why())
		return
	}
	for i := range c.words {
		if word := c.word(i); pushingTask.MatchString(word) || c.word(0) == "dagger" && word == "publish" {
			c.unknownPush(facts.Short(strings.TrimSpace(c.word(0)+" "+word)) + " is not read")
			return
		}
	}
	script := append(slices.Clone(c.words[1:]), c.input)
	for i, word := range script {
		for _, a := range word {
			text := a.string().filled("*")
			if tool := pushers.FindString(text); tool != "" && (strings.Contains(text, "push") || slices.ContainsFunc(script[i+1:], pushesByName)) {
				c.unknownPush("what " + c.word(0) + " runs is not read, and " + tool + " is in it")
				return
			}
		}
	}
}

// pushingTask matches tasks of npm and its like that push images by their names.
var pushingTask = regexp.MustCompile(`(?i)^[\w:/.@-]*(docker|image|container|ecr)[\w:/.-]*(push|publish)|^[\w:/.@-]*(push|publish)[\w:/.-]*(docker|image|container|ecr)`)

// pushesByName reports whether a word may be that of a tool that pushes.
func pushesByName(word value) bool {
	return slices.ContainsFunc(word, func(a alternative) bool {
		text, _ := a.string().known()
		return text == "push" || text == "--push" || text == "copy"
	})
}

// eval reads a script that is made of the words behind it.
func (c *command) eval() {
	words := make([]string, 0, len(c.words))
	for i := 1; i < len(c.words); i++ {
		word, ok := c.spelled(c.words[i])
		if !ok {
			c.sets = true
			return
		}
		words = append(words, word)
	}
	c.within(func() { c.readScript(parsedScripts.of(strings.Join(words, " "))) })
}

// spelled is a word as a script, with a variable in place of each piece that is not known;
// ok is false if it may be several scripts, or if nothing of it is known.
func (c *command) spelled(word value) (script string, ok bool) {
	if len(word) != 1 || len(word[0].string()) > 0 && !word[0].string().has(kindKnown) {
		return "", false
	}
	for _, piece := range word[0].string() {
		if piece.kind == kindKnown {
			script += piece.text
			continue
		}
		name := fmt.Sprintf("__%d_%d", c.depth, len(c.variables.values))
		c.set(name, value{{text: pieces{piece}}})
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
