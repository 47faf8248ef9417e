package workflows

import (
	"bytes"
	_ "embed"
	"slices"
	"text/template"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// The actions of the workflows that deploy and compare.
const (
	setUpGo              = "actions/setup-go@4a3601121dd01d1626a1e23e37211e3254c1c06c # v6.4.0"
	configureCredentials = "aws-actions/configure-aws-credentials@8df5847569e6427dd6c4fb1cf565c83acfa8afa7 # v6.0.0"
	uploadArtifact       = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1"
	downloadArtifact     = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1"
)

//go:embed deploy.yaml.tmpl
var deploySource string

//go:embed diff.yaml.tmpl
var diffSource string

var (
	deploy = parsed("deploy.yaml", deploySource)
	diff   = parsed("diff.yaml", diffSource)
)

// RenderDeploy is the workflow that deploys, and RenderDiff the one that shows in pull requests
// what deploying would change, of a checked fleet's deployment.
func RenderDeploy(d fleet.Deployment) ([]byte, error) {
	return renderDeployment(deploy, deploymentValues(d, d.DeployWorkflowPath(), d.DeployRole))
}

// RenderDiff is described with RenderDeploy.
func RenderDiff(d fleet.Deployment) ([]byte, error) {
	return renderDeployment(diff, deploymentValues(d, d.DiffWorkflowPath(), d.DiffRole))
}

func renderDeployment(workflow *template.Template, values deploymentWorkflow) ([]byte, error) {
	var text bytes.Buffer
	err := workflow.Execute(&text, values)
	return text.Bytes(), err
}

// deploymentWorkflow holds what the two templates leave open.
type deploymentWorkflow struct {
	Mark             string
	SourceRepository identity.SourceRepository
	Stack            identity.StackName
	// Stacks are in the order of their names.
	Stacks                                                                    []identity.StackName
	Region                                                                    identity.Region
	RoleARN, Environment, Branches                                            string
	Checkout, SetUpGo, ConfigureCredentials, UploadArtifact, DownloadArtifact string
}

func deploymentValues(d fleet.Deployment, path string, role identity.RoleName) deploymentWorkflow {
	return deploymentWorkflow{
		Mark:                 fleet.Mark(path),
		SourceRepository:     d.SourceRepository,
		Stack:                d.Stack,
		Stacks:               slices.Sorted(slices.Values(d.Stacks)),
		Region:               d.Region,
		RoleARN:              d.RoleARN(role).String(),
		Environment:          d.Environment,
		Branches:             patterns([]string{d.AllBranch()}),
		Checkout:             checkout,
		SetUpGo:              setUpGo,
		ConfigureCredentials: configureCredentials,
		UploadArtifact:       uploadArtifact,
		DownloadArtifact:     downloadArtifact,
	}
}
