package ecr

import (
	"net/http"
	"regexp"
	"strings"

	"keyless-runners/identity"
)

// operation is what a request of the registry's HTTP API asks for (OCI distribution
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

var paths = regexp.MustCompile(`^/v2/(.+)/(manifests|blobs|tags|referrers)/(.*)$`)

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
	uploads := strings.LastIndex(r.URL.Path, "/blobs/uploads/")
	if uploads > len("/v2/") {
		op.repository = identity.ImageRepositoryName(r.URL.Path[len("/v2/"):uploads])
		op.actions, op.begins = uploadActions(r), r.Method == http.MethodPost
		return op, true
	}
	match := paths.FindStringSubmatch(r.URL.Path)
	if match == nil {
		return operation{}, false
	}
	op.repository = identity.ImageRepositoryName(match[1])
	if match[2] == "manifests" && r.Method == http.MethodPut {
		op.reference = match[3]
	}
	if action := actions[r.Method+" "+match[2]]; action != "" {
		op.actions = []string{action}
	}
	return op, true
}

var actions = map[string]string{
	"HEAD manifests":   "BatchGetImage",
	"GET manifests":    "BatchGetImage",
	"PUT manifests":    "PutImage",
	"DELETE manifests": "BatchDeleteImage",
	"HEAD blobs":       "BatchCheckLayerAvailability",
	"GET blobs":        "GetDownloadUrlForLayer",
	"GET tags":         "ListImages",
	"GET referrers":    "ListImageReferrers",
}

// uploadActions are those of an upload. Its end may carry the last part, or all.
func uploadActions(r *http.Request) []string {
	switch r.Method {
	case http.MethodPost:
		return []string{"InitiateLayerUpload"}
	case http.MethodPatch:
		return []string{"UploadLayerPart"}
	case http.MethodPut:
		if r.ContentLength != 0 {
			return []string{"UploadLayerPart", "CompleteLayerUpload"}
		}
		return []string{"CompleteLayerUpload"}
	case http.MethodGet, http.MethodDelete: // how far it is, and that it is given up
		return []string{"UploadLayerPart"}
	}
	return nil
}
