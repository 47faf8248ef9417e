package rule

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/access"
)

// ecrActions are the actions of Amazon ECR (service authorization reference,
// "Actions, resources, and condition keys for Amazon Elastic Container Registry").
var ecrActions = strings.Fields(`
	BatchCheckLayerAvailability BatchDeleteImage BatchGetImage BatchGetRepositoryScanningConfiguration
	BatchImportUpstreamImage CompleteLayerUpload CreatePullThroughCacheRule CreateRepository
	CreateRepositoryCreationTemplate DeleteLifecyclePolicy DeletePullThroughCacheRule DeleteRegistryPolicy
	DeleteRepository DeleteRepositoryCreationTemplate DeleteRepositoryPolicy DeleteSigningConfiguration
	DeregisterPullTimeUpdateExclusion DescribeImageReplicationStatus DescribeImageScanFindings
	DescribeImageSigningStatus DescribeImages DescribePullThroughCacheRules DescribeRegistry DescribeRepositories
	DescribeRepositoryCreationTemplates GetAccountSetting GetAuthorizationToken GetDownloadUrlForLayer
	GetImageCopyStatus GetLifecyclePolicy GetLifecyclePolicyPreview GetRegistryPolicy
	GetRegistryScanningConfiguration GetRepositoryPolicy GetSigningConfiguration InitiateLayerUpload
	ListImageReferrers ListImages ListPullTimeUpdateExclusions ListTagsForResource PutAccountSetting PutImage
	PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy PutRegistryPolicy
	PutRegistryScanningConfiguration PutReplicationConfiguration PutSigningConfiguration
	RegisterPullTimeUpdateExclusion ReplicateImage SetRepositoryPolicy StartImageScan StartLifecyclePolicyPreview
	TagResource UntagResource UpdateImageStorageClass UpdatePullThroughCacheRule UpdateRepositoryCreationTemplate
	UploadLayerPart ValidatePullThroughCacheRule`)

// stsActions are the actions of AWS STS that trust policies name.
var stsActions = strings.Fields(`
	AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage GetAccessKeyInfo
	GetCallerIdentity GetFederationToken GetServiceBearerToken GetSessionToken GetWebIdentityToken SetContext
	SetSourceIdentity TagSession`)

var actionsOf = map[string][]string{"ecr": ecrActions, "sts": stsActions}

// actionProblem says what is wrong with an action of a policy, "" if nothing is
// known to be. Actions of other services, and new ones of these, pass.
func actionProblem(action string) string {
	service, operation, found := strings.Cut(action, ":")
	if !found {
		if action == "*" {
			return ""
		}
		return fmt.Sprintf("unknown action %q: want SERVICE:ACTION, such as %q", action, access.PutImage)
	}
	known, listed := actionsOf[strings.ToLower(service)]
	if !listed {
		return serviceProblem(action, service, operation)
	}
	if strings.ContainsAny(operation, "*?") || slices.ContainsFunc(known, func(name string) bool { return strings.EqualFold(name, operation) }) {
		return ""
	}
	if near := identity.Closest(operation, known); near != "" {
		return fmt.Sprintf("unknown action %q%s", action, identity.DidYouMean(strings.ToLower(service)+":"+near))
	}
	return ""
}

// serviceProblem finds a misspelt service by its action.
func serviceProblem(action, service, operation string) string {
	if identity.IsService(service) {
		return ""
	}
	for _, near := range []string{"ecr", "sts"} {
		if slices.Contains(actionsOf[near], operation) && identity.Closest(service, []string{near}) != "" {
			return fmt.Sprintf("unknown action %q%s", action, identity.DidYouMean(near+":"+operation))
		}
	}
	return ""
}
