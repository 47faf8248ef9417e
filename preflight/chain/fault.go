package chain

import (
	"fmt"

	"keyless-runners/preflight/source"
)

// Fault is why a workload's Pods are not made, or do not certainly get the token of their
// ServiceAccount; for each there is one thing to do.
type Fault int

const (
	// ControllerRefuses means that the legacy controller makes no Pods.
	ControllerRefuses Fault = iota
	// AssociationOpen means that the ServiceAccount may have an association.
	AssociationOpen
	// TokenUnknown means that whether the Pods get a token is not known, and AnnotatedRoleUnknown
	// that it is because the annotation's ARN is not.
	TokenUnknown
	AnnotatedRoleUnknown
	// OtherAddress means that SDKs are sent to something that is not the agent, and OtherAudience
	// that they show the agent a token that is not for it.
	OtherAddress
	OtherAudience
	// AgentProxied means that SDKs may ask a proxy for the agent.
	AgentProxied
	// HalfSet means that a container sets one variable of two, so that EKS sets neither.
	HalfSet
	// SkippedByLabel and SkippedByAnnotation mean that EKS' webhook passes the Pods over.
	SkippedByLabel
	SkippedByAnnotation
	// NoToken means that the file that SDKs read for IRSA holds no token, and NoAgentToken that the
	// one for the agent does not.
	NoToken
	NoAgentToken
	// JobsElsewhere means that jobs run in other Pods.
	JobsElsewhere
	// TemplateUnreadable means that the hooks cannot read the template that they are told to, so
	// that they start no Pod.
	TemplateUnreadable
	// HooksFail means that the hooks end before they start a Pod, or that it waits for ever, and HooksOpen that
	// whether they are there is not known.
	HooksFail
	HooksOpen
	// HooksContainerReplaced means that init containers of a template take the place of the one by
	// which the hooks without a shared volume put what actions run with into the Pod (createJobPod
	// and mergePodSpecWithOptions of actions/runner-container-hooks, packages/k8s, from 0.8).
	HooksContainerReplaced
	// TokenMadeTwice means that the runner's Pod and the one that it starts both have a token at one
	// path, where the hooks of container mode kubernetes-novolume were seen to fail
	// (runner-container-hooks issue 381; their code does not show why).
	TokenMadeTwice

	// OtherVersion means that GitHub's controller deletes the set, VersionOpen that it may.
	OtherVersion
	VersionOpen
	// NoRunnerContainer means that no container of the Pods gets the runner's registration.
	NoRunnerContainer
	// NoVersion means that every controller that is a release deletes the set, and the
	// files have no controller.
	NoVersion
	// Restarted means that the Pods may not end with their job.
	Restarted
	// NoSignIn means that the controller cannot sign in to GitHub, and NoAddress that it is not told where.
	NoSignIn
	NoAddress
	// SecretElsewhere means that the Secret by which it does is of another namespace among the files.
	SecretElsewhere
	// NotStarted means that the node does not start a container, or that what it starts ends before the
	// first job.
	NotStarted
	// NoFolder means that it can't mount a volume in the folder of another.
	NoFolder
	// OnFargate means that the Pods may run on Fargate, which does not start one of their containers.
	OnFargate
	// NotRoot means that the Docker sidecar that the legacy controller adds may not be root, as its image needs to be
	// unless the controller has another.
	NotRoot
	// MayNotEnd means that an init container, for which the runner waits, may not end.
	MayNotEnd
	// KeyMissing means that a container waits for a key of a ConfigMap or Secret.
	KeyMissing
	// WritesNothing means that the runner may not be able to write where it has to.
	WritesNothing
	// OfRoot means that the volume for the runner's work may be root's.
	OfRoot
	// Gated means that the Pods wait until something removes a scheduling gate.
	Gated
	// ShortLived means that the Pods are stopped within a minute.
	ShortLived
	// HostRedirected means that the Pods look for AWS or GitHub at their own address.
	HostRedirected
	// NoRoom means that the namespace may have no Pods, and Demanded that it refuses Pods that do not
	// say what they need, unless it has a default.
	NoRoom
	Demanded
	// ClassMissing means that the Pods' PriorityClass or RuntimeClass may not be in the cluster, and OfVersion that
	// only some versions of Kubernetes accept them.
	ClassMissing
	OfVersion
	// OverLimit means that a Pod is beyond what its namespace lets one have.
	OverLimit
	// CutOff means that the Pods may not send to what they need.
	CutOff
	// AdmissionOpen means that a policy of the cluster may refuse or change the Pods.
	AdmissionOpen
	// MinAboveMax means that the listener does not start.
	MinAboveMax
)

// Fails is a fault, and what was found, in one line.
type Fails struct {
	Fault Fault
	Why   string
}

// Text implements Reason.
func (f Fails) Text() string { return f.Why }

// Said is a reason of which no more is to be known than its text.
type Said string

// Text implements Reason.
func (s Said) Text() string { return string(s) }

func (r *Runner) fails(state State, at source.Place, fault Fault, format string, values ...any) {
	r.add(state, at, Fails{fault, fmt.Sprintf(format, values...)})
}
