package diagnose

import (
	"regexp"
	"strings"
)

// ecrErrors is where Amazon lists what ECR says to Docker.
const ecrErrors = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors.html"

const (
	// registryHost is a private registry; GitHub may have hidden its account and
	// region.
	registryHost = `(?P<registry>\d{12}|\*\*\*)\.dkr\.ecr(?:-fips)?\.(?P<region>[a-z0-9-]+|\*\*\*)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu)`
	// repositoryName has no end of its own: "/manifests/" or the like follows.
	repositoryName = `(?P<image_repository>[a-z0-9][a-z0-9._/-]{0,255})`
	// quotedName is what ECR puts between quotes, whatever the user wrote.
	quotedName = `['"](?P<image_repository>[^'"]{1,512})['"]`
)

// refused are the links at which the text says why the registry refuses.
var refused = []Link{TokenToPod, RoleToRepository, Registry}

// ecrFailures are what the registry answers to Docker and BuildKit, and what those
// make of it. What IAM says is a denial.
var ecrFailures = []failure{
	// aws-actions/amazon-ecr-login#4 and #166, plexsystems/sinker#55 (NAME_UNKNOWN).
	{
		marker: "does not exist in the registry",
		expr:   lazily(`The repository with name ` + quotedName + ` does not exist in the registry with id ['"](?P<registry>[^'"]{1,64})['"]`),
		diagnosis: Diagnosis{
			Title:   "the registry has no image repository of that name",
			Link:    Registry,
			Meaning: "The login worked and the role may ask; the registry of that account and region has no such image repository, and ECR makes none by itself.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the job pushes to another name, account or region than that of the image repository",
					Look:    "the image's name in the workflow: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME",
					Fix:     "write the image repository's name and region",
				},
				{
					Subject: ImageRepository,
					What:    "the image repository was not created yet",
					Look:    "RepositoryName of the image repositories in the templates",
					Fix:     "deploy the template that creates it",
				},
			},
			Source: "https://github.com/aws-actions/amazon-ecr-login/issues/166",
		},
		detail: func(d *Diagnosis) {
			if name := d.Value("image repository"); strings.Contains(name, ".amazonaws.com") || strings.Contains(name, "public.ecr.aws") || strings.HasPrefix(name, "*") {
				d.Causes = append([]Cause{{ // actions/starter-workflows#2647
					Subject: Workflow,
					What:    "the name begins with a registry, so that the image's whole name has the registry twice",
					Look:    "the variable that holds the image repository's name",
					Fix:     "write the name alone, without the registry",
				}}, d.Causes...)
			}
		},
	},
	// moby/buildkit#3776; osscontainertools/kaniko#204 and
	// GoogleContainerTools/kaniko#3481 for the words since 2025.
	{
		marker: "cannot be overwritten because the",
		expr:   lazily(`The image tag ['"](?P<tag>[^'"]{1,256})['"] already exists in the ` + quotedName + ` repository and cannot be overwritten because the (?:repository|tag|image tag) is immutable`),
		diagnosis: Diagnosis{
			Title:   "the tag is taken, and tags of the image repository are immutable",
			Link:    Registry,
			Meaning: "Everything worked up to the last request: the image repository lets nobody move a tag to another image (ImageTagAlreadyExistsException).",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the job pushes the same tag twice: it ran again, or its tag is latest or cache",
					Look:    "the tags that the workflow pushes, and cache-to",
					Fix:     "push a tag that is new each time, such as the commit's hash",
				},
				{
					Subject: ImageRepository,
					What:    "the tag has to move, as that of a build cache does",
					Look:    "ImageTagMutability and ImageTagMutabilityExclusionFilters of the image repository",
					Fix:     "except the tag by IMMUTABLE_WITH_EXCLUSION, or give the cache an image repository of its own",
				},
			},
			Source: "https://github.com/moby/buildkit/issues/3776",
		},
	},
	// vllm-project/vllm#48065, semaphoreci/docs#404.
	{
		marker: "maximum allowed number of images",
		expr:   lazily(`The repository with name ` + quotedName + ` in registry with id ['"](?P<registry>[^'"]{1,64})['"] already has the maximum allowed number of images which is ['"](?P<limit>\d+)['"]`),
		diagnosis: Diagnosis{
			Title:   "the image repository is full",
			Link:    Registry,
			Meaning: "The image repository holds as many images as it may.",
			Causes:  []Cause{imageQuota},
			Source:  "https://github.com/vllm-project/vllm/issues/48065",
		},
	},
	// namespacelabs/foundation#649.
	{
		marker: "maximum allowed number of tags",
		expr:   lazily(`repository with name ` + quotedName + ` in registry with id ['"](?P<registry>[^'"]{1,64})['"] exceeds the maximum allowed number of tags per image which is ['"](?P<limit>\d+)`),
		diagnosis: Diagnosis{
			Title:   "the image has too many tags",
			Link:    Registry,
			Meaning: "Builds that come out the same are one image with many tags, and an image has only so many.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "each run gives the same image another tag",
				Look:    "the tags that the workflow pushes",
				Fix:     "delete old tags, or push only if the image changed",
			}},
			Source: "https://github.com/namespacelabs/foundation/issues/649",
		},
	},
	// aws/aws-cli#6580; before 2019 "Please run 'aws ecr get-login'" (sjednac/sbt-ecr#20).
	{
		marker: "your authorization token has expired",
		expr:   lazily(`(?i:your authorization token has expired)`),
		diagnosis: Diagnosis{
			Title:   "the password of docker login is expired",
			Link:    Registry,
			Meaning: "ECR's passwords hold for twelve hours. Docker sent an older one, or that of another registry.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the job logs in to another registry than it pushes to, or not at all, and an old login is left",
					Look:    "the login step's account and region, and mask or credsStore in ~/.docker/config.json",
					Fix:     "log in to the image's registry right before the push",
				},
				{
					Subject: Workload,
					What:    "the runner keeps ~/.docker/config.json from job to job",
					Look:    "ephemeral and volumes of the runner, skip-logout of amazon-ecr-login",
					Fix:     "use ephemeral runners, and log out after the job",
				},
			},
			Source: "https://github.com/aws/aws-cli/issues/6580",
		},
	},
	// aws/aws-cli#3042 and #2801, docker/build-push-action#20, kciter/aws-ecr-action#1.
	{
		marker: "no basic auth credentials",
		expr:   lazily(`no basic auth credentials`),
		diagnosis: Diagnosis{
			Title:   "Docker is not logged in to the registry",
			Link:    Registry,
			Meaning: "Docker has no password for the host in the image's name; it did not ask AWS for anything.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "no step logs in, or it failed before",
					Look:    "amazon-ecr-login or aws ecr get-login-password in the job, and the text of that step",
					Fix:     "log in before the build and the push, in the same job",
				},
				{
					Subject: Workflow,
					What:    "the login was for another account or region than those in the image's name",
					Look:    "registries and aws-region of the login, against ACCOUNT.dkr.ecr.REGION in the image's name",
					Fix:     "take the registry from the login's output",
				},
				{
					Subject: Workflow,
					What:    "the push runs as another user or in another container, which has another ~/.docker/config.json",
					Look:    "sudo, HOME and DOCKER_CONFIG in the steps, the job's container",
					Fix:     "log in and push as the same user, in the same place",
				},
			},
			Source: "https://github.com/aws/aws-cli/issues/3042",
		},
	},
	// aws/eks-anywhere#3919, aws/aws-cli#4962.
	{
		marker: "failed with status: 400 bad request",
		expr:   lazily(`login attempt to https://` + registryHost + `/v2/ failed with status: 400 Bad Request`),
		diagnosis: Diagnosis{
			Title:   "the registry does not take the password",
			Link:    Registry,
			Meaning: "ECR makes a password for one region, and this one is of another, or was cut.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "the password was fetched in another region than the registry's, or a line end got into it",
				Look:    "--region of aws ecr get-login-password and AWS_REGION, against the region in the registry's name",
				Fix:     "fetch it with the registry's region, and pipe it into docker login --password-stdin",
			}},
			Source: "https://github.com/aws/eks-anywhere/pull/3919",
		},
	},
	// CircleCI-Public/aws-ecr-orb#144, aws/aws-cli#8202.
	{
		marker: "cannot perform an interactive login",
		expr:   lazily(`[Cc]annot perform an interactive login from a non[- ]TTY device`),
		vague:  append([]Link{JobToSettings, Registry}, identified...),
		diagnosis: Diagnosis{
			Title:   "docker login got no password",
			Link:    Registry,
			Meaning: "aws ecr get-login-password printed nothing into docker login: it failed, and said why on a line before.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "the AWS CLI found no credentials or no region, or may not fetch a password",
				Look:    "what the AWS CLI printed right before",
				Fix:     "run aws sts get-caller-identity in a step before, and set -o pipefail in this one",
			}},
			Source: "https://github.com/CircleCI-Public/aws-ecr-orb/issues/144",
		},
	},
	// aws-actions/amazon-ecr-login#147.
	{
		marker: "error storing credentials",
		expr:   lazily(`Error saving credentials: error storing credentials`),
		diagnosis: Diagnosis{
			Title:   "Docker cannot keep the password",
			Link:    Registry,
			Meaning: "docker login worked, but the credential helper that the runner's Docker is set to stores none; ecr-login fetches passwords by itself.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "the runner's image sets credsStore for all registries",
				Look:    "credsStore and credHelpers in ~/.docker/config.json of the image",
				Fix:     "leave the login step out, or remove credsStore",
			}},
			Source: "https://github.com/aws-actions/amazon-ecr-login/issues/147",
		},
	},
	// aws-samples/sagemaker-studio-image-build-cli#24 (China without .cn),
	// aws-samples/aws-modern-application-workshop#197, aws-actions/amazon-ecr-login#537.
	{
		marker: "ecr",
		expr:   lazily(`(?:lookup |ENOTFOUND |EAI_AGAIN |endpoint URL: "?https://)(?P<host>(?:(?:\d{12}|\*\*\*)\.dkr\.ecr(?:-fips)?|api\.ecr(?:-public)?)\.[a-z0-9*-]{1,32}\.[a-z.]{3,64})`),
		diagnosis: Diagnosis{
			Title:   "the registry's host is out of reach",
			Link:    Registry,
			Meaning: "No address was found for the host in the image's name or of ECR's API, or nothing answered there.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the account, the region or the domain in the name is mistyped; in China it ends in .com.cn, and ECR Public is in us-east-1 alone",
					Look:    "the registry in the image's name, AWS_REGION and aws-region of the login",
					Fix:     "write ACCOUNT.dkr.ecr.REGION.amazonaws.com, or take it from the login's output",
				},
				{
					Subject: Network,
					What:    "the Pod, or the Docker sidecar, resolves no names or reaches no registry",
					Look:    "NetworkPolicies of the namespace, the VPC's endpoints ecr.api, ecr.dkr and s3",
					Fix:     "allow DNS and port 443 to them",
				},
			},
			Source: "https://github.com/aws-samples/sagemaker-studio-image-build-cli/issues/24",
		},
		detail: func(d *Diagnosis) {
			if host := ecrHost.FindStringSubmatch(d.Value("host")); host != nil {
				d.addRegion(host[1])
			}
		},
	},
	// awsdocs/amazon-ecr-user-guide#11, Shippable/support#2950 (login).
	{
		marker: "rate exceeded",
		expr:   lazily(`(?i:toomanyrequests: rate exceeded)|\(ThrottlingException\) when calling the GetAuthorizationToken operation`),
		diagnosis: Diagnosis{
			Title:   "ECR throttles the requests",
			Link:    Registry,
			Meaning: "More requests came from the account in the region than ECR takes in a second. Nothing is wrong with the role.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "many jobs log in or push at once, or images have very many layers",
				Look:    "matrix jobs, and the layers of the images",
				Fix:     "push fewer at once, try again later, or have the quota raised",
			}},
			Source: ecrErrors,
		},
	},
	// aws/containers-roadmap#876, docker/build-push-action#858, overhangio/tutor#1118.
	{
		marker: "400 bad request",
		expr:   lazily(`error writing manifest blob: failed commit on ref "?[^ ]{1,128}: unexpected status(?: from PUT request to https://` + registryHost + `/v2/` + repositoryName + `/manifests/[^ ]{1,256})?: 400 Bad Request`),
		diagnosis: Diagnosis{
			Title:   "ECR does not take the build cache's manifest",
			Link:    Registry,
			Meaning: "BuildKit writes a cache as an image index by default, in a form that ECR refuses.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "cache-to does not ask for an image manifest",
					Look:    "cache-to of the build",
					Fix:     "write type=registry,mode=max,image-manifest=true,oci-mediatypes=true,ref=...",
				},
				{
					Subject: ImageRepository,
					What:    "the cache's tag is there already, and tags are immutable",
					Look:    "ImageTagMutability of the image repository that cache-to names",
					Fix:     "give the cache a mutable tag or an image repository of its own",
				},
			},
			Source: "https://github.com/aws/containers-roadmap/issues/876",
		},
	},
	// CircleCI-Public/aws-ecr-orb#200, moby/buildkit#2004, bazel-contrib/rules_oci#720.
	{
		marker: "400 bad request",
		expr:   lazily(`unexpected status(?: code)?(?: from [A-Z]+ request to https://` + registryHost + `/v2/` + repositoryName + `/(?:manifests|blobs)/[^ ]{1,256})?:? 400 Bad Request`),
		vague:  []Link{Registry},
		diagnosis: Diagnosis{
			Title:   "ECR takes the manifest for wrong",
			Link:    Registry,
			Meaning: "The layers are there, and ECR refused the manifest or its tag; BuildKit does not pass on what ECR said.",
			Causes: []Cause{
				{
					Subject: ImageRepository,
					What:    "the tag is there already, and tags are immutable",
					Look:    "ImageTagMutability of the image repository, and its tags",
					Fix:     "push a tag that is new",
				},
				{
					Subject: Workflow,
					What:    "the tag has a character that no tag may have",
					Look:    "the tag, and the expression that makes it",
					Fix:     "leave letters, digits, and . _ - in it",
				},
				{
					Subject: Workflow,
					What:    "the manifest is of a kind that ECR does not take",
					Look:    "cache-to, provenance, sbom and outputs of the build",
					Fix:     "set provenance to false, or image-manifest=true for a cache",
				},
			},
			Source: "https://github.com/CircleCI-Public/aws-ecr-orb/issues/200",
		},
	},
	// docker/build-push-action#826 and #901.
	{
		marker: "403 forbidden",
		expr:   lazily(`unexpected status from (?:HEAD|GET) request to https://` + registryHost + `/v2/` + repositoryName + `/(?:manifests|blobs)/[^ ]{1,256}: 403 Forbidden`),
		vague:  refused,
		diagnosis: Diagnosis{
			Title:   "the registry lets nobody look before the push",
			Link:    RoleToRepository,
			Meaning: "BuildKit asked whether a manifest or layer is there already, and the registry refused. IAM's reason does not get through.",
			Causes: []Cause{
				{
					Subject: Policy,
					What:    "the role may push but not read: ecr:BatchGetImage, ecr:BatchCheckLayerAvailability or ecr:GetDownloadUrlForLayer is missing",
					Look:    "the Action list of the role's policy for the image repository",
					Fix:     "allow the three",
				},
				wrongRepository,
			},
			Source: "https://github.com/docker/build-push-action/issues/826",
		},
	},
	// medic/cht-core#9175 and kubernetes-sigs/aws-ebs-csi-driver#1998 (images),
	// aws/containers-roadmap#2159.
	{
		marker: "403 forbidden",
		expr:   lazily(`unexpected status from (?:PUT|POST|PATCH) request to https://` + registryHost + `/v2/` + repositoryName + `/(?:manifests|blobs)/[^ ]{1,256}: 403 Forbidden`),
		vague:  refused,
		diagnosis: Diagnosis{
			Title:   "the registry refuses what is pushed",
			Link:    RoleToRepository,
			Meaning: "The registry took the request and refused it. It answers so if the role lacks an action, and also if the image repository is full.",
			Causes:  []Cause{missingPush, imageQuota, wrongRepository},
			Source:  "https://github.com/medic/cht-core/issues/9175",
		},
	},
	{
		marker: "403 forbidden",
		expr:   lazily(`(?:failed to push ` + registryHost + `/` + repositoryName + `(?::[\w.-]{1,128})?: (?:[^"]{0,200}: )?|unexpected status(?: code)?:? )403 Forbidden`),
		vague:  refused,
		diagnosis: Diagnosis{
			Title:   "the registry refuses what is pushed",
			Link:    RoleToRepository,
			Meaning: "The registry refused a request of the push. It answers so if the role lacks an action, and also if the image repository is full.",
			Causes:  []Cause{missingPush, imageQuota, wrongRepository},
			Source:  "https://github.com/docker/build-push-action/issues/901",
		},
	},
	// docker/setup-buildx-action#103.
	{
		marker: "404 not found",
		expr:   lazily(`unexpected status(?: from [A-Z]+ request to https://` + registryHost + `/v2/` + repositoryName + `/(?:manifests|blobs)/[^ ]{1,256})?: 404 Not Found`),
		vague:  []Link{Registry},
		diagnosis: Diagnosis{
			Title:   "the registry has no such image repository",
			Link:    Registry,
			Meaning: "BuildKit was logged in and found nothing where it wanted to push; ECR makes no image repository by itself.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the image's name is not that of the image repository",
					Look:    "the image's name in the workflow, and the region in its registry",
					Fix:     "write the image repository's name and region",
				},
				{
					Subject: ImageRepository,
					What:    "the image repository was not created yet",
					Look:    "RepositoryName of the image repositories in the templates",
					Fix:     "deploy the template that creates it",
				},
			},
			Source: "https://github.com/docker/setup-buildx-action/issues/103",
		},
	},
	// moby/moby#19010, aws-actions/amazon-ecr-login#14, aws/aws-dotnet-deploy#474.
	{
		marker: "unexpected end of json input",
		expr:   lazily(`[Ee]rror parsing HTTP (?:\d{3} )?response(?: body)?: unexpected end of JSON input`),
		vague:  refused,
		diagnosis: Diagnosis{
			Title:   "the registry refuses without a word",
			Link:    RoleToRepository,
			Meaning: "Docker asked which layers are there and got an empty answer, which is how ECR refuses that question.",
			Causes: []Cause{
				{
					Subject: Policy,
					What:    "the role lacks ecr:BatchCheckLayerAvailability",
					Look:    "the Action list of the role's policy for the image repository",
					Fix:     "add it",
				},
				wrongRepository,
			},
			Source: "https://github.com/aws-actions/amazon-ecr-login/issues/14",
		},
	},
	// CircleCI-Public/aws-ecr-orb#259 (InitiateLayerUpload), aws-actions/amazon-ecr-login#386
	// (Resource), docker/build-push-action#850 (BuildKit), docker/cli#3396 (no such
	// image repository).
	{
		marker: "eof",
		expr:   lazily(`Retrying in \d+ seconds? EOF\b|failed to do request: (?:Post|Put|Patch|Head) "?https://` + registryHost + `/v2/` + repositoryName + `/(?:blobs|manifests)/[^ "]{0,256}"?: EOF\b`),
		vague:  refused,
		diagnosis: Diagnosis{
			Title:   "the registry ends the push again and again",
			Link:    RoleToRepository,
			Meaning: "Docker tried each layer several times and the registry closed the connection each time, which is how ECR refuses an upload. Docker does not show why.",
			Causes: []Cause{
				missingPush,
				wrongRepository,
				{
					Subject: ImageRepository,
					What:    "there is no image repository of that name in the registry",
					Look:    "the image's name, against RepositoryName in the templates",
					Fix:     "write its name, or create it",
				},
				{
					Subject: Network,
					What:    "a proxy or a full disk of the node breaks long uploads",
					Look:    "HTTPS_PROXY of the Docker sidecar, and free space of the node",
					Fix:     "except the registry from the proxy",
				},
			},
			Source: "https://github.com/CircleCI-Public/aws-ecr-orb/issues/259",
		},
	},
}

var ecrHost = regexp.MustCompile(`\.ecr(?:-fips|-public)?\.([a-z0-9*-]+)\.`)

// missingPush is for a push that is refused without a reason.
var missingPush = Cause{
	Subject: Policy,
	What:    "the role lacks an action of the push",
	Look:    "the Action list of the role's policy: ecr:BatchCheckLayerAvailability, InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload, PutImage, BatchGetImage",
	Fix:     "allow all of them on the image repository; CloudTrail names the one that was refused",
}

// wrongRepository is for the same.
var wrongRepository = Cause{
	Subject: Policy,
	What:    "the policy allows another image repository: another name, region or account, or the registry's host within the name",
	Look:    "the Resource list of the role's policy, against the image's name",
	Fix:     "write the ARN with repository/NAME, the name as it stands behind the host",
}

// imageQuota is for an image repository that takes no image more (ECR user guide,
// "Amazon ECR service quotas").
var imageQuota = Cause{
	Subject: ImageRepository,
	What:    "the image repository holds as many images as its quota allows",
	Look:    "LifecyclePolicy of the image repository, and how many images it has",
	Fix:     "let a lifecycle policy expire old images, or have the quota raised",
}
