package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// The Pod's own traps.
var (
	jobsElsewhere   = kind("KR013", finding.Error, "jobs run in other Pods")
	podRefused      = kind("KR019", finding.Error, "Pod that the API server refuses")
	tokenUnreadable = kind("KR080", finding.Note, "token may be unreadable")
	wrongGroup      = kind("KR081", finding.Note, "file system group is not the image's")
	tokenInSidecar  = kind("KR082", finding.Note, "privileged sidecar gets the token")
	nodeRole        = kind("KR083", finding.Note, "runner can fall back to the node's role")
	roleOverridden  = kind("KR085", finding.Error, "Pod overrides the role")
	tokenSkipped    = kind("KR086", finding.Error, "runner is kept from the token")

	notAdmitted        = kind("KR175", finding.Error, "Pod that its namespace refuses")
	notStarted         = kind("KR220", finding.Error, "container that does not start, or ends at once")
	noRoom             = kind("KR221", finding.Error, "namespace that may have no Pods")
	overLimit          = kind("KR205", finding.Error, "Pod beyond what its namespace lets one have")
	cutOff             = kind("KR222", finding.Warning, "NetworkPolicy that may cut Pods off")
	admissionOpen      = kind("KR233", finding.Warning, "policy that may refuse or change Pods")
	controllerRefuses  = kind("KR170", finding.Error, "runner that its controller makes no Pod of")
	hooksFail          = kind("KR232", finding.Error, "container hooks that start no Pod")
	templateUnreadable = kind("KR112", finding.Error, "hook template that the hooks cannot read")
)

