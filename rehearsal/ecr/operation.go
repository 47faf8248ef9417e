package ecr

import (
	"net/http"
	"regexp"

	"keyless-runners/identity"
)

// operation is the operation of a request of the registry's HTTP API (OCI distribution
// specification, "Endpoints").
type operation struct {
	repository identity.ImageRepositoryName
	// actions are the ECR actions that it stands for, each of which has to be
	// allowed; none for what ECR does not offer.
	actions []string
	// reference is the tag or digest of a manifest that is written, "" for
	// anything else.
	reference string
	// begins says that an upload begins.
	begins bool
}

var paths = regexp.MustCompile(`^/v2/(.+)/(manifests|blobs/uploads|blobs|tags|referrers)/(.*)$`)

// readOperation reads a request; ok is false for a path that the API does not have.
//
// The actions are named after what each does (ECR API reference, "Actions": "used by
// the Amazon ECR proxy") and are those of which users are told by name when they are
// refused: BatchGetImage for a manifest that is looked at or read
// (bazel-contrib/rules_oci#648), BatchCheckLayerAvailability for a layer that is
// looked at (aws-actions/amazon-ecr-login#14), GetDownloadUrlForLayer for one that is
// read, InitiateLayerUpload for an upload that begins
// (CircleCI-Public/aws-ecr-orb#259), UploadLayerPart and CompleteLayerUpload for its
// parts and its end, PutImage for a manifest that is written.
func readOperation(r *http.Request) (op operation, ok bool) {
	match := paths.FindStringSubmatch(r.URL.Path)
	if match == nil {
		return operation{}, false
	}
	op.repository = identity.ImageRepositoryName(match[1])
	op.actions = actions[r.Method+" "+match[2]]
	switch {
	case match[2] == "blobs/uploads":
		op.begins = r.Method == http.MethodPost
		if r.Method == http.MethodPut && r.ContentLength != 0 { // with the last part, or with all
			op.actions = append([]string{"UploadLayerPart"}, op.actions...)
		}
	case r.Method == http.MethodPut:
		op.reference = match[3]
	}
	return op, true
}

var actions = map[string][]string{
	"HEAD manifests":       {"BatchGetImage"},
	"GET manifests":        {"BatchGetImage"},
	"PUT manifests":        {"PutImage"},
	"DELETE manifests":     {"BatchDeleteImage"},
	"HEAD blobs":           {"BatchCheckLayerAvailability"},
	"GET blobs":            {"GetDownloadUrlForLayer"},
	"POST blobs/uploads":   {"InitiateLayerUpload"},
	"PATCH blobs/uploads":  {"UploadLayerPart"},
	"PUT blobs/uploads":    {"CompleteLayerUpload"},
	"GET blobs/uploads":    {"UploadLayerPart"}, // how far it is
	"DELETE blobs/uploads": {"UploadLayerPart"}, // that it is given up
	"GET tags":             {"ListImages"},
	"GET referrers":        {"ListImageReferrers"},
}
