package chain

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// NoDocker says why the main container of a workload certainly reaches no Docker daemon, "" if it
// may reach one: the sidecar that the controller adds to the legacy kinds, a container beside it,
// one of the node, or one of another machine. Without privileges, one runs only under a runtime class.
// root reports that the job uses Docker as root, which needs no group of the socket.
func (c *Chains) NoDocker(w *facts.Workload, root bool) string {
	within := w.DockerdWithinRunner.Is("true")
	if len(w.Containers) == 0 || w.RuntimeClass.There || within && !IsPublished(w.Containers[0].Image) ||
		slices.ContainsFunc(w.Volumes, hasNodesSocket) || c.HasUnknownEnvFrom(w) {
		return ""
	}
	host := c.Variable(w, &w.Containers[0], "DOCKER_HOST")
	endpoint, err := url.Parse(cmp.Or(host.Value, dockerSocket))
	if host.Unknown != "" || err != nil || endpoint.Scheme != "unix" && (!isLoopback(endpoint) || endpoint.Port() == "" || mayForward(w)) {
		return ""
	}
	if folder := c.Variable(w, &w.Containers[0], "DOCKER_CERT_PATH"); folder.Known() && c.lacksCertificate(w, folder) {
		return fmt.Sprintf("Docker's client wants ca.pem in %q, where neither a volume nor image %q has it", folder, w.Containers[0].Image)
	}
	why := ""
	for i := range w.Containers[1:] {
		daemon := &w.Containers[i+1]
		if daemon.Init && !daemon.Sidecar || !mayBeDocker(daemon) {
			continue
		}
		if why = c.dockerFails(w, daemon, endpoint, root); why == "" {
			return ""
		}
	}
	if main := &w.Containers[0]; !within && mayBeDocker(main) && (why == "" || !IsPublished(main.Image)) {
		return "" // the job may start one
	}
	return cmp.Or(why, "none of its containers is one")
}

// lacksCertificate reports whether Docker's client ends because a folder has no ca.pem, which it reads whatever
// the daemon's address is (docker/cli, cli/command/cli.go).
func (c *Chains) lacksCertificate(w *facts.Workload, folder facts.Text) bool {
	main := &w.Containers[0]
	verify := c.Variable(w, main, "DOCKER_TLS_VERIFY")
	return verify.Known() && verify.Value != "" && IsPublished(main.Image) &&
		kubernetes.FileAt(facts.Pod{Volumes: w.Volumes, Containers: w.Containers}, main, folder.Value).Mount == nil
}

// dockerSocket is where Docker listens, and where its command line looks for it.
const dockerSocket = "unix:///var/run/docker.sock"

// HasUnknownEnvFrom reports whether the main container takes variables from a ConfigMap or Secret that is not
// among the files, so that it may have any.
func (c *Chains) HasUnknownEnvFrom(w *facts.Workload) bool {
	return slices.ContainsFunc(w.Containers[0].EnvFrom, func(of facts.EnvSource) bool { return c.KeyValuesOf(w, of) == nil })
}

// mayForward reports whether a port of the main container may be one of another machine: a
// container beside it that is no Docker daemon may forward it, or it has the node's.
func mayForward(w *facts.Workload) bool {
	return w.HostNetwork.MayBe("true") || slices.ContainsFunc(w.Containers[1:], func(beside facts.Container) bool {
		return (!beside.Init || beside.Sidecar) && !mayBeDocker(&beside)
	})
}

// hasNodesSocket reports whether the socket of the node's Docker may be in a volume.
func hasNodesSocket(volume facts.Volume) bool {
	at := volume.HostPath
	return at.Unknown != "" || strings.HasSuffix(at.Value, "docker.sock") || at.There && slices.Contains([]string{"/", "/run", "/var", "/var/run"}, path.Clean(at.Value))
}

// mayBeDocker reports whether a container may be a Docker daemon.
func mayBeDocker(container *facts.Container) bool {
	image := container.Image.Value
	return container.Privileged.MayBe("true") || container.Image.Unknown != "" || strings.Contains(image, "dind") || strings.Contains(image, "docker:")
}

