package github

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// command is a command of a script, without what it is run by.
type command struct {
	*script
	words []value
	at    source.Place
	// root reports that the command runs as root, with root's home.
	root bool
	// alone reports that the tool itself logs in to where it pushes, and doubt is why that is not certain; "": it is.
	alone bool
	doubt string
}

// command reads a command that may push or log in.
func (x *script) command(words []value, at source.Place) {
	if len(words) > 0 {
		if name, _ := words[0].literal(); x.functions[name] != nil {
			x.callFunction(x.functions[name], words[1:], at)
			return
		}
	}
	outer := x.variables
	defer func() { x.variables = outer }()
	x.setWrapped(words)
	c := &command{script: x, words: unwrapped(words), at: at, root: x.root || byRoot(words)}
	c.fact.Sudo = c.fact.Sudo || x.root || len(c.words) < len(words) && slices.ContainsFunc(words, isSudo)
	c.program()
	c.byName()
}

// byName reads the command as the name of its program says.
func (c *command) byName() {
	switch path.Base(c.word(0)) {
	case "bash", "sh":
		c.shell()
	case "source", "make", "just", "task", "bazel", "bazelisk":
		c.file()
	case "gradle", "mvn", "pack", "skaffold", "earthly", "depot", "werf":
		c.notRead(toldToPush)
	case "eval":
		c.eval()
	case "aws":
		c.aws()
	case "kubectl", "oc":
		c.runsElsewhere()
		c.cluster = c.cluster || c.word(1) == "config" || c.word(1) == "login"
	case "docker":
		c.usesDocker()
		c.docker()
	case "dockerd", "dockerd-rootless.sh":
		c.builds = true
	case "buildkitd", "rootlesskit":
		c.startsBuildKit = true
	case "podman", "nerdctl", "finch":
		c.docker()
	case "docker-compose":
		c.compose()
	case "buildctl", "buildctl-daemonless.sh":
		c.build()
	case "buildah":
		c.buildah()
	case "crane":
		c.crane()
	case "skopeo":
		c.copies("copy")
	case "helm":
		c.helm()
	case "oras":
		c.oras()
	case "regctl":
		c.regctl()
	case "git", "gh", "grep", "sed", "awk", "cat", "chmod", "cp", "ls", "mkdir", "tee", "jq", "yq", "curl", "printf", "test", "[", "tail", "head", "logger", "which":
		// what they are given they do not run
	case "find":
		c.finds()
	case "rm":
		c.removes(c.operands(nil))
	case "mv":
		operands := c.operands(nil)
		c.removes(operands[:max(0, len(operands)-1)])
	case "ko":
		c.alone = true
		c.ko()
	case "executor", "kaniko":
		c.kaniko()
	default:
		c.sets = true
		if name := c.word(0); name == "." || strings.Contains(name, "/") {
			c.file()
		} else {
			c.runsElsewhere()
		}
	}
}

// wrapper is a command that runs the command behind it.
type wrapper struct {
	// operands is how many words it has beside options.
	operands int
	// valued are its options that have a value.
	valued []string
}

var wrappers = map[string]wrapper{
	"sudo":    {0, []string{"-u", "-g", "-h", "-p", "-C", "-T", "--user", "--group"}},
	"env":     {0, []string{"-u", "-C", "--unset", "--chdir"}},
	"timeout": {1, []string{"-k", "-s", "--kill-after", "--signal"}},
	"nice":    {0, []string{"-n"}},
	"exec":    {0, []string{"-a"}},
	"xargs":   {0, []string{"-n", "-I", "-P", "-L", "-d", "-s", "-E", "-a"}},
	"time":    {}, "command": {}, "nohup": {},
}

// readByXargs is the word that xargs puts behind those of the command.
var readByXargs = unknownValue(kindUnknown, "xargs reads it")

func isSudo(word value) bool {
	text, _ := word.literal()
	return path.Base(text) == "sudo"
}

// byRoot reports whether a command begins with sudo that does not keep the user's home.
func byRoot(words []value) bool {
	for i, word := range words {
		switch text, _ := word.literal(); {
		case i == 0 && !isSudo(word):
			return false
		case text == "-E" || strings.HasPrefix(text, "--preserve-env"):
			return false
		case i > 0 && !strings.HasPrefix(text, "-"):
			return true
		}
	}
	return false
}

// finds reads the command that find runs for what it finds.
func (c *command) finds() {
	at := slices.IndexFunc(c.words, func(word value) bool { text, _ := word.literal(); return text == "-exec" || text == "-execdir" })
	if at < 0 {
		return
	}
	var words []value
	for i := at + 1; i < len(c.words) && c.word(i) != ";" && c.word(i) != "+"; i++ {
		if words = append(words, c.words[i]); c.word(i) == "{}" {
			words[len(words)-1] = unknownValue(kindUnknown, "find names it")
		}
	}
	c.command(words, c.at)
}

// setWrapped sets what "env NAME=VALUE COMMAND", or sudo, gives the command, and unsets what they take
// from it: sudo all variables but those that it is told to keep.
func (x *script) setWrapped(words []value) {
	program, set := "", func(name string, v value) {
		x.variables = newVariables(x.variables)
		x.set(name, v)
	}
	wrapping := words[:len(words)-len(unwrapped(words))]
	for i, word := range wrapping {
		text, _ := word.literal()
		if _, wraps := wrappers[path.Base(text)]; wraps {
			program = path.Base(text)
		}
		if name, v, assigns := assigned(word); assigns && !strings.HasPrefix(name, "-") {
			set(name, v)
		} else if ignores := program == "env" && slices.Contains([]string{"-", "-i", "--ignore-environment"}, text); ignores || byRoot(words[i:]) {
			for _, name := range wayVariables {
				set(name, valueOf(""))
			}
			if ignores {
				set("HOME", unknownValue(kindUnknown, "env gives the command no HOME"))
			}
		} else if name := unsetByEnv(wrapping[i:]); program == "env" && name != "" {
			set(name, valueOf(""))
		}
	}
}

