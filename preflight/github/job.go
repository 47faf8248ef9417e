package github

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// job reads one job in the runs that ask for one runner.
type job struct {
	*reader
	// scope is the job's scope, in which written are the variables that its steps
	// set for those behind them; next are those of the step that is read.
	scope   scope
	written *variables
	next    map[string]variable
	node    *source.Node
	fact    facts.Job
	logins  logins
	images  images
	// hubUsers are the users that it logged in to Docker Hub as.
	hubUsers []pieces
	// tagsOf are the refs of git in whose runs docker/metadata-action makes a tag, by the ids of its steps.
	tagsOf map[string]refTags
	// atHub says that a step logs in to Docker Hub, and toHub is the first image that goes there.
	atHub bool
	toHub facts.Text
	// made says that a step may have made images on the runner, which are not pulled then;
	// masked that the account's number is a secret, which no output hands over.
	made, masked bool
	// masks are texts that a step makes secrets.
	masks []string
	// tagged are the names that the job gave images on the runner, and removed says that it removed some.
	tagged  []alternative
	removed bool
	// plans says that a step of the job builds an image, once looked says that this is known.
	plans, looked bool
	// got says that the job may have images from elsewhere, or under names that are not read.
	got bool
	// ownBuilder says that a step made a builder besides Docker's and has builds use it; cached are the
	// names of images that it keeps in its cache.
	ownBuilder bool
	cached     []pieces
	// choosesBuilder says that a step may have made builds use another builder than Docker's, and buildKit is the image
	// of that, "" if it is not known.
	choosesBuilder bool
	buildKit       string
	// ownBuilders are the names of such builders.
	ownBuilders []string
	// scripts are the scripts that steps write to files, by the names of these.
	scripts map[string]value
	// aliased says that "docker build" is "docker buildx build".
	aliased bool
	// image is that of the container in which the commands run, "" if it is not known or the runner's; mountsConfig
	// says that a volume may have its Docker configuration.
	image        string
	mountsConfig bool
	// scripted says that a step may have made files.
	scripted bool
	// files says that a step may have put files of a source repository on the runner, but for
	// those in ran, which are not looked at yet.
	files bool
	ran   []*source.Node
	// folders are those of the workspace into which steps check source repositories out.
	folders []string
	// cluster says that a step gives the tools of Kubernetes an identity.
	cluster bool
	// sets says that a step may have set variables for those behind it in what is not read.
	sets bool
	// builds reports that the job brings a Docker daemon or a builder along.
	builds bool
	// startsBuildKit says that a step may have started a BuildKit.
	startsBuildKit bool
	// never says that no run comes to the job.
	never bool
	// failsAlways says that a step fails in every run of the job, and the job with it.
	failsAlways bool
	// brought says that a step may have put programs on the runner, and hasBuildx that one has put buildx there.
	brought, hasBuildx bool
	// installsOldCLI says that a step installs version 1 of the AWS CLI.
	installsOldCLI bool
	// required is what commands so far need.
	required []requirement
	// composites is in how many actions of the source repository the step is.
	composites int
}

// jobs reads a job: one for each alternative of its runner. If there are too many
// of them for the size of the file, the runner is unknown.
func (r *reader) jobs(member source.Member) []facts.Job {
	s := r.scope
	s.needed = needs(member.Value)
	s.matrix = s.matrixOf(member.Value.Get("strategy", "matrix"))
	if member.Value.Has("environment") {
		s.secrets = nil // it has some of its own
	}
	all, worlds := alternatives(s.runners(member.Value.Get("runs-on"), member.Place))
	if len(all) > 1 && !s.spend(len(all)*sizeOf(member.Value)/8) {
		all = []runner{{labels: []facts.Text{{Unknown: tooMany, Place: member.Place, There: true}}}}
		worlds = [][]world{{nil}}
	}
	found, fails, builds, skipped := make([]facts.Job, 0, len(all)), true, false, true
	for i, runner := range all {
		j := newJob(r, s.narrow(worlds[i]), facts.Job{Place: member.Place, Workflow: r.name, ID: member.Name, RunsOn: runner.labels, Group: runner.group})
		j.node = member.Value
		j.read()
		j.handOver(member)
		found, fails, builds = append(found, j.fact), fails && j.failsAlways, builds || j.makes()
		skipped = skipped && j.never
	}
	r.skipped[strings.ToLower(member.Name)] = skipped
	r.building[strings.ToLower(member.Name)] = builds
	r.failing[strings.ToLower(member.Name)] = fails && len(all) > 0 && !member.Value.Has("continue-on-error")
	return found
}

