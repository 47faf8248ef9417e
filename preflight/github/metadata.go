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
	tags := a.metadataTags()
	for _, line := range a.lines("images") {
		var named value
		for _, alternative := range a.alternatives(line) {
			for _, ref := range attributesOf(alternative.string()).named("name") {
				named = append(named, alternative.as(ref))
			}
		}
		for _, tag := range tags {
			if !images.empty() {
				images = a.scope.join(images, valueOf("\n"))
			}
			images = a.scope.join(a.scope.join(images, named), value{{text: text{{known, ":"}}.and(tag)}})
		}
	}
	a.outputs("tags", images)
	a.write(metadataTagsVariable, images, a.node.Place, !a.node.Has("if"))
}

// metadataTagsVariable has the tags too, for the steps behind.
const metadataTagsVariable = "DOCKER_METADATA_OUTPUT_TAGS"

// metadataTags are the tags that it may make: of the rules of the input "tags", or its own.
func (a *action) metadataTags() (tags []text) {
	releases := false
	for _, rule := range a.metadataRules() {
		if rule.literal("enable") == "false" {
			continue
		}
		tag, ofRelease := a.metadataTag(rule)
		if len(tag) > 0 {
			tags = append(tags, tag)
		}
		releases = releases || ofRelease
	}
	var flavor attributes
	for _, line := range a.lines("flavor") {
		flavor = append(flavor, attributesOf(textOf(line.text))...)
	}
	if flavor.literal("latest") == "true" || releases && flavor.literal("latest") != "false" {
		tags = append(tags, textOf("latest"))
	}
	if len(tags) == 0 {
		tags = []text{{{fresh, metadataMakes}}}
	}
	return tags
}

// metadataRules are those that the action is given, or its own.
func (a *action) metadataRules() (rules []attributes) {
	lines := a.lines("tags")
	if lines == nil {
		for _, rule := range []string{"type=schedule", "type=ref,event=branch", "type=ref,event=tag", "type=ref,event=pr"} {
			rules = append(rules, attributesOf(textOf(rule)))
		}
	}
	for _, line := range lines {
		for _, alternative := range a.alternatives(line) {
			rules = append(rules, attributesOf(alternative.string()))
		}
	}
	return rules
}

// metadataTag is the tag that a rule makes, nil if none for the workflow's events; ofRelease
// says that it is for a tag of git, which makes the tag "latest" too.
func (a *action) metadataTag(rule attributes) (tag text, ofRelease bool) {
	switch kind, event := rule.literal("type"), rule.literal("event"); {
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
		return text{{branch, metadataMakes}}, false
	case kind == "sha":
		return text{{fresh, metadataMakes}}, false
	}
	return text{{fresh, metadataMakes}}, a.startsOn("release") || trigger(a.root).Has("push", "tags")
}

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

// tag is what a rule writes out under the name, with what it puts around it.
func (all attributes) tag(name, preset string) text {
	value := textOf(preset)
	for _, v := range all.named(name) {
		value = v
	}
	for _, piece := range value {
		if piece.kind == known && strings.Contains(piece.text, "{{") {
			return text{{fresh, metadataMakes}}
		}
	}
	return all.first("prefix").and(value).and(all.first("suffix"))
}
