package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

const (
	login    = "ecr:GetAuthorizationToken"
	putImage = "ecr:PutImage"
)

// need is an action that pushing needs, and what it is for.
type need struct {
	action, purpose string
}

// pushNeeds are what docker push asks of an image repository (Amazon ECR user
// guide, "IAM permissions for pushing an image"). A client that pushes an index of
// several architectures asks the same, more than once.
var pushNeeds = []need{
	{"ecr:BatchCheckLayerAvailability", "it looks which layers are there"},
	{"ecr:BatchGetImage", "it looks whether the image is there"},
	{"ecr:InitiateLayerUpload", "it begins to send a layer"},
	{"ecr:UploadLayerPart", "it sends a layer"},
	{"ecr:CompleteLayerUpload", "it ends a layer"},
	{putImage, "it puts the image's manifest"},
}

// needsOf are what a use asks of an image repository, but for reading layers back.
func needsOf(use facts.Use) []need {
	if use == facts.CachesFrom {
		return []need{{"ecr:BatchGetImage", "it reads the build cache's manifest"}}
	}
	return pushNeeds
}

// cacheNeed is what reading layers back needs: docker pull, and a build cache in
// the registry.
var cacheNeed = need{"ecr:GetDownloadUrlForLayer", "it reads a layer"}

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

// stsActions are those of AWS STS that trust policies name.
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
		return fmt.Sprintf("unknown action %q: want SERVICE:ACTION, such as %q", action, putImage)
	}
	known, listed := actionsOf[strings.ToLower(service)]
	if !listed {
		return serviceProblem(action, service, operation)
	}
	if strings.ContainsAny(operation, "*?") || slices.ContainsFunc(known, func(name string) bool { return strings.EqualFold(name, operation) }) {
		return ""
	}
	if near := identity.Closest(operation, known); near != "" {
		return fmt.Sprintf("unknown action %q: did you mean %q?", action, strings.ToLower(service)+":"+near)
	}
	return ""
}

// likeECR are services that exist and have names near those of actionsOf: ec2:DescribeImages
// is no misspelt action of ECR (service authorization reference, "Actions table").
var likeECR = strings.Fields(`
	acm aps cur dax dlm dms drs ds ebs ec2 ecs efs eks emr es fis fms fsx iam iot ivs kms lex mq rds rum s3 sdb ses
	sms sns sqs sso ssm swf waf xray`)

// serviceProblem finds a misspelt service by its action.
func serviceProblem(action, service, operation string) string {
	if slices.Contains(likeECR, strings.ToLower(service)) {
		return ""
	}
	for _, near := range []string{"ecr", "sts"} {
		if slices.Contains(actionsOf[near], operation) && identity.Closest(service, []string{near}) != "" {
			return fmt.Sprintf("unknown action %q: did you mean %q?", action, near+":"+operation)
		}
	}
	return ""
}
