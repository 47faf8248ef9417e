package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestBootstrapRolesAreNamedAsTheCDKDoes(t *testing.T) {
	wantText(t, string(identity.BootstrapDeploy.Name("hnb659fds", "111122223333", "us-east-1")), "cdk-hnb659fds-deploy-role-111122223333-us-east-1")
	wantText(t, string(identity.BootstrapFilePublishing.Name("fleet", "111122223333", "cn-north-1")), "cdk-fleet-file-publishing-role-111122223333-cn-north-1")
	wantText(t, identity.BootstrapDeploy.Pattern("aws", "111122223333"), "arn:aws:iam::111122223333:role/cdk-*-deploy-role-*-*")
}

func TestStackARNEndsInAnIDOfCloudFormation(t *testing.T) {
	wantText(t, identity.StackName("runners").ARNPattern("us-gov-west-1", "111122223333"), "arn:aws-us-gov:cloudformation:us-gov-west-1:111122223333:stack/runners/*")
}
