package initial

import (
	"maps"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/preflight/source"
)

// addWorkflow declares what the pool's workflow says, if that is one that this project rendered.
// Others are for keyless migrate.
func (a *declaration) addWorkflow(r *runner) {
	root := a.workflows[string(r.pool.Name)]
	if root == nil {
		return
	}
	w := &r.pool.Workflow
	w.Branches, w.Tags = textsIn(root.Get("on", "push", "branches")), textsIn(root.Get("on", "push", "tags"))
	if slices.Equal(w.Branches, []string{"main"}) && w.Tags == nil {
		w.Branches = nil
	}
	job := root.Get("jobs", "push")
	w.Environment = job.Word("environment")
	for _, step := range job.Get("steps").Objects() {
		if endpoint := step.Word("with", "endpoint"); endpoint != "" && r.pool.Builder.SharedBuildKit != nil {
			r.pool.Builder.SharedBuildKit.Address = endpoint
		}
		addOptions(w, step.Word("run"))
	}
}

func textsIn(list *source.Node) []string {
	var texts []string
	for _, item := range list.Values() {
		texts = append(texts, item.Text)
	}
	return texts
}

// addOptions reads the options of "docker build", one for each line.
func addOptions(w *fleet.Workflow, script string) {
	for line := range strings.Lines(script) {
		option, value, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), ` \`), " ")
		switch option {
		case "--platform":
			w.Platforms = strings.Split(value, ",")
		case "--build-arg":
			if name, argument, given := strings.Cut(unquoted(value), "="); given { // others are the proxy's
				w.BuildArgs = with(w.BuildArgs, name, argument)
			}
		case "--secret":
			id, name, _ := strings.Cut(strings.TrimPrefix(value, "id="), ",env=SECRET_")
			w.BuildSecrets = with(w.BuildSecrets, id, name)
		}
	}
}

// with is the map with one member more.
func with(of map[string]string, key, value string) map[string]string {
	all := maps.Clone(of)
	if all == nil {
		all = map[string]string{}
	}
	all[key] = value
	return all
}

// unquoted is a word of bash without its quotes.
func unquoted(word string) string {
	return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(word, "'"), "'"), `'\''`, "'")
}

// scriptBuilder is the script by which a rendered workflow builds and pushes; asked for if there
// is none.
func (a *declaration) scriptBuilder(r *runner) fleet.Builder {
	const begin = "export IMAGE=\"$image\"\n"
	for _, step := range a.workflows[string(r.pool.Name)].Get("jobs", "push", "steps").Objects() {
		if _, script, is := strings.Cut(step.Word("run"), begin); is {
			return fleet.Builder{Script: strings.TrimSuffix(script, "\n")}
		}
	}
	a.result.ask(Question{Place: r.Place, About: r.about(), Text: "nothing in its Pods builds images; the pool is declared with a Docker sidecar", Next: "choose a Builder"})
	return fleet.Builder{}
}
