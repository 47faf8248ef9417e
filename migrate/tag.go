package migrate

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// commit is the tag that takes the place of one that every run pushes.
const commit = "${{ github.sha }}"

// changeTags has jobs push no tag twice to an image repository whose tags are immutable: a
// fixed tag beside another is left out, and one alone becomes the commit.
func changeTags(e *edit) {
	for _, j := range e.jobs {
		for _, tag := range j.fixedTags() {
			e.changeTag(j, j.file, tag.Value)
			if tag.Place.File != j.file {
				e.changeTag(j, tag.Place.File, tag.Value)
			}
		}
	}
}

// fixedTags are the tags that every run of the job pushes where no tag can be pushed twice.
func (j *job) fixedTags() (fixed []facts.Text) {
	seen := map[string]bool{}
	j.pushes(func(_ *facts.Job, push *facts.Push) {
		if push.Use == facts.CachesFrom || push.Use == facts.Pulls {
			return
		}
		for _, tag := range append([]facts.Text{push.Tag}, push.MoreTags...) {
			value := tag.Value
			if !tag.There {
				value = "latest"
			}
			if value != "" && immutable(j.pool, push.Name, value) && !seen[value] {
				seen[value] = true
				fixed = append(fixed, facts.Text{Value: value, Place: tag.Place, There: tag.There})
			}
		}
	})
	return fixed
}

// immutable reports whether a tag of an image repository of the pool cannot be moved. What an
// existing one allows is not declared.
func immutable(p *fleet.Pool, name facts.Text, tag string) bool {
	for _, r := range p.PushesTo {
		if !name.Is(string(r.Name)) {
			continue
		}
		for _, pattern := range r.MutableTags {
			if is, err := path.Match(pattern, tag); err == nil && is {
				return false
			}
		}
		return !r.Existing
	}
	return false
}

// changeTag changes a fixed tag in the lines of the job, or of an action that it uses.
func (e *edit) changeTag(j *job, file, tag string) {
	d := e.tree.document(file)
	changed := false
	first, last := 1, len(d.starts)
	if member := d.keyAt(j.member.Place); file == j.file && member != nil {
		first, last = member.key.Line, d.lastLine(member)
	}
	elsewhere := otherRegistry.Match(d.content[d.starts[first-1]:lineEnd(d.starts, last-1, d.content)])
	images := regexp.MustCompile(`([^\s"',=:]*[$/][^\s"',=]*?["']?):` + regexp.QuoteMeta(tag) + `(["']?)(?:[\s,"']|$)`)
	note := func(line int) {
		changed = true
		e.note(source.Place{File: file, Line: line}, fmt.Sprintf("job %q no longer pushes the tag %q, which an immutable image repository accepts once", j.id, tag), "see who pulls it")
	}
	raw := regexp.MustCompile(`^\s*type=raw,value=` + regexp.QuoteMeta(tag) + `(,.*)?$`)
	for line := first; line <= last; line++ {
		content := d.masked(line)
		if strings.HasPrefix(strings.TrimSpace(string(content)), "#") {
			continue
		}
		if raw.Match(content) && (besideRaw.Match(d.line(line-1)) || line < last && besideRaw.Match(d.line(line+1))) {
			note(line)
			e.splices[file] = append(e.splices[file], splice{start: d.starts[line-1], end: lineEnd(d.starts, line-1, d.content)})
		}
		for _, match := range images.FindAllSubmatchIndex(content, -1) {
			if attribute.Match(content[:match[2]]) || !ofPool(string(content[match[2]:match[3]]), j.pool, elsewhere) {
				continue
			}
			note(line)
			e.splices[file] = append(e.splices[file], d.tagSplice(line, match, tag, d.hasOther(first, last, string(content[match[2]:match[3]]), tag)))
		}
	}
	if !changed {
		e.changeVariable(j, d, tag)
	}
}

// inExpression matches what ends a word in a line, unless it stands in an expression.
var (
	expression   = regexp.MustCompile(`\$\{\{.*?\}\}`)
	inExpression = regexp.MustCompile(`[\s"',=:;&|\\/]`)
)

// masked is the content of a line in which each expression is one word of the same length.
func (d *document) masked(line int) []byte {
	return expression.ReplaceAllFunc(d.line(line), func(one []byte) []byte { return inExpression.ReplaceAll(one, []byte("_")) })
}

