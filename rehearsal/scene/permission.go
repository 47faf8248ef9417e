package scene

import (
	"context"
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/job"
)

// permissions are attempts of the pool's own runner to do more than push. Its first tries
// succeed, so that those that do not mean something.
func (r *Rehearsal) permissions(t *target) []attempt {
	pushed := t.pushes.String() + ":" + t.Pool.Name + "-single"
	neighbours := t.neighbour().String()
	try := func(what, refusal string, steps ...job.Step) attempt {
		return attempt{who: "the pool's runner", what: what, refusal: refusal, try: func(ctx context.Context) (string, error) {
			return r.Ask(ctx, t.container.In(t.pushes.Registry.Region), steps...)
		}}
	}
	login := job.Step{Do: job.Login, Image: t.pushes.Registry.String()}
	push := func(image string) []job.Step {
		return []job.Step{login, {Do: job.Push, Image: image, Layers: []string{"base", "rehearsal"}}}
	}
	attempts := []attempt{
		try("push to its image repository", "", push(t.pushes.String()+":rehearsal")...),
		immutable(try("move a tag that is there", "The image tag", login, job.Step{Do: job.Push, Image: pushed, Layers: []string{"other"}})),
		try("push to a neighbour's image repository", denied("BatchCheckLayerAvailability"), push(neighbours+":1")...),
		try("push to an image repository that is not there", denied("BatchCheckLayerAvailability"), push(t.pushes.String()+"-2:1")...),
		try("push below its image repository", denied("BatchCheckLayerAvailability"), push(t.pushes.String()+"/sub:1")...),
		try("pull from a neighbour", denied("BatchGetImage"), login, job.Step{Do: job.Pull, Image: neighbours + ":1"}),
		try("push to the same name in another account", denied("BatchCheckLayerAvailability"), inAnotherAccount(t)...),
		try("delete an image through the registry", denied("BatchDeleteImage"), login, job.Step{Do: job.Delete, Image: pushed}),
		try("take its own role a second time", "AccessDenied", job.Step{Do: job.Assume, Role: t.Role.String()}),
		try("take the node's role", "AccessDenied", job.Step{Do: job.Assume, Role: arn(t.Role, "/", nodeRole)}),
		try("take the role by which the CDK deploys", "AccessDenied", job.Step{Do: job.Assume, Role: arn(t.Role, "/", bootstrapRole("deploy", t))}),
	}
	for _, action := range []struct{ name, what string }{
		{"BatchDeleteImage", "delete an image"},
		{"DeleteRepository", "delete its image repository"},
		{"CreateRepository", "create an image repository"},
		{"SetRepositoryPolicy", "open its image repository to everybody"},
		{"DeleteRepositoryPolicy", "drop the policy of its image repository"},
		{"GetRepositoryPolicy", "read the policy of its image repository"},
		{"PutLifecyclePolicy", "have its images expire"},
		{"PutImageTagMutability", "let its tags be moved"},
		{"DescribeRepositories", "look at its image repository"},
	} {
		attempts = append(attempts, try(action.what, denied(action.name), job.Step{Do: job.Call, Action: action.name, Image: pushed}))
	}
	return attempts
}

// immutable is an attempt that no policy refuses.
func immutable(a attempt) attempt {
	a.by = "tags of the image repository are immutable"
	return a
}

// denied is part of what ECR says to who may not do the action.
func denied(action string) string {
	return fmt.Sprintf("is not authorized to perform: ecr:%s", action)
}

// inAnotherAccount pushes to the name of the pool's image repository elsewhere.
func inAnotherAccount(t *target) []job.Step {
	image := identity.ImageRepository{Registry: t.abroad(), Name: t.pushes.Name}
	return []job.Step{
		{Do: job.Login, Image: image.Registry.String()},
		{Do: job.Push, Image: image.String() + ":1", Layers: []string{"base"}},
	}
}
