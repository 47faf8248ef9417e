package facts

import "keyless-runners/preflight/source"

// Job is a job of a GitHub workflow.
type Job struct {
	Place source.Place
	// Workflow is its name, or its file's if it has none; ID is the job's key.
	Workflow, ID string
	// RunsOn are the labels. A label that an expression decides is unknown.
	RunsOn []Text
	// Group is the runner group, not there if none is asked for.
	Group Text
	// Container is the image that the job's steps run in; not there: they run on
	// the runner itself.
	Container Text
	// LogsIn says whether a step logs in to Amazon ECR.
	LogsIn bool
	// LoginAccounts are the accounts whose registries the login names; none: that of
	// the role, or what a script says.
	LoginAccounts []Text
	// Pushes are the image repositories that its steps name as where to push.
	Pushes []Push
	// Regions are what the job tells AWS tools their region is.
	Regions []Text
	// RoleARNs are the role ARNs that the job names.
	RoleARNs []Text
	// StoredKeys are inputs, variables and secrets that hold an AWS key, each
	// with what it is.
	StoredKeys []StoredKey
	// AssumesRole is what configure-aws-credentials is told to take; not there:
	// no step does.
	AssumesRole Text
}

// StoredKey is a use of a stored AWS key.
type StoredKey struct {
	// What is as it is written, such as "aws-access-key-id" or
	// "secrets.AWS_SECRET_ACCESS_KEY".
	What  string
	Place source.Place
}

// Push is an image repository that a job pushes to, or has its build cache in.
type Push struct {
	Place source.Place
	// Registry is the host name. It is not there if it is that of the login: of
	// the role's account, and of the job's or the cluster's region.
	Registry Text
	// Name is the image repository's.
	Name Text
	// Tag is not there if none is named, unknown if an expression makes it.
	Tag Text
	Use Use
}

// Use is what a job does with an image repository.
type Use int

const (
	// Pushes puts an image there.
	Pushes Use = iota
	// CachesTo puts a build cache there, and reads it.
	CachesTo
	// CachesFrom reads a build cache there and puts nothing.
	CachesFrom
)
