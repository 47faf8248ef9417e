package chain

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// minSeconds is the least time that a Pod needs for its image, its registration and a job.
const minSeconds = 60

// hostOfServices matches the host names of AWS and GitHub.
var hostOfServices = regexp.MustCompile(`(?i)(^|\.)(amazonaws\.com(\.cn)?|api\.aws|github\.com|ghe\.com|githubusercontent\.com)$`)

// askNode finds what keeps the Pods from their nodes, and a node from starting their containers.
func (c *Chains) askNode(r *Runner, pod facts.Pod) {
	if gate := r.Gate; gate.There {
		r.fails(Unknown, gate.Place, Gated, "the Pods of %s wait until something removes the scheduling gate %q, and what that is, is not known", r.Quoted(), gate)
	}
	if seconds, err := strconv.Atoi(r.Deadline.Value); err == nil && seconds > 0 && seconds < minSeconds {
		r.fails(Unknown, r.Deadline.Place, ShortLived, "the Pods of %s are stopped after %d seconds (activeDeadlineSeconds), and whether a job ends by then is not known", r.Quoted(), seconds)
	}
	for _, host := range r.Redirected {
		if hostOfServices.MatchString(host.Value) && !r.HostNetwork.Is("true") {
			r.fails(Unknown, host.Place, HostRedirected, "the Pods of %s have their own address for %q (hostAliases), and what answers there is not known", r.Quoted(), host)
		}
	}
	c.askClass(r, "PriorityClass", r.PriorityClass)
	c.askClass(r, "RuntimeClass", r.RuntimeClass)
	c.askKeys(r, pod)
	c.askFargate(r, pod)
	for i := range pod.Containers {
		if policy := pod.Containers[i].RestartPolicy; policy.There && !r.Legacy { // whose kinds have no such field
			r.fails(Unknown, policy.Place, OfVersion, "container %q of %s has a restartPolicy, and Kubernetes before 1.35 refuses that of any but an init container", pod.Containers[i].Name, r.Quoted())
		}
		c.askUser(r, &pod.Containers[i])
		askDaemon(r, &pod.Containers[i])
		askEnd(r, &pod.Containers[i])
		askMounts(r, pod, &pod.Containers[i])
	}
	if len(pod.Containers) > 0 && r.StartedBy == nil {
		c.askImage(r, pod, &pod.Containers[0])
	}
}

// systemPriority begins the names of the PriorityClasses that every cluster has.
const systemPriority = "system-"

// askClass finds that the files have classes of the kind, and not the one that the Pods name: without it they are
// refused (kubernetes, plugin/pkg/admission/priority and runtimeclass).
func (c *Chains) askClass(r *Runner, kind string, name facts.Text) {
	if !name.Known() || strings.HasPrefix(name.Value, systemPriority) {
		return
	}
	var other *facts.Object
	for n := range c.Objects {
		if of := &c.Objects[n]; of.Kind == kind && of.Name.MayBe(name.Value) {
			return
		} else if of.Kind == kind && other == nil {
			other = of
		}
	}
	if other != nil {
		r.fails(Unknown, name.Place, ClassMissing, "%s %q of %s is not among the files, which have %q: the API server refuses the Pods if the cluster has none of the name", kind, name, r.Quoted(), other.Name)
	}
}

// declared returns a field of the container's security settings, or else of its Pod's.
func declared(w *facts.Workload, c *facts.Container, field func(*facts.Security) facts.Text) facts.Text {
	for _, security := range []*facts.Security{c.Security, w.Security} {
		if security != nil && field(security).There {
			return field(security)
		}
	}
	return facts.Text{}
}

func userOf(s *facts.Security) facts.Text  { return s.User }
func nonRoot(s *facts.Security) facts.Text { return s.NonRoot }

// askUser finds a container that may not run as root, and does, or of which the kubelet can't see
// that it does not: an image's user that is a name (kubernetes, pkg/kubelet/kuberuntime,
// verifyRunAsNonRoot).
func (c *Chains) askUser(r *Runner, of *facts.Container) {
	only, as := declared(r.Workload, of, nonRoot), declared(r.Workload, of, userOf)
	if !only.Is("true") || as.There && !as.Is("0") {
		return
	}
	switch {
	case as.Is("0"):
		r.fails(Broken, only.Place, NotStarted, "container %q of %s is to run as user 0, and runAsNonRoot forbids that: the node does not start it", of.Name, r.Quoted())
	case IsPublished(of.Image):
		r.fails(Broken, only.Place, NotStarted, "container %q of %s has runAsNonRoot and no runAsUser, and the user of image %q is a name: the node does not start it", of.Name, r.Quoted(), of.Image)
	case imageName(of.Image) == "docker":
		r.fails(Broken, only.Place, NotStarted, "container %q of %s has runAsNonRoot and no runAsUser, and image %q runs as root, or as a name: the node does not start it", of.Name, r.Quoted(), of.Image)
	}
}

