package facts

import (
	"fmt"

	"keyless-runners/preflight/source"
)

// Job is a job of a GitHub workflow, or what the command of a Pod's container does.
type Job struct {
	Place source.Place
	// Workflow is its name, or its file's if it has none; ID is the job's key. Of a container
	// Workflow is "" and ID its name.
	Workflow, ID string
	// Refusals are why GitHub refuses the workflow, each at what it refuses: with its first job.
	Refusals []Text
	// RunsOn are the labels. A label that an expression decides is unknown.
	RunsOn []Text
	// Group is the runner group, not there if none is asked for.
	Group Text
	// Container is the image that the job's steps run in; not there: they run on
	// the runner itself.
	Container Text
	// Docker is the first command or action that needs a Docker daemon on the runner.
	// Not there: none does, or the job brings one along.
	Docker Text
	// Sudo reports that a step runs something as root, which may use Docker's socket, or open it to others.
	Sudo bool
	// BuildKit is the URL at which its first step of a remote builder finds it. Not there: no step
	// has one, or the job may start it.
	BuildKit Text
	// Store is the first thing that a build does and that Docker can do with containerd's image store alone, such as
	// "exports a build cache with Docker's own builder". Not there: none does.
	Store Text
	// CacheAt is where the job exports a build cache to Amazon ECR as BuildKit does untold, and its files don't show
	// which BuildKit runs; zero: that is of no consequence.
	CacheAt source.Place
	// BuilderNamespace is the namespace in which buildx makes BuildKit's Pods with the
	// ServiceAccount of the runner (driver "kubernetes"), "" for the runner's own. Not there:
	// no step does, or another identity in the cluster may be theirs.
	BuilderNamespace Text
	// Logins are the logins to Amazon ECR, in the order of the steps.
	Logins []Login
	// Pushes are the image repositories that its steps name as where to push.
	Pushes []Push
	// MayPush are pushes of a job that does not log in to Amazon ECR, to a registry that is
	// not known.
	MayPush []Text
	// HubPush is the first image that the job pushes to Docker Hub, for its name has no registry,
	// and does not log in there, with "*" for what is not known. Not there: it pushes none.
	HubPush Text
	// StartImages are the images of Amazon ECR that the runner pulls before the first step,
	// without a name and a password: of the job's container and services, and of steps that
	// are images, with "*" for what is not known.
	StartImages []Text
	// Pulls are the images of Amazon ECR that its scripts pull.
	Pulls []Push
	// Tools are the programs, such as "aws", that no step before them may have put on the runner, and without which
	// the job ends before it pushes.
	Tools []Text
	// Requests are what the job asks of Amazon ECR beside logins and pushes, and of other services.
	Requests []Request
	// Refused are image names that Docker refuses, where the job pushes to them, with "*"
	// for what is not known.
	Refused []Text
	// Broken are steps that fail in every run, by what the files show.
	Broken []BrokenStep
	// Partial are pushes that some runs don't make, by what the files show.
	Partial []BrokenStep
	// Never are pushes that no run comes to, and Off those that a condition of the workflow's own turns off.
	Never, Off []BrokenStep
	// RoleARNs are the role ARNs that the job names.
	RoleARNs []Text
	// Subjects are the subjects whose token the job wants its runner to show to EKS Pod Identity.
	Subjects []Text
	// StoredKeys are inputs, variables and secrets that hold an AWS key, each
	// with what it is; of a job that calls a workflow, those that it gives to that.
	StoredKeys []StoredKey
	// EverySecret are the places to which the job gives all of its secrets, or one that the files do not
	// name: actions as it names them, or "a variable".
	EverySecret []Text
	// Profiles are variables and options that send AWS tools to a file, where there may
	// be anything.
	Profiles []Text
	// Unread are actions of the workflow's own source repository that its steps use and
	// that could not be read.
	Unread []Text
	// UnreadCall is the workflow that the job calls, if that could not be read: none of
	// its jobs is among the facts.
	UnreadCall Call
	// DockerInside is the first command or action that needs a Docker daemon in the job's
	// own container, where there is one only if the runner shares its own. Not there: none
	// does, or the job has no container.
	DockerInside Text
	// Assumed are the roles that its steps assume, in their order.
	Assumed []*AssumedRole
	// Checkout is where the job checks its source repository out with a token that may read a public one alone; zero: it
	// does not.
	Checkout source.Place
	// IDToken reports that the job may ask GitHub for a token
	// ("permissions: id-token: write"), which configure-aws-credentials then prefers to the
	// credentials of the runner.
	IDToken bool
	// TokenContexts are the ends of the subjects that the token can have, behind the source repository,
	// such as "ref:refs/heads/main"; none: they are not known.
	TokenContexts []string
	// AssumesRole is the role that configure-aws-credentials is to take; not there:
	// no step does.
	AssumesRole Text
	// PublicLogin is a step that logs in to Amazon ECR Public with the runner's role. Not there: none does.
	PublicLogin Text
	// Configures is aws-actions/configure-aws-credentials as the job names it, where it is
	// given neither a role nor a key and so takes the runner's role. Not there: no step does.
	Configures Text
}

