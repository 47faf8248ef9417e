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

const defaultSocket = "unix:///var/run/docker.sock"

// LacksDocker returns why there is no Docker daemon for the jobs of a workload, "" if there may be one: the
// sidecar that the controller adds to the legacy kinds, a container that may be one, one
// of the node, or one of another machine. Without privileges only a runtime class lets
// one run.
func (c *Chains) LacksDocker(r *Runner) string {
	w := r.Workload
	if len(w.Containers) == 0 || w.RuntimeClass.There || slices.ContainsFunc(w.Volumes, hasSocket) {
		return ""
	}
	main := w.Containers[0]
	// The privilege of a runner with dockerdWithinRunnerContainer is that of the daemon that a published image has not.
	if within := w.DockerdWithinRunner.Is("true"); within && !IsPublished(main.Image) || !within && mayBeDocker(main) {
		return ""
	}
	if slices.ContainsFunc(main.EnvFrom, func(of facts.EnvSource) bool { return c.KeyValuesOf(w, of) == nil }) {
		return ""
	}
	return c.lacksDaemon(r)
}

// hasSocket reports whether the socket of the node's Docker may be in a volume.
func hasSocket(volume facts.Volume) bool {
	path := volume.HostPath
	return path.Unknown != "" || strings.HasSuffix(path.Value, "docker.sock") || slices.Contains([]string{"/", "/run", "/var", "/var/run"}, path.Value)
}

// mayBeDocker reports whether a container may be a Docker daemon.
func mayBeDocker(container facts.Container) bool {
	image := container.Image.Value
	return container.Privileged.MayBe("true") || container.Image.Unknown != "" || strings.Contains(image, "dind") || strings.Contains(image, "docker:")
}

// lacksDaemon returns why the daemons beside a workload's main container do not answer it, "" if one
// may. The docker image's entry point decides where one listens (dockerd-entrypoint.sh of
// docker-library/docker).
func (c *Chains) lacksDaemon(r *Runner) string {
	w, main := r.Workload, &r.Containers[0]
	address := facts.Text{Value: defaultSocket, There: true}
	for _, variable := range c.Environment(w, main) {
		if variable.Name == "DOCKER_HOST" {
			address = c.Value(w, variable)
		}
	}
	if !isLocal(address) {
		return ""
	}
	why := ""
	for i := range w.Containers[1:] {
		daemon := &w.Containers[1+i]
		switch {
		case !mayBeDocker(*daemon) || daemon.Init && !daemon.Sidecar:
			continue
		case isDockers(daemon.Image) && !daemon.Privileged.MayBe("true") && daemon.Security == nil:
			why = fmt.Sprintf("container %q of %s, which is to be one, is not privileged and ends", daemon.Name, r.Quoted())
		case !c.answers(w, main, daemon, address):
			why = fmt.Sprintf("container %q of %s, which is one, does not answer at %q, where the runner looks", daemon.Name, r.Quoted(), address)
		default:
			return ""
		}
	}
	return cmp.Or(why, fmt.Sprintf("no container of %s is one", r.Quoted()))
}

// isDockers reports whether an image is Docker's own daemon, which runs as root.
func isDockers(image facts.Text) bool {
	name, tag, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(image.Value, "docker.io/"), "library/"), ":")
	return name == "docker" && strings.Contains(tag, "dind") && !strings.Contains(tag, "rootless")
}

// isLocal reports whether the address is known to be within the Pod.
func isLocal(address facts.Text) bool {
	at, err := url.Parse(address.Value)
	return address.Known() && err == nil && (at.Scheme == "unix" || at.Hostname() == "localhost" || at.Hostname() == "127.0.0.1")
}

// answers reports whether a daemon may be at a local address: in a folder that both containers have, or
// at a port of the Pod.
func (c *Chains) answers(w *facts.Workload, main, daemon *facts.Container, address facts.Text) bool {
	at, err := url.Parse(address.Value)
	if err != nil {
		return true
	}
	told, open := c.listens(w, daemon)
	if at.Scheme != "unix" {
		verifies := slices.ContainsFunc(c.Environment(w, main), func(v facts.EnvVar) bool { return v.Name == "DOCKER_TLS_VERIFY" })
		return open || slices.ContainsFunc(told, func(of *url.URL) bool {
			return of.Port() == at.Port() && (of.Scheme == "tcp" || of.Scheme == withTLS && verifies)
		})
	}
	here := fileOf(w, main, at.Path)
	if here.Volume == nil || here.Volume.HostPath.There {
		return here.Volume != nil
	}
	return slices.ContainsFunc(told, func(of *url.URL) bool {
		there := fileOf(w, daemon, of.Path)
		return of.Scheme == "unix" && there.Volume == here.Volume && there.Inside == here.Inside
	}) || open && slices.ContainsFunc(daemon.Mounts, func(m facts.Mount) bool { return m.Volume.Is(here.Volume.Name.Value) })
}

// fileOf returns what a container finds at a path, where /var/run leads to /run as in most images.
func fileOf(w *facts.Workload, of *facts.Container, name string) kubernetes.File {
	run := func(name string) string {
		if rest, in := strings.CutPrefix(path.Clean(name)+"/", "/var/run/"); in {
			name = "/run/" + rest
		}
		return path.Clean(name)
	}
	moved := *of
	moved.Mounts = slices.Clone(of.Mounts)
	for i := range moved.Mounts {
		moved.Mounts[i].Path.Value = run(moved.Mounts[i].Path.Value)
	}
	return kubernetes.FileAt(facts.Pod{Volumes: w.Volumes, Containers: w.Containers}, &moved, run(name))
}

// withTLS is the scheme of a port at which a daemon answers clients of TLS alone.
const withTLS = "tcp+tls"

// listens returns where a daemon is told to listen; open reports that it may listen elsewhere too.
func (c *Chains) listens(w *facts.Workload, daemon *facts.Container) (told []*url.URL, open bool) {
	words := slices.Concat(daemon.Command, daemon.Args)
	open = !isDockers(daemon.Image) || len(daemon.Command) > 0
	for _, word := range words {
		open = open || word.Unknown != "" || strings.Contains(word.Value, " ")
		_, value, _ := strings.Cut(word.Value, "=")
		if address, err := url.Parse(cmp.Or(value, word.Value)); err == nil && address.Scheme != "" {
			told = append(told, address)
		}
	}
	if len(words) > 0 && !strings.HasPrefix(words[0].Value, "-") {
		return told, open
	}
	port, scheme := "2376", withTLS
	for _, variable := range c.Environment(w, daemon) {
		if variable.Name == "DOCKER_TLS_CERTDIR" && c.Value(w, variable).Is("") {
			port, scheme = "2375", "tcp"
		}
	}
	return append(told, &url.URL{Scheme: "unix", Path: "/var/run/docker.sock"}, &url.URL{Scheme: scheme, Host: ":" + port}), open
}