// askDaemon finds that the Docker sidecar of a legacy kind, whose image a flag of the controller decides, does not run as
// root. The controller gives it privileges, and the user of its Pod (runner_controller.go).
func askDaemon(r *Runner, of *facts.Container) {
	only, as := declared(r.Workload, of, nonRoot), declared(r.Workload, of, userOf)
	switch {
	case !r.Legacy || !of.Name.Is(identity.ContainerDocker) || of.Image.Known():
	case as.Known() && !as.Is("0"):
		r.fails(Unknown, as.Place, NotRoot, "container %q of %s runs as user %s, and Docker's daemon in its default image docker:dind starts only as root", of.Name, r.Quoted(), as)
	case only.Is("true") && !as.There:
		r.fails(Unknown, only.Place, NotRoot, "container %q of %s has runAsNonRoot and no runAsUser, and its default image docker:dind runs as root: the node does not start it", of.Name, r.Quoted())
	}
}

// askFargate finds a privileged container of Pods that may run on Fargate, which starts none (Amazon EKS user guide,
// "AWS Fargate considerations"). With an association it is the agent that is missing there. Whether the profile's cluster is that of the Pods is not known.
func (c *Chains) askFargate(r *Runner, pod facts.Pod) {
	at := slices.IndexFunc(pod.Containers, func(of facts.Container) bool { return of.Privileged.Is("true") })
	for n := 0; n < len(c.FargateProfiles) && at >= 0 && len(c.AssociationsOf(r.SA)) == 0; n++ {
		profile := &c.FargateProfiles[n]
		for _, selector := range profile.Selectors {
			if selector.Selects(r.Namespace) {
				r.fails(Unknown, selector.Place, OnFargate, "the Pods of %s run on Fargate if they are in %s and the profile selects them, and Fargate starts no privileged container, such as %q", r.Quoted(), facts.InCluster(profile.Cluster), pod.Containers[at].Name)
				return
			}
		}
	}
}

// askKeys finds keys that a ConfigMap or Secret of the files does not have: the node waits for them
// (kubernetes, pkg/kubelet, makeEnvironmentVariables, and pkg/volume/util, MakePayload).
func (c *Chains) askKeys(r *Runner, pod facts.Pod) {
	lacks := func(at source.Place, what string, of facts.EnvSource, key string) {
		if key != "" && !of.Optional && c.isWithout(r, of, key) {
			r.fails(Broken, at, KeyMissing, "%s of %s is key %q of %s %q, which has no such key: the node waits for it", what, r.Quoted(), key, of.Kind, of.Name)
		}
	}
	for i := range pod.Containers {
		for _, variable := range pod.Containers[i].Env {
			lacks(variable.Place, fmt.Sprintf("variable %s of container %q", variable.Name, pod.Containers[i].Name), variable.Source, variable.Key)
		}
	}
	for _, volume := range pod.Volumes {
		for _, file := range volume.Keys {
			lacks(file.Path.Place, fmt.Sprintf("a file of volume %q", volume.Name), file.Source, file.Key)
		}
	}
}

// isWithout reports whether a ConfigMap or Secret certainly lacks a key. One without any is filled in
// elsewhere, and of several of a name one may be a part of the other.
func (c *Chains) isWithout(r *Runner, of facts.EnvSource, key string) bool {
	found := c.KeyValuesOf(r.Workload, of)
	if found == nil || found.Unknown != "" || len(found.Keys) == 0 {
		return false
	}
	for n := range c.KeyValues {
		if other := &c.KeyValues[n]; other != found && other.Kind == found.Kind && other.Name.Same(found.Name) && other.Namespace.Same(found.Namespace) {
			return false
		}
	}
	return !slices.ContainsFunc(found.Keys, func(kv facts.KeyValue) bool { return kv.Key == key })
}

// readOnly are the types of volumes in which no folder can be made.
var readOnly = []string{"configMap", "downwardAPI", "projected", "secret"}

// askMounts finds a volume that is mounted in the folder of one that has no such folder, and in which the node can't
// make it (kubernetes issue 65835).
func askMounts(r *Runner, pod facts.Pod, of *facts.Container) {
	for _, outer := range of.Mounts {
		i := slices.IndexFunc(pod.Volumes, func(v facts.Volume) bool { return v.Name.Known() && v.Name.Value == outer.Volume.Value })
		if i < 0 || outer.SubPath.There || !slices.Contains(readOnly, pod.Volumes[i].Type) {
			continue
		}
		folder := inRun(outer.Path.Value) + "/"
		for _, inner := range of.Mounts {
			inside, is := strings.CutPrefix(inRun(inner.Path.Value), folder)
			if !is || inner.SubPath.There || slices.ContainsFunc(pod.Volumes[i].Keys, func(k facts.KeyFile) bool { return strings.HasPrefix(k.Path.Value, inside) }) {
				continue
			}
			r.fails(Broken, cmp.Or(outer.Place, inner.Place), NoFolder, "the node does not start container %q of %s: it makes no folder for %q in volume %q, which is mounted at %q and read-only", of.Name, r.Quoted(), inner.Path, outer.Volume, outer.Path)
		}
	}
}

