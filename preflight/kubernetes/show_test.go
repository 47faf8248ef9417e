package kubernetes_test

import (
	"fmt"
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
		all.Add(kubernetes.Read(root))
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
		line("%s %s%s %s/%s runner=%t", w.APIVersion, w.Kind, place(w.Place), show(w.Namespace), show(w.Name), w.Runner)
		if w.Runner {
			s := w.Scope
			line("scope %s %s %s group %s url %s", show(s.SourceRepository), show(s.Organization), show(s.Enterprise), show(s.Group), show(s.URL))
			line("labels%s", showTexts(w.RunnerLabels))
			line("mode %s docker %s within %s", show(w.ContainerMode), show(w.DockerEnabled), show(w.DockerdWithinRunner))
		}
		line("account %s fsGroup %s user %s", show(w.ServiceAccount), show(w.FSGroup), show(w.RunAsUser))
		if w.RuntimeClass.There || len(w.HostPaths) > 0 {
			line("runtime %s host%s", show(w.RuntimeClass), showTexts(w.HostPaths))
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

func showMounts(mounts []facts.Text) string {
	if len(mounts) == 0 {
		return ""
	}
	return " at" + showTexts(mounts)
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
