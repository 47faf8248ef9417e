package github

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// The refs of git that a run may be of, as messages name them.
const (
	defaultBranch = "the default branch"
	otherBranches = "other branches"
	gitTags       = "tags of git"
	pullRequests  = "pull requests"
)

// refTags are the refs for which docker/metadata-action makes tags, those for which it makes none, and those for which it
// makes one that Docker refuses.
type refTags struct{ some, none, refused []string }

// refs returns the refs that runs of the workflow may be of; nil if that is not known.
func (r *reader) refs() (refs []string) {
	on := trigger(r.root)
	push := on.Get("push")
	for _, event := range r.scope.events {
		switch event {
		case "push":
			branches, tags := push.Has("branches") || push.Has("branches-ignore"), push.Has("tags") || push.Has("tags-ignore")
			if branches || !tags {
				refs = append(refs, defaultBranch)
			}
			if !branches && !tags {
				refs = append(refs, otherBranches)
			}
			if tags || !branches {
				refs = append(refs, gitTags)
			}
		case "pull_request":
			if !on.Has("pull_request", "types") {
				refs = append(refs, pullRequests)
			}
		case "release":
			refs = append(refs, gitTags)
		case "schedule":
			refs = append(refs, defaultBranch)
		case "workflow_dispatch": // on a branch or a tag that a person chooses
		default:
			return nil
		}
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}

// tagless notes for which refs the step makes no tag. A condition may leave some of them out.
func (a *action) tagless() {
	id := a.node.Word("id")
	if id == "" || a.node.Has("if") || a.job.node.Has("if") || len(a.scope.guards) > 0 || a.depth > 0 || a.composites > 0 {
		return
	}
	var made refTags
	flavor := a.metadataFlavor()
	if len(flavor) != 1 || attributesOf(flavor[0].string()).literal("latest") == "true" {
		return
	}
	for _, ref := range a.refs() {
		some, refused := false, false
		for _, rule := range a.metadataRules() {
			for _, alternative := range rule {
				makes, bad := attributesOf(alternative.string()).tagFor(ref, attributesOf(flavor[0].string()))
				some, refused = some || makes, refused || bad
			}
		}
		switch {
		case refused && !a.namesOtherRefs(): // withoutBranch looks at the tag there
			made.refused = append(made.refused, ref)
		case some || refused:
			made.some = append(made.some, ref)
		default:
			made.none = append(made.none, ref)
		}
	}
	a.tagsOf[strings.ToLower(id)] = made
}

// tagFor reports whether a rule may make a tag in runs of the ref, and whether that is one that Docker refuses
// (docker/metadata-action, src/meta.ts).
func (all attributes) tagFor(ref string, flavor attributes) (makes, refused bool) {
	branch := ref == defaultBranch || ref == otherBranches
	if strings.Contains(all.first("enable").filled(""), "{{is_default_branch}}") && ref != defaultBranch || all.literal("enable") == "false" {
		return false, false
	}
	switch kind, event := all.literal("type"), all.literal("event"); {
	case kind == "schedule":
		return true, false // for another event on the same ref
	case kind == "edge":
		return branch, false
	case kind == "ref":
		return branch && event == "branch" || ref == gitTags && event == "tag" || ref == pullRequests && event == "pr", false
	case slices.Contains(ofTags, kind) && len(all.named("value")) == 0:
		return ref == gitTags, false
	}
	var tag pieces
	for _, part := range []pieces{all.around("prefix", flavor), all.made(), all.around("suffix", flavor)} {
		if !branch {
			part = part.replaced("{{branch}}", "")
		}
		tag = tag.and(part)
	}
	written := tag.filled("x")
	plain := len(all.first("enable")) == 0 && !tag.has(kindUnset) && !tag.has(kindMissing)
	return written != "", plain && strings.HasPrefix(written, "-")
}

// made returns what a rule makes between prefix and suffix.
func (all attributes) made() pieces {
	if all.literal("type") == "sha" {
		return textOf("x")
	}
	for _, value := range all.named("value") {
		return value
	}
	return textOf("x")
}

// around returns the prefix or the suffix of a rule, or else of the flavor.
func (all attributes) around(name string, flavor attributes) pieces {
	if all.has(name) {
		return all.first(name)
	}
	return flavor.first(name)
}

// tagsOutput matches the output with the tags, where it is all of a line.
var tagsOutput = regexp.MustCompile(`^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$`)

// pushesTagless looks for a push that some runs don't make, because docker/metadata-action makes no tag in these.
func (a *action) pushesTagless() {
	lines := a.lines("tags")
	if len(lines) != 1 || a.input("outputs") != nil || a.node.Has("if") || a.node.Has("continue-on-error") || a.job.node.Has("if") {
		return
	}
	output := tagsOutput.FindStringSubmatch(lines[0].text)
	told, known := a.given("push").literal()
	if output == nil || !known || told != "true" {
		return
	}
	made, at := a.tagsOf[strings.ToLower(output[1])], lines[0].at
	switch {
	case len(made.none) > 0 && len(made.some)+len(made.refused) == 0:
		a.fails(a.node.Place, `pushes an image without a name: "tags" is empty in every run`, giveTag)
	case len(made.none) > 0:
		a.partial(at, "pushes nothing and fails in runs of "+facts.Listed(made.none)+": docker/metadata-action makes no tag there", giveTag)
	case len(made.refused) > 0:
		a.partial(at, `pushes nothing and fails in runs of `+facts.Listed(made.refused)+`: docker/metadata-action puts nothing in place of {{branch}} there, and Docker refuses a tag that begins with "-"`,
			"write the rule with enable=${{ github.ref_type == 'branch' }}, and one for the other runs")
	}
}

// giveTag is what there is to do where no tag is made.
const giveTag = "give it a tag that is made for the events that start the workflow, such as type=sha of docker/metadata-action"

// partial adds a push that some runs don't make.
func (j *job) partial(at source.Place, why, fix string) {
	j.fact.Partial = append(j.fact.Partial, facts.BrokenStep{Place: at, Why: why, Fix: fix})
}