// daemons are programs that go on running.
var daemons = []string{"dockerd", "dockerd-entrypoint.sh", "buildkitd"}

// askEnd finds an init container that never ends, for which all others wait.
func askEnd(r *Runner, of *facts.Container) {
	words := slices.Concat(of.Command, of.Args)
	name := imageName(of.Image)
	runs := len(words) == 0 && (name == "docker" && strings.Contains(of.Image.Value, "dind") || name == "moby/buildkit") ||
		len(words) > 0 && slices.Contains(daemons, path.Base(words[0].Value))
	switch {
	case of.Dropped.There && runs:
		r.fails(Broken, of.Dropped.Place, NotStarted, "init container %q of %s never ends, and the runner starts after it: legacy kinds have no restartPolicy for an init container, and the API server drops it", of.Name, r.Quoted())
	case of.Dropped.There:
		r.fails(Unknown, of.Dropped.Place, MayNotEnd, "init container %q of %s has a restartPolicy, which the definitions of legacy kinds do not have, so the API server drops it: the runner starts only if the container ends", of.Name, r.Quoted())
	case of.Init && !of.Sidecar && runs:
		r.fails(Broken, of.Place, NotStarted, "init container %q of %s never ends, and the runner starts after it: it has no restartPolicy Always", of.Name, r.Quoted())
	}
}

// runnersFolder is where the runner of GitHub's image writes its registration, and runnersUser the user who
// owns the folder (actions/runner, images/Dockerfile).
const (
	runnersFolder = "/home/runner"
	runnersUser   = "1001"
)

// ofFolder are the forms of the start command in the runner's folder, which is the image's working directory.
var ofFolder = []string{runnersFolder + "/run.sh", "./run.sh", "run.sh"}

// askWork finds that the runner may not write to the volume for its work: a new file system is root's, as that of
// Amazon EBS, unless the Pod has a group for its volumes or a container before the runner gives it away.
func askWork(r *Runner, pod facts.Pod, main *facts.Container, as facts.Text) {
	work := kubernetes.FileAt(pod, main, path.Join(runnersFolder, "_work", "file"))
	if work.Volume == nil || !slices.Contains(claims, work.Volume.Type) || r.FSGroup.There || as.Is("0") {
		return
	}
	given := slices.ContainsFunc(pod.Containers, func(of facts.Container) bool {
		return of.Init && !of.Sidecar && mountOf(&of, work.Volume.Name.Value) != nil
	})
	if !given {
		r.fails(Unknown, work.Volume.Place, OfRoot, "whether container %q of %s may write to volume %q is not known: the Pod has no fsGroup, and a new volume is root's, as those of Amazon EBS are", main.Name, r.Quoted(), work.Volume.Name)
	}
}

// askImage finds settings with which the published images do not start.
func (c *Chains) askImage(r *Runner, pod facts.Pod, main *facts.Container) {
	alone := !slices.ContainsFunc(pod.Containers[1:], func(of facts.Container) bool { return !of.Init || of.Sidecar })
	if IsPublished(main.Image) && main.Listens.There && alone {
		r.fails(Broken, main.Listens.Place, NotStarted, "the %s of container %q of %s asks a port, and nothing of image %q listens: the node stops it", main.Listens, main.Name, r.Quoted(), main.Image)
	}
	if !IsGitHubs(main.Image) {
		return
	}
	as := declared(r.Workload, main, userOf)
	askWork(r, pod, main, as)
	allowed := c.Variable(r.Workload, main, "RUNNER_ALLOW_RUNASROOT")
	runs := len(main.Command) > 0 && path.Base(main.Command[0].Value) == "run.sh"
	apart := kubernetes.FileAt(pod, main, path.Join(runnersFolder, ".runner")).Mount != nil
	switch {
	case as.Is("0") && runs && !allowed.There && len(main.EnvFrom) == 0 && !declared(r.Workload, main, nonRoot).Is("true"):
		r.fails(Broken, as.Place, NotStarted, "container %q of %s runs as root, and run.sh ends at once as root", main.Name, r.Quoted())
	case as.Known() && !as.Is("0") && !as.Is(runnersUser) && !apart:
		r.fails(Unknown, as.Place, WritesNothing, "container %q of %s runs as user %s, and whether that may write to %s of image %q, which is user %s's, is not known", main.Name, r.Quoted(), as, runnersFolder, main.Image, runnersUser)
	case main.Security == nil || !main.Security.ReadOnly.Is("true") || apart:
	case len(main.Command) > 0 && !slices.Contains(ofFolder, main.Command[0].Value):
		r.fails(Unknown, main.Security.ReadOnly.Place, WritesNothing, "container %q of %s can't write to its image (readOnlyRootFilesystem), and whether its command starts the runner elsewhere than in %s is not known", main.Name, r.Quoted(), runnersFolder)
	default:
		r.fails(Broken, main.Security.ReadOnly.Place, NotStarted, "container %q of %s can't write to its image (readOnlyRootFilesystem), and the runner writes its registration to %s", main.Name, r.Quoted(), runnersFolder)
	}
}
