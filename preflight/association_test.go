package preflight_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// associated is the good chain with EKS Pod Identity in place of IRSA: the annotation and the
// provider are gone, the role trusts EKS for one association, and the agent is an add-on.
func associated(t *testing.T) map[string]string {
	t.Helper()
	files := readGood(t)
	replace(t, files, "runner.yaml", "  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n", "")
	template := files["template.yaml"]
	from, to := strings.Index(template, "          Principal:\n            Federated"), strings.Index(template, "Outputs:")
	files["template.yaml"] = template[:from] + podTrust + association + agent + template[to:]
	replace(t, files, "template.yaml", "  Provider:\n    Type: AWS::IAM::OIDCProvider\n    Properties:\n      Url: !Sub https://${IssuerHost}\n      ClientIdList: [sts.amazonaws.com]\n", "")
	return files
}

const (
	podTrust = `          Principal: {Service: pods.eks.amazonaws.com}
          Action: [sts:AssumeRole, sts:TagSession]
` + podCondition
	podCondition = `          Condition:
            StringEquals:
              aws:RequestTag/eks-cluster-arn: arn:aws:eks:us-east-1:111122223333:cluster/ci
              aws:RequestTag/kubernetes-namespace: runners
              aws:RequestTag/kubernetes-service-account: build
`
	association = `  Association:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: ci
      Namespace: runners
      ServiceAccount: build
      RoleArn: !GetAtt Role.Arn
`
	agent = `  Agent:
    Type: AWS::EKS::Addon
    Properties: {ClusterName: ci, AddonName: eks-pod-identity-agent}
`
	annotation = "  name: build\n  namespace: runners\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n"
)

// replace replaces a text that a file has once.
func replace(t *testing.T, files map[string]string, file, old, new string) {
	t.Helper()
	if strings.Count(files[file], old) != 1 {
		t.Fatalf("%s has %q %d times, want once:\n%s", file, old, strings.Count(files[file], old), files[file])
	}
	files[file] = strings.Replace(files[file], old, new, 1)
}

func TestAssociationIsProved(t *testing.T) {
	write(t, associated(t))
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) > 0 || !found.Proved() {
		t.Error(output)
	}
	var links []string
	for _, link := range found.Chains[0].Links {
		links = append(links, link.Name+": "+link.State.String()+": "+link.Text)
	}
	if diff := cmp.Diff([]string{
		`job → runner: proved: job "push" of "Push" runs on it`,
		`Pod → ServiceAccount: proved: its Pods run as ServiceAccount "build" of namespace "runners"`,
		`ServiceAccount → role ARN: proved: its association in cluster "ci" names role "arn:aws:iam::111122223333:role/runners/build"`,
		`Pod → EKS Pod Identity agent: proved: the agent is an add-on of cluster "ci"`,
		`token → trust policy: proved: EKS Pod Identity for ServiceAccount "runners/build" in cluster "ci" may take role "arn:aws:iam::111122223333:role/runners/build"`,
		`role → image repository: proved: role "build" may push to "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"`,
	}, links); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, want := found.Access, []preflight.Access{{
		ImageRepository: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app",
		Who:             "system:serviceaccount:runners:build of cluster ci",
		Role:            "arn:aws:iam::111122223333:role/runners/build",
		Runner:          true,
		Jobs:            preflight.Jobs{Scope: preflight.Scope{Kind: preflight.SourceRepository, Name: "octo-org/my-app"}, Labels: []string{"self-hosted", "push-my-app"}},
		Place:           found.Access[0].Place,
	}}; !cmp.Equal(got, want) {
		t.Errorf("(-want +got)\n%s", cmp.Diff(want, got))
	}
	if !strings.Contains(output, "and no one else can") {
		t.Error(output)
	}
}

