package policy

import "keyless-runners/identity"

// Push allows what "docker login" and "docker push" need on the given image
// repositories, and nothing else.
//
// GetAuthorizationToken has no resource but "*". The seven actions of AllowPush
// are the ones that Amazon lists for pushing (ECR user guide, "IAM
// permissions for pushing an image") and GetDownloadUrlForLayer, without which
// a pushed layer cannot be reused as a build cache.
func Push(repositories []identity.ImageRepository) Document {
	arns := make(Values, len(repositories))
	for i, repository := range repositories {
		arns[i] = repository.ARN()
	}
	return Document{
		Version: Version,
		Statement: []Statement{
			{
				Sid:      SidLogin,
				Effect:   EffectAllow,
				Action:   Values{"ecr:GetAuthorizationToken"},
				Resource: Values{"*"},
			},
			{
				Sid:      SidPush,
				Effect:   EffectAllow,
				Action:   pushActions(),
				Resource: arns,
			},
		},
	}
}

// Pull allows what "docker pull" needs on the given image repositories after a login, and
// nothing else (ECR user guide, "IAM permissions for pulling an image"): it goes with Push,
// which allows the login.
func Pull(repositories []identity.ImageRepository) Document {
	arns := make(Values, len(repositories))
	for i, repository := range repositories {
		arns[i] = repository.ARN()
	}
	return Document{
		Version: Version,
		Statement: []Statement{{
			Sid:      SidPull,
			Effect:   EffectAllow,
			Action:   pullActions(),
			Resource: arns,
		}},
	}
}

// PullThrough allows what "docker pull" needs on image repositories below the given prefixes,
// which pull through cache rules have, and that Amazon ECR creates them and fetches images
// (ECR user guide, "IAM permissions required to sync an upstream registry with an Amazon ECR
// private registry"): it goes with Push.
func PullThrough(prefixes []identity.ImageRepository) Document {
	arns := make(Values, len(prefixes))
	for i, prefix := range prefixes {
		arns[i] = prefix.ARN() + "/*"
	}
	return Document{
		Version: Version,
		Statement: []Statement{{
			Sid:      SidPullThrough,
			Effect:   EffectAllow,
			Action:   append(pullActions(), "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"),
			Resource: arns,
		}},
	}
}

// pushActions returns what docker push asks of an image repository, pullActions what docker
// pull does.
func pushActions() Values {
	return append(pullActions(),
		"ecr:PutImage",
		"ecr:InitiateLayerUpload",
		"ecr:UploadLayerPart",
		"ecr:CompleteLayerUpload",
	)
}

func pullActions() Values {
	return Values{
		"ecr:GetDownloadUrlForLayer",
		"ecr:BatchGetImage",
		"ecr:BatchCheckLayerAvailability",
	}
}

// The names of the statements of Push, Pull, PullThrough and Assume.
const (
	SidLogin       = "GetAuthorizationToken"
	SidPush        = "AllowPush"
	SidPull        = "AllowPull"
	SidPullThrough = "AllowPullThrough"
	SidAssume      = "AssumeTargetRole"
)
