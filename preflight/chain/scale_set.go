package chain

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// askController finds why GitHub's controller has no runner for a scale set, though the API server
// accepts it.
func (c *Chains) askController(r *Runner) {
	if !r.ScaleSet {
		return
	}
	fails := r.fails
	if policy := r.RestartPolicy; policy.Unknown == "" && (!policy.There || policy.Value == "Always") {
		fails(Proved, policy.Place, Restarted, "restartPolicy of the Pods of %s is Always: after its job the runner starts again, with a registration that is used up", r.Quoted())
	}
	if !slices.ContainsFunc(r.Containers, func(c facts.Container) bool { return !c.Init && c.Name.MayBe(identity.ContainerRunner) }) {
		at := r.Place
		if len(r.Containers) > 0 {
			at = r.Containers[0].Place
		}
		fails(Broken, at, NoRunnerContainer, "%s has no container %q, and the controller gives the registration to no other: its Pods never take a job", r.Quoted(), identity.ContainerRunner)
	}
	spec := r.ScaleSetSpec
	if spec == nil {
		return
	}
	if at, why := c.noSignIn(r); why != "" {
		fault := NoSignIn
		if r.Scope.URL.There && at == r.Scope.URL.Place {
			fault = NoAddress
		}
		fails(Broken, at, fault, "%s %s, so the controller can't sign in to GitHub and makes no runner", r.Quoted(), why)
	}
	if at, elsewhere := c.secretElsewhere(r); elsewhere != "" {
		fails(Unknown, at, SecretElsewhere, "the controller reads Secret %q of %s in namespace %q, and the files have it in namespace %q alone", spec.Secret.Value, r.Quoted(), r.Namespace.Value, elsewhere)
	}
	least, _ := strconv.Atoi(spec.MinRunners.Value)
	if most, err := strconv.Atoi(spec.MaxRunners.Value); err == nil && least > most {
		fails(Broken, spec.MinRunners.Place, MinAboveMax, "minRunners %d of %s is above maxRunners %d: the listener does not start, and no job gets a runner", least, r.Quoted(), most)
	}
	c.askVersion(r, spec.Version)
}

// hostedGitHub matches the URL of a GitHub that GitHub hosts.
var hostedGitHub = regexp.MustCompile(`^(?i)https?://((www\.)?github\.com|[^/]+\.ghe\.com)/`)

// noSignIn returns what keeps the controller from signing in to GitHub for a scale set, and where; ""
// if nothing of the files does. A Secret of the files that has no keys yet is filled
// in elsewhere.
func (c *Chains) noSignIn(r *Runner) (at source.Place, why string) {
	secret, address := r.ScaleSetSpec.Secret, r.Scope.URL
	switch {
	case !secret.There:
		return secret.Place, "has no githubConfigSecret"
	case !address.There:
		return address.Place, "has no githubConfigUrl"
	case hostedGitHub.MatchString(address.Value) && strings.EqualFold(address.Value[:5], "http:"):
		return address.Place, fmt.Sprintf("has githubConfigUrl %q without TLS: GitHub redirects the request for a token, and gives none", address.Value)
	case address.Unknown == "" && scopeAt(address.Value).Name == "":
		return address.Place, fmt.Sprintf("has githubConfigUrl %q, which names no organization, source repository or enterprise", address.Value)
	}
	found := c.KeyValuesOf(r.Workload, facts.EnvSource{Kind: "Secret", Name: secret})
	if found == nil || len(found.Keys) == 0 {
		return source.Place{}, ""
	}
	has := func(key string) bool {
		return slices.ContainsFunc(found.Keys, func(kv facts.KeyValue) bool { return kv.Key == key })
	}
	token, app := has("github_token"), has("github_app_id") && has("github_app_installation_id") && has("github_app_private_key")
	switch {
	case token && app:
		return found.Place, fmt.Sprintf("has Secret %q with both github_token and the keys of a GitHub App", secret.Value)
	case !token && !app:
		return found.Place, fmt.Sprintf("has Secret %q with neither github_token nor all three keys of a GitHub App", secret.Value)
	}
	return source.Place{}, ""
}

// secretElsewhere returns the place where a scale set names a Secret that is not of its namespace, and the
// namespace of the files that has one with the name; "" if none has, or its own does.
func (c *Chains) secretElsewhere(r *Runner) (at source.Place, namespace string) {
	name := r.ScaleSetSpec.Secret
	for _, kv := range c.KeyValues {
		if kv.Kind != "Secret" || !name.Known() || kv.Name.Value != name.Value {
			continue
		}
		if !kv.Namespace.Known() || !r.Namespace.Known() || kv.Namespace.Value == r.Namespace.Value {
			return name.Place, ""
		}
		namespace = kv.Namespace.Value
	}
	return name.Place, namespace
}

// presentVersion is the version of the controller that GitHub publishes, of which a set is
// assumed to find one if the files have no controller.
const presentVersion = "0.14"