// unsetByEnv is the variable that an option of env, which the words begin with, takes away; "" if it is another.
func unsetByEnv(words []value) string {
	option, _ := words[0].literal()
	if name, is := strings.CutPrefix(option, "--unset="); is {
		return name
	}
	if name, is := strings.CutPrefix(option, "-u"); is && name != "" {
		return name
	}
	if len(words) > 1 && (option == "-u" || option == "--unset") {
		option, _ = words[1].literal()
		return option
	}
	return ""
}

// unwrapped leaves out commands in front that run the rest.
func unwrapped(words []value) []value {
	for len(words) > 0 {
		name, _ := words[0].literal()
		w, wraps := wrappers[path.Base(name)]
		if !wraps {
			return words
		}
		words = w.rest(words[1:])
		if path.Base(name) == "xargs" {
			words = append(slices.Clip(words), readByXargs)
		}
	}
	return nil
}

// rest is the command that the wrapper runs.
func (w wrapper) rest(words []value) []value {
	operands := 0
	for len(words) > 0 {
		_, _, assigns := assigned(words[0])
		switch word, _ := words[0].literal(); {
		case slices.Contains(w.valued, word):
			words = words[min(2, len(words)):]
		case strings.HasPrefix(word, "-"), assigns:
			words = words[1:]
		case operands == w.operands:
			return words
		default:
			operands++
			words = words[1:]
		}
	}
	return nil
}

// word is the word at the place if it is known, "" otherwise.
func (c *command) word(i int) string {
	if i >= len(c.words) {
		return ""
	}
	text, _ := c.words[i].literal()
	return text
}

// pushes adds the images that words may be.
func (c *command) pushes(use facts.Use, words ...value) {
	for _, word := range words {
		for _, a := range word {
			c.pushTo(a, use)
		}
	}
}

// pushTo adds a push.
func (c *command) pushTo(ref alternative, use facts.Use) {
	s, at, config := c.step, c.at, c.dockerConfig()
	if c.alone || len(c.flags(credentialOptions...)) > 0 {
		c.pushAlone(s, ref, at, use, c.ownPassword())
		return
	}
	c.job.push(s, ref, at, use, config)
}

// credentialOptions are the options that give a tool a name and a password for one push.
var credentialOptions = []string{"--creds", "--dest-creds", "--dest-password"}

// ownPassword is the password for one push, nil if the tool asks for it itself.
func (c *command) ownPassword() *password {
	switch {
	case c.doubt != "":
		return &password{region: region{unknownValue(kindUnknown, c.doubt), c.at}}
	case c.alone:
		return nil
	}
	p := c.logins.password(c.since, c.at)
	return &p
}

// unknownPush adds a push to where a command does not say.
func (c *command) unknownPush(why string) {
	c.pushTo(alternative{text: textUnknown(why)}, facts.Pushes)
}

// flags are the values that are given under the names, as "--NAME VALUE" or
// "--NAME=VALUE"; a short name may have its value right behind it.
func (c *command) flags(names ...string) []value {
	var found []value
	for i := 1; i < len(c.words); i++ {
		if slices.Contains(names, c.word(i)) {
			if i++; i < len(c.words) {
				found = append(found, c.words[i])
			}
			continue
		}
		for _, name := range names {
			v, ok := c.words[i].cutPrefix(name)
			if rest, equals := v.cutPrefix("="); ok && equals {
				found = append(found, rest)
			} else if ok && len(name) == 2 {
				found = append(found, v)
			}
		}
	}
	return found
}

// has reports whether a flag without a value may be there.
func (c *command) has(name string) bool {
	return slices.ContainsFunc(c.words, func(word value) bool {
		return slices.ContainsFunc(word, func(a alternative) bool { return a.isFlag(name) })
	})
}

// hasAlways reports whether one of the flags is there in every run.
func (c *command) hasAlways(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(c.words, func(word value) bool {
			return len(word) > 0 && !slices.ContainsFunc(word, func(a alternative) bool { return !a.isFlag(name) })
		})
	})
}

func (a alternative) isFlag(name string) bool {
	text, ok := a.text.known()
	return ok && (text == name || text == name+"=true")
}

// operands are the words that are no options and no values of those in the list.
// An option that is not in it has no value.
func (c *command) operands(valued []string) (places []int) {
	for i := 1; i < len(c.words); i++ {
		switch option := c.word(i); {
		case slices.Contains(valued, option):
			i++
		case !strings.HasPrefix(option, "-") && !c.words[i].isOption():
			places = append(places, i)
		}
	}
	return places
}

// isOption reports whether a word begins with "-" in every run.
func (v value) isOption() bool {
	return len(v) > 0 && !slices.ContainsFunc(v, func(a alternative) bool {
		_, is := a.string().cutPrefix("-")
		return !is
	})
}

// first are the first two operands, if they are known.
func (c *command) first(places []int) (one, two string) {
	if len(places) > 0 {
		one = c.word(places[0])
	}
	if len(places) > 1 {
		two = c.word(places[1])
	}
	return one, two
}
