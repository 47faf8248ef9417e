package migrate

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// Secret is a secret of GitHub's that held a key.
type Secret struct {
	Name string
	// Environments are those of the jobs that use it, where it may live instead.
	Environments []string
	// StillUsed is where it is used after the rewrite; the zero value: nowhere.
	StillUsed source.Place
}

func (m *migration) result(jobs []*job, after *tree) Result {
	r := Result{Repository: m.Repository}
	for _, file := range m.paths() {
		if change := after.texts[file].content; !bytes.Equal(change, m.files[file]) {
			r.Changes = append(r.Changes, Change{file, m.files[file], change})
		}
	}
	for _, j := range jobs {
		switch {
		case len(j.left) > 0:
			r.Left = append(r.Left, j.left...)
		case j.pool != nil && m.changed(j, after):
			r.Rewritten = append(r.Rewritten, Job{j.member.Place, j.id, *j.pool})
			r.Notes = append(r.Notes, j.notes...)
		case j.pool == nil && len(r.Changes) > 0:
			r.Notes = append(r.Notes, j.notes...)
		}
	}
	for _, list := range [][]Remark{r.Left, r.Notes} {
		for i := range list {
			list[i].Place.File = m.at(list[i].Place.File)
		}
	}
	for i := range r.Rewritten {
		r.Rewritten[i].Place.File = m.at(r.Rewritten[i].Place.File)
	}
	r.Secrets = m.secrets(jobs, after)
	return r
}

// changed reports whether anything that the job reads is another than it was.
func (m *migration) changed(j *job, after *tree) bool {
	files := []string{j.file}
	for file := range j.actions {
		files = append(files, file)
	}
	return slices.ContainsFunc(files, func(file string) bool { return !bytes.Equal(after.texts[file].content, m.files[file]) })
}

var secretName = regexp.MustCompile(`(?i)\bsecrets\s*(?:\.\s*|\[\s*')([A-Z0-9_-]+)`)

// secrets are those that the keys of jobs are in.
func (m *migration) secrets(jobs []*job, after *tree) (found []Secret) {
	at := map[string]int{}
	for _, j := range jobs {
		for _, key := range j.keys {
			line := m.before.document(key.Place.File).line(key.Place.Line)
			for _, match := range secretName.FindAllSubmatch(line, -1) {
				name := strings.ToUpper(string(match[1]))
				if _, seen := at[name]; !seen {
					at[name] = len(found)
					found = append(found, Secret{Name: name, StillUsed: m.usedIn(after, name)})
				}
				one := &found[at[name]]
				if environment := environmentOf(j); environment != "" && !slices.Contains(one.Environments, environment) {
					one.Environments = append(one.Environments, environment)
				}
			}
		}
	}
	return found
}

// usedIn is where a secret is used first, the zero value if nowhere.
func (m *migration) usedIn(t *tree, name string) source.Place {
	for _, file := range m.paths() {
		for i, line := range strings.Split(string(withoutComments(t.texts[file].content)), "\n") {
			for _, match := range secretName.FindAllStringSubmatch(line, -1) {
				if strings.EqualFold(match[1], name) {
					return source.Place{File: m.at(file), Line: t.texts[file].originOf(i + 1)}
				}
			}
		}
	}
	return source.Place{}
}

// environmentOf is the environment that a job runs in, "" for none and one that is not known.
func environmentOf(j *job) string {
	environment := j.member.Value.Get("environment")
	if name := environment.Get("name"); name != nil {
		environment = name
	}
	if !environment.Scalar() || strings.Contains(environment.Text, "${{") {
		return ""
	}
	return environment.Text
}

// located has the error of a reader name the file as the user finds it.
func (r Repository) located(err error) error {
	var failure *source.Error
	if errors.As(err, &failure) {
		failure.Place.File = r.at(failure.Place.File)
	}
	return err
}