// faults are the findings about each fault, and what there is to do.
var faults = map[chain.Fault]struct {
	kind finding.Kind
	fix  string
}{
	chain.ControllerRefuses:      {controllerRefuses, "write what the controller asks for, so that it makes Pods"},
	chain.AssociationOpen:        {podUnknown, "write out the association's namespace and ServiceAccount, or the parameters that decide them by --parameter NAME=VALUE"},
	chain.TokenUnknown:           {podUnknown, "leave volume, mount and variables of the token out, so that EKS sets them"},
	chain.AnnotatedRoleUnknown:   {podUnknown, "write the role's ARN out"},
	chain.OtherAddress:           {roleOverridden, "take it out; EKS sets it"},
	chain.OtherAudience:          {tokenSkipped, fmt.Sprintf("leave volume %q out: EKS adds it itself", identity.AgentTokenVolume)},
	chain.AgentProxied:           {podUnknown, "add " + identity.AgentIPv4 + " and " + identity.AgentIPv6 + " to NO_PROXY"},
	chain.HalfSet:                {roleOverridden, "take it out; EKS sets both"},
	chain.SkippedByLabel:         {tokenSkipped, "remove the label"},
	chain.SkippedByAnnotation:    {tokenSkipped, "name the sidecars only, such as " + identity.ContainerDocker},
	chain.NoToken:                {tokenSkipped, fmt.Sprintf(leaveTokenOut, identity.TokenVolume)},
	chain.NoAgentToken:           {tokenSkipped, fmt.Sprintf(leaveTokenOut, identity.AgentTokenVolume)},
	chain.JobsElsewhere:          {jobsElsewhere, fmt.Sprintf("leave containerMode out, or name a ServiceAccount with a role in the template that %s points at", identity.EnvHookTemplate)},
	chain.TemplateUnreadable:     {templateUnreadable, "mount a ConfigMap with the template there, one YAML document with spec.serviceAccountName"},
	chain.HooksFail:              {hooksFail, "write the variables and volumes of the mode as the chart of the scale set does (containerMode.type)"},
	chain.HooksOpen:              {podUnknown, "write what the hooks need as the chart of the scale set does (containerMode.type)"},
	chain.HooksContainerReplaced: {podUnknown, "leave initContainers out of the template, or use hooks with a shared volume"},
	chain.TokenMadeTwice:         {podUnknown, "give the role to the ServiceAccount of the Pod that pushes alone"},

	chain.NotStarted:     {notStarted, "write it so that the container starts, as the image is made to"},
	chain.NoFolder:       {notStarted, "mount the volume in another folder"},
	chain.NoRoom:         {noRoom, "let the namespace have as many Pods as there are runners"},
	chain.OverLimit:      {overLimit, "ask for less, or let the namespace have as much"},
	chain.ClassMissing:   {podUnknown, "add the class to the files, or name one of theirs"},
	chain.OnFargate:      {podUnknown, "run them in a namespace that no Fargate profile selects"},
	chain.NotRoot:        {podUnknown, "write the user into the securityContext of the container \"runner\" (containers), not of the Pod"},
	chain.MayNotEnd:      {podUnknown, "list it among sidecarContainers, in a RunnerSet among containers"},
	chain.OfVersion:      {podUnknown, "make it an init container with restartPolicy Always, which Kubernetes runs beside the others since 1.29"},
	chain.Demanded:       {podUnknown, "write the container's resources, or add the LimitRange with defaults"},
	chain.CutOff:         {cutOff, "allow ports 53 and 443, and 80 for the EKS Pod Identity agent, in a NetworkPolicy for the Pods"},
	chain.KeyMissing:     {notStarted, "add the key, or write optional: true where it may be missing"},
	chain.WritesNothing:  {podUnknown, "run as user 1001, for which the image is made"},
	chain.OfRoot:         {podUnknown, "set securityContext.fsGroup of the Pod to 1001"},
	chain.AdmissionOpen:  {admissionOpen, "leave the runners' namespace out of the policy, or waive this with what the Pods look like under it"},
	chain.Gated:          {podUnknown, "leave schedulingGates out"},
	chain.ShortLived:     {podUnknown, "leave activeDeadlineSeconds out, or give the job more time"},
	chain.HostRedirected: {podUnknown, "leave the host out of hostAliases: DNS has its address"},

	chain.OtherVersion:      {setDeleted, labelVersion},
	chain.VersionOpen:       {setVersionUnknown, "add the controller's Deployment to the files, or use the present version for both"},
	chain.NoRunnerContainer: {noRunnerContainer, "call the container in which jobs run \"runner\""},
	chain.NoVersion:         {setUnversioned, labelVersion},
	chain.Restarted:         {runnerRestarted, "set restartPolicy: Never in the Pod template"},
	chain.NoSignIn:          {noSignIn, "write githubConfigUrl, and name a Secret of the namespace with github_token, or with a GitHub App's id, installation id and private key"},
	chain.NoAddress:         {noSignIn, "write https://github.com/ORGANIZATION, https://github.com/OWNER/NAME or https://github.com/enterprises/NAME"},
	chain.SecretElsewhere:   {secretElsewhere, "move the Secret, or add the file that makes it there"},
	chain.MinAboveMax:       {minAboveMax, "set minRunners to maxRunners or less"},
}

const (
	leaveTokenOut = "leave volume, mount and variables of the token out: EKS adds volume %q itself"
	labelVersion  = "label the object " + identity.VersionLabel + " with the controller's version, such as 0.14.2, as its chart does"
)

// podFaults reports what keeps Pods from being made, or from certainly getting the token of their
// ServiceAccount. Those of no ServiceAccount are reported as that.
func podFaults(v View, report reporter) {
	for _, r := range v.Runners {
		for _, cause := range r.Causes {
			if r.IsBystander() {
				continue
			}
			switch reason := cause.Reason.(type) {
			case chain.Fails:
				of := faults[reason.Fault]
				if reason.Fault == chain.AnnotatedRoleUnknown && cause.Place.Resource() != "" {
					of.fix = `add what "terraform show -json" prints after apply, or write the role's ARN out`
				}
				if reason.Fault == chain.AnnotatedRoleUnknown {
					of.fix = cmp.Or(askedFor(reason.Why), of.fix)
				}
				report(of.kind, cause.Place, reason.Why, of.fix)
			case chain.PodRefused:
				report(podRefused, cause.Place, fmt.Sprintf("the API server refuses the Pods of %s: %s", r.Quoted(), reason.Why),
					"mend the Pod template, so that it is valid with what the controller and EKS add to it")
			case chain.NamespaceRefuses:
				fix := `build without it, or let the namespace enforce "privileged", and no one else make Pods there`
				if reason.Baseline {
					fix = `write it in the Pod's template, or let the namespace enforce "baseline"`
				}
				report(notAdmitted, cause.Place, reason.Text(), fix)
			}
		}
	}
}

