package diff_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"

	"keyless-runners/diff"
)

// pool is a pool as a fleet renders it.
type pool struct {
	name, role, scope, label string
	pushes                   []string
}

// fleet describes the files of a test.
type fleet struct {
	cluster, region string
	repositories    []string
	pools           []pool
}

const (
	account = "111122223333"
	issuer  = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
)

// teams is a fleet of so many pools, each with a separate image repository.
func teams(n int) fleet {
	f := fleet{cluster: "example", region: "us-east-1"}
	for i := range n {
		f = f.with(team(i))
		f.repositories = append(f.repositories, f.pools[i].name)
	}
	return f
}

func team(i int) pool {
	name := fmt.Sprintf("team-%02d", i)
	return pool{name, "push-" + name, "repository: octo-org/" + name, name, []string{name}}
}

func (f fleet) with(p pool) fleet {
	f.pools = append(append([]pool(nil), f.pools...), p)
	return f
}

// change is the fleet with one pool changed.
func (f fleet) change(i int, change func(*pool)) fleet {
	f.pools = append([]pool(nil), f.pools...)
	change(&f.pools[i])
	return f
}

// write renders the fleet below a folder, as keyless synth does.
func (f fleet) write(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{"infra/runners.template.json": f.template()}
	for _, p := range f.pools {
		files["manifests/"+f.cluster+"/"+p.name+".k8s.yaml"] = f.manifest(p)
		files["workflows/push-"+p.name+".yaml"] = f.workflow(p)
	}
	for name, text := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func (f fleet) template() string {
	resources := []string{fmt.Sprintf(`"Cluster%sProvider": {"Type": "AWS::IAM::OIDCProvider", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": {
  "Url": "https://%s", "ClientIdList": ["sts.amazonaws.com"]}}`, f.cluster, issuer)}
	var outputs []string
	for _, name := range f.repositories {
		id := strings.ReplaceAll(name, "-", "")
		resources = append(resources, fmt.Sprintf(`"Repository%s": {"Type": "AWS::ECR::Repository", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": {
  "RepositoryName": %q, "ImageTagMutability": "IMMUTABLE"}}`, id, name))
		outputs = append(outputs, fmt.Sprintf(`"Uri%s": {"Value": "%s.dkr.ecr.%s.amazonaws.com/%s"}`, id, account, f.region, name))
	}
	for _, p := range f.pools {
		var arns []string
		for _, name := range p.pushes {
			arns = append(arns, fmt.Sprintf(`"arn:aws:ecr:%s:%s:repository/%s"`, f.region, account, name))
		}
		id := strings.ReplaceAll(p.name, "-", "")
		resources = append(resources, fmt.Sprintf(`"Pool%sPolicy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {
  "ManagedPolicyName": "%s-policy", "Description": "What the runners of pool %s may do", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
    {"Effect": "Allow", "Action": ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability", "ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"],
     "Resource": [%s]}]}}}`, id, p.role, p.name, strings.Join(arns, ", ")),
			fmt.Sprintf(`"Pool%sRole": {"Type": "AWS::IAM::Role", "Properties": {
  "RoleName": %q, "Path": "/", "ManagedPolicyArns": [{"Ref": "Pool%[1]sPolicy"}], "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "arn:aws:iam::%[3]s:oidc-provider/%[4]s"},
    "Condition": {"StringEquals": {"%[4]s:sub": "system:serviceaccount:runners:%[5]s", "%[4]s:aud": "sts.amazonaws.com"}}}]}}}`, id, p.role, account, issuer, p.name))
	}
	return fmt.Sprintf("{\"Resources\": {\n%s\n}, \"Outputs\": {%s}}\n", strings.Join(resources, ",\n"), strings.Join(outputs, ",\n"))
}

func (f fleet) manifest(p pool) string {
	return fmt.Sprintf(`apiVersion: v1
kind: ServiceAccount
metadata:
  name: %[1]s
  namespace: runners
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::%[2]s:role/%[3]s
---
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata:
  name: %[1]s
  namespace: runners
  labels:
    app.kubernetes.io/instance: %[1]s
spec:
  template:
    metadata:
      annotations:
        eks.amazonaws.com/skip-containers: docker
    spec:
      ephemeral: true
      image: summerwind/actions-runner:v2.337.0-ubuntu-22.04
      labels:
        - %[4]s
      %[5]s
      securityContext:
        fsGroup: 1001
      serviceAccountName: %[1]s
`, p.name, account, p.role, p.label, p.scope)
}

func (f fleet) workflow(p pool) string {
	return fmt.Sprintf(`name: Push %[1]s
on: push
jobs:
  push:
    runs-on: [self-hosted, %[2]s]
    env:
      ROLE: arn:aws:iam::%[3]s:role/%[4]s
    steps:
      - run: echo "$ROLE"
`, p.name, p.label, account, p.role)
}

// read is a state, in which the region follows from the templates or not.
func read(t *testing.T, f fleet) diff.State {
	t.Helper()
	state, err := diff.Read(diff.Input{Label: "dist", Path: f.write(t), Settings: cloudformation.Settings{}})
	if err != nil {
		t.Fatal(err)
	}
	return state
}
