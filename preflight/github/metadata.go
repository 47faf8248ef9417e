package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// metadata reads docker/metadata-action: it makes each of its tags for each of the images
// that it is given (https://github.com/docker/metadata-action).
func (a *action) metadata() {
	images := valueOf("")
	if a.lines("images") == nil {
		images = unknownValue(kindFresh, metadataMakes)
	}
	tags := a.metadataTags()
	for _, line := range a.lines("images") {
		var named value
		for _, alternative := range a.alternatives(line) {
			for _, ref := range attributesOf(alternative.string()).named("name") {
				named = append(named, alternative.as(ref))
			}
		}
		for _, tag := range tags {
			before := valueOf("")
			if !images.empty() {
				before = valueOf("\n")
			}
			var image value
			for _, one := range tag {
				if len(one.text) == 0 {
					image = append(image, one) // no tag is made
					continue
				}
				image = append(image, a.scope.join(before, a.scope.join(a.scope.join(named, valueOf(":")), value{one}))...)
			}
			images = a.scope.join(images, image)
		}
	}
	a.tagless()
	a.outputs("tags", images)
	a.write(metadataTagsVariable, images, a.node.Place, !a.node.Has("if"))
}

// metadataTagsVariable has the tags too, for the steps behind.
const metadataTagsVariable = "DOCKER_METADATA_OUTPUT_TAGS"

// metadataTags are the tags that it may make, each "" in runs in which it does not: of the rules of
// the input "tags", or its own.
func (a *action) metadataTags() (tags []value) {
	releases := false
	flavor := a.metadataFlavor()
	for _, rule := range a.metadataRules() {
		var tag value
		for _, alternative := range a.withoutBranch(rule) {
			one, ofRelease := a.metadataTag(attributesOf(alternative.string()))
			if made := (value{alternative.as(one)}); len(one) > 0 {
				tag = append(tag, a.around(made, flavor, attributesOf(alternative.string()))...)
			} else {
				tag = append(tag, made...)
			}
			releases = releases || ofRelease
		}
		if slices.ContainsFunc(tag, func(made alternative) bool { return len(made.text) > 0 }) {
			tags = append(tags, tag)
		}
	}
	var latest attributes
	for _, v := range flavor {
		latest = append(latest, attributesOf(v.string())...)
	}
	if latest.literal("latest") == "true" || releases && latest.literal("latest") != "false" {
		tag := valueOf("latest")
		if latest.literal("onlatest") == "true" {
			tag = a.around(tag, flavor, nil)
		}
		tags = append(tags, tag)
	}
	return tags
}

// withoutBranch adds what a rule is in runs on no branch, in which the action puts nothing in place of {{branch}}
// (https://github.com/docker/metadata-action#branch).
func (a *action) withoutBranch(rule value) value {
	if a.node.Has("if") || a.job.node.Has("if") || len(a.scope.guards) > 0 || !a.namesOtherRefs() {
		return rule
	}
	for _, alternative := range rule {
		text := alternative.string().filled("*")
		if whole, known := alternative.string().known(); strings.Contains(text, "{{branch}}") && known && !strings.Contains(text, "enable=") {
			rule = append(slices.Clip(rule), alternative.as(textOf(strings.ReplaceAll(whole, "{{branch}}", ""))))
		}
	}
	return rule
}

// namesOtherRefs reports whether the workflow names events whose runs are on no branch.
func (a *action) namesOtherRefs() bool {
	return a.startsOn("pull_request") || a.startsOn("release") || trigger(a.root).Has("push", "tags")
}

// metadataFlavor is the input "flavor" in one line.
func (a *action) metadataFlavor() value {
	flavor := valueOf("")
	for _, line := range a.lines("flavor") {
		flavor = a.scope.join(a.scope.join(flavor, valueOf(",")), a.alternatives(line))
	}
	return flavor
}

// around puts the prefix and the suffix of the flavor around a tag, unless its rule has its own.
func (a *action) around(tag, flavor value, rule attributes) value {
	part := func(name string) value {
		if rule.has(name) {
			return valueOf("")
		}
		return flavor.each(func(t pieces) pieces { return attributesOf(t).first(name) })
	}
	return a.scope.join(a.scope.join(part("prefix"), tag), part("suffix"))
}

// metadataRules returns the rules that the action is given, or its own.
func (a *action) metadataRules() (rules []value) {
	lines := a.lines("tags")
	if lines == nil {
		for _, rule := range []string{"type=schedule", "type=ref,event=branch", "type=ref,event=tag", "type=ref,event=pr"} {
			rules = append(rules, valueOf(rule))
		}
	}
	for _, line := range lines {
		rules = append(rules, a.alternatives(line))
	}
	return rules
}

// metadataTag is the tag that a rule makes, nil if none for the workflow's events; ofRelease
// says that it is for a tag of git, which makes the tag "latest" too.
func (a *action) metadataTag(rule attributes) (tag pieces, ofRelease bool) {
	switch kind, event := rule.literal("type"), rule.literal("event"); {
	case rule.literal("enable") == "false":
		return nil, false
	case kind == "" || kind == "raw":
		return rule.tag("value", ""), false
	case kind == "edge":
		return rule.tag("", "edge"), false
	case kind == "schedule":
		if !a.startsOn("schedule") {
			return nil, false
		}
		return rule.tag("pattern", "nightly"), false
	case kind == "ref" && event == "pr" && !a.startsOn("pull_request"):
		return nil, false
	case kind == "ref" && event != "tag":
		return pieces{{kindBranch, metadataMakes}}, false
	case slices.Contains(ofTags, kind) && len(rule.named("value")) == 0 && !a.mayBeOfTag():
		return nil, false
	case kind == "sha":
		return rule.ofCommit(), false
	}
	return pieces{{kindFresh, metadataMakes}}, a.startsOn("release") || trigger(a.root).Has("push", "tags")
}

// ofTags are the types of rules that make a tag of one of git, unless they are given a value.
var ofTags = []string{"match", "pep440", "ref", "semver"}

// metadataMakes is why a tag is not known.
const metadataMakes = "docker/metadata-action makes the tag"

// startsOn reports whether the event starts the workflow.
func (r *reader) startsOn(event string) bool {
	on := trigger(r.root)
	if on == nil {
		return false
	}
	return on.Member(event) != nil || on.Text == event || slices.ContainsFunc(on.Items, func(item *source.Node) bool { return item.Text == event })
}

// tag returns what a rule writes out under the name, with what it puts around it.
func (all attributes) tag(name, preset string) pieces {
	value := textOf(preset)
	for _, v := range all.named(name) {
		if value = v; len(v) > 0 && !slices.ContainsFunc(v, func(p piece) bool { return p.kind != kindMissing }) {
			value = nil // what nothing declares is empty
		}
	}
	for _, piece := range value {
		if piece.kind == kindKnown && strings.Contains(piece.text, "{{") {
			return pieces{{kindFresh, metadataMakes}}
		}
	}
	return all.first("prefix").and(value).and(all.first("suffix"))
}

// ofCommit is the tag of a rule of the type "sha": another text for each form of it.
func (all attributes) ofCommit() pieces {
	tag := textOf("sha-")
	if slices.ContainsFunc(all, func(a attribute) bool { return a.name == "prefix" }) {
		tag = all.first("prefix")
	}
	made := metadataMakes + " of the commit"
	if all.literal("format") == "long" {
		made = metadataMakes + " of the whole commit"
	}
	return tag.and(pieces{{kindFixed, made}}).and(all.first("suffix"))
}