// askVersion finds whether the controller takes the set for its own.
func (c *Chains) askVersion(r *Runner, label facts.Text) {
	fails := r.fails
	controllers, near := c.controllerVersions(r)
	switch {
	case label.Unknown != "":
		fails(Unknown, label.Place, VersionOpen, "whether the controller deletes %s is not known: %s", r.Quoted(), label.Unknown)
	case slices.ContainsFunc(controllers, func(controller string) bool { return Takes(controller, label.Value) }):
	case !label.There && len(controllers) == 0:
		fails(Proved, label.Place, NoVersion, "%s has no label %s, and every controller that is a release deletes it for that", r.Quoted(), identity.VersionLabel)
	case !label.There:
		fails(Broken, label.Place, OtherVersion, "%s has no label %s, so the controller deletes it", r.Quoted(), identity.VersionLabel)
	case minorOf(label.Value) == "":
		fails(Broken, label.Place, OtherVersion, "label %s %q of %s is no version, so the controller deletes it", identity.VersionLabel, label.Value, r.Quoted())
	case near:
		fails(Broken, label.Place, OtherVersion, "label %s of %s is %q, and the controller, which is %s, deletes a set of another version", identity.VersionLabel, r.Quoted(), label.Value, facts.Quoted(controllers))
	case len(controllers) > 0 || minorOf(label.Value) != presentVersion:
		fails(Unknown, label.Place, VersionOpen, "label %s of %s is %q, and a controller of another version than %s deletes it; the files don't determine which one runs", identity.VersionLabel, r.Quoted(), label.Value, compared(label.Value))
	}
}

var controllerImage = regexp.MustCompile(`/gha-runner-scale-set-controller(?::([^@]+))?(?:@|$)`)

// excluded is the flag of labels that a controller does not hand down.
const excluded = "--exclude-label-propagation-prefix="

// withoutExcluded returns the workload as a controller of its folder makes its Pods, which may leave
// out labels of the set.
func (c *Chains) withoutExcluded(w *facts.Workload) *facts.Workload {
	if !w.SkipLabel.There || !w.SkipLabelHandedDown {
		return w
	}
	for n := range c.Workloads {
		for _, container := range c.Workloads[n].Containers {
			if !controllerImage.MatchString(container.Image.Value) || index.Folder(c.Workloads[n].Place) != index.Folder(w.Place) {
				continue
			}
			for _, word := range container.Args {
				if prefix, is := strings.CutPrefix(word.Value, excluded); is && strings.HasPrefix(identity.LabelSkipWebhook, prefix) {
					handed := *w
					handed.SkipLabel = facts.Text{}
					return &handed
				}
			}
		}
	}
	return w
}

// Managers are the ServiceAccounts, each as a workload that has it, of controllers that may be the scale
// set's: those of its folder, or else all. Without any, they are those that have the name of the chart's in
// a binding of its namespace.
func (c *Chains) Managers(r *Runner) (near []*facts.Workload) {
	var all []*facts.Workload
	for n := range c.Workloads {
		w := &c.Workloads[n]
		if !slices.ContainsFunc(w.Containers, func(of facts.Container) bool { return controllerImage.MatchString(of.Image.Value) }) {
			continue
		}
		if all = append(all, w); index.Folder(w.Place) == index.Folder(r.Place) {
			near = append(near, w)
		}
	}
	for n := range c.RBACBindings {
		binding := &c.RBACBindings[n]
		for _, subject := range binding.Subjects {
			if len(all) == 0 && subject.Kind == "ServiceAccount" && strings.HasSuffix(subject.Name.Value, chartsManager) && c.AppliedWith(binding.Place, binding.Namespace, r.Workload) {
				near = append(near, &facts.Workload{Place: subject.Place, Namespace: subject.Namespace, ServiceAccount: subject.Name})
			}
		}
	}
	if len(near) == 0 {
		return all
	}
	return near
}

// chartsManager ends the name that the controller's chart gives its ServiceAccount.
const chartsManager = "gha-rs-controller"

// controllerVersions are the tags of the controllers of the files, "" for one without. One is
// near if it is in the folder of the scale set: another may be of another cluster.
func (c *Chains) controllerVersions(r *Runner) (versions []string, near bool) {
	for n := range c.Workloads {
		for _, container := range c.Workloads[n].Containers {
			if found := controllerImage.FindStringSubmatch(container.Image.Value); found != nil {
				versions = append(versions, found[1])
				near = near || index.Folder(c.Workloads[n].Place) == index.Folder(r.Place)
			}
		}
	}
	return versions, near
}

// Takes reports whether a controller of a version may take a set of a version for its own: those that are
// no release take every set.
func Takes(controller, version string) bool {
	controller = strings.TrimPrefix(controller, "v")
	return minorOf(controller) == "" || controller == version || compared(controller) == compared(version)
}

// compared is the part of a version that controllers compare: up to its minor number since
// 0.12.0, before that all of it.
func compared(version string) string {
	if read, ok := identity.ParseVersion(version); ok && slices.Compare(read[:], []int{0, 12, 0}) < 0 {
		return version
	}
	return minorOf(version)
}

var release = regexp.MustCompile(`^(\d+\.\d+)(?:\.\d+)?$`)

// minorOf returns the version up to its minor number, "" if it is not a version.
func minorOf(version string) string {
	found := release.FindStringSubmatch(version)
	if found == nil {
		return ""
	}
	return found[1]
}
