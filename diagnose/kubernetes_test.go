package diagnose_test

import "keyless-runners/diagnose"

var kubernetesSamples = []sample{
	{"waiting", noRunner, "no runner takes the job", diagnose.JobToRunner, "labels=self-hosted, build"},
	{"waiting, without labels", "Waiting for a self-hosted runner to pickup this job...", "no runner takes the job", diagnose.JobToRunner, ""},
	{"no idle runner", "Can't find any online and idle self-hosted runner in the current repository, account/organization that matches the required labels: 'graviton'", "no runner takes the job", diagnose.JobToRunner, "labels=graviton"},
	{"no such label", "No runner matching the specified labels was found: self-hosted, linux, build", "no runner takes the job", diagnose.JobToRunner, "labels=self-hosted, linux, build"},
	{"given up", "This request was automatically failed because there were no enabled runners online to process the request for more than 1 days.", "no runner takes the job", diagnose.JobToRunner, ""},
	{"no owner", `admission webhook "validate.runnerdeployment.actions.summerwind.dev" denied the request: RunnerDeployment.actions.summerwind.dev "build" is invalid: spec.template.spec.repository: Invalid value: "": Spec needs enterprise, organization or repository`, "the runner is for nobody", diagnose.JobToRunner, ""},
	{"two owners", `spec.template.spec.repository: Invalid value: "octo/app": Spec cannot have many fields defined enterprise, organization and repository`, "the runner is for more than one owner", diagnose.JobToRunner, ""},
	{"work volume", `spec.template.spec.workVolumeClaimTemplate: Invalid value: "null": Spec.ContainerMode: kubernetes must have workVolumeClaimTemplate field specified`, "the runner's work volume is not as container mode kubernetes wants it", diagnose.JobToRunner, ""},
	{"work volume mounted by hand", `volume mount "work" should be specified by workVolumeClaimTemplate in container mode kubernetes`, "the runner's work volume is not as container mode kubernetes wants it", diagnose.JobToRunner, ""},
	{"no daemon", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "the runner has no Docker daemon", diagnose.JobToRunner, "address=unix:///var/run/docker.sock"},
	{"no right to the daemon", "Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock", "the job may not use the Docker daemon", diagnose.JobToRunner, ""},
	{"no ServiceAccount", noAccount, "the Pod's ServiceAccount does not exist", diagnose.PodToServiceAccount, "namespace=actions-runners; ServiceAccount=ecr-pusher"},
	{"no ServiceAccount, kubelet", `failed to fetch token: serviceaccounts "ecr-pusher" not found`, "the Pod's ServiceAccount does not exist", diagnose.PodToServiceAccount, "ServiceAccount=ecr-pusher"},
	{"no token", `Warning  FailedMount  kubelet  MountVolume.SetUp failed for volume "aws-iam-token" : failed to fetch token: the server could not find the requested resource`, "the kubelet got no token for the Pod", diagnose.TokenToPod, "answer=the server could not find the requested resource"},
	{"annotation", "W0101 12:00:00.000000       1 cache.go:161] arn is invalid: arn:aws:iam:111122223333:role/gha-pusher", "the annotation is no ARN of a role", diagnose.ServiceAccountToRole, "role ARN=arn:aws:iam:111122223333:role/gha-pusher"},
	{"hooks", "mkdir: cannot create directory '/var/run/secrets/eks.amazonaws.com/serviceaccount/token': File exists", "the container hooks and the webhook both make the token's path", diagnose.TokenToPod, ""},
}
