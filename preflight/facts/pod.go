package facts

import "keyless-runners/preflight/source"

// Pod has what containers share, and the containers, the main one first.
type Pod struct {
	Volumes    []Volume
	Containers []Container
}

// Volume is a volume of a Pod.
type Volume struct {
	Place source.Place
	Name  Text
	// Type is the field that says what it is, such as "emptyDir"; "" if the files do not have it.
	Type string
	// HostPath is the folder or socket of the node that it is. Not there: it is something
	// else.
	HostPath Text
	// Tokens are the tokens of the Pod's ServiceAccount in a projected volume.
	Tokens []Token
	// Keys are its files, if they are keys of ConfigMaps and Secrets. None: it is something
	// else, or not all of its files are.
	Keys []KeyFile
}

// KeyFile is a key of a ConfigMap or a Secret as a file.
type KeyFile struct {
	Source EnvSource
	// Key is the key, and Path the file's, from the volume's folder. Key is "" if each key is
	// a file of its name.
	Key  string
	Path Text
}

// Token is a file with a token of the Pod's ServiceAccount.
type Token struct {
	Place source.Place
	// Path is the file's, from the volume's folder.
	Path Text
	// Audience is who is to accept the token. Not there: the API server.
	Audience Text
	// Seconds is how long the token is valid. Not there: 3600.
	Seconds Text
}

// OfDockerImageFlag is why the image of the Docker sidecar that the legacy controller adds is unknown.
const OfDockerImageFlag = "the controller's flag --docker-image decides"

// Container is a container of a Pod, or an init container.
type Container struct {
	Place       source.Place
	Name, Image Text
	// PullPolicy is "Always", "IfNotPresent" or "Never". Not there: Always for the runners of legacy kinds, and for the
	// tag latest.
	PullPolicy Text
	// Command takes the place of the image's entrypoint, and Args stand behind it. None: the
	// image's own.
	Command, Args []Text
	Env           []EnvVar
	// EnvFrom are the objects all of whose keys are variables; Env hides them, and the
	// later the earlier.
	EnvFrom []EnvSource
	Mounts  []Mount
	// Init reports that it is an init container, and Sidecar that it is one that goes on
	// running (restartPolicy Always).
	Init, Sidecar bool
	// Dropped is the restartPolicy Always of an init container of a kind that has no such field, so that the API server
	// drops it.
	Dropped Text
	// RestartPolicy is that of a container that is no init container, which Kubernetes has since 1.35. Not
	// there: the Pod's.
	RestartPolicy Text
	// Probe is the first field that only a container has that goes on running, such as
	// "startupProbe". Not there: none.
	Probe Text
	// Beside is the first command of its probes and hooks that may change what another user may do, such as chmod.
	// Not there: none.
	Beside Text
	// Listens is the first probe that ends the container where nothing answers on a port of it, such as
	// "livenessProbe". Not there: none.
	Listens Text
	// Privileged is "true" or "false". Not there: false.
	Privileged Text
	// Resources are its requests and limits, such as "requests.cpu" and "limits.memory", and their quantities.
	Resources []KeyValue
	// Security has its other security settings. Nil: none.
	Security *Security
}

// Security has the security settings of a Pod, or of a container. What is not set is not
// there.
type Security struct {
	// NonRoot and Escalation are "true" or "false": runAsNonRoot and allowPrivilegeEscalation.
	NonRoot, Escalation Text
	// User is the number of the user, 0 is root.
	User Text
	// ReadOnly is "true" where the container can't write to its image's folders.
	ReadOnly Text
	// Groups are numbers of groups that the user has besides: runAsGroup and supplementalGroups.
	Groups []Text
	// Seccomp is the type of the profile, such as "RuntimeDefault".
	Seccomp Text
	// Adds and Drops are capabilities.
	Adds, Drops []Text
	// HostUsers is "false" if the Pod's users are not the node's.
	HostUsers Text
	// ProbedHost is the host that a probe or a handler of a container names.
	ProbedHost Text
	// Shares names what a Pod or a container has of its node, or has less than others between the
	// two, such as "hostNetwork", "hostPort" and "procMount".
	Shares Text
}

// Mount is where a container has a volume.
type Mount struct {
	Place source.Place
	// Volume is the volume's name, Path the folder or file of the container.
	Volume, Path Text
	// SubPath is the part of the volume. Not there: all of it.
	SubPath Text
}