// dockerFails says why the daemon in a container does not start, or is not at the endpoint for the user; "" if
// it may be. Only Docker's own image is known to that point (its dockerd-entrypoint.sh).
func (c *Chains) dockerFails(w *facts.Workload, daemon *facts.Container, endpoint *url.URL, root bool) string {
	docker, rootless := isDockersImage(daemon.Image), isRootless(daemon.Image)
	usual := w.Security == nil || !w.Security.HostUsers.There
	if (docker || rootless && usual && len(daemon.Env) == 0) && !daemon.Privileged.MayBe("true") && (daemon.Security == nil || len(daemon.Security.Adds) == 0) {
		return fmt.Sprintf("its container %q is not privileged, without which Docker does not start there", daemon.Name)
	}
	if !docker {
		return ""
	}
	if as := declared(w, daemon, userOf); as.Known() && !as.Is("0") {
		return fmt.Sprintf("its container %q runs as user %s, and Docker's daemon in image %q starts only as root", daemon.Name, as, daemon.Image)
	}
	port := "2376"
	switch folder := c.Variable(w, daemon, "DOCKER_TLS_CERTDIR"); {
	case folder.Unknown != "":
		return ""
	case folder.Is(""):
		port = "2375"
	case !c.Variable(w, &w.Containers[0], "DOCKER_TLS_VERIFY").There:
		port += " with TLS"
	}
	listening, entrypoint, known := addresses(w, daemon, server{"dockerd", "--host", "-H", "--config-file", "/etc/docker/daemon.json"})
	switch {
	case !known:
		return ""
	case entrypoint:
		listening = append(listening, dockerSocket, "tcp://0.0.0.0:"+port)
	case len(listening) == 0:
		listening = []string{dockerSocket}
	}
	if why := unreached(w, daemon, listening, endpoint); why != "" || endpoint.Scheme != "unix" || root {
		return why
	}
	return c.socketRefused(w, daemon)
}

// runnersGroups are the groups of the user runner in GitHub's image (images/Dockerfile of actions/runner).
var runnersGroups = []string{runnersUser, "27", "123"}

// socketGroup is the group that dockerd gives its socket to in Docker's image, without --group (Dockerfile of
// docker:cli).
const socketGroup = "2375"

// socketRefused says why the user of GitHub's image may not use the socket of the daemon in a container, ""
// if it may. What runs in either beside its program may open the socket to anyone.
func (c *Chains) socketRefused(w *facts.Workload, daemon *facts.Container) string {
	main, groups := &w.Containers[0], append(slices.Clone(runnersGroups), w.FSGroup.Value)
	if !IsGitHubs(main.Image) || daemon.Beside.There || main.Beside.There || w.FSGroup.Unknown != "" {
		return ""
	}
	for _, security := range []*facts.Security{w.Security, main.Security} {
		if security != nil && security.User.There && !security.User.Is(runnersUser) {
			return ""
		}
		for i := 0; security != nil && i < len(security.Groups); i++ {
			groups = append(groups, security.Groups[i].Value)
		}
	}
	group := c.groupOf(w, daemon)
	if group == "" || slices.Contains(groups, group) {
		return ""
	}
	return fmt.Sprintf("the socket of its container %q belongs to group %s, which the user of %q is not in", daemon.Name, group, main.Name)
}

// groupOf returns the number of the group that dockerd gives its socket to; "" if that is not known.
func (c *Chains) groupOf(w *facts.Workload, daemon *facts.Container) string {
	group := socketGroup
	words := append(slices.Clone(daemon.Command), daemon.Args...)
	for i, word := range words {
		name, value, joined := strings.Cut(word.Value, "=")
		if name != "--group" && name != "-G" {
			continue
		}
		if group = value; !joined && i+1 < len(words) {
			group = words[i+1].Value
		}
	}
	if name, is := strings.CutPrefix(group, "$("); is {
		group = c.Variable(w, daemon, strings.TrimSuffix(name, ")")).Value
	}
	if group == "docker" {
		return socketGroup
	}
	if strings.Trim(group, "0123456789") != "" {
		return ""
	}
	return group
}

// isDockersImage reports whether an image is one of Docker's own with a daemon that runs as root, and isRootless
// whether it is one with another, which needs privileges too (docker-library/docker issue 296).
func isDockersImage(image facts.Text) bool {
	return strings.Contains(dockersTag(image), "dind") && !isRootless(image)
}

