package infra_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/report"
)

const (
	eksIssuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	toPushers = "1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app"
)

// What teams write with CDK's own eks.Cluster and addServiceAccount is judged as CDK renders
// it: nothing in order is an error, and what is known before deployment is proved.
func TestServiceAccountsOfCDK(t *testing.T) {
	made := func(stack awscdk.Stack, layer awslambda.ILayerVersion) awseks.ICluster {
		return awseks.NewCluster(stack, jsii.String("Cluster"), &awseks.ClusterProps{Version: awseks.KubernetesVersion_V1_31(), KubectlLayer: layer})
	}
	existing := func(stack awscdk.Stack, layer awslambda.ILayerVersion) awseks.ICluster {
		return awseks.Cluster_FromClusterAttributes(stack, jsii.String("Cluster"), &awseks.ClusterAttributes{
			ClusterName:    jsii.String("platform"),
			KubectlRoleArn: jsii.String("arn:aws:iam::111122223333:role/kubectl"),
			KubectlLayer:   layer,
			OpenIdConnectProvider: awsiam.NewOpenIdConnectProvider(stack, jsii.String("Provider"), &awsiam.OpenIdConnectProviderProps{
				Url: jsii.String("https://" + eksIssuer), ClientIds: jsii.Strings("sts.amazonaws.com"),
			}),
		})
	}
	there := cloudformation.Settings{Account: "111122223333", Region: "us-east-1"}
	for _, c := range []struct {
		name     string
		cluster  func(awscdk.Stack, awslambda.ILayerVersion) awseks.ICluster
		identity awseks.IdentityType
		role     string
		settings cloudformation.Settings
		want     string
	}{
		{"a cluster of the stack", made, awseks.IdentityType_IRSA, "", cloudformation.Settings{}, `
warning KR063: where job "push" pushes is not known: AWS::AccountId is not known from the files; give it with --account
warning KR132: whether role "ClusterbuildRole423F1CC9" may push is not known: AWS::AccountId is not known from the files; give it with --account
warning KR130: the trust policy is not known: Fn::GetAtt "Cluster9EE0221C.OpenIdConnectIssuerUrl" is known only at deployment
not proved: 3 warnings`},
		{"with its account", made, awseks.IdentityType_IRSA, "", there, `
warning KR130: the trust policy is not known: Fn::GetAtt "Cluster9EE0221C.OpenIdConnectIssuerUrl" is known only at deployment
not proved: 1 warning`},
		{"with a name for the role", made, awseks.IdentityType_IRSA, "build", there, `
warning KR130: the trust policy is not known: Fn::GetAtt "Cluster9EE0221C.OpenIdConnectIssuerUrl" is known only at deployment
not proved: 1 warning`},
		{"a cluster that exists", existing, awseks.IdentityType_IRSA, "build", there, `
proved: ` + toPushers + `; 1 other can push too`},
		{"a cluster that exists, without a name for the role", existing, awseks.IdentityType_IRSA, "", there, `
proved: ` + toPushers + `; 1 other can push too`},
		{"without its account", existing, awseks.IdentityType_IRSA, "build", cloudformation.Settings{}, `
warning KR063: where job "push" pushes is not known: AWS::AccountId is not known from the files; give it with --account
warning KR132: whether role "build" may push is not known: AWS::AccountId is not known from the files; give it with --account
warning KR130: the trust policy is not known: AWS::AccountId is not known from the files; give it with --account
not proved: 3 warnings`},
		{"EKS Pod Identity", existing, awseks.IdentityType_POD_IDENTITY, "", there, `
proved: ` + toPushers + `; at least 2 others can push too`},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(folder, "cdk.out"))})
			stack := awscdk.NewStack(app, jsii.String("Ci"), nil)
			cluster := c.cluster(stack, awslambda.LayerVersion_FromLayerVersionArn(stack, jsii.String("Kubectl"), jsii.String("arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1")))
			sa := cluster.AddServiceAccount(jsii.String("build"), &awseks.ServiceAccountOptions{Name: jsii.String("build"), Namespace: jsii.String("runners"), IdentityType: c.identity})
			if c.role != "" {
				sa.Role().Node().DefaultChild().(awsiam.CfnRole).SetRoleName(jsii.String(c.role))
			}
			awsecr.NewRepository(stack, jsii.String("App"), &awsecr.RepositoryProps{RepositoryName: jsii.String("my-app"), ImageTagMutability: awsecr.TagMutability_IMMUTABLE}).GrantPullPush(sa)
			app.Synth(nil)
			if diff := cmp.Diff(strings.TrimSpace(c.want), said(t, folder, c.settings)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// said is what the check says of the stack in the folder, with the runner and the workflow of
// the good chain: a line for each finding that is no note, and what the verdict says before its counts.
func said(t *testing.T, folder string, settings cloudformation.Settings) string {
	t.Helper()
	const good = "../preflight/testdata/good/"
	runner, err := os.ReadFile(good + "runner.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, alone, _ := strings.Cut(string(runner), "\n---\n") // without its ServiceAccount
	if err := os.WriteFile(filepath.Join(folder, "runner.yaml"), []byte(alone), 0o600); err != nil {
		t.Fatal(err)
	}
	paths := []string{filepath.Join(folder, "cdk.out", "Ci.template.json"), filepath.Join(folder, "runner.yaml"), good + "workflow.yaml"}
	facts, _, err := preflight.Read(preflight.Input{Paths: paths, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	found := preflight.Check(facts)
	var lines []string
	for _, finding := range found.Findings {
		if finding.Kind.Severity != preflight.Note {
			lines = append(lines, fmt.Sprintf("%s %s: %s", finding.Kind.Severity, finding.Kind.ID, finding.Problem))
		}
	}
	verdict, _, _ := strings.Cut(report.Verdict(found), " (")
	return strings.Join(append(lines, verdict), "\n")
}