// OfContainer reports whether the command of a container does it.
func (j *Job) OfContainer() bool { return j.Workflow == "" }

// Title names the job, or the container.
func (j *Job) Title() string {
	if j.OfContainer() {
		return fmt.Sprintf("container %q", j.ID)
	}
	return fmt.Sprintf("job %q", j.ID)
}

// BrokenStep is a step that fails in every run: why, as a part of a sentence, and what to do.
type BrokenStep struct {
	Place    source.Place
	Why, Fix string
	// Local reports that it works where Docker has images of other jobs, by chance.
	Local bool
}

// AssumedRole is a role that a step assumes.
type AssumedRole struct {
	// ARN is the role's, as the step gives it.
	ARN Text
	// Before is the one that the job assumed before, with whose credentials it asks for this;
	// nil: with those of its runner.
	Before *AssumedRole
	// Command says that a command of the AWS CLI assumes it, and not
	// aws-actions/configure-aws-credentials. With is what else it is assumed with, such as "a
	// stored key"; "": the credentials that the job has, or GitHub's token.
	Command bool
	With    string
	// OwnToken reports that With is the token that EKS gives the Pod for IRSA.
	OwnToken bool
	// Chaining, Untagged, Audience, ExternalID and Seconds are the inputs role-chaining,
	// role-skip-session-tagging, audience, role-external-id and role-duration-seconds of the action. Not
	// there: false, false, sts.amazonaws.com, none, 3600.
	Chaining, Untagged, Audience, ExternalID, Seconds Text
	// Session is the session policy that the step passes, and SessionPolicies are the ARNs of
	// managed policies that it passes as such: the session may do what they and the role's
	// policies both allow. Not there: no session policy.
	Session         Document
	SessionPolicies []Text
}

// Request is a request of a script to Amazon ECR, for an image repository.
type Request struct {
	Place source.Place
	// Action is the action, such as "ecr:DescribeImages".
	Action string
	// Otherwise is the action of the request that the script makes where the first is refused, with which it makes the
	// image repository; "": the job ends.
	Otherwise string
	// Registry and Name are the image repository's, as a push has them. Not there: it is of another service.
	Registry, Name Text
	// Before reports that the job pushes behind it, in runs that all come by it; Needed, that the job ends where it is
	// refused.
	Before, Needed bool
	// As is the role that the job assumed last before it, and Sometimes as a login has them.
	As        *AssumedRole
	Sometimes bool
}

// Call is a call of a workflow.
type Call struct {
	// Uses names the workflow, as the job does. Not there: there is no call.
	Uses Text
	// Inherits reports that the workflow gets every secret that the job has. Secrets are the
	// names of those that it gets otherwise.
	Inherits bool
	Secrets  []string
}

// StoredKey is a use of a stored AWS key.
type StoredKey struct {
	// What is as it is written, such as "aws-access-key-id" or
	// "secrets.AWS_SECRET_ACCESS_KEY".
	What  string
	Place source.Place
}