// newJob is a job without steps.
func newJob(r *reader, s scope, fact facts.Job) *job {
	nothing := facts.Text{Place: fact.Place}
	fact.Container, fact.Docker, fact.AssumesRole = nothing, nothing, nothing
	s.outputs = map[string]value{}
	return &job{reader: r, scope: s, next: map[string]variable{}, scripts: map[string]value{}, tagsOf: map[string]refTags{}, fact: fact}
}

func sizeOf(node *source.Node) int {
	if node == nil {
		return 0
	}
	size := len(node.Text) + len(node.Members) + len(node.Items) + 1
	for _, item := range node.Items {
		size += sizeOf(item)
	}
	for _, member := range node.Members {
		size += sizeOf(member.Value)
	}
	return size
}

// read reads the job's own values and its steps in their order.
func (j *job) read() {
	j.scope = j.scope.with(j.node.Get("env"))
	j.scope.steps = j.node.Get("steps")
	j.written = newVariables(j.scope.env)
	j.scope.env = j.written
	if container := j.node.Get("container"); container.Has("image") {
		j.container(container.Get("image"))
	} else if container.Scalar() {
		j.container(container)
	}
	if services := j.node.Get("services"); services != nil && len(services.Members) > 0 {
		j.needs("services", j.scope, services.Place)
	}
	if j.fact.IDToken = j.mayAskForToken(); j.fact.IDToken {
		j.fact.TokenContexts = j.tokenContexts()
	}
	j.startImages()
	j.storedKeys()
	j.roleARNs()
	j.subjects()
	s, runs := j.scope.when(j.node.Get("if"))
	needed := j.skippedNeed(j.node)
	switch j.never = !runs || needed != nil; {
	case !runs:
		j.isNever(j.node, j.node.Get("if"))
	case needed != nil:
		j.isSkipped(needed)
	default:
		j.waitsForRun()
		j.waitsForJobs()
		j.scope = s
		j.steps(j.node.Get("steps"))
	}
	j.met()
	j.fact.Logins = j.logins.facts()
	j.fact.Pushes, j.fact.MayPush = j.images.pushes(len(j.fact.Logins) > 0)
	j.fact.HubPush = j.pushWithoutHub()
}

// steps reads steps in their order, of which there may be none.
func (j *job) steps(list *source.Node) {
	all := list.Elements()
	for i, step := range all {
		j.scope.ahead = all[i:]
		j.step(step)
		j.ended()
	}
	j.scope.ahead = nil
}

// container returns the image that the steps run in; an empty one counts as none.
func (j *job) container(image *source.Node) {
	if v := j.scope.here(j.scope.value(image)); !v.empty() {
		j.fact.Container = v.fact(image.Place)
		j.image = j.fact.Container.Value
		j.needs("container", j.scope, image.Place)
	}
}

// step reads one step, if it can run at all.
func (j *job) step(node *source.Node) {
	s, runs := j.scope.with(node.Get("env")).when(node.Get("if"))
	if !runs {
		j.isNever(node, node.Get("if"))
		return
	}
	if uses := node.Get("uses"); uses != nil {
		j.scripted = j.scripted || strings.HasPrefix(uses.Text, "docker://")
		j.action(s, node, uses.Text)
	}
	if run := node.Get("run"); run.Is(source.String) {
		j.scripted = true
		if j.composites > 0 && !node.Has("shell") {
			j.breaks(run.Place, "has a step of an action without \"shell\", and GitHub refuses the action", "add \"shell: bash\" to the step")
		}
		if shell, _, _ := j.shellOf(node); shell == "bash" || shell == "sh" {
			j.run(s, node, run)
		} else {
			j.brought = true
			j.otherScript(s, run, shell)
		}
	}
	j.ran = append(j.ran, node)
}
