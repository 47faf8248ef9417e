package github_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// writer writes random scripts, whose conditions are commands "cond".
type writer struct {
	random *rand.Rand
	script strings.Builder
	// conditions counts those written; loose says that the script has what is read
	// as more than it does.
	conditions int
	loose      bool
	// loops is how many loops the next statement is in.
	loops int
}

func (w *writer) line(depth int, format string, args ...any) {
	fmt.Fprintf(&w.script, strings.Repeat("  ", depth)+format+"\n", args...)
}

func (w *writer) variable() string { return string(rune('A' + w.random.IntN(3))) }

func (w *writer) word() string {
	switch w.random.IntN(6) {
	case 0:
		return "$" + w.variable()
	case 1:
		return "\"$" + w.variable() + "\"z"
	case 2:
		return "${" + w.variable() + ":-d}"
	}
	return string(rune('a' + w.random.IntN(5)))
}

func (w *writer) condition() string {
	w.conditions++
	return "cond"
}

func (w *writer) statements(depth int) {
	for range 1 + w.random.IntN(4) {
		w.statement(depth)
	}
}

// within writes statements in so many loops.
func (w *writer) within(depth, loops int) {
	outer := w.loops
	w.loops = loops
	w.statements(depth)
	w.loops = outer
}

func (w *writer) statement(depth int) {
	kind := w.random.IntN(27)
	if depth > 2 && kind > 7 {
		kind %= 8
	}
	switch kind {
	case 0, 1, 2, 3:
		w.line(depth, "%s=%s", w.variable(), w.word())
	case 4, 5, 6:
		w.line(depth, "docker push \"$R/p$%s-$%s\"", w.variable(), w.variable())
	case 7:
		w.line(depth, "export %s=%s %s=%s", w.variable(), w.word(), w.variable(), w.word())
	case 8, 9, 10, 16, 17, 18:
		w.line(depth, "if %s; then", w.condition())
		w.statements(depth + 1)
		if w.random.IntN(2) == 0 {
			w.line(depth, "else")
			w.statements(depth + 1)
		}
		w.line(depth, "fi")
	case 11:
		w.line(depth, "%s && %s=%s || %s=%s", w.condition(), w.variable(), w.word(), w.variable(), w.word())
	case 12:
		end := "exit 0"
		if w.loops > 0 {
			end = []string{"exit 0", "break", "continue"}[w.random.IntN(3)]
		}
		w.line(depth, "%s || %s", w.condition(), end)
	case 13:
		w.line(depth, "(")
		w.within(depth+1, 0)
		w.line(depth, ")")
		w.loose = true // an exit in it ends it alone
	case 19:
		w.line(depth, "%s=%s | %s=%s", w.variable(), w.word(), w.variable(), w.word())
	case 20:
		w.line(depth, "{")
		w.statements(depth + 1)
		w.line(depth, "}")
	case 21:
		w.line(depth, "%s=%s & wait", w.variable(), w.word())
	case 22:
		w.line(depth, "bash <<E\nexport LOG=$LOG\ndocker push $R/p$%s-h\nE", w.variable())
	case 23:
		w.line(depth, ": $(docker push $R/p$%s-s) ${%s:=%s}", w.variable(), w.variable(), w.word())
	case 24:
		w.line(depth, "case $%s in", w.variable())
		for _, pattern := range []string{"a", "base|b", "*"}[:1+w.random.IntN(3)] {
			w.line(depth+1, "%s)", pattern)
			w.statements(depth + 2)
			w.line(depth+2, ";;")
		}
		w.line(depth, "esac")
		w.loose = true // which branch is taken is not decided
	case 25:
		w.line(depth, "while %s; do", w.condition())
		w.within(depth+1, w.loops+1)
		w.line(depth, "done")
		w.loose = true
	case 14:
		w.line(depth, "for %s in %s %s; do", w.variable(), w.word(), w.word())
		w.within(depth+1, w.loops+1)
		w.line(depth, "done")
		w.loose = true
	case 15:
		w.line(depth, "f%d() {", depth)
		w.line(depth+1, "local %s=$1", w.variable())
		w.within(depth+1, 0)
		w.line(depth, "}")
		w.line(depth, "f%d %s", depth, w.word())
		w.line(depth, "f%d %s $%s", depth, w.word(), w.variable())
	case 26:
		w.line(depth, "L=(%s %s)", w.word(), w.word())
		w.line(depth, "%s && L+=(%s)", w.condition(), w.word())
		w.line(depth, "docker push $R/p${L[1]}-${L[2]}")
		w.line(depth, "for %s in \"${L[@]}\"; do docker push $R/p$A; done", w.variable())
		w.loose = true
	}
}

// ran are the images that bash pushes with each script, whatever the conditions
// are.
func ran(t *testing.T, scripts []string, bits int) []map[string]bool {
	t.Helper()
	dir := t.TempDir()
	var all strings.Builder
	all.WriteString("docker() { echo \"$2\" >> \"$LOG\"; }\nexport -f docker\ncond() { local b=${BITS:0:1}; BITS=${BITS:1}; [ \"$b\" = 1 ]; }\n")
	for i, script := range scripts {
		for pattern := range 1 << bits {
			fmt.Fprintf(&all, "(\nLOG=%s/%d BITS=%0*b\n%s)\n", dir, i, bits, pattern, script)
		}
	}
	command := exec.Command("bash", "-c", "source /dev/stdin")
	command.Stdin = strings.NewReader(all.String())
	command.Env = []string{"R=" + host, "A=base"}
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	pushed := make([]map[string]bool, len(scripts))
	for i := range scripts {
		pushed[i] = map[string]bool{}
		log, _ := os.ReadFile(filepath.Join(dir, fmt.Sprint(i)))
		for _, ref := range strings.Fields(string(log)) {
			pushed[i][strings.TrimPrefix(ref, host+"/")] = true
		}
	}
	return pushed
}

// Whatever bash does with a script was read in it, or said to be unknown; and of
// what has no loop or function, nothing is read that bash would never do.
func TestBashPushesWhatIsRead(t *testing.T) {
	const bits = 4
	random := rand.New(rand.NewPCG(1, 2))
	var scripts []string
	var written []*writer
	for len(scripts) < 90 {
		w := &writer{random: random}
		w.statements(0)
		w.statements(0)
		if w.conditions <= bits && strings.Contains(w.script.String(), "docker") {
			scripts, written = append(scripts, w.script.String()), append(written, w)
		}
	}
	known, exact := 0, 0
	for i, pushed := range ran(t, scripts, bits) {
		got, unknown := map[string]bool{}, false
		for _, push := range pushes(t, "A=base B= C=\n"+scripts[i]) {
			name := strings.Fields(strings.TrimPrefix(push, "push R "))[0]
			got[name] = true
			unknown = unknown || strings.HasPrefix(name, "?") || strings.HasPrefix(push, "push ?")
		}
		if unknown {
			continue
		}
		known++
		for name := range pushed {
			if !got[name] {
				t.Errorf("bash pushes %q, read were %q:\n%s", name, slices.Sorted(maps.Keys(got)), scripts[i])
			}
		}
		if written[i].loose {
			continue
		}
		exact++
		for name := range got {
			if !pushed[name] {
				t.Errorf("read was %q, bash pushes %q:\n%s", name, slices.Sorted(maps.Keys(pushed)), scripts[i])
			}
		}
	}
	if known < 30 || exact < 15 {
		t.Errorf("of %d scripts %d are known and %d read exactly; want more", len(scripts), known, exact)
	}
}