// Login is a login to a registry of Amazon ECR, with a password that Amazon ECR gives
// for the registries of one region.
type Login struct {
	Place source.Place
	// Action is the action that logs in as the job names it, such as
	// "aws-actions/amazon-ecr-login@v2". Not there: a command does.
	Action Text
	// Number identifies a login of the job. Those of one number are what one
	// login may be, depending on the run.
	Number int
	// Out reports that it is a logout: from here on, Docker is not logged in to Host or, with Everywhere, to
	// any registry.
	Out, Everywhere bool
	// Host is the registry that Docker is given. Not there: Amazon ECR gives it,
	// which is that of Account in the password's region.
	Host Text
	// Account is whose registry Amazon ECR is asked for. Not there: the role's.
	Account Text
	// Region is the password's. Not there: the job does not say, and what the
	// Pod's variable AWS_REGION says counts.
	Region Text
	// CLI reports that the AWS CLI asks for the password, which reads
	// AWS_DEFAULT_REGION where there is no AWS_REGION. DefaultRegion is the job's;
	// not there: that of the Pod counts.
	CLI           bool
	DefaultRegion Text
	// GetLogin reports that it is by "aws ecr get-login", which version 2 of the AWS CLI does not have, and that no
	// step is seen to install version 1.
	GetLogin bool
	// Config is the folder of the Docker configuration that keeps the password. Not there:
	// the runner's own.
	Config Text
	// As is the role that the job assumed last before it; nil: it has that of the runner's Pod.
	// Sometimes says that it does not in every run that logs in.
	As        *AssumedRole
	Sometimes bool
	// Emptied are the variables by which AWS tools find the role of the runner's Pod, by their names,
	// that are empty where the password is asked for.
	Emptied []Text
	// KeyID is the id of the AWS key that the tool uses. Not there: it has the
	// role.
	KeyID Text
}

// RoleAccount, PodRegion and PodDefaultRegion stand in a host name or a region for the account of the
// runner's role, where the job asks AWS for it, and for the AWS_REGION and the AWS_DEFAULT_REGION of the
// runner's Pod, where a script reads them.
const (
	RoleAccount      = "\uFFFDaccount\uFFFD"
	PodRegion        = "\uFFFDregion\uFFFD"
	PodDefaultRegion = "\uFFFDdefault region\uFFFD"
)

// SourceRepository, its form in small letters, its owner and its name behind that stand in an image repository's name
// for those of the source repository whose job it is.
const (
	SourceRepository      = "\uFFFDrepository\uFFFD"
	LowerSourceRepository = "\uFFFDlower repository\uFFFD"
	RepositoryOwner       = "\uFFFDowner\uFFFD"
	RepositoryName        = "\uFFFDname\uFFFD"
)

// RunTag is a tag that has one value in a run, though it is not known.
type RunTag struct {
	// Key is the same in all jobs of the run in which the tag has that value.
	Key string
	Tag Text
}

// Push is an image repository that a job pushes to, or has its build cache in.
type Push struct {
	Place source.Place
	// Registry is the host name. It is not there if it is that of a login, whose
	// place in the job's Logins is Login.
	Registry Text
	Login    int
	// Name is the image repository's. Pattern has stand-ins for what is unknown of it, "" if the source repository does
	// not decide that alone.
	Name    Text
	Pattern string
	// Tag is not there if none is named, unknown if an expression makes it. MoreTags are
	// the other tags that the job pushes to the same image repository, as far as they are
	// known.
	Tag      Text
	MoreTags []Text
	// Unset are the variables in its tags that nothing sets in what is read; the value is the
	// variable's name.
	Unset []Text
	// Repeated are the tags that are not known and that another run pushes again, because
	// only the branch or the content of files makes them.
	Repeated []Text
	// Shared are the tags that are not known and that several jobs of a matrix push.
	Shared []Text
	// Certain are the tags that are not known, that every run pushes and that have one value in it.
	Certain []RunTag
	Use     Use
	// Config is the folder of the Docker configuration with the passwords, as a login has it.
	Config Text
	// Before are the logins that come before it.
	Before []Before
	// MayFail reports that the job goes on where it fails, by what is looked at for pulls alone.
	MayFail bool
}

// Before is a login that comes before a push.
type Before struct {
	// Login is its place in the job's Logins.
	Login int
	// Always says that it does in every run that pushes.
	Always bool
}

// Use is a job's use of an image repository.
type Use int

const (
	// Pushes puts an image there.
	Pushes Use = iota
	// CachesTo puts a build cache there, and reads it.
	CachesTo
	// CachesFrom reads a build cache there and puts nothing.
	CachesFrom
	// Pulls pulls an image.
	Pulls
)
