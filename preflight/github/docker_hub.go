package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// loginToHub reads a login to Docker Hub: what the user of that name pushes stays there.
func (j *job) loginToHub(user value) {
	if len(user) == 1 && user[0].node == nil {
		j.hubUsers = append(j.hubUsers, user[0].text)
	}
}

// onHub reports whether what stands before the first slash of an image's name is a user that
// the job logged in to Docker Hub as: the same text, or the same variable or secret.
func (j *job) onHub(ref pieces) bool {
	user, sign, _ := ref.cut("/")
	if sign == 0 || len(user) != 1 || !user[0].kind.isFixed() {
		return false
	}
	return slices.ContainsFunc(j.hubUsers, func(known pieces) bool { return len(known) == 1 && known[0] == user[0] })
}

// pushToHub notes the first image that the name sends to Docker Hub: what stands before its first slash,
// if there is one, is no host.
func (j *job) pushToHub(ref pieces, at source.Place, use facts.Use) {
	first, sign, _ := ref.cut("/")
	if sign == 0 {
		first, _, _ = ref.cut(":@")
	}
	host, isKnown := first.known()
	if use != facts.Pushes || !isKnown || host == "" || isWrong(host) || host == "localhost" || sign != 0 && strings.ContainsAny(host, ".:") {
		return
	}
	if !j.toHub.There {
		j.toHub = facts.Known(facts.Short(ref.filled("*")), at)
	}
}

// isHub reports whether a login's registry, which is not certainly one of Amazon ECR, may be
// Docker Hub's.
func isHub(host pieces) bool {
	name, isKnown := host.known()
	return !isKnown || strings.Contains(name, "docker.io") || strings.Contains(name, "docker.com")
}

// pushWithoutHub is the first push to Docker Hub of a job that does not log in there; not there if
// none is.
func (j *job) pushWithoutHub() facts.Text {
	if j.atHub || len(j.fact.Unread) > 0 {
		return facts.Text{}
	}
	return j.toHub
}
