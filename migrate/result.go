package migrate

import (
	"bytes"
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Secret is a secret of GitHub's that held a key.
type Secret struct {
	Name string
	// Environments are the environments of the jobs that use it, where it may live instead.
	Environments []string
	// StillUsed is where it is used after the rewrite; the zero value: nowhere.
	StillUsed source.Place
}

func (m *migration) result(jobs []*job, after *tree) Result {
	r := Result{Repository: m.Repository}
	for _, file := range m.paths() {
		if change := after.texts[file].content; !bytes.Equal(change, m.files[file]) {
			r.Changes = append(r.Changes, Change{file, m.files[file], change, after.texts[file].lines})
		}
	}
	for _, j := range jobs {
		switch {
		case len(j.left) > 0:
			r.Left = append(r.Left, j.left...)
		case j.pool != nil && (len(j.keys) > 0 || !m.sameJob(j.jobKey, after)):
			r.Rewritten = append(r.Rewritten, Job{j.member.Place, j.id, *j.pool, pushesTo(j)})
			r.Notes = append(r.Notes, j.notes...)
		case j.pool == nil && len(r.Changes) > 0:
			r.Notes = append(r.Notes, j.notes...)
		}
	}
	r.Notes = append(r.Notes, m.noted...)
	for _, list := range [][]Remark{r.Left, r.Notes} {
		slices.SortStableFunc(list, func(a, b Remark) int {
			return cmp.Or(strings.Compare(a.Place.File, b.Place.File), a.Place.Line-b.Place.Line)
		})
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

// pushesTo are the image repositories of its pool that a job pushes to.
func pushesTo(j *job) (all []string) {
	j.pushes(func(_ *facts.Job, push *facts.Push) {
		image := j.pool.Registry().String() + "/" + push.Name.Value
		if push.Use != facts.CachesFrom && !slices.Contains(all, image) {
			all = append(all, image)
		}
	})
	return all
}

var secretName = regexp.MustCompile(`(?i)\bsecrets\s*(?:\.\s*|\[\s*')([A-Z0-9_-]+)`)

// secrets returns the secrets that hold the keys of jobs.
func (m *migration) secrets(jobs []*job, after *tree) (found []Secret) {
	at := map[string]int{}
	for _, j := range jobs {
		for _, key := range j.keys {
			for _, match := range secretName.FindAllStringSubmatch(m.written(key.Place), -1) {
				name := strings.ToUpper(match[1])
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

// written is the value that stands at a place, or the line.
func (m *migration) written(place source.Place) string {
	d := m.before.document(place.File)
	if found := d.at(place); found != nil {
		return found.value.Value
	}
	return string(d.line(place.Line))
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
