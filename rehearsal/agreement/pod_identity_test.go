package agreement_test

import "keyless-runners/identity"

// podIdentity is the example whose pool gets its role by EKS Pod Identity.
var podIdentity = base{
	folder:   "../../examples/pod-identity",
	template: podIdentityTemplate,
	manifest: podIdentityManifest,
	workflow: podIdentityWorkflow,
	cluster:  eksCluster(europe, "platform-prod-1"),
	pushesTo: identity.ImageRepository{Registry: identity.Registry{Account: account, Region: europe}, Name: "shop/web"},
}

// Its files.
const (
	podIdentityTemplate = "infra/runners.template.json"
	podIdentityManifest = "manifests/prod/web.k8s.yaml"
	podIdentityWorkflow = "workflows/push-web.yaml"
)

// What happens to jobs, in the words of those who refuse.
const (
	noPermission = "Unauthorized Exception! EKS does not have permissions to assume the associated role."
	noCluster    = "No cluster found for name: "
	// openToOthers is a warning of check: it takes an association to use it, which only who
	// may pass the role can make.
	openToOthers  = "KR126"
	notTheSubject = "to EKS Pod Identity, want 'system:serviceaccount:web-runners:runner'"
)

// Parts of its trust policy.
const (
	taggedCluster        = `"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:111122223333:cluster/platform-prod-1",`
	taggedNamespace      = `"aws:RequestTag/kubernetes-namespace": "web-runners",`
	taggedServiceAccount = `"aws:RequestTag/kubernetes-service-account": "runner"`
)

var podIdentityMutants = []mutant{
	{name: "nothing"},

	// The trust policy.
	{name: "trust: another ServiceAccount", file: podIdentityTemplate, old: taggedServiceAccount, new: `"aws:RequestTag/kubernetes-service-account": "runners"`, happens: noPermission},
	{name: "trust: another namespace", file: podIdentityTemplate, old: taggedNamespace, new: `"aws:RequestTag/kubernetes-namespace": "web-runner",`, happens: noPermission},
	{name: "trust: another cluster", file: podIdentityTemplate, old: taggedCluster, new: `"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:111122223333:cluster/platform-prod-2",`, happens: noPermission},
	{name: "trust: no ServiceAccount", file: podIdentityTemplate, old: taggedNamespace + `
         ` + taggedServiceAccount, new: taggedNamespace[:len(taggedNamespace)-1], happens: "web-runners/intruder of https://" + issuer + " can take the role", warned: openToOthers},
	{name: "trust: no namespace", file: podIdentityTemplate, old: taggedNamespace, new: "", happens: "elsewhere/runner of https://" + issuer + " can take the role", warned: openToOthers},
	{name: "trust: no cluster", file: podIdentityTemplate, old: taggedCluster, new: "", happens: "web-runners/runner of https://" + another + " can take the role", warned: openToOthers},
	{name: "trust: a tag misspelt", file: podIdentityTemplate, old: "aws:RequestTag/kubernetes-namespace", new: "aws:RequestTag/kubernetes-namespaces", happens: noPermission},
	{name: "trust: tags of the principal", file: podIdentityTemplate, old: "aws:RequestTag/", new: "aws:PrincipalTag/", everywhere: true, happens: noPermission},
	{name: "trust: without the session's tags", file: podIdentityTemplate, old: `"sts:AssumeRole",
        "sts:TagSession"`, new: `"sts:AssumeRole"`, happens: noPermission},
	{name: "trust: the session's tags alone", file: podIdentityTemplate, old: `"sts:AssumeRole",
        "sts:TagSession"`, new: `"sts:TagSession"`, happens: noPermission},
	{name: "trust: every action of STS", file: podIdentityTemplate, old: `"sts:AssumeRole",
        "sts:TagSession"`, new: `"sts:*"`},
	{name: "trust: EKS itself", file: podIdentityTemplate, old: `"pods.eks.amazonaws.com"`, new: `"eks.amazonaws.com"`, happens: noPermission},
	{name: "trust: for the account, too", file: podIdentityTemplate, old: taggedCluster, new: taggedCluster + `
         "aws:SourceAccount": "111122223333",`},
	{name: "trust: for another account", file: podIdentityTemplate, old: taggedCluster, new: taggedCluster + `
         "aws:SourceAccount": "444455556666",`, happens: noPermission},

	// The association.
	{name: "association: another ServiceAccount", file: podIdentityTemplate, old: `"ServiceAccount": "runner"`, new: `"ServiceAccount": "runners"`, happens: notTheSubject},
	{name: "association: another namespace", file: podIdentityTemplate, old: `"Namespace": "web-runners"`, new: `"Namespace": "web-runner"`, happens: notTheSubject},
	{name: "association: another cluster", file: podIdentityTemplate, old: `"ClusterName": "platform-prod-1"`, new: `"ClusterName": "platform-prod-2"`, happens: noCluster},

	// The permissions policy.
	{name: "policy: for another namespace's tag", file: podIdentityTemplate, old: `"Sid": "AllowPush"`, new: `"Sid": "AllowPush",
       "Condition": {"StringEquals": {"aws:PrincipalTag/kubernetes-namespace": "api-runners"}}`, happens: forbidden},

	// The ServiceAccount and the runner.
	{name: "runner: another ServiceAccount", file: podIdentityManifest, old: "serviceAccountName: runner", new: "serviceAccountName: runners", happens: `RunnerDeployment "web" in namespace "web-runners" has 0 Pods, want 2`},
	{name: "ServiceAccount: the annotation of IRSA, too", file: podIdentityManifest, old: "    keyless-runners/cluster: ",
		new: "    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web-runner\n    keyless-runners/cluster: "},
	{name: "runner: token for the sidecar alone", file: podIdentityManifest, old: "skip-containers: docker", new: "skip-containers: runner", happens: notTheSubject},
	{name: "runner: its own agent", file: podIdentityManifest, old: "        - name: AWS_EC2_METADATA_DISABLED\n", new: "        - name: AWS_CONTAINER_CREDENTIALS_FULL_URI\n          value: http://127.0.0.1:1/\n        - name: AWS_EC2_METADATA_DISABLED\n", happens: notTheSubject},
	{name: "runner: the label that keeps EKS' webhook away", file: podIdentityManifest, old: "    metadata:\n      annotations:\n", new: "    metadata:\n      labels:\n        eks.amazonaws.com/skip-pod-identity-webhook: \"true\"\n      annotations:\n", happens: notTheSubject},

	// The workflow.
	{name: "workflow: another subject wanted", file: podIdentityWorkflow, old: `"system:serviceaccount:web-runners:runner"`, new: `"system:serviceaccount:web-runners:runners"`, happens: "want 'system:serviceaccount:web-runners:runners'"},
	{name: "workflow: another region", file: podIdentityWorkflow, old: `AWS_REGION: "eu-central-1"`, new: `AWS_REGION: "us-west-2"`, happens: noLogin},
}