func isRootless(image facts.Text) bool { return strings.Contains(dockersTag(image), "dind-rootless") }

// dockersTag is the tag of an image of Docker's own; "" of another.
func dockersTag(image facts.Text) string {
	name := imageName(image)
	if name != "docker" && !strings.HasSuffix(name, "/library/docker") {
		return ""
	}
	return strings.TrimPrefix(image.Value, name)
}

// server is a program that is told where to listen by an option or its short form, or by a file that
// another option names, or is at a path.
type server struct{ command, option, short, configOption, config string }

// addresses are where a server is told to listen by the arguments of its container; entrypoint says
// that they are the image's own entrypoint's, which may add to them. Not known: the container runs
// something else, or with what is not read.
func addresses(w *facts.Workload, container *facts.Container, s server) (all []string, entrypoint, known bool) {
	words := append(slices.Clone(container.Command), container.Args...)
	if kubernetes.FileAt(facts.Pod{Volumes: w.Volumes, Containers: w.Containers}, container, s.config).Mount != nil {
		return nil, false, false
	}
	switch {
	case len(words) > 0 && path.Base(words[0].Value) == s.command:
		words = words[1:]
	case len(container.Command) > 0, len(words) > 0 && !strings.HasPrefix(words[0].Value, "-"):
		return nil, false, false
	default:
		entrypoint = true
	}
	for i, word := range words {
		name, value, joined := strings.Cut(word.Value, "=")
		if name == s.configOption || name != s.short && strings.HasPrefix(name, s.short) && !strings.HasPrefix(s.short, "--") {
			return nil, false, false
		}
		if name != s.option && name != s.short || !word.Known() {
			continue
		}
		if !joined && i+1 < len(words) {
			value = words[i+1].Value
		}
		if value == "" || strings.HasSuffix(value, "://") || strings.Contains(value, "$(") {
			return nil, false, false
		}
		all = append(all, value)
	}
	unknown := slices.ContainsFunc(words, func(word facts.Text) bool { return !word.Known() })
	return all, entrypoint, !unknown
}

// unreached says why the main container does not reach at the endpoint what listens in another
// container of the Pod, at these URLs; "" if it may.
func unreached(w *facts.Workload, server *facts.Container, listening []string, endpoint *url.URL) string {
	main := &w.Containers[0]
	if endpoint.Scheme != "unix" {
		if slices.ContainsFunc(listening, func(at string) bool { return strings.HasSuffix(at, ":"+endpoint.Port()) }) {
			return ""
		}
		return fmt.Sprintf("its container %q listens at %s and not at %q", server.Name, facts.Quoted(listening), endpoint)
	}
	pod := facts.Pod{Volumes: w.Volumes, Containers: w.Containers}
	ours := socketAt(pod, main, endpoint.Path)
	if ours.Unknown != "" || ours.Mount != nil && ours.Volume == nil {
		return ""
	}
	for _, at := range listening {
		socket, is := strings.CutPrefix(at, "unix://")
		if !is {
			continue
		}
		theirs := socketAt(pod, server, socket)
		if theirs.Unknown != "" || ours.Mount != nil && theirs.Volume == ours.Volume && theirs.Inside == ours.Inside {
			return ""
		}
	}
	return fmt.Sprintf("its containers %q and %q share no volume in which the socket of the daemon is at %q", main.Name, server.Name, endpoint.Path)
}

// socketAt returns what a container has at the path of a socket.
func socketAt(pod facts.Pod, c *facts.Container, socket string) kubernetes.File {
	at := inRun(socket)
	if file := kubernetes.FileAt(pod, c, at); file.Mount != nil || !strings.HasPrefix(at, "/run/") {
		return file
	}
	return kubernetes.FileAt(pod, c, "/var"+at)
}

// inRun is a path of a container with /run in place of /var/run, which is a link to it in the images of Docker,
// BuildKit and the runners.
func inRun(name string) string {
	if name = path.Clean(name); strings.HasPrefix(name+"/", "/var/run/") {
		return strings.TrimPrefix(name, "/var")
	}
	return name
}

func isLoopback(endpoint *url.URL) bool {
	return endpoint.Scheme == "tcp" && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, endpoint.Hostname())
}
