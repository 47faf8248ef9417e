package github

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (j *job) startImages() {
	j.startImage(j.node.Get("container"))
	for _, service := range j.node.Get("services").Entries() {
		j.startImage(service.Value)
	}
}

// startImage adds the image of a container, unless that has its own login.
func (j *job) startImage(container *source.Node) {
	image := container
	if container.Has("image") {
		image = container.Get("image")
	}
	if container.Has("credentials") || !image.Scalar() {
		return
	}
	for _, a := range j.scope.here(j.scope.value(image)) {
		j.pullAtStart(a.string(), image.Place)
	}
}

func (j *job) pullAtStart(ref pieces, at source.Place) {
	if pulled, ok := imageOf(ref.trim(), at, facts.Pulls); ok && pulled.certain {
		j.fact.StartImages = append(j.fact.StartImages, facts.Text{Value: ref.filled("*"), Place: at, There: true})
	}
}

// dockerImage reads a step, or an action of the source repository, that is an image.
func (j *job) dockerImage(image string, at source.Place) {
	if ref, ok := strings.CutPrefix(image, "docker://"); ok {
		j.pullAtStart(textOf(ref), at)
	}
}

// pulls reads images that a command pulls, as far as they are of Amazon ECR.
func (c *command) pulls(refs value) {
	for _, a := range refs {
		pulled, ok := imageOf(a.string().trim(), c.at, facts.Pulls)
		if !ok || !pulled.certain || pulled.push.Name.Unknown != "" || isWrong(pulled.push.Registry.Value) {
			continue
		}
		pulled.push.Config = c.dockerConfig()
		pulled.push.MayFail = c.mayFail || !c.endsOnErrors || c.passedOver
		if pulled.push.Before, ok = c.logins.before(c.step, a.world); ok && !c.logins.help(hostOf(a.string())) {
			c.fact.Pulls = append(c.fact.Pulls, pulled.push)
		}
	}
}

// runs reads "docker run", which pulls the image that stands behind its options: the first
// word that names one of Amazon ECR. One that the job may have made itself is not pulled.
func (c *command) runs(operands []int) {
	if c.made {
		return
	}
	for _, at := range operands {
		before := len(c.fact.Pulls)
		if c.pulls(c.words[at]); len(c.fact.Pulls) > before {
			return
		}
	}
}
