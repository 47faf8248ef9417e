package diagnose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
)

const (
	roleToRepository = `role "gha-pusher" may not ecr:PutImage on image repository "team/app"`
	roleValues       = "role=gha-pusher; session=botocore-session-1700000000; account=111122223333; action=ecr:PutImage; " +
		"resource=arn:aws:ecr:us-east-1:111122223333:repository/team/app; image repository=team/app; registry=111122223333; region=us-east-1"
)

// denialSample is a denial and what it means.
type denialSample struct {
	name, text string
	title      string
	link       diagnose.Link
	// values are "name=text" in their order, joined by "; ".
	values string
}

var denialSamples = []denialSample{
	{"a missing action", noAction, roleToRepository, diagnose.RoleToRepository, roleValues},
	{"before services gave reasons", `denied: User: arn:aws:sts::111122223333:assumed-role/gha-pusher/botocore-session-1700000000 is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app` + "\nError: Process completed with exit code 1.", roleToRepository, diagnose.RoleToRepository, roleValues},
	{
		"login", `Error: User: arn:aws:sts::111122223333:assumed-role/gha-pusher/aws-sdk-js-1700000000000 is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action`,
		`role "gha-pusher" may not ecr:GetAuthorizationToken`, diagnose.RoleToRepository,
		"role=gha-pusher; session=aws-sdk-js-1700000000000; account=111122223333; action=ecr:GetAuthorizationToken; resource=*",
	},
	{
		"across accounts", `denied: User: arn:aws:sts::111122223333:assumed-role/gha-pusher/GitHubActions is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-west-2:444455556666:repository/runner-test because no resource-based policy allows the ecr:InitiateLayerUpload action`,
		`role "gha-pusher" may not ecr:InitiateLayerUpload on image repository "runner-test"`, diagnose.RoleToRepository,
		"role=gha-pusher; session=GitHubActions; account=111122223333; action=ecr:InitiateLayerUpload; resource=arn:aws:ecr:us-west-2:444455556666:repository/runner-test; image repository=runner-test; registry=444455556666; region=us-west-2",
	},
	{
		"China", `AccessDeniedException: User: arn:aws-cn:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: ecr:BatchGetImage on resource: arn:aws-cn:ecr:cn-north-1:111122223333:repository/app with an explicit deny in a service control policy`,
		`role "gha-pusher" may not ecr:BatchGetImage on image repository "app"`, diagnose.RoleToRepository,
		"role=gha-pusher; session=s; account=111122223333; action=ecr:BatchGetImage; resource=arn:aws-cn:ecr:cn-north-1:111122223333:repository/app; image repository=app; registry=111122223333; region=cn-north-1",
	},
	{
		"what GitHub hid", `denied: User: arn:aws:sts::***:assumed-role/gha-pusher/s is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:***:***:repository/app because no identity-based policy allows the ecr:PutImage action`,
		`role "gha-pusher" may not ecr:PutImage on image repository "app"`, diagnose.RoleToRepository,
		"role=gha-pusher; session=s; action=ecr:PutImage; resource=arn:aws:ecr:***:***:repository/app; image repository=app",
	},
	{
		"in JSON", `{"message":"User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app","code":"AccessDeniedException"}`,
		`role "gha-pusher" may not ecr:PutImage on image repository "app"`, diagnose.RoleToRepository,
		"role=gha-pusher; session=s; account=111122223333; action=ecr:PutImage; resource=arn:aws:ecr:us-east-1:111122223333:repository/app; image repository=app; registry=111122223333; region=us-east-1",
	},
	{
		"in XML", `<Message>User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app</Message>`,
		`role "gha-pusher" may not ecr:PutImage on image repository "app"`, diagnose.RoleToRepository,
		"role=gha-pusher; session=s; account=111122223333; action=ecr:PutImage; resource=arn:aws:ecr:us-east-1:111122223333:repository/app; image repository=app; registry=111122223333; region=us-east-1",
	},
	{
		"the node's role by eksctl", `denied: User: arn:aws:sts::111122223333:assumed-role/eksctl-prod-nodegroup-ng-1-NodeInstanceRole-1UU8XUZSIV6RZ/i-0e5afb93460d609d2 is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-east-1:111122223333:repository/app because no identity-based policy allows the ecr:InitiateLayerUpload action`,
		`the node's role "eksctl-prod-nodegroup-ng-1-NodeInstanceRole-1UU8XUZSIV6RZ" was used, not the Pod's own`, diagnose.TokenToPod,
		"role=eksctl-prod-nodegroup-ng-1-NodeInstanceRole-1UU8XUZSIV6RZ; session=i-0e5afb93460d609d2; account=111122223333; action=ecr:InitiateLayerUpload; resource=arn:aws:ecr:us-east-1:111122223333:repository/app; image repository=app; registry=111122223333; region=us-east-1",
	},
	{
		"an instance's role of any name", `User: arn:aws:sts::111122223333:assumed-role/prod/i-0e5afb93460d609d2 is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/gha-pusher`,
		`the node's role "prod" was used, not the Pod's own`, diagnose.TokenToPod,
		"role=prod; session=i-0e5afb93460d609d2; account=111122223333; action=sts:AssumeRole; resource=arn:aws:iam::111122223333:role/gha-pusher",
	},
	{
		"the node's role by its name", `User: arn:aws:sts::111122223333:assumed-role/KarpenterNodeRole-prod/s is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::b/k`,
		`the node's role "KarpenterNodeRole-prod" was used, not the Pod's own`, diagnose.TokenToPod,
		"role=KarpenterNodeRole-prod; session=s; account=111122223333; action=s3:PutObject; resource=arn:aws:s3:::b/k",
	},
	{
		"a role for Node.js", `User: arn:aws:sts::111122223333:assumed-role/node-app-pusher/i-am-no-instance is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app`,
		`role "node-app-pusher" may not ecr:PutImage on image repository "app"`, diagnose.RoleToRepository,
		"role=node-app-pusher; session=i-am-no-instance; account=111122223333; action=ecr:PutImage; resource=arn:aws:ecr:us-east-1:111122223333:repository/app; image repository=app; registry=111122223333; region=us-east-1",
	},
	{
		"a session that only begins like an instance", `User: arn:aws:sts::111122223333:assumed-role/gha-pusher/i-0e5afb93460d609d2.push is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::b/k.`,
		`role "gha-pusher" may not s3:PutObject`, diagnose.RoleToService,
		"role=gha-pusher; session=i-0e5afb93460d609d2.push; account=111122223333; action=s3:PutObject; resource=arn:aws:s3:::b/k",
	},
	{
		"a stored key", `denied: User: arn:aws-us-gov:iam::111122223333:user/service_account/ci is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/app because no identity-based policy allows the ecr:InitiateLayerUpload action`,
		`a stored key of user "ci" was used, not the Pod's role`, diagnose.JobToSettings,
		"user=ci; account=111122223333; action=ecr:InitiateLayerUpload; resource=arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/app; image repository=app; registry=111122223333; region=us-gov-west-1",
	},
	{
		"a stored key of root", `denied: User: arn:aws:iam::111122223333:root is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:us-west-2:444455556666:repository/app`,
		`a stored key of user "root" was used, not the Pod's role`, diagnose.JobToSettings,
		"user=root; account=111122223333; action=ecr:InitiateLayerUpload; resource=arn:aws:ecr:us-west-2:444455556666:repository/app; image repository=app; registry=444455556666; region=us-west-2",
	},
	{
		"a login to ECR Public", `User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: sts:GetServiceBearerToken on resource: * because no identity-based policy allows the sts:GetServiceBearerToken action`,
		`role "gha-pusher" may not sts:GetServiceBearerToken`, diagnose.RoleToService,
		"role=gha-pusher; session=s; account=111122223333; action=sts:GetServiceBearerToken; resource=*",
	},
	{
		"a second role", `User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: sts:TagSession on resource: arn:aws:iam::111122223333:role/deploy`,
		`role "gha-pusher" may not sts:TagSession on the role that the job asks for`, diagnose.JobToSettings,
		"role=gha-pusher; session=s; account=111122223333; action=sts:TagSession; resource=arn:aws:iam::111122223333:role/deploy",
	},
	{
		"a deployment", `AccessDenied: User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/gha-pusher because no identity-based policy allows the iam:CreateRole action`,
		`user "ann" may not iam:CreateRole`, diagnose.Deployment,
		"user=ann; account=111122223333; action=iam:CreateRole; resource=arn:aws:iam::111122223333:role/gha-pusher",
	},
	{
		"another service", `User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: codecommit:ListRepositories because no VPC endpoint policy allows the codecommit:ListRepositories action`,
		`role "gha-pusher" may not codecommit:ListRepositories`, diagnose.RoleToService,
		"role=gha-pusher; session=s; account=111122223333; action=codecommit:ListRepositories",
	},
	{
		"no part of a push", `User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: ecr:CreateRepository on resource: arn:aws:ecr:us-east-1:111122223333:repository/app because no identity-based policy allows the ecr:CreateRepository action`,
		`role "gha-pusher" may not ecr:CreateRepository on image repository "app"`, diagnose.RoleToRepository,
		"role=gha-pusher; session=s; account=111122223333; action=ecr:CreateRepository; resource=arn:aws:ecr:us-east-1:111122223333:repository/app; image repository=app; registry=111122223333; region=us-east-1",
	},
}

