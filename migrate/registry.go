package migrate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"keyless-runners/fleet"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// writeOutRegistries has jobs name the pool's registry where they leave it to secrets and
// variables.
func writeOutRegistries(e *edit) {
	for _, j := range e.jobs {
		open := false
		j.pushes(func(_ *facts.Job, push *facts.Push) { open = open || push.Registry.There && !push.Registry.Known() })
		for i := range j.facts {
			for _, login := range j.facts[i].Logins {
				open = open || login.Host.There && !login.Host.Known() || inScript(login.Region) && !login.Region.Known()
			}
		}
		if open {
			e.writeOut(j)
		}
	}
}

// inScript reports whether a value is a part of a script's line.
func inScript(t facts.Text) bool {
	return t.There && t.Place.Column == 0
}

// nameRegistries has logins be to the pool's registry.
func nameRegistries(e *edit) {
	for _, j := range e.jobs {
		for i := range j.facts {
			for n := range j.facts[i].Logins {
				e.region(j, j.facts[i].Logins[n])
				e.account(j, j.facts[i].Logins[n])
			}
		}
	}
}

// region has a login ask for the password of the pool's region.
func (e *edit) region(j *job, login facts.Login) {
	want := string(j.pool.Registry().Region)
	if !login.Region.There || login.Region.Is(want) {
		return
	}
	at := login.Region.Place
	if isRegistry(login.Host, j.pool) && at == login.Host.Place {
		return
	}
	d := e.tree.document(at.File)
	found := d.at(at)
	switch {
	case found == nil || found.value.Anchor != "":
		e.block(j, at, fmt.Sprintf("job %q logs in to Amazon ECR in another region than pool %q: %q", j.id, j.pool.Name, said(login.Region)),
			fmt.Sprintf("ask for region %q", want))
	case found.in() == "env" && found.around.around == nil && e.sharesWorkflow(j):
		e.block(j, at, fmt.Sprintf("the region of the workflow's env is not %q, where pool %q pushes, and another job may need it", want, j.pool.Name),
			fmt.Sprintf("give job %q an env with AWS_REGION: %s, then run this again", j.id, want))
	default:
		if login.Region.Known() {
			e.note(at, fmt.Sprintf("job %q pushed to region %q, and pool %q pushes to %q", j.id, login.Region.Value, j.pool.Name, want), "look whether those who pull the image pull it from there")
		}
		s, err := d.replace(found, want)
		e.add(j, at, s, err)
	}
}

func said(t facts.Text) string { return t.Value + t.Unknown }

// sharesWorkflow reports whether another job of the workflow uses AWS and is not rewritten.
func (e *edit) sharesWorkflow(j *job) bool {
	for _, other := range e.before.all() {
		rewritten := slices.ContainsFunc(e.jobs, func(one *job) bool { return one.jobKey == other.jobKey })
		if other.file == j.file && !rewritten && (other.usesECR() || other.assumes() || len(e.before.usesOfAWS(other)) > 0) {
			return true
		}
	}
	return false
}

// account has a login name the registry's account: the role's own is another, or the workflow
// leaves it to a secret.
func (e *edit) account(j *job, login facts.Login) {
	want := `"` + string(j.pool.Registry().Account) + `"`
	switch {
	case login.Out:
	case login.Account.There && !login.Account.Known():
		at := login.Account.Place
		if found := e.tree.document(at.File).at(at); found != nil {
			s, err := e.tree.document(at.File).replace(found, want)
			e.add(j, at, s, err)
		}
	case !login.Account.There && !login.Host.There && login.Action.There && j.pool.Registry().Account != j.pool.PushingRole().Account:
		s, err := e.tree.document(login.Action.Place.File).withInput(login.Action.Place, "registries: "+want)
		e.add(j, login.Action.Place, s, err)
	}
}

// withInput gives the step whose "uses" stands at the place another input.
func (d *document) withInput(at source.Place, input string) (splice, error) {
	uses := d.at(at)
	if uses == nil || uses.mapping.Style&yaml.FlowStyle != 0 {
		return splice{}, errNotAlone
	}
	indent := strings.Repeat(" ", uses.key.Column-1)
	text := indent + "with:" + newline(d.content) + indent + "  " + input + newline(d.content)
	after := uses
	if with := d.named(uses.mapping, "with"); len(with) > 0 {
		if with[0].value.Kind != yaml.MappingNode || with[0].value.Style&yaml.FlowStyle != 0 {
			return splice{}, errNotAlone
		}
		after = with[0]
		text = strings.Repeat(" ", after.value.Content[0].Column-1) + input + newline(d.content)
	}
	end := lineEnd(d.starts, d.lastLine(after)-1, d.content)
	if end > 0 && d.content[end-1] != '\n' {
		text = newline(d.content) + strings.TrimRight(text, "\r\n")
	}
	return splice{end, end, text}, nil
}

// fromOutside is a secret or a variable of GitHub's, as the whole of an expression.
var fromOutside = regexp.MustCompile(`\$\{\{\s*(?:secrets|vars)\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}`)

// writeOut puts the pool's registry in the place of secrets and variables that are named after
// a registry, an account or a region, in the job and the workflow's env. Whether the pushes are
// to the pool's image repositories then is judged by reading it again.
func (e *edit) writeOut(j *job) {
	d, told := e.tree.document(j.file), map[string]bool{}
	for _, part := range []*entry{d.keyAt(j.member.Place), d.top("env")} {
		if part == nil {
			continue
		}
		for line := part.key.Line; line <= d.lastLine(part); line++ {
			content := d.line(line)
			if strings.HasPrefix(strings.TrimSpace(string(content)), "#") {
				continue
			}
			for _, match := range fromOutside.FindAllSubmatchIndex(content, -1) {
				if with := standsFor(string(content[match[2]:match[3]]), j.pool); with != "" {
					e.writeOutAt(j, d, line, match, with, told)
				}
			}
		}
	}
}

// writeOutAt puts a text in the place of a secret in a line, and notes each secret once.
func (e *edit) writeOutAt(j *job, d *document, line int, match []int, with string, told map[string]bool) {
	secret := string(d.line(line)[match[0]:match[1]])
	if !told[secret] {
		told[secret] = true
		e.note(source.Place{File: j.file, Line: line}, fmt.Sprintf("%s is taken to be %q", secret, with), "look whether it is")
	}
	start := d.starts[line-1]
	for _, found := range d.entries {
		if found.value.Line == line && found.value.Value == secret && found.value.Style == 0 {
			with = plain(with) // an account alone would be read as a number
		}
	}
	e.splices[j.file] = append(e.splices[j.file], splice{start + match[0], start + match[1], with})
}

// top returns an entry of the outermost mapping, nil if there is none.
func (d *document) top(name string) *entry {
	for _, e := range d.entries {
		if e.around == nil && e.key.Value == name {
			return e
		}
	}
	return nil
}

// standsFor returns the part of the pool's registry that a secret holds by its name, "" if none.
func standsFor(secret string, p *fleet.Pool) string {
	secret = strings.ToUpper(secret)
	switch {
	case strings.Contains(secret, "REPO"), strings.Contains(secret, "IMAGE"), strings.Contains(secret, "KEY"), strings.Contains(secret, "ROLE"):
		return ""
	case strings.Contains(secret, "REGISTRY"), strings.Contains(secret, "ECR_HOST"), strings.Contains(secret, "ECR_URL"):
		return p.Registry().String()
	case strings.Contains(secret, "ACCOUNT"):
		return string(p.Registry().Account)
	case strings.Contains(secret, "REGION"):
		return string(p.Registry().Region)
	}
	return ""
}