// privilegedContainers reports those that have a token, because what they build can read it.
func privilegedContainers(v View, report reporter) {
	for _, r := range v.Runners {
		if r.OnlyStarts || r.NoRole != nil {
			continue
		}
		pod := v.PodOf(r)
		for n := range pod.Containers {
			c := &pod.Containers[n]
			switch {
			case !c.Privileged.Is("true"):
			case n == 0:
				report(tokenInSidecar, r.Place, fmt.Sprintf("container %q, in which jobs run, is privileged, and every build in it can read the role's token", c.Name),
					"build in a sidecar, or with an image that needs no privilege")
			case slices.ContainsFunc(chain.Tokens(pod, c), chain.IsForAWS):
				report(tokenInSidecar, r.Place, fmt.Sprintf("the privileged container %q gets the role's token too, and every build in it can read that", c.Name), keepTokenFrom(r, c))
			}
		}
	}
}

// keepTokenFrom is how to keep the token from a container that mounts it, or to which EKS'
// webhook gives it.
func keepTokenFrom(r *chain.Runner, c *facts.Container) string {
	if r.Skips(c) || r.SkipLabel.There {
		return fmt.Sprintf("take the volume with the token out of container %q", c.Name)
	}
	return fmt.Sprintf("annotate the Pod template with %s: %s", identity.AnnotationSkipContainers, c.Name)
}

// nodeRoles reports runners whose SDKs go on to the node's role when the chain is broken, which
// hides that it is.
func nodeRoles(v View, report reporter) {
	for _, r := range v.Runners {
		if !r.Runner || len(r.Containers) == 0 || r.OnlyStarts || r.StartedBy != nil && r.SA == nil {
			continue
		}
		where := "the runner"
		if r.StartedBy != nil {
			where = "container $job of the template"
		}
		if !slices.ContainsFunc(v.Environment(r.Workload, &r.Containers[0]), func(variable facts.EnvVar) bool {
			return variable.Name == "AWS_EC2_METADATA_DISABLED" && strings.EqualFold(v.Value(r.Workload, variable).Value, "true")
		}) {
			report(nodeRole, r.Place, "if the chain breaks, AWS SDKs fall back to the node's role silently",
				fmt.Sprintf(`set AWS_EC2_METADATA_DISABLED to "true" on %s, and limit the nodes' metadata to one hop`, where))
		}
	}
}

// groups are the file system groups for the runner's images, by what their tags contain
// (actions-runner-controller, docs/authenticating-to-the-github-api.md).
var groups = []struct{ image, group string }{{"20.04", "1000"}, {"22.04", "1001"}, {"24.04", "1001"}}

// fileSystemGroups reports a token that the runner may not be able to read: Kubernetes 1.19 and
// newer make it readable by all if there is no group (kubernetes/kubernetes,
// pkg/volume/projected), older ones by root alone. The user of a job's own image is not known.
func fileSystemGroups(v View, report reporter) {
	for _, r := range v.Runners {
		switch {
		case !r.Runner || r.StartedBy != nil || r.OnlyStarts || r.NoRole != nil:
		case !r.FSGroup.There:
			report(tokenUnreadable, r.Place, "the Pod has no file system group, so before Kubernetes 1.19 root alone can read the token, and later everybody in the Pod",
				"set securityContext.fsGroup to 1001, or to 1000 for images of Ubuntu 20.04")
		case len(r.Containers) > 0:
			checkGroup(r, report)
		}
	}
}

func checkGroup(r *chain.Runner, report reporter) {
	image := r.Containers[0].Image.Value
	for _, known := range groups {
		if strings.Contains(image, known.image) && r.FSGroup.Contradicts(known.group) {
			report(wrongGroup, r.FSGroup.Place, fmt.Sprintf("fsGroup is %q, the runner of image %q has %s", r.FSGroup.Value, image, known.group), "set fsGroup to "+known.group)
		}
	}
}