// TestAssociations judges the chain of TestAssociationIsProved with a text of a file replaced
// by another, and files beside it.
func TestAssociations(t *testing.T) {
	const (
		role        = "      RoleName: build\n"
		roleARN     = "      RoleArn: !GetAtt Role.Arn\n"
		cluster     = "      ClusterName: ci\n"
		other       = "      Namespace: runners\n      ServiceAccount: build\n"
		actions     = "Action: [sts:AssumeRole, sts:TagSession]"
		runnerEnv   = "      env:\n"
		pushAll     = `'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}}'`
		pushNothing = `'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:Get*", "Resource": "*"}}'`
	)
	with := func(properties string) string { return roleARN + properties }
	described := func(cluster string) map[string]string {
		return map[string]string{"cluster.json": `{"cluster": {"name": "` + cluster + `", "arn": "arn:aws:eks:us-east-1:111122223333:cluster/` + cluster + `", "identity": {"oidc": {"issuer": "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"}}}}`}
	}
	second := func(name, properties string) string {
		return strings.Replace(association, "  Association:\n", "  "+name+":\n", 1) + properties
	}
	for _, test := range []struct {
		name, file, old, new string
		more                 map[string]string
		want, says           string
	}{
		{"as it should be", "template.yaml", role, role, nil, "", "and no one else can"},
		{"a role whose name CloudFormation makes", "template.yaml", role + "      Path: /runners/\n", "", nil, "", "and no one else can"},
		{"its cluster is described", "template.yaml", role, role, described("ci"), "", "and no one else can"},
		{"another cluster is described", "template.yaml", role, role, described("other"), "KR129", `the files describe cluster "other" too`},
		{"no agent", "template.yaml", agent, "", nil, "KR120", "it is assumed to exist"},
		{"the agent of another cluster", "template.yaml", "{ClusterName: ci, AddonName", "{ClusterName: other, AddonName", nil, "KR120", "it is assumed to exist"},
		{"another add-on", "template.yaml", "eks-pod-identity-agent", "vpc-cni", nil, "KR120", "it is assumed to exist"},
		{"an agent that is described", "template.yaml", agent, "", map[string]string{"addon.json": `{"addon": {"addonName": "eks-pod-identity-agent", "clusterName": "ci"}}`}, "", ""},

		{"a trust policy for IRSA", "template.yaml", podTrust, "          Principal: {Federated: arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF}\n          Action: sts:AssumeRoleWithWebIdentity\n", nil,
			"KR075 KR070 KR040", `does not let EKS Pod Identity for ServiceAccount "runners/build" in cluster "ci" take the role: it allows "sts:AssumeRoleWithWebIdentity", want "sts:AssumeRole"; its principal is another than "pods.eks.amazonaws.com"`},
		{"another service", "template.yaml", "pods.eks.amazonaws.com", "eks.amazonaws.com", nil, "KR040 KR074", `its principal is another than "pods.eks.amazonaws.com"`},
		{"without sts:TagSession", "template.yaml", actions, "Action: sts:AssumeRole", nil, "KR040", `it allows "sts:AssumeRole", want "sts:TagSession"`},
		{"without sts:AssumeRole", "template.yaml", actions, "Action: sts:TagSession", nil, "KR040", `it allows "sts:TagSession", want "sts:AssumeRole"`},
		{"another namespace", "template.yaml", "kubernetes-namespace: runners", "kubernetes-namespace: ci", nil, "KR126 KR040", `StringEquals on "aws:RequestTag/kubernetes-namespace" wants "ci", the request has "runners"`},
		{"another ServiceAccount", "template.yaml", "kubernetes-service-account: build", "kubernetes-service-account: web", nil, "KR126 KR040", "wants \"web\", the request has \"build\"\n    fix: write the condition as the request has it"},
		{"another cluster", "template.yaml", ":cluster/ci", ":cluster/cd", nil, "KR126 KR040", `wants "arn:aws:eks:us-east-1:111122223333:cluster/cd", the request has "arn:aws:eks:us-east-1:111122223333:cluster/ci"`},
		{"the account as the source", "template.yaml", "            StringEquals:\n              aws:RequestTag/eks", "            StringEquals:\n              aws:SourceAccount: '111122223333'\n              aws:RequestTag/eks", nil, "", ""},
		{"another account as the source", "template.yaml", "            StringEquals:\n              aws:RequestTag/eks", "            StringEquals:\n              aws:SourceAccount: '444455556666'\n              aws:RequestTag/eks", nil, "KR040", `StringEquals on "aws:SourceAccount" wants "444455556666", the request has "111122223333"`},
		{"a source that is not documented", "template.yaml", "            StringEquals:\n              aws:RequestTag/eks", "            ArnLike:\n              aws:SourceArn: arn:aws:eks:us-east-1:111122223333:cluster/ci\n            StringEquals:\n              aws:RequestTag/eks", nil, "KR130", "it depends on aws:SourceArn, which only a request has"},
		{"the name of the Pod", "template.yaml", "            StringEquals:\n              aws:RequestTag/eks", "            StringLike:\n              aws:RequestTag/kubernetes-pod-name: build-*\n            StringEquals:\n              aws:RequestTag/eks", nil, "KR130", "it depends on aws:RequestTag/kubernetes-pod-name"},
		{"denied", "template.yaml", podTrust, podTrust + "        - Effect: Deny\n          Principal: {AWS: '*'}\n          Action: sts:TagSession\n          Condition: {StringEquals: {aws:RequestTag/kubernetes-namespace: runners}}\n", nil, "KR040", "Statement[1] of the trust policy denies sts:TagSession to EKS Pod Identity"},
		{"no session tags where the trust policy asks for them", "template.yaml", roleARN, with("      DisableSessionTags: true\n"), nil, "KR040", `wants "arn:aws:eks:us-east-1:111122223333:cluster/ci", the request has none`},

		{"every association", "template.yaml", podCondition, "", nil, "KR126", "is open to every EKS Pod Identity association of the account, if an association is made that names it"},
		{"every association of the cluster", "template.yaml", "              aws:RequestTag/kubernetes-namespace: runners\n              aws:RequestTag/kubernetes-service-account: build\n", "", nil, "KR126", "is open to every ServiceAccount of every namespace of cluster \"arn:aws:eks:us-east-1:111122223333:cluster/ci\", by EKS Pod Identity, if an association is made that names it"},
		{"every association of the namespace", "template.yaml", "              aws:RequestTag/kubernetes-service-account: build\n", "", nil, "KR126", "is open to every ServiceAccount of namespace \"runners\" of cluster \"arn:aws:eks:us-east-1:111122223333:cluster/ci\", by EKS Pod Identity, if an association is made that names it"},
		{"one name in every cluster", "template.yaml", "              aws:RequestTag/eks-cluster-arn: arn:aws:eks:us-east-1:111122223333:cluster/ci\n", "", nil, "KR126", "is open to ServiceAccount \"build\" of namespace \"runners\" of every cluster, by EKS Pod Identity, if an association is made that names it"},
		{"a cluster by its name", "template.yaml", "aws:RequestTag/eks-cluster-arn: arn:aws:eks:us-east-1:111122223333:cluster/ci", "aws:RequestTag/eks-cluster-name: ci", nil, "KR126", "is open to ServiceAccount \"build\" of namespace \"runners\" of every cluster, by EKS Pod Identity, if an association is made that names it"},
		{"a second ServiceAccount", "template.yaml", "kubernetes-service-account: build", "kubernetes-service-account: [build, web]", nil, "KR126", "is open to ServiceAccount \"web\" of namespace \"runners\" of cluster \"arn:aws:eks:us-east-1:111122223333:cluster/ci\", by EKS Pod Identity, if an association is made that names it"},
		{"an association of another ServiceAccount", "template.yaml", podCondition + association, association + strings.Replace(second("Other", ""), "ServiceAccount: build", "ServiceAccount: web", 1), nil, "KR126 KR071", `gives role "arn:aws:iam::111122223333:role/runners/build" to "system:serviceaccount:runners:web"`},
		{"an association that the trust policy does not let in", "template.yaml", association, association + strings.Replace(second("Other", ""), "ServiceAccount: build", "ServiceAccount: web", 1), nil, "", "and no one else can"},
		{"an association of a role that is elsewhere", "template.yaml", association, association + strings.NewReplacer("ServiceAccount: build", "ServiceAccount: web", "!GetAtt Role.Arn", "arn:aws:iam::111122223333:role/web").Replace(second("Other", "")), nil, "KR059", `the EKS Pod Identity association of "runners/web" in cluster "ci" may let others push`},

		{"another ServiceAccount has the association", "template.yaml", other, "      Namespace: runners\n      ServiceAccount: biuld\n", nil, "KR020", `and an EKS Pod Identity association is of "runners/biuld"`},
		{"a ServiceAccount that is not known", "template.yaml", "      ServiceAccount: build\n", "      ServiceAccount: !ImportValue sa\n", nil, "KR128", `whether ServiceAccount "runners/build" has the EKS Pod Identity association of "runners/?" in cluster "ci" is not known`},
		{"a ServiceAccount that is not known, and an annotation", "template.yaml", "      ServiceAccount: build\n", "      ServiceAccount: !ImportValue sa\n", map[string]string{"runner.yaml": strings.Replace(associated(t)["runner.yaml"], "  name: build\n  namespace: runners\n---", annotation+"---", 1)}, "KR040 KR126 KR128", `whether ServiceAccount "runners/build" has the EKS Pod Identity association`},
		{"a role that is not among the files", "template.yaml", roleARN, "      RoleArn: arn:aws:iam::111122223333:role/runners/other\n", nil, "KR059 KR022", "is not among the files"},
		{"a role with another path", "template.yaml", roleARN, "      RoleArn: arn:aws:iam::111122223333:role/build\n", nil, "KR059 KR023", `the role's path is "/runners/", the ARN has "/"`},
		{"a role that is not known", "template.yaml", roleARN, "      RoleArn: !ImportValue role\n", nil, "KR059 KR129", "the association's role is not known"},
		{"a role of another account", "template.yaml", roleARN, "      RoleArn: arn:aws:iam::444455556666:role/runners/build\n", nil, "KR059 KR023 KR123", "EKS takes roles of the cluster's account alone"},
		{"no ARN", "template.yaml", roleARN, "      RoleArn: !Ref Role\n", nil, "KR059 KR021", ""},
		{"two associations", "template.yaml", association, association + second("Other", ""), nil, "KR004", "a ServiceAccount has one association in a cluster"},
		{"a list of associations beside the template", "template.yaml", role, role, map[string]string{"list.json": `{"associations": [{"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1"}]}`}, "", "and no one else can"},
		{"a list of associations alone", "template.yaml", association, "", map[string]string{"list.json": `{"associations": [{"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1"}]}`}, "KR059 KR129", `"aws eks list-pod-identity-associations" does not print the role`},
		{"an association that is described", "template.yaml", association, "", map[string]string{"a.json": `{"association": {"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "roleArn": "arn:aws:iam::111122223333:role/runners/build", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1"}}`}, "", "and no one else can"},

		{"a session policy that allows it", "template.yaml", podCondition + association, association + "      DisableSessionTags: true\n      Policy: " + pushAll + "\n", nil, "KR126", "proved"},
		{"a session policy that does not", "template.yaml", podCondition + association, association + "      DisableSessionTags: true\n      Policy: " + pushNothing + "\n", nil, "KR126 KR050", "the association's session policy does not allow ecr:BatchCheckLayerAvailability"},
		{"a session policy that is not known", "template.yaml", podCondition + association, association + "      DisableSessionTags: true\n      Policy: !ImportValue p\n", nil, "KR126 KR132", "whether the association's session policy allows"},
		{"a session policy beside session tags", "template.yaml", roleARN, with("      Policy: " + pushAll + "\n"), nil, "KR123", "EKS takes one only where session tags are disabled"},

		{"on Fargate", "template.yaml", agent, agent + "  Fargate:\n    Type: AWS::EKS::FargateProfile\n    Properties: {ClusterName: ci, Selectors: [{Namespace: run*}]}\n", nil, "KR121", `the Pods of namespace "runners" run on Fargate`},
		{"perhaps on Fargate", "template.yaml", agent, agent + "  Fargate:\n    Type: AWS::EKS::FargateProfile\n    Properties: {ClusterName: ci, Selectors: [{Namespace: runners, Labels: [{Key: a, Value: b}]}]}\n", nil, "KR128", "depends on what the profile selects"},
		{"others on Fargate", "template.yaml", agent, agent + "  Fargate:\n    Type: AWS::EKS::FargateProfile\n    Properties: {ClusterName: ci, Selectors: [{Namespace: web}]}\n", nil, "", ""},
		{"on Fargate in another cluster", "template.yaml", agent, agent + "  Fargate:\n    Type: AWS::EKS::FargateProfile\n    Properties: {ClusterName: other, Selectors: [{Namespace: runners}]}\n", nil, "", ""},

		{"an annotation too", "runner.yaml", "  name: build\n  namespace: runners\n---", annotation + "---", nil, "KR122", "the annotation counts for nothing"},
		{"an annotation of a role that is not there", "runner.yaml", "  name: build\n  namespace: runners\n---", strings.Replace(annotation, "role/runners/build", "role/gone", 1) + "---", nil, "KR122", "the annotation counts for nothing"},
		{"an annotation, which another cluster would read", "runner.yaml", "  name: build\n  namespace: runners\n---", annotation + "---", described("other"), "KR129 KR122", `whether ServiceAccount "runners/build" is in cluster "ci", where it has an association, is not known`},
		{"two clusters", "template.yaml", podCondition + association, strings.Replace(podCondition, "arn: arn:aws:eks:us-east-1:111122223333:cluster/ci", "arn: ['arn:aws:eks:us-east-1:111122223333:cluster/ci', 'arn:aws:eks:us-east-1:111122223333:cluster/cd']", 1) + association + strings.Replace(second("Other", ""), "Name: ci", "Name: cd", 1) + strings.NewReplacer("Agent:", "Agent2:", "Name: ci", "Name: cd").Replace(agent), nil, "", "and no one else can"},
		{"two clusters, and the trust policy lets in one", "template.yaml", association, association + strings.Replace(second("Other", ""), "Name: ci", "Name: cd", 1) + strings.NewReplacer("Agent:", "Agent2:", "Name: ci", "Name: cd").Replace(agent), nil, "KR040", `the request has "arn:aws:eks:us-east-1:111122223333:cluster/cd"`},
		{"two clusters with different session policies", "template.yaml", podCondition + association, association + strings.Replace(second("Other", "      DisableSessionTags: true\n      Policy: "+pushAll+"\n"), "Name: ci", "Name: cd", 1) + strings.NewReplacer("Agent:", "Agent2:", "Name: ci", "Name: cd").Replace(agent), nil, "KR126 KR129", "different roles or session policies"},
		{"two clusters with different roles, of which the first pushes nothing", "template.yaml", association, strings.NewReplacer("Association:", "First:", "ClusterName: ci", "ClusterName: cd", "Role.Arn", "Reader.Arn").Replace(association) + association +
			"  Reader:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: reader\n      AssumeRolePolicyDocument:\n        Version: 2012-10-17\n        Statement:\n        - Effect: Allow\n" + strings.Replace(podTrust, "cluster/ci", "cluster/cd", 1) +
			strings.NewReplacer("Agent:", "Agent2:", "Name: ci", "Name: cd").Replace(agent), nil, "KR129", "different roles or session policies"},
		{"an annotation of a role that may push, and an association of one that may not", "runner.yaml", "  name: build\n  namespace: runners\n---", annotation + "---", map[string]string{"template.yaml": pushesByAnnotation(t)}, "KR122 KR050", "may not ecr:BatchCheckLayerAvailability"},
		{"the ServiceAccount in two folders", "runner.yaml", runnerEnv, runnerEnv, map[string]string{"b/sa.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: build, namespace: runners}\n"}, "KR129", "the files have it in 2 folders"},

		{"the label that keeps EKS' webhook away", "runner.yaml", "    metadata:\n      annotations:\n", "    metadata:\n      labels: {eks.amazonaws.com/skip-pod-identity-webhook: 'true'}\n      annotations:\n", nil, "KR086", "keeps EKS' webhook away"},
		{"the runner is skipped", "runner.yaml", "skip-containers: docker", "skip-containers: docker,runner", nil, "KR086", `keeps the token from container "runner"`},
		{"the sidecar is not skipped", "runner.yaml", "      annotations:\n        eks.amazonaws.com/skip-containers: docker\n", "", nil, "KR082", `the privileged container "docker" gets the role's token too`},
		{"another address", "runner.yaml", runnerEnv, runnerEnv + "      - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: 'http://localhost/'}\n      - {name: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, value: /var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token}\n", nil, "KR085", "where the EKS Pod Identity agent does not answer"},
		{"the address by hand", "runner.yaml", runnerEnv, runnerEnv + "      - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: 'http://169.254.170.23/v1/credentials'}\n      - {name: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, value: /var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token}\n", nil, "", ""},
		{"the address alone", "runner.yaml", runnerEnv, runnerEnv + "      - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: 'http://169.254.170.23/v1/credentials'}\n", nil, "KR085", "sets AWS_CONTAINER_CREDENTIALS_FULL_URI itself and not AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"},
		{"a file that is not there", "runner.yaml", runnerEnv, runnerEnv + "      - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: 'http://169.254.170.23/v1/credentials'}\n      - {name: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, value: /token}\n", nil, "KR086", `leave volume, mount and variables of the token out: EKS adds volume "eks-pod-identity-token" itself`},
		{"a volume by the token's name", "runner.yaml", runnerEnv, "      volumes: [{name: eks-pod-identity-token, emptyDir: {}}]\n" + runnerEnv, nil, "KR086", "has no token of the ServiceAccount"},
		{"a token for another audience", "runner.yaml", runnerEnv, "      volumes: [{name: eks-pod-identity-token, projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: eks-pod-identity-token}}]}}]\n" + runnerEnv, nil, "KR086", `a token for "sts.amazonaws.com", and EKS accepts one for "pods.eks.amazonaws.com"`},
		{"a role by hand and no file", "runner.yaml", runnerEnv, runnerEnv + "      - {name: AWS_ROLE_ARN, value: x}\n", nil, "", ""},
		{"IRSA by hand", "runner.yaml", runnerEnv, "      volumes: [{name: aws, projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: token}}]}}]\n      volumeMounts: [{name: aws, mountPath: /aws}]\n" + runnerEnv + "      - {name: AWS_ROLE_ARN, value: 'arn:aws:iam::111122223333:role/runners/build'}\n      - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /aws/token}\n", nil, "KR122 KR040", "AWS SDKs take the variable's role"},
		{"a file by hand and no role", "runner.yaml", runnerEnv, runnerEnv + "      - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /x}\n", nil, "KR128", "which AWS SDKs go on to the agent then is not documented"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, test.file, test.old, test.new)
			maps.Copy(files, test.more)
			if got, output := found(t, files); got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}

// A workload that is no runner and has a role that may push by an association is followed.
func TestAssociationOfAnotherWorkload(t *testing.T) {
	files := associated(t)
	replace(t, files, "template.yaml", "kubernetes-service-account: build", "kubernetes-service-account: [build, tool]")
	replace(t, files, "template.yaml", agent, agent+strings.NewReplacer("Association:\n", "Other:\n", "ServiceAccount: build", "ServiceAccount: tool").Replace(association))
	files["tool.yaml"] = `apiVersion: v1
kind: ServiceAccount
metadata: {name: tool, namespace: runners}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: tool, namespace: runners}
spec: {template: {spec: {serviceAccountName: tool, containers: [{name: tool, image: tool}]}}}
`
	write(t, files)
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) > 0 || len(found.Chains) != 2 || !strings.Contains(output, "proved: 2 workloads can push to 1 image repository") {
		t.Errorf("got %d chains\n%s", len(found.Chains), output)
	}
}

