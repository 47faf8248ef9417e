package fleet

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/distribution/reference"
	corev1 "k8s.io/api/core/v1"
)

func (p Pool) checkBuilder(at place, problems *Problems) {
	b := p.Builder
	var set []string
	if b.Docker != nil {
		set = append(set, "docker")
		p.checkDocker(*b.Docker, at.field("docker"), problems)
	}
	if b.RootlessBuildKit != nil {
		set = append(set, "rootlessBuildKit")
		p.checkRootless(*b.RootlessBuildKit, at.field("rootlessBuildKit"), problems)
	}
	if b.SharedBuildKit != nil {
		set = append(set, "sharedBuildKit")
		b.SharedBuildKit.check(at.field("sharedBuildKit"), problems)
	}
	if b.Script != "" {
		set = append(set, "script")
		problems.add(at.field("script"), checkScript(b.Script))
	}
	if len(set) > 1 {
		problems.add(at, fmt.Errorf("choose one of docker, rootlessBuildKit, sharedBuildKit and script: %s are set", strings.Join(set, " and ")))
	}
}

func (p Pool) checkDocker(d Docker, at place, problems *Problems) {
	if p.ScaleSet == nil && d.Image != "" {
		problems.add(at.field("image"), errors.New("the controller of RunnerDeployments decides the sidecar's image, by its flag --docker-image; leave it out"))
	} else {
		problems.add(at.field("image"), checkBuilderImage(d.DockerImage(), dockerImage))
	}
	checkResources(d.Resources, at.field("resources"), problems)
	checkEnv(d.Env, p.Proxy, at.field("env"), problems)
	checkMounts(d.VolumeMounts, p.Pod.Volumes, p.builtIn(), at.field("volumeMounts"), problems)
	problems.add(at.field("registryMirror"), checkMirror(d.RegistryMirror))
	if d.MTU != 0 && (d.MTU < minMTU || d.MTU > maxMTU) {
		problems.add(at.field("mtu"), fmt.Errorf("MTU %d: want %d to %d, or none for Docker's default", d.MTU, minMTU, maxMTU))
	}
}

// What an Ethernet network of EC2 carries (Amazon EC2 user guide, "Network maximum
// transmission unit"), and the least that IPv6 needs (RFC 8200).
const (
	minMTU = 1280
	maxMTU = 9001
)

func checkMirror(mirror string) error {
	if mirror == "" {
		return nil
	}
	if err := checkPublic("registry", "mirror", mirror); err != nil {
		return err
	}
	if u, err := url.Parse(mirror); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return fmt.Errorf("registry mirror %q: want https://HOST, without a path", mirror)
	}
	return nil
}

func (p Pool) checkRootless(r RootlessBuildKit, at place, problems *Problems) {
	image := r.BuildKitImage()
	problems.add(at.field("image"), checkBuilderImage(image, buildKitImage))
	if !strings.Contains(image, "rootless") && !strings.Contains(image, "@") {
		problems.add(at.field("image"), fmt.Errorf("image %q: BuildKit's other images need a privileged container; want one whose tag has \"rootless\", for example %q", image, buildKitImage))
	}
	checkResources(r.Resources, at.field("resources"), problems)
	checkEnv(r.Env, p.Proxy, at.field("env"), problems)
}

// checkBuilderImage reports an image that cannot be pulled, or that can become another one
// from one day to the next.
func checkBuilderImage(image, example string) error {
	want := fmt.Sprintf("want NAME:TAG or NAME@sha256:DIGEST, for example %q", example)
	named, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return fmt.Errorf("image %q: %w; %s", image, err, want)
	}
	tagged, ok := reference.TagNameOnly(named).(reference.Tagged)
	if ok && (tagged.Tag() == "latest" || tagged.Tag() == "dind" || tagged.Tag() == "rootless") {
		return fmt.Errorf("image %q: it can change from one day to the next; %s", image, want)
	}
	return nil
}

func (s SharedBuildKit) check(at place, problems *Problems) {
	if s.port() == 0 {
		problems.add(at.field("address"), fmt.Errorf("address %q: want tcp://HOST:PORT, for example \"tcp://buildkitd.buildkit.svc:1234\"", s.Address))
	}
	problems.add(at.field("tlsSecret"), checkObjectName("Secret", s.TLSSecret))
}

// port returns the port of the address; zero if it has none.
func (s SharedBuildKit) port() int {
	address, ok := strings.CutPrefix(s.Address, "tcp://")
	host, number, err := net.SplitHostPort(address)
	port, failed := strconv.ParseUint(number, 10, 16)
	if !ok || err != nil || failed != nil || host == "" || strings.ContainsAny(host, "/@?# ") {
		return 0
	}
	return int(port)
}

// checkScript reports a script that a workflow cannot hold as it is.
func checkScript(script string) error {
	switch {
	case strings.TrimSpace(script) != script:
		return errors.New("script: it begins or ends with blanks or a line break; leave them out")
	case strings.ContainsRune(script, '\t') || !envValue.MatchString(script):
		return errors.New("script: it has tabs, other control characters, or what is no UTF-8; want lines of text, indented by blanks")
	case strings.Contains(script, "${{"):
		return errors.New("script: it holds an expression of GitHub, whose value bash would read as code; want variables")
	case !strings.Contains(script, "IMAGE") && !strings.Contains(script, "ECR_REPOSITORY"):
		return errors.New("script: it does not name what to push; want \"$IMAGE\", which is the image with its tag, or its parts \"$ECR_REGISTRY\", \"$ECR_REPOSITORY\" and \"$IMAGE_TAG\"")
	}
	return checkPublic("script", "script", script)
}

// checkBuilderSecurity reports what the level of Pod Security of the pool's builder does not
// admit, as Kubernetes' own checks do (Pod Security Standards, "Baseline").
func (p Pool) checkBuilderSecurity() error {
	context := p.Pod.SecurityContext
	if context == nil || p.PodSecurity() == PodSecurityPrivileged {
		return nil
	}
	if profile := context.SeccompProfile; profile != nil && profile.Type == corev1.SeccompProfileTypeUnconfined {
		return fmt.Errorf("seccompProfile %q: the namespace admits Pods of level %q alone, because the builder needs no more; leave it out", profile.Type, PodSecurityBaseline)
	}
	if len(context.Sysctls) > 0 {
		return fmt.Errorf("sysctls: the namespace admits Pods of level %q alone, because the builder needs no more; leave them out", PodSecurityBaseline)
	}
	return nil
}
