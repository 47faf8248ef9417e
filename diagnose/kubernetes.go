package diagnose

// name is a name of Kubernetes.
const name = `[a-z0-9][a-z0-9.-]{0,252}`

// kubernetesFailures are what GitHub, actions-runner-controller, the Kubernetes API
// and the kubelet say before a step of the job runs.
var kubernetesFailures = []failure{
	// actions/runner#1458 and #3609, runs-on/runs-on#168 (labels),
	// buildsville/add-remove-label#3 (given up). The log of every job begins with the
	// first line, and goes on as soon as a runner takes the job.
	{
		marker:    "runner",
		unless:    "job is about to start running on the",
		expr:      lazily(`(?:Requested labels: (?P<labels>[^"']{1,200}?) Job defined at: \S+ )?Waiting for a (?:self-hosted )?runner to pick ?up this job`),
		diagnosis: waiting("https://github.com/actions/runner/issues/3609"),
	},
	{
		marker:    "runner",
		expr:      lazily(`Can't find any online and idle self-hosted runner[a-z ,/]* that matches the required labels: '(?P<labels>[^']{1,200})'`),
		diagnosis: waiting("https://github.com/actions/runner/issues/1458"),
	},
	{
		marker:    "no runner matching the specified labels",
		expr:      lazily(`No runner matching the specified labels was found(?:: (?P<labels>[\w.-]+(?:, [\w.-]+)*))?`),
		diagnosis: waiting("https://github.com/open-horizon-labs/unified-hifi-control/pull/735"),
	},
	{
		marker:    "no enabled runners online",
		expr:      lazily(`there were no enabled runners online to process the request`),
		diagnosis: waiting("https://github.com/buildsville/add-remove-label/issues/3"),
	},
	// actions-runner-controller v0.27.6, apis/.../v1alpha1/runner_types.go,
	// validateRepository; actions/actions-runner-controller#688.
	{
		marker: "enterprise, organization or repository",
		expr:   lazily(`[Ss]pec needs enterprise, organization or repository`),
		diagnosis: Diagnosis{
			Title:   "the runner is for nobody",
			Link:    JobToRunner,
			Meaning: "actions-runner-controller's webhook refused the runner, as it names no enterprise, organization or source repository to serve. There is no runner of it.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "none of the three fields is set, or it stands one level too high or too low",
				Look:    "enterprise, organization and repository in spec.template.spec of the RunnerDeployment",
				Fix:     "set exactly one of them",
			}},
			Source: "https://github.com/actions/actions-runner-controller/blob/v0.27.6/apis/actions.summerwind.net/v1alpha1/runner_types.go",
		},
	},
	{
		marker: "cannot have many fields defined",
		expr:   lazily(`[Ss]pec cannot have many fields defined enterprise, organization,? and repository`),
		diagnosis: Diagnosis{
			Title:   "the runner is for more than one owner",
			Link:    JobToRunner,
			Meaning: "actions-runner-controller's webhook refused the runner, as it names more than one of enterprise, organization and source repository. There is no runner of it.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "two or three of the fields are set; repository is OWNER/NAME and needs no organization beside it",
				Look:    "enterprise, organization and repository in spec.template.spec of the RunnerDeployment",
				Fix:     "leave exactly one of them",
			}},
			Source: "https://github.com/actions/actions-runner-controller/issues/688",
		},
	},
	// The same file, validateWorkVolumeClaimTemplate and validate, and
	// controllers/actions.summerwind.net/runner_controller.go.
	{
		marker: "work",
		expr: lazily(`workVolumeClaimTemplate: Invalid value|` +
			`ContainerMode: kubernetes must have workVolumeClaimTemplate field specified|` +
			`Work volume should not be specified in container mode kubernetes|` +
			`volume(?: mount)? "work" should be specified by workVolumeClaimTemplate`),
		diagnosis: Diagnosis{
			Title:   "the runner's work volume is not as container mode kubernetes wants it",
			Link:    JobToRunner,
			Meaning: "In container mode kubernetes the runner and the Pods of its jobs share a volume, which actions-runner-controller makes from workVolumeClaimTemplate alone.",
			Causes: []Cause{
				{
					Subject: Workload,
					What:    "the claim template is missing, has no access mode, or one other than ReadWriteOnce and ReadWriteMany",
					Look:    "workVolumeClaimTemplate in spec.template.spec: storageClassName, accessModes, resources",
					Fix:     "set all three, or leave containerMode out",
				},
				{
					Subject: Workload,
					What:    "the runner defines a volume or a mount of the name work itself",
					Look:    "volumes and volumeMounts of the runner",
					Fix:     "remove it, or name it otherwise",
				},
			},
			Source: "https://github.com/actions/actions-runner-controller/blob/v0.27.6/apis/actions.summerwind.net/v1alpha1/runner_types.go",
		},
	},
	// actions/actions-runner-controller#923, #3257; docker/build-push-action#857.
	{
		marker: "cannot connect to the docker daemon",
		expr:   lazily(`Cannot connect to the Docker daemon at (?P<address>\S+[^\s.])`),
		diagnosis: Diagnosis{
			Title:   "the runner has no Docker daemon",
			Link:    JobToRunner,
			Meaning: "The step called docker, and nothing answers where the daemon should listen.",
			Causes: []Cause{
				{
					Subject: Workload,
					What:    "the runner has no Docker: the sidecar is switched off, or the container mode is kubernetes",
					Look:    "dockerEnabled, dockerdWithinRunnerContainer and containerMode of the runner",
					Fix:     "set dockerEnabled to true, or build with a tool that needs no daemon",
				},
				{
					Subject: Workload,
					What:    "the sidecar is not up yet, or died: not privileged, out of memory or out of space",
					Look:    "the log of the Pod's container docker, its resources, dockerVarRunVolumeSizeLimit",
					Fix:     "wait for it (docker info) before the first step, and give it what it lacks",
				},
				{
					Subject: Workflow,
					What:    "the step runs in a container that the daemon's socket is not mounted into",
					Look:    "the job's container",
					Fix:     "build on the runner itself",
				},
			},
			Source: "https://github.com/actions/actions-runner-controller/issues/923",
		},
	},
	// cattle-ops/terraform-aws-gitlab-runner#779.
	{
		marker: "trying to connect to the docker daemon socket",
		expr:   lazily(`permission denied while trying to connect to the Docker daemon socket`),
		diagnosis: Diagnosis{
			Title:   "the job may not use the Docker daemon",
			Link:    JobToRunner,
			Meaning: "The daemon's socket is there, and belongs to a group that the step's user is not in.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "the sidecar's group has another number than that of the runner's image",
				Look:    "the image's name, from which actions-runner-controller tells the number, and DOCKER_GROUP_GID of the sidecar",
				Fix:     "set DOCKER_GROUP_GID to the group docker of the image: 121 for Ubuntu 22.04",
			}},
			Source: "https://github.com/cattle-ops/terraform-aws-gitlab-runner/issues/779",
		},
	},
	// ministryofjustice/cloud-platform-environments#29097, kubernetes-client/javascript#300.
	{
		marker: "error looking up service account",
		expr:   lazily(`(?i:error looking up service account )(?P<namespace>` + name + `)/(?P<ServiceAccount>` + name + `)(?:: serviceaccounts? "[^"]{1,253}" not found)?`),
		diagnosis: serviceAccountMissing("The Kubernetes API refused the runner's Pod, as its ServiceAccount is not in its namespace. There is no Pod.",
			"https://github.com/ministryofjustice/cloud-platform-environments/pull/29097"),
	},
	// aws/amazon-eks-pod-identity-webhook#119, kubernetes/kubernetes#87147.
	{
		marker: `mountvolume.setup failed for volume "aws-iam-token"`,
		expr:   lazily(`MountVolume\.SetUp failed for volume "aws-iam-token" ?: ?(?:failed to fetch token: (?P<answer>[^"]{1,120}))?`),
		diagnosis: Diagnosis{
			Title:   "the kubelet got no token for the Pod",
			Link:    TokenToPod,
			Meaning: "The webhook added the token's volume, but the Kubernetes API gave the kubelet no token to put there; the Pod does not start.",
			Causes: []Cause{
				{
					Subject: ServiceAccount,
					What:    "the ServiceAccount was deleted or made anew after the Pod",
					Look:    "the age of the ServiceAccount and of the Pod",
					Fix:     "delete the Pod",
				},
				{
					Subject: Cluster,
					What:    "the API serves no tokens with an audience (TokenRequest)",
					Look:    "kubectl create token, and the version of the cluster",
					Fix:     "use a cluster of EKS, or set --service-account-issuer and its like on the API server",
				},
			},
			Source: "https://github.com/aws/amazon-eks-pod-identity-webhook/issues/119",
		},
	},
	{
		marker: "not found",
		expr:   lazily(`serviceaccounts? "(?P<ServiceAccount>` + name + `)" not found`),
		diagnosis: serviceAccountMissing("Kubernetes looked for the ServiceAccount in the namespace of the Pod, and it is not there.",
			"https://github.com/kubernetes-client/javascript/issues/300"),
	},
	// aws/amazon-eks-pod-identity-webhook, pkg/cache/cache.go: a warning, the value is
	// injected all the same.
	{
		marker: "arn is invalid: ",
		expr:   lazily(`\barn is invalid: (?P<role_ARN>\S+)`),
		diagnosis: Diagnosis{
			Title:   "the annotation is no ARN of a role",
			Link:    ServiceAccountToRole,
			Meaning: "EKS's pod identity webhook warns that the value has not the form of a role's ARN, and gives it to Pods all the same.",
			Causes: []Cause{{
				Subject: ServiceAccountAnnotation,
				What:    "the annotation has a colon too many, a placeholder, an account without 12 digits or a blank",
				Look:    "the ServiceAccount's annotation eks.amazonaws.com/role-arn",
				Fix:     "write the role's ARN as IAM prints it, with its path, and recreate the Pod",
			}},
			Source: "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/cache/cache.go",
		},
	},
	// actions/runner-container-hooks#381.
	{
		marker: "file exists",
		expr:   lazily(tokenFile + `'?: File exists`),
		diagnosis: Diagnosis{
			Title:   "the container hooks and the webhook both make the token's path",
			Link:    TokenToPod,
			Meaning: "In container mode kubernetes-novolume the hooks make a folder of the runner's token path in the job's Pod, where the webhook already mounted the file.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "both the runner's Pod and the job's have an annotated ServiceAccount",
				Look:    "serviceAccountName of the runner's Pod and of the hook template",
				Fix:     "annotate only the ServiceAccount of the Pod that pushes",
			}},
			Source: "https://github.com/actions/runner-container-hooks/issues/381",
		},
	},
}