func TestExplainSaysWhatADenialMeans(t *testing.T) {
	for _, s := range denialSamples {
		t.Run(s.name, func(t *testing.T) {
			found := diagnose.Explain(s.text)
			if len(found) != 1 {
				t.Fatalf("got %d diagnoses %q, want one", len(found), titles(found))
			}
			got := denialSample{title: found[0].Title, link: found[0].Link, values: values(found[0])}
			want := denialSample{title: s.title, link: s.link, values: s.values}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(denialSample{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			wantWhole(t, found[0])
		})
	}
}

func TestADenialsFirstCauseIsInThePolicyThatDecided(t *testing.T) {
	const request = `User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app `
	for _, c := range []struct {
		reason  string
		subject diagnose.Subject
		what    string
	}{
		{"because no identity-based policy allows the ecr:PutImage action", diagnose.Policy, "the policy does not list ecr:PutImage, or does so for other resources: another name, region or account"},
		{"because no resource-based policy allows the ecr:PutImage action", diagnose.ImageRepositoryPolicy, "the image repository is of another account, and its own policy does not allow ecr:PutImage to account 111122223333"},
		{"because no permissions boundary allows the ecr:PutImage action", diagnose.Boundary, "the policy does not list ecr:PutImage, or does so for other resources: another name, region or account"},
		{"because no session policy allows the ecr:PutImage action", diagnose.Workflow, "the policy does not list ecr:PutImage, or does so for other resources: another name, region or account"},
		{"because no VPC endpoint policy allows the ecr:PutImage action", diagnose.Network, "the policy does not list ecr:PutImage, or does so for other resources: another name, region or account"},
		{"because no service control policy allows the ecr:PutImage action", diagnose.Account, "the policy does not list ecr:PutImage, or does so for other resources: another name, region or account"},
		{"with an explicit deny", diagnose.Policy, "a statement with Effect Deny matches ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/app"},
		{"with an explicit deny in an identity-based policy", diagnose.Policy, "a statement with Effect Deny matches ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/app"},
		{"with an explicit deny in a resource-based policy", diagnose.ImageRepositoryPolicy, "a statement with Effect Deny matches ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/app"},
		{"with an explicit deny in a service control policy", diagnose.Account, "a statement with Effect Deny matches ecr:PutImage on arn:aws:ecr:us-east-1:111122223333:repository/app"},
		{"", diagnose.Policy, "the policy does not list ecr:PutImage, or does so for other resources: another name, region or account"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			cause := diagnose.Explain(request + c.reason)[0].Causes[0]
			if cause.Subject != c.subject || cause.What != c.what {
				t.Errorf("got %s: %s\nwant %s: %s", cause.Subject, cause.What, c.subject, c.what)
			}
		})
	}
}

func TestADenialsCausesFollowFromItsValues(t *testing.T) {
	const request = `User: arn:aws:sts::111122223333:assumed-role/r/SESSION is not authorized to perform: ecr:ACTION on resource: arn:aws:ecr:us-east-1:ACCOUNT:repository/app because no identity-based policy allows the ecr:ACTION action`
	for _, c := range []struct{ name, session, action, account, want string }{
		{"login alone", "s", "GetAuthorizationToken", "111122223333", `the policy does not allow ecr:GetAuthorizationToken, or allows it on an image repository's ARN`},
		{"session of configure-aws-credentials", "GitHubActions", "PutImage", "111122223333", "configure-aws-credentials took this role: GitHubActions is how it names its sessions"},
		{"another registry", "s", "PutImage", "444455556666", "the registry is that of account 444455556666, the role's account is 111122223333"},
		{"more than a push", "s", "DeleteRepository", "111122223333", "a step does more than push images, for which the role is made"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.NewReplacer("SESSION", c.session, "ACTION", c.action, "ACCOUNT", c.account).Replace(request)
			plain := strings.NewReplacer("SESSION", "s", "ACTION", "PutImage", "ACCOUNT", "111122223333").Replace(request)
			if !hasCause(diagnose.Explain(text)[0], c.want) {
				t.Errorf("got %+v, want %q among them", diagnose.Explain(text)[0].Causes, c.want)
			}
			if hasCause(diagnose.Explain(plain)[0], c.want) {
				t.Errorf("plain: got %q, want none", c.want)
			}
		})
	}
}

func hasCause(d diagnose.Diagnosis, what string) bool {
	for _, cause := range d.Causes {
		if cause.What == what {
			return true
		}
	}
	return false
}

func TestADenialSaysWhichRoleWasReallyUsed(t *testing.T) {
	const want = `The job ran as role "gha-pusher" of account 111122223333. ecr:PutImage writes manifest and tag, the end of a push; no identity-based policy allows it.`
	if got := diagnose.Explain(noAction)[0].Meaning; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