// otherRegistry matches a mention of a registry that is not Amazon ECR's.
var otherRegistry = regexp.MustCompile(`(?i)\b(ghcr|docker|gcr|quay)\.io\b|dockerhub|docker_hub|-docker\.pkg\.dev`)

// ofAWS is a part of the names of variables and steps that have a registry of Amazon ECR.
var ofAWS = regexp.MustCompile(`(?i)ecr|aws`)

// ofPool reports whether an image, without its tag, is of the pool's registry: by its name, or by
// a variable that is named after Amazon ECR or in a job that pushes nowhere else.
func ofPool(image string, p *fleet.Pool, elsewhere bool) bool {
	image = strings.Trim(image, `"'`)
	host, name, _ := strings.Cut(image, "/")
	switch {
	case host == p.Registry().String():
		return strings.Contains(name, "$") || among(p.PushesTo, facts.Text{Value: name, There: true})
	case strings.Contains(host, ".dkr.ecr."):
		return strings.Contains(host, "$")
	}
	return strings.HasPrefix(host, "$") && (!elsewhere || ofAWS.MatchString(host))
}

// hasOther reports whether the lines have the image with another tag.
func (d *document) hasOther(first, last int, image, tag string) bool {
	for line := first; line <= last; line++ {
		rest := string(d.masked(line))
		for at := strings.Index(rest, image+":"); at >= 0; at = strings.Index(rest, image+":") {
			rest = rest[at+len(image)+1:]
			if rest != "" && !strings.HasPrefix(rest, tag) && !strings.HasPrefix(rest, " ") {
				return true
			}
		}
	}
	return false
}

var (
	// attribute stands before an image of a build cache or an output.
	attribute = regexp.MustCompile(`(?:^|[\s,"'])(?:ref|name|dest|src)=$`)
	// besideRaw is another rule of docker/metadata-action for tags.
	besideRaw  = regexp.MustCompile(`^\s*type=(sha|ref|semver|schedule|pep440|match)\b`)
	dockerLine = regexp.MustCompile(`^\s*docker (?:image )?(?:tag|push) [^&|;\\]*$`)
	optionLine = regexp.MustCompile(`^\s*(?:-t|--tag)[ =]\S+\s*\\$`)
	imageLine  = regexp.MustCompile(`^\s*(?:- )?[^\s,]+,?$`)
	option     = regexp.MustCompile(`\s+(?:-t|--tag)[ =]["']?$`)
)

// tagSplice takes an image with a fixed tag out of a line, or the line itself, or names the
// commit in it.
func (d *document) tagSplice(line int, match []int, tag string, other bool) splice {
	content, start := string(d.masked(line)), d.starts[line-1]
	from, to := match[2], match[3]+len(":")+len(tag)
	whole := splice{start, lineEnd(d.starts, line-1, d.content), ""}
	switch before := content[:from]; {
	case !other:
		return splice{start + match[3] + 1, start + to, commit}
	case dockerLine.MatchString(content), optionLine.MatchString(content), imageLine.MatchString(content):
		return whole
	case option.MatchString(before):
		return splice{start + option.FindStringIndex(before)[0], start + match[5], ""}
	case strings.HasSuffix(before, ","):
		return splice{start + from - 1, start + to, ""}
	case strings.HasPrefix(content[to:], ","):
		return splice{start + from, start + to + 1, ""}
	}
	return splice{start + from, start + from, ""}
}

// changeVariable has a variable that holds the tag hold the commit.
func (e *edit) changeVariable(j *job, d *document, tag string) {
	for _, found := range d.entries {
		name := strings.ToUpper(found.key.Value)
		if found.in() != "env" || found.value.Value != tag || !strings.Contains(name, "TAG") && !strings.Contains(name, "VERSION") {
			continue
		}
		if found.around.around == nil && e.sharesWorkflow(j) {
			continue
		}
		e.note(e.place(j, found), fmt.Sprintf("job %q no longer pushes the tag %q, which an immutable image repository accepts once", j.id, tag), "see who pulls it")
		s, err := d.replace(found, commit)
		e.add(j, e.place(j, found), s, err)
	}
}