// waiting is for a job that no runner takes.
func waiting(source string) Diagnosis {
	return Diagnosis{
		Title:   "no runner takes the job",
		Link:    JobToRunner,
		Meaning: "GitHub has no idle runner that serves the source repository and has every label that the job asks for.",
		Causes: []Cause{
			{
				Subject: Workflow,
				What:    "the job asks for a label that no runner has",
				Look:    "runs-on of the job, against labels of the RunnerDeployment; self-hosted, linux and x64 are there without a word",
				Fix:     "write the runner's labels, or give the runner the label",
			},
			{
				Subject: Workload,
				What:    "the runner serves another source repository, organization or enterprise, or a group that may not run this workflow",
				Look:    "repository, organization, enterprise and group of the RunnerDeployment",
				Fix:     "name the owner of the workflow's source repository",
			},
			{
				Subject: Workload,
				What:    "there is no runner: none is up, the webhook refused it, or the autoscaler does not see the job",
				Look:    "kubectl get runners,pods in the runner's namespace, minReplicas of its autoscaler",
				Fix:     "get one runner up and idle, then run the job again",
			},
		},
		Source: source,
	}
}

// serviceAccountMissing is for a Pod whose ServiceAccount does not exist.
func serviceAccountMissing(meaning, source string) Diagnosis {
	return Diagnosis{
		Title:   "the Pod's ServiceAccount does not exist",
		Link:    PodToServiceAccount,
		Meaning: meaning,
		Causes: []Cause{
			{
				Subject: ServiceAccount,
				What:    "the ServiceAccount is in another namespace, or was not applied",
				Look:    "metadata.namespace of the ServiceAccount and of the runner",
				Fix:     "apply it to the runner's namespace, before the runner",
			},
			{
				Subject: Workload,
				What:    "the runner names it otherwise",
				Look:    "serviceAccountName in spec.template.spec of the runner",
				Fix:     "write the ServiceAccount's name",
			},
		},
		Source: source,
	}
}