// A job that names the runner's role is not called wrong where the files do not determine the
// role's account.
func TestAssociatedRoleOfAnUnknownAccount(t *testing.T) {
	files := associated(t)
	replace(t, files, "template.yaml", "Outputs:\n  ImageRepository:\n    Value: 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app\n", "")
	replace(t, files, "workflow.yaml", "  AWS_REGION: us-east-1\n", "  AWS_REGION: us-east-1\n  ROLE: arn:aws:iam::111122223333:role/runners/build\n")
	if got, output := found(t, files); strings.Contains(got, "KR067") || !strings.Contains(got, "KR130") || strings.Contains(output, ": error ") {
		t.Errorf("got %q\n%s", got, output)
	}
}

// pushesByAnnotation is the good template with an association of another role, which may not
// push.
func pushesByAnnotation(t *testing.T) string {
	t.Helper()
	files := readGood(t)
	other := "  Other:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: other\n      AssumeRolePolicyDocument:\n        Version: 2012-10-17\n        Statement:\n        - Effect: Allow\n" + podTrust
	replace(t, files, "template.yaml", "Outputs:", other+strings.Replace(association, "Role.Arn", "Other.Arn", 1)+agent+"Outputs:")
	return files["template.yaml"]
}

// TestTargetRole judges an association that goes on to a role of another account, which alone
// may push.
// A policy may go by the session tags of EKS Pod Identity: the association determines its own Pods',
// and a trust policy that names one ServiceAccount of one cluster those of every session.
func TestSessionTagsOfAnAssociation(t *testing.T) {
	const (
		resource = "          Resource: arn:aws:ecr:us-east-1:111122223333:repository/my-app\n"
		open     = "          Condition: {StringEquals: {'aws:SourceAccount': '111122223333'}}\n"
		disabled = "      DisableSessionTags: true\n"
		only     = "proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can"
	)
	on := func(key, value string) string {
		return resource + "          Condition: {StringEquals: {'" + key + "': " + value + "}}\n"
	}
	named := func(name string) string {
		const e = "arn:aws:ecr:us-east-1:111122223333:repository/"
		return "          Resource: ['" + e + name + "', '" + e + "my-app']\n"
	}
	for _, test := range []struct{ name, resource, condition, more, want, says string }{
		{"its namespace", on("aws:PrincipalTag/kubernetes-namespace", "runners"), podCondition, "", "", only},
		{"its namespace in another case of the key", on("aws:principaltag/Kubernetes-Namespace", "runners"), podCondition, "", "", only},
		{"its ServiceAccount", on("aws:PrincipalTag/kubernetes-service-account", "build"), podCondition, "", "", only},
		{"its cluster", on("aws:PrincipalTag/eks-cluster-arn", "arn:aws:eks:us-east-1:111122223333:cluster/ci"), podCondition, "", "", only},
		{"its cluster's name", on("aws:PrincipalTag/eks-cluster-name", "ci"), podCondition, "", "", only},
		{"another namespace", on("aws:PrincipalTag/kubernetes-namespace", "team-a"), podCondition, "", "KR050", "may not ecr:BatchCheckLayerAvailability"},
		{"its Pod's name", on("aws:PrincipalTag/kubernetes-pod-name", "build-1"), podCondition, "", "KR132", "it depends on aws:PrincipalTag/kubernetes-pod-name"},
		{"in the name", named("${aws:PrincipalTag/kubernetes-namespace}/*"), podCondition, "", "KR078", `every image repository of 111122223333.dkr.ecr.us-east-1.amazonaws.com that begins with "runners/"`},
		{"in the name, of one", named("my-${aws:PrincipalTag/kubernetes-service-account}"), podCondition, "", "", "proved: 1 runner can push to 2 image repositories"},
		{"its namespace, open to others", on("aws:PrincipalTag/kubernetes-namespace", "runners"), open, "", "KR126", "at least 1 other can push too"},
		{"in the name, open to others", named("${aws:PrincipalTag/kubernetes-namespace}/*"), open, "", "KR126 KR132", "it depends on aws:PrincipalTag/kubernetes-namespace"},
		{"without tags", on("aws:PrincipalTag/kubernetes-namespace", "runners"), open, disabled, "KR126 KR132", "it depends on aws:PrincipalTag/kubernetes-namespace"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "template.yaml", resource, test.resource)
			replace(t, files, "template.yaml", podCondition, test.condition)
			replace(t, files, "template.yaml", association, association+test.more)
			write(t, files)
			found, output := check(t, cloudformation.Settings{})
			got := map[string]bool{}
			for _, f := range found.Findings {
				got[f.Kind.ID] = true
			}
			if joined := strings.Join(slices.Sorted(maps.Keys(got)), " "); joined != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", joined, test.want, test.says, output)
			}
		})
	}
}

