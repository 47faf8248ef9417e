// Package job is what a GitHub job does once it runs inside a runner's Pod: it logs in
// to ECR and pushes, with the credentials that the AWS SDK's default chain finds in the
// environment, and with nothing else. It runs as a separate process, whose
// environment is exactly that of the Pod.
package job

import (
	"time"

	"keyless-runners/rehearsal/network"
)

// Task lists what a job does, in the order of its steps. It ends with the first that
// fails.
type Task struct {
	// Network is how the job reaches AWS.
	Network network.Peer
	Steps   []Step
}

// Step is one thing to do. What it does not need is left zero.
type Step struct {
	Do Verb
	// Image is REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST, for Login the registry
	// alone.
	Image string
	// Layers name what is pushed: the same name is the same layer.
	Layers []string
	// Action is the action of ECR's API to Call.
	Action string
	// Role is the ARN of the role to Assume.
	Role string
	// For is how long to Wait.
	For time.Duration
}

// Verb is a kind of step.
type Verb string

const (
	// WhoAmI asks STS whose credentials the job has.
	WhoAmI Verb = "who am I"
	// Login asks ECR for a password and keeps it for the registry, as "aws ecr
	// get-login-password | docker login" does.
	Login Verb = "log in"
	// Push pushes an image.
	Push Verb = "push"
	// PushIndex pushes an image for amd64 and arm64.
	PushIndex Verb = "push index"
	// ExportCache pushes a build cache as BuildKit does with
	// mode=max,image-manifest=true,oci-mediatypes=true.
	ExportCache Verb = "export cache"
	// Pull reads an image or a cache with all that belongs to it.
	Pull Verb = "pull"
	// Delete deletes an image by the registry's HTTP API.
	Delete Verb = "delete"
	// Call asks ECR's API for an action on the image repository.
	Call Verb = "call"
	// Assume asks STS for a second role.
	Assume Verb = "assume role"
	// Wait does nothing for a while, as a long test in the middle of a job.
	Wait Verb = "wait"
)

// Report is how a task went.
type Report struct {
	// Outcomes are the outcomes of the steps that were begun.
	Outcomes []Outcome
}

// Outcome is how a step went.
type Outcome struct {
	Step Step
	// Digest is the digest of what was pushed, pulled or deleted.
	Digest string `json:",omitempty"`
	// Identity is the ARN that WhoAmI got.
	Identity string `json:",omitempty"`
	// Layers and Manifests are the digests of what was really sent: a layer that is
	// there already is not.
	Layers, Manifests []string `json:",omitempty"`
	// Error is the error of the AWS SDK or of the registry's client; "" if the step
	// succeeded.
	Error string `json:",omitempty"`
	// Code is AWS's or the registry's code of the error, such as "AccessDenied" or
	// "DENIED"; "" if it has none.
	Code string `json:",omitempty"`
}

// Failure is the outcome of the step that failed; nil if none did.
func (r Report) Failure() *Outcome {
	for i := range r.Outcomes {
		if r.Outcomes[i].Error != "" {
			return &r.Outcomes[i]
		}
	}
	return nil
}
