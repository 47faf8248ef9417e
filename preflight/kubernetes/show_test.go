package kubernetes_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// parse reads a text of which every document is an object.
func parse(t *testing.T, text string) []*source.Node {
	t.Helper()
	roots, err := source.Parse("f.yaml", []byte(strings.TrimPrefix(text, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return roots
}

// read is what the objects of a text say.
func read(t *testing.T, text string) facts.Facts {
	t.Helper()
	var all facts.Facts
	for _, root := range parse(t, text) {
		if !kubernetes.Recognize(root) {
			t.Errorf("%s: not recognized", root.Place)
		}
		read := kubernetes.Read(root)
		all.Add(&read)
	}
	return all
}

// wantShown compares lines as show writes them; white space around them does not
// count.
func wantShown(t *testing.T, want, got string) {
	t.Helper()
	if diff := cmp.Diff(shownLines(want), shownLines(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func shownLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// show writes a text and its place: "VALUE@LINE:COLUMN", "-@..." if it is not
// there, "-" if that is nowhere.
func show(text facts.Text) string {
	value := "-"
	if text.There {
		value = text.Value
	}
	return value + place(text.Place)
}

// places are those that show writes.
var places = regexp.MustCompile(`@\d+:\d+`)

func place(p source.Place) string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("@%d:%d", p.Line, p.Column)
}

// showWorkloads writes every field of workloads, those of a container on a line.
func showWorkloads(workloads []facts.Workload) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, w := range workloads {
		line("%s%s %s/%s runner=%t legacy=%t scaleset=%t", w.Kind, place(w.Place), show(w.Namespace), show(w.Name), w.Runner, w.Legacy, w.ScaleSet)
		if w.Runner {
			s := w.Scope
			line("scope %s %s %s group %s url %s", show(s.SourceRepository), show(s.Organization), show(s.Enterprise), show(s.Group), show(s.URL))
			line("labels%s", showTexts(w.RunnerLabels))
			line("mode %s within %s", show(w.ContainerMode), show(w.DockerdWithinRunner))
		}
		line("account %s fsGroup %s", show(w.ServiceAccount), show(w.FSGroup))
		if w.RuntimeClass.There {
			line("runtime %s", show(w.RuntimeClass))
		}
		if w.SkipLabel.There {
			line("skipped %s", show(w.SkipLabel))
		}
		if len(w.Volumes) > 0 {
			line("volumes%s", showVolumes(w.Volumes))
		}
		line("annotations%s", showAnnotations(w.PodAnnotations))
		for _, c := range w.Containers {
			line("container%s %s image %s privileged %s%s", place(c.Place), show(c.Name), show(c.Image), show(c.Privileged), showEnv(c.Env)+showSources(c.EnvFrom)+showMounts(c.Mounts))
		}
	}
	return b.String()
}

func showTexts(texts []facts.Text) (shown string) {
	for _, text := range texts {
		shown += " " + show(text)
	}
	return shown
}

func showAnnotations(annotations []facts.Annotation) (shown string) {
	for _, a := range annotations {
		shown += " " + a.Key + place(a.Place) + "=" + show(a.Value)
	}
	return shown
}

func showEnv(env []facts.EnvVar) (shown string) {
	for _, v := range env {
		shown += " " + v.Name + place(v.Place) + "=" + show(v.Value)
		if v.From != "" {
			shown += " from " + v.From
		}
		if v.Source.Kind != "" {
			shown += " " + v.Key + " of" + showSources([]facts.EnvSource{v.Source})
		}
	}
	return shown
}

func showSources(sources []facts.EnvSource) (shown string) {
	for _, s := range sources {
		shown += " " + s.Kind + place(s.Place) + " " + s.Prefix + "*" + show(s.Name)
	}
	return shown
}

// showVolumes writes volumes with the node's folders and the tokens that they are.
func showVolumes(all []facts.Volume) (shown string) {
	for _, v := range all {
		shown += " " + show(v.Name)
		if v.HostPath.There {
			shown += "=" + show(v.HostPath)
		}
		for _, token := range v.Tokens {
			shown += fmt.Sprintf(" (token %s for %s, %s s)", show(token.Path), show(token.Audience), show(token.Seconds))
		}
	}
	return shown
}

func showMounts(all []facts.Mount) (shown string) {
	for i, m := range all {
		if i == 0 {
			shown += " mounts"
		}
		shown += " " + show(m.Volume) + ":" + show(m.Path)
		if m.SubPath.There {
			shown += "/" + show(m.SubPath) + m.SubPath.Unknown
		}
	}
	return shown
}

func showKeyValues(all []facts.KeyValues) string {
	var b strings.Builder
	for _, kv := range all {
		fmt.Fprintf(&b, "%s%s %s/%s", kv.Kind, place(kv.Place), show(kv.Namespace), show(kv.Name))
		for _, key := range kv.Keys {
			fmt.Fprintf(&b, " %s%s=%s", key.Key, place(key.Place), show(key.Value))
		}
		b.WriteString("\n")
	}
	return b.String()
}