// A template of associations alone shows neither account nor region, and so not the cluster's ARN
// that the trust policy names.
func TestAssociationInATemplateOfItsOwn(t *testing.T) {
	files := associated(t)
	replace(t, files, "template.yaml", association, "")
	files["association.yaml"] = "Resources:\n" + strings.Replace(association, "!GetAtt Role.Arn", "arn:aws:iam::111122223333:role/runners/build", 1)
	write(t, files)
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) != 1 || found.Findings[0].Kind.ID != "KR130" || !strings.Contains(found.Findings[0].Fix, "AWS::AccountId is not known from the files; give it with --account; AWS::Region is not known from the files; give it with --region") {
		t.Error(output)
	}
	if found, output = check(t, cloudformation.Settings{Account: "111122223333", Region: "us-east-1"}); len(found.Findings) > 0 || !strings.Contains(output, "and no one else can") {
		t.Error(output)
	}
}

func TestTargetRole(t *testing.T) {
	const (
		taking      = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": "arn:aws:iam::444455556666:role/target"}}`
		trusting    = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/runners/build"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}}`
		rootTrust   = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {CONDITION}}}`
		pushing     = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}, {"Effect": "Allow", "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"], "Resource": "arn:aws:ecr:us-east-1:444455556666:repository/my-app"}]}`
		associating = `{"association": {"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "roleArn": "arn:aws:iam::111122223333:role/runners/build", "targetRoleArn": "arn:aws:iam::444455556666:role/target", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1" MORE}}`
		ours        = `"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/runners/build"}`
		tags        = `"StringEquals": {"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:111122223333:cluster/ci", "aws:RequestTag/kubernetes-namespace": "runners", "aws:RequestTag/kubernetes-service-account": "build"}`
		id          = `"StringEquals": {"sts:ExternalId": "us-east-1/111122223333/ci/runners/build"}`
		noTags      = `, "disableSessionTags": true`
		idle        = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}}`
	)
	const push = `[{"PolicyName": "p", "PolicyDocument": `
	root := func(condition string) string { return strings.Replace(rootTrust, "CONDITION", condition, 1) }
	within := func(document string) string {
		return strings.TrimSuffix(document, "}}") + `, "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}}`
	}
	for _, test := range []struct{ name, taking, trust, more, want, says string }{
		{"as it should be", taking, trusting, "", "", "and no one else can"},
		{"the account, but the role alone", taking, root(ours), "", "", "and no one else can"},
		{"the account, but the role alone, with the tags", taking, root(ours + ", " + tags), "", "", "and no one else can"},
		{"other tags", taking, root(ours + ", " + strings.Replace(tags, `"build"`, `"web"`, 1)), "", "KR040", `wants "web", the request has "build"`},
		{"the account", taking, root(`"Bool": {"aws:SecureTransport": "true"}`), "", "KR074", `also trusts "arn:aws:iam::111122223333:root"`},
		{"without tags, by the id", taking, root(ours + ", " + id), noTags, "KR126", "proved: 1 runner can push to 1 image repository"},
		{"without tags, by another id", taking, root(ours + ", " + strings.Replace(id, "/build", "/web", 1)), noTags, "KR040 KR126", `wants "us-east-1/111122223333/ci/runners/web", the request has "us-east-1/111122223333/ci/runners/build"`},
		{"with tags, by the id", taking, root(ours + ", " + id), "", "KR130", "it depends on sts:ExternalId"},
		{"the target trusts another", taking, strings.Replace(trusting, "runners/build", "runners/web", 1), "", "KR040 KR074", "its principal is another"},
		{"the role may not take it", idle, trusting, "", "KR040", "its own policies do not allow that"},
		{"on a condition that only a request meets", taking, within(trusting), "", "KR130", `whether role "arn:aws:iam::111122223333:role/runners/build" may take role "arn:aws:iam::444455556666:role/target" is not known`},
		{"the role may not take it, on a condition that only a request meets", idle, within(trusting), "", "KR040", "its own policies do not allow that"},
		{"the role may take it on a condition that only a request meets", within(taking), trusting, "", "KR130", "it depends on aws:SourceIp"},
		{"the role may take any", strings.Replace(taking, "444455556666:role/target", "*:role/*", 1), trusting, "", "KR077", "may do more than push: sts:AssumeRole, sts:TagSession"},
		{"without sts:TagSession", taking, strings.Replace(trusting, `["sts:AssumeRole", "sts:TagSession"]`, `"sts:AssumeRole"`, 1), "", "KR040", `want "sts:TagSession"`},
		{"without sts:TagSession and without tags", taking, strings.Replace(trusting, `["sts:AssumeRole", "sts:TagSession"]`, `"sts:AssumeRole"`, 1), noTags, "KR130 KR126", "is not documented"},
		{"the role is open to another", taking, trusting, "", "KR074", `also trusts "arn:aws:iam::111122223333:role/runners/build"`},
		{"a session policy", taking, trusting, noTags + `, "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ecr:*\", \"Resource\": \"*\"}}"`, "KR126", "proved: 1 runner can push to 1 image repository"},
		{"a session policy that is too narrow", taking, trusting, noTags + `, "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ecr:Get*\", \"Resource\": \"*\"}}"`, "KR050 KR126", "session policy does not allow"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "template.yaml", association, "")
			if test.more != "" {
				replace(t, files, "template.yaml", podCondition, "")
			}
			from := strings.Index(files["template.yaml"], "        - Effect: Allow\n          Action: ecr:GetAuthorizationToken")
			to := strings.Index(files["template.yaml"], "  Role:\n")
			files["template.yaml"] = files["template.yaml"][:from] + "TAKING" + files["template.yaml"][to:]
			replace(t, files, "template.yaml", "      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\nTAKING", "      PolicyDocument: "+test.taking+"\n")
			if test.name == "the role is open to another" {
				replace(t, files, "template.yaml", "{Service: pods.eks.amazonaws.com}", "{Service: pods.eks.amazonaws.com, AWS: 'arn:aws:iam::111122223333:role/admin'}")
			}
			files["association.json"] = strings.Replace(associating, "MORE", test.more, 1)
			files["account.json"] = `{"RoleDetailList": [{"Arn": "arn:aws:iam::444455556666:role/target", "RoleName": "target", "Path": "/", "AssumeRolePolicyDocument": ` + test.trust + `, "AttachedManagedPolicies": [], "RolePolicyList": ` + push + pushing + `}]}]}`
			files["repositories.json"] = `{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:444455556666:repository/my-app", "repositoryName": "my-app", "imageTagMutability": "IMMUTABLE"}]}`
			got, output := found(t, files)
			if got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}

// What an association goes on to may be taken, also where that role is not among the files. Whether an
// action can use EKS Pod Identity doesn't hang on the role either.
func TestTargetRoleThatIsNotAmongTheFiles(t *testing.T) {
	files := associated(t)
	replace(t, files, "template.yaml", "      ManagedPolicyArns: [!Ref Push]\n", "      Policies: [{PolicyName: own, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: [sts:AssumeRole, sts:TagSession], Resource: 'arn:aws:iam::444455556666:role/target'}}}]\n")
	replace(t, files, "template.yaml", "      RoleArn: !GetAtt Role.Arn\n", "      RoleArn: !GetAtt Role.Arn\n      TargetRoleArn: arn:aws:iam::444455556666:role/target\n")
	replace(t, files, "workflow.yaml", "aws-actions/amazon-ecr-login@v2", "aws-actions/amazon-ecr-login@0123456789abcdef0123456789abcdef01234567 # keyless: waive KR127 the commit is of v2.1.2")
	got, output := found(t, files)
	if want := "KR059 KR022 KR127"; got != want || !strings.Contains(output, `role "arn:aws:iam::444455556666:role/target" is not among the files`) {
		t.Errorf("got %q, want %q\n%s", got, want, output)
	}
}

// TestTargetRoleThatIsNotAllKnown judges an association that goes on to a role of its account,
// of whose trust policy a part depends on a parameter, or on another stack.
func TestTargetRoleThatIsNotAllKnown(t *testing.T) {
	const (
		role     = "arn:aws:iam::111122223333:role/runners/build"
		taking   = "        - {Effect: Allow, Action: [sts:AssumeRole, sts:TagSession], Resource: 'arn:aws:iam::111122223333:role/runners/target'}\n"
		denying  = "        - {Effect: Deny, Action: sts:AssumeRole, Resource: '*'}\n"
		trusting = "{Effect: Allow, Principal: {AWS: '" + role + "'}, Action: [sts:AssumeRole, sts:TagSession]}"
		root     = "{Effect: Allow, Principal: {AWS: '111122223333'}, Action: [sts:AssumeRole, sts:TagSession], Condition: {ArnEquals: {aws:PrincipalArn: '" + role + "'}}}"
		web      = "{Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/runners/web'}, Action: [sts:AssumeRole, sts:TagSession]}"
		unknown  = `whether role "` + role + `" may take role "arn:aws:iam::111122223333:role/runners/target" is not known`
	)
	inProduction := func(statement string) string {
		return "Fn::If: [Production, " + statement + ", !Ref AWS::NoValue]"
	}
	for _, test := range []struct{ name, permission, trust, want, says string }{
		{"all of it is known", taking, trusting, "", "and no one else can"},
		{"in some stacks", taking, inProduction(trusting), "KR130", unknown},
		{"in some stacks, and by its name alone", "", inProduction(trusting), "KR130", unknown},
		{"in some stacks, and denied", denying, inProduction(trusting), "KR040", "its own policies do not allow that"},
		{"in some stacks, as one of the account", "", inProduction(root), "KR130", unknown},
		{"another", taking, web, "KR040 KR074", "its principal is another"},
		{"of another stack", taking, strings.Replace(trusting, "'"+role+"'", "!ImportValue Role", 1), "KR130", unknown},
		{"of another stack, and by its name alone", "", strings.Replace(trusting, "'"+role+"'", "!ImportValue Role", 1), "KR130", unknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "template.yaml", "Resources:\n", "  Stage: {Type: String}\nConditions: {Production: !Equals [!Ref Stage, production]}\nResources:\n")
			replace(t, files, "template.yaml", "      ManagedPolicyArns: [!Ref Push]\n", "      Policies: [{PolicyName: own, PolicyDocument: {Version: 2012-10-17, Statement: OWN}}]\n")
			own := "[{Effect: Allow, Action: sts:GetCallerIdentity, Resource: '*'}" + strings.ReplaceAll(strings.TrimSuffix(test.permission, "\n"), "        - ", ", ") + "]"
			replace(t, files, "template.yaml", "OWN", own)
			replace(t, files, "template.yaml", "Outputs:", "  Target:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: target\n      Path: /runners/\n      ManagedPolicyArns: [!Ref Push]\n      AssumeRolePolicyDocument:\n        Version: 2012-10-17\n        Statement:\n        - "+test.trust+"\nOutputs:")
			replace(t, files, "template.yaml", "      RoleArn: !GetAtt Role.Arn\n", "      RoleArn: !GetAtt Role.Arn\n      TargetRoleArn: !GetAtt Target.Arn\n")
			got, output := found(t, files)
			if got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}

// found are the ids of the findings, each once in a row, and the text of the report.
func found(t *testing.T, files map[string]string) (ids, output string) {
	t.Helper()
	write(t, files)
	report, output := check(t, cloudformation.Settings{})
	var all []string
	for _, finding := range report.Findings {
		if len(all) == 0 || all[len(all)-1] != finding.Kind.ID {
			all = append(all, finding.Kind.ID)
		}
	}
	return strings.Join(all, " "), output
}

// TestFolderTellsWhichClusterItIs is one pool in two clusters of two accounts: each ServiceAccount
// has the association of the cluster after which its folder is named, and its jobs alone.
func TestFolderTellsWhichClusterItIs(t *testing.T) {
	const (
		toCI   = "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app: push-my-app as arn:aws:iam::111122223333:role/runners/build"
		toLive = "444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app: push-live as arn:aws:iam::444455556666:role/runners/build"
	)
	live := strings.NewReplacer("111122223333", "444455556666", "cluster/ci", "cluster/live", "ClusterName: ci", "ClusterName: live", "push-my-app", "push-live", "name: Push", "name: Live")
	for _, test := range []struct {
		name, ci, live, want string
		access               []string
	}{
		{"each in its cluster's folder", "manifests/ci", "manifests/live", "", []string{toCI, toLive}},
		{"further up", "clusters/ci/apps/runners", "clusters/live/apps/runners", "", []string{toCI, toLive}},
		{"crossed", "manifests/live", "manifests/ci", "", []string{
			"111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app: push-live as arn:aws:iam::111122223333:role/runners/build",
			"444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app: push-my-app as arn:aws:iam::444455556666:role/runners/build",
		}},
		{"folders of other names", "manifests/one", "manifests/two", "KR129", nil},
		{"a folder of both names", "live/ci", "ci/live", "KR129", nil},
		{"both below a folder of one name", "ci/one", "ci/two", "KR129", nil},
		{"part of a name", "manifests/ci-runners", "manifests/live-runners", "KR129", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			all := map[string]string{}
			for name, content := range files {
				folder := map[string][2]string{"runner.yaml": {test.ci, test.live}}[name]
				if folder == [2]string{} {
					folder = [2]string{"a", "b"}
				}
				all[folder[0]+"/"+name], all[folder[1]+"/"+name] = content, live.Replace(content)
			}
			write(t, all)
			found, output := check(t, cloudformation.Settings{})
			if test.access == nil {
				if !strings.Contains(output, test.want) || found.Proved() {
					t.Errorf("want %s\n%s", test.want, output)
				}
				return
			}
			var access []string
			for _, row := range found.Access {
				access = append(access, row.ImageRepository+": "+row.Jobs.Labels[1]+" as "+row.Role)
			}
			if diff := cmp.Diff(test.access, access); diff != "" || !found.Proved() || len(found.Findings) > 0 {
				t.Errorf("(-want +got)\n%s%s", diff, output)
			}
		})
	}
}

// TestAnnotationTellsWhichClusterItIs is as above, and EKS has one name for both clusters.
func TestAnnotationTellsWhichClusterItIs(t *testing.T) {
	live := strings.NewReplacer("111122223333", "444455556666", "push-my-app", "push-live", "name: Push", "name: Live")
	for annotation, wants := range map[string]string{
		"": "KR129",
		"keyless-runners/cluster: arn:aws:eks:us-east-1:111122223333:cluster/ci":    "and no one else can",
		"keyless-runners/cluster: arn:aws:eks:us-east-1:111122223333:cluster/other": "KR020",
		"keyless-runners/cluster: ci": "KR129",
	} {
		t.Run(annotation, func(t *testing.T) {
			files := associated(t)
			if annotation != "" {
				replace(t, files, "runner.yaml", "  name: build\n  namespace: runners\n---", "  name: build\n  namespace: runners\n  annotations:\n    "+annotation+"\n---")
			}
			all := map[string]string{}
			for name, content := range files {
				all["a/"+name], all["b/"+name] = content, live.Replace(content)
			}
			write(t, all)
			if _, output := check(t, cloudformation.Settings{}); !strings.Contains(output, wants) {
				t.Errorf("want %s\n%s", wants, output)
			}
		})
	}
}

// TestFolderOfAnotherCluster has the association of one cluster, and the ServiceAccount in the
// folder of another: nothing says that it has the role there.
func TestFolderOfAnotherCluster(t *testing.T) {
	const other = `{"cluster": {"name": "live", "arn": "arn:aws:eks:us-east-1:444455556666:cluster/live", "identity": {"oidc": {"issuer": "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"}}}}`
	for folder, proved := range map[string]bool{"manifests/ci": true, "manifests/live": false, "manifests/liver": true} {
		t.Run(folder, func(t *testing.T) {
			files := associated(t)
			files[folder+"/runner.yaml"] = files["runner.yaml"]
			delete(files, "runner.yaml")
			files["live.json"] = other
			files["ci.json"] = strings.NewReplacer("live", "ci", "444455556666", "111122223333").Replace(other)
			write(t, files)
			found, output := check(t, cloudformation.Settings{})
			if found.Proved() != proved || !proved && !strings.Contains(output, `whether ServiceAccount "runners/build" is in cluster "ci", where it has an association, is not known: its folder is named after cluster "live"`) {
				t.Errorf("%s: want proved %t\n%s", folder, proved, output)
			}
		})
	}
}

// TestFolderAboveTwoOfAName has one association, and the ServiceAccount twice below a folder of its
// cluster's name: a cluster has one, so the folder does not tell which.
func TestFolderAboveTwoOfAName(t *testing.T) {
	files := associated(t)
	files["ci/one/runner.yaml"], files["ci/two/runner.yaml"] = files["runner.yaml"], files["runner.yaml"]
	delete(files, "runner.yaml")
	write(t, files)
	if found, output := check(t, cloudformation.Settings{}); found.Proved() || !strings.Contains(output, "the files have it in 2 folders, and one cluster has an association") {
		t.Error(output)
	}
}

// No proxy reaches the agent of a Pod's node, so NO_PROXY has to have its address.
func TestProxiesBeforeTheAgent(t *testing.T) {
	const proxy = "{name: HTTP_PROXY, value: 'http://proxy:3128'}"
	for _, test := range []struct {
		name, variables string
		want            string
	}{
		{"for http", proxy, "KR128"},
		{"for https alone", "{name: HTTPS_PROXY, value: 'http://proxy:3128'}", ""},
		{"of nothing", "{name: HTTP_PROXY, value: ''}", ""},
		{"but for others", proxy + ", {name: no_proxy, value: '10.0.0.0/8,.svc'}", "KR128"},
		{"but for the agent", proxy + ", {name: NO_PROXY, value: '10.0.0.0/8, 169.254.170.23'}", ""},
		{"but for the agent of IPv6", proxy + ", {name: NO_PROXY, value: '[fd00:ec2::23]'}", ""},
		{"but for its network", proxy + ", {name: NO_PROXY, value: '169.254.0.0/16'}", ""},
		{"but for what a Secret says", proxy + ", {name: NO_PROXY, valueFrom: {secretKeyRef: {name: a, key: b}}}", "KR128"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "runner.yaml", "      env:\n", "      env: ["+test.variables+",\n")
			replace(t, files, "runner.yaml", "      - name: AWS_EC2_METADATA_DISABLED\n        value: \"true\"\n", "        {name: AWS_EC2_METADATA_DISABLED, value: \"true\"}]\n")
			if got, text := found(t, files); got != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
