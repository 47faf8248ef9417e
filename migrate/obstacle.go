package migrate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// obstacles leaves a job that would not do on the pool's runners what it does now, and notes
// what may not.
func (m *migration) obstacles(t *tree, j *job) {
	if enterprise := j.pool.Scope.Enterprise; enterprise != "" {
		j.note(j.member.Place, fmt.Sprintf("pool %q takes jobs of the enterprise %q", j.pool.Name, enterprise), fmt.Sprintf("look whether %q is one of its organizations", m.Name.Owner()))
	}
	j.aroundSteps()
	for _, fact := range j.facts {
		j.roles(fact)
		for _, profile := range fact.Profiles {
			j.leave(profile.Place, fmt.Sprintf("job %q sets %s, and what AWS tools find there is not known", j.id, profile.Value), "take it out, then run this again")
		}
		for _, action := range fact.Unread {
			j.note(action.Place, fmt.Sprintf("job %q uses the action %q, which is not read", j.id, action.Value), "look whether it needs AWS: the pool's role pushes images")
		}
		j.docker(fact)
		j.pulls(fact)
		j.systems(fact)
	}
	j.otherUses(t.usesOfAWS(j))
}

// aroundSteps leaves a job whose steps would not see the runner's role.
func (j *job) aroundSteps() {
	node := j.member.Value
	container, image := node.Get("container"), j.pool.JobImage()
	switch has := container != nil && container.Kind != source.Null; {
	case has && image == "":
		j.leave(container.Place, fmt.Sprintf("the steps of job %q run in a container, which gets neither the role nor the token", j.id),
			"run the steps on the runner itself, then run this again")
	case !has && image != "":
		j.leave(j.member.Place, fmt.Sprintf("job %q has no container, and runners of pool %q refuse such jobs", j.id, j.pool.Name),
			fmt.Sprintf("write container: %q into the job, and shell: bash where a script needs it, then run this again", image))
	}
	for _, permission := range []*source.Node{node.Get("permissions", "id-token"), j.root.Get("permissions", "id-token")} {
		if permission.Scalar() && permission.Text == "write" && j.assumes() {
			j.note(permission.Place, fmt.Sprintf("job %q may ask GitHub for a token, which it took the role with", j.id),
				"take the permission out, unless something else needs it, such as a step that signs or attests")
		}
	}
}

func (j *job) assumes() bool {
	return slices.ContainsFunc(j.facts, func(f facts.Job) bool { return len(f.Assumed) > 0 })
}

// docker leaves a job that needs a Docker daemon where the pool has none.
func (j *job) docker(fact facts.Job) {
	needed := fact.Docker
	if j.pool.JobImage() != "" {
		needed = fact.DockerInside
	}
	if needed.There && !j.pool.UsesDocker() {
		j.leave(needed.Place, fmt.Sprintf("job %q needs a Docker daemon (%s), and pool %q has none", j.id, needed.Value, j.pool.Name),
			fmt.Sprintf("build as dist/%s does, or give the pool another builder in fleet/declared.go, then run this again", j.pool.WorkflowPath()))
	}
}

// roles leaves a job that assumes a role in a way that cannot be cut out.
func (j *job) roles(fact facts.Job) {
	for _, role := range fact.Assumed {
		switch {
		case role.Command:
			j.leave(role.ARN.Place, fmt.Sprintf("a script of job %q assumes a role", j.id), "take it out of the script: the runner's Pod has the pool's role; then run this again")
		case role.Session.There || len(role.SessionPolicies) > 0:
			j.leave(role.ARN.Place, fmt.Sprintf("job %q assumes a role with a session policy, which narrows it", j.id), "let the pool's own role be as narrow, take the session policy out, then run this again")
		}
	}
}

// pulls leaves a job that pulls from the pool's registry what its role may not pull.
func (j *job) pulls(fact facts.Job) {
	for _, pull := range fact.Pulls {
		if pull.Name.Known() && mayBeOf(j.pool, &fact, &pull) && !among(may(j.pool, facts.Pulls), pull.Name) {
			j.leave(pull.Place, fmt.Sprintf("job %q pulls from %q, and pool %q may not", j.id, pull.Name.Value, j.pool.Name),
				"add the image repository to the pool's PullsFrom in fleet/declared.go, then run this again")
		}
	}
}

var armLabel = regexp.MustCompile(`(?i)(^|[-_.])(arm|arm64|aarch64)$`)

// systems leaves a job for another system than the pool's, and one whose runs ask for several
// runners.
func (j *job) systems(fact facts.Job) {
	if asksFor(fact.RunsOn, j.pool) {
		return
	}
	for _, label := range fact.RunsOn {
		lower := strings.ToLower(label.Value)
		switch {
		case !label.Known():
			j.leave(label.Place, fmt.Sprintf("which runner job %q asks for is not known: %s", j.id, label.Unknown), "write the labels out, then run this again")
		case strings.HasPrefix(lower, "windows") || strings.HasPrefix(lower, "macos"):
			j.leave(label.Place, fmt.Sprintf("job %q runs on %q, and runners of pool %q run on Linux", j.id, label.Value, j.pool.Name), "push from a job that runs on Linux")
		case armLabel.MatchString(lower) && !identity.RunnerLabel(label.Value).Equal("arm"):
			j.leave(label.Place, fmt.Sprintf("job %q runs on %q, and for which machines pool %q builds is not declared", j.id, label.Value, j.pool.Name),
				fmt.Sprintf("write the labels of pool %q yourself, if its nodes are such machines, then run this again", j.pool.Name))
		}
	}
	if runsOn := j.member.Value.Get("runs-on"); runsOn.Scalar() && strings.Contains(runsOn.Text, "${{") && len(j.left) == 0 {
		j.leave(runsOn.Place, fmt.Sprintf("an expression decides which runner job %q asks for: %q", j.id, runsOn.Text),
			fmt.Sprintf("write runs-on: %s, then run this again", runsOnText(j.pool)))
	}
}

// otherUses leaves a job that needs more of AWS than a pool's role may do, or notes that it may.
func (j *job) otherUses(uses []awsUse) {
	if first := slices.IndexFunc(uses, func(u awsUse) bool { return u.allowed }); first >= 0 {
		j.cli(uses[first])
	}
	for _, use := range uses {
		switch {
		case use.allowed:
		case use.unread:
			j.note(use.place, fmt.Sprintf("job %q runs %q, and whether that needs AWS is not known", j.id, use.what), "see that it needs none: the pool's role pushes images")
		case len(j.pool.Statements) > 0:
			j.note(use.place, fmt.Sprintf("job %q runs %q", j.id, use.what), fmt.Sprintf("look whether the Statements of pool %q allow it", j.pool.Name))
		default:
			j.leave(use.place, fmt.Sprintf("job %q runs %q, and the role of pool %q only pushes and pulls images", j.id, use.what, j.pool.Name),
				"move it to a separate job, or add what it needs to the pool's Statements in fleet/declared.go; then run this again")
		}
	}
}

// cli notes a command of the AWS CLI, which GitHub's own runners have.
func (j *job) cli(use awsUse) {
	if slices.ContainsFunc(j.facts, func(f facts.Job) bool { return slices.ContainsFunc(f.RunsOn, isHosted) }) {
		j.note(use.place, fmt.Sprintf("job %q runs %q", j.id, use.what), fmt.Sprintf("look whether the image of pool %q has the AWS CLI: %s", j.pool.Name, j.pool.Image))
	}
}

func isHosted(label facts.Text) bool { return identity.RunnerLabel(label.Value).Hosted() }
