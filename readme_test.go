package keyless_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// scripts run the README's commands: on a machine alone, and with an account and a
// cluster on it. What CI runs is for those who change the project.
var scripts = []string{
	"cmd/testdata/readme.txtar",
	"cmd/testdata/check.txtar",
	"cmd/testdata/same.txtar",
	"cmd/testdata/doctor.txtar",
	"rehearsal/readme/testdata/aws.txtar",
	"rehearsal/readme/testdata/cluster.txtar",
	"rehearsal/readme/testdata/environments.txtar",
	".ci/run",
}

// notRun are the README's commands that no script runs, each with its reason.
var notRun = map[string]string{
	"helm upgrade --install actions-runner-controller actions-runner-controller --version 0.23.7" +
		" --repo https://actions-runner-controller.github.io/actions-runner-controller" +
		" --namespace actions-runner-system --create-namespace --wait --values values.yaml": "it downloads the chart",
	"make imports": "TestImportsAreNotStale runs it, into another folder",
	"make bench":   "it takes minutes, and writes docs/benchmarks.md",
}

// placeholders are the words that a user of the README fills in, with those of the scripts.
var placeholders = map[string]string{
	"NAME":      "example",
	"NAMESPACE": "self-hosted-runners",
	"POOL":      "build",
	"SOURCE":    "../my-app",
	"TEXT":      "Not authorized to perform sts:AssumeRoleWithWebIdentity",
	"UPSTREAM":  "../upstream",
}

func TestEveryCommandOfTheReadmeIsRun(t *testing.T) {
	var run []string
	for _, script := range scripts {
		run = append(run, scriptCommands(read(t, script))...)
	}
	left := maps.Clone(notRun)
	commands := readmeCommands(t)
	for _, command := range commands {
		if _, ok := notRun[command]; ok {
			delete(left, command)
			continue
		}
		filled := fill(command)
		if !slices.ContainsFunc(run, func(run string) bool { return run == filled || strings.HasPrefix(run, filled+" --") }) {
			t.Errorf("README.md has %q, and no script runs %q", command, filled)
		}
	}
	for command := range left {
		t.Errorf("README.md does not have %q any more", command)
	}
	if len(commands) < 15 {
		t.Errorf("got %d commands, want all of the README: %q", len(commands), commands)
	}
}

// What the README quotes of a command's output is what a script compares with it, but
// for lines that are left out. CI's rehearsal compares nothing.
func TestQuotedOutputIsCompared(t *testing.T) {
	var all strings.Builder
	for _, script := range scripts {
		all.WriteString(read(t, script))
	}
	quoted := 0
	walkReadme(t, func(block *ast.FencedCodeBlock, source []byte) {
		session := content(block, source)
		if string(block.Language(source)) != "console" || strings.HasPrefix(session, "$ make rehearse\n") {
			return
		}
		for output := range strings.SplitSeq(outputOf.ReplaceAllString(session, "...\n"), "...\n") {
			quoted++
			if !strings.Contains(all.String(), output) {
				t.Errorf("no script has this output of the README:\n%s", output)
			}
		}
	}, func(string) {})
	if quoted < 3 {
		t.Errorf("got %d outputs, want all of the README", quoted)
	}
}

// outputOf is the line of a command in a session.
var outputOf = regexp.MustCompile(`(?m)^\$ .*\n`)

var placeholder = regexp.MustCompile(`\b[A-Z]{4,}\b`)

// fill puts the scripts' values in place of the placeholders.
func fill(command string) string {
	return placeholder.ReplaceAllStringFunc(command, func(name string) string {
		if value, ok := placeholders[name]; ok {
			return value
		}
		return name
	})
}

// scriptCommands returns the commands of a script for testscript, failing ones too, or of CI's.
// Scripts have bin/ on their PATH.
func scriptCommands(script string) []string {
	var commands []string
	for line := range strings.Lines(script) {
		command := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "! "), "exec ")
		if inShell, ok := strings.CutPrefix(command, "sh -c '"); ok {
			command = strings.TrimSuffix(inShell, "'")
		}
		if strings.HasPrefix(command, "keyless ") {
			command = "bin/" + command
		}
		commands = append(commands, background.ReplaceAllString(command, ""))
	}
	return commands
}

// background is how testscript marks a command that it does not wait for.
var background = regexp.MustCompile(` &[a-z]*&?$`)

// readmeCommands are the commands of the README's blocks of shell and of its sessions,
// and those in its text.
func readmeCommands(t *testing.T) []string {
	t.Helper()
	var commands []string
	walkReadme(t, func(block *ast.FencedCodeBlock, source []byte) {
		switch string(block.Language(source)) {
		case "sh":
			commands = append(commands, shellCommands(content(block, source))...)
		case "console":
			commands = append(commands, sessionCommands(content(block, source))...)
		}
	}, func(span string) {
		if inText.MatchString(span) && !usage.MatchString(span) {
			commands = append(commands, span)
		}
	})
	return commands
}

// inText are commands in the text; usage stands for many.
var (
	inText = regexp.MustCompile(`^(aws|bin/keyless|git|kubectl|make|npx \S+) .*[a-z]`)
	usage  = regexp.MustCompile(`\[|\.\.\.`)
)

// walkReadme calls do for each block of code of the README, and for each span of code.
func walkReadme(t *testing.T, onBlock func(*ast.FencedCodeBlock, []byte), onSpan func(string)) {
	t.Helper()
	source := []byte(read(t, "README.md"))
	document := goldmark.DefaultParser().Parse(text.NewReader(source))
	err := ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := node.(type) {
		case *ast.FencedCodeBlock:
			onBlock(node, source)
		case *ast.CodeSpan:
			onSpan(strings.Join(strings.Fields(spanText(node, source)), " "))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func content(block *ast.FencedCodeBlock, source []byte) string {
	return string(block.Lines().Value(source))
}

func spanText(span *ast.CodeSpan, source []byte) string {
	var words strings.Builder
	for child := span.FirstChild(); child != nil; child = child.NextSibling() {
		words.Write(child.(*ast.Text).Value(source))
		words.WriteByte(' ') // where a line of the README ends
	}
	return words.String()
}

// shellCommands are the lines of a block of shell, without comments, those that end in
// a backslash together with what follows.
func shellCommands(block string) []string {
	var commands []string
	for line := range strings.Lines(strings.ReplaceAll(block, "\\\n", " ")) {
		line, _, _ = strings.Cut(line, " #")
		if command := strings.Join(strings.Fields(line), " "); command != "" && !strings.HasPrefix(command, "#") {
			commands = append(commands, command)
		}
	}
	return commands
}

// sessionCommands are the lines of a session that a user types.
func sessionCommands(block string) []string {
	var typed strings.Builder
	for line := range strings.Lines(block) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			typed.WriteString(command)
		}
	}
	return shellCommands(typed.String())
}
