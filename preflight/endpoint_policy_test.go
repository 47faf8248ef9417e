package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Requests may go through a VPC endpoint, whose policy limits them then.
func TestEndpointPolicies(t *testing.T) {
	endpoint := func(properties string) []edit {
		return []edit{{"template.yaml", "Resources:\n", "Resources:\n  Endpoint:\n    Type: AWS::EC2::VPCEndpoint\n    Properties: {VpcId: vpc-1, VpcEndpointType: Interface, " + properties + "}\n"}}
	}
	const (
		api     = "ServiceName: com.amazonaws.us-east-1.ecr.api, PolicyDocument: {Version: 2012-10-17, Statement: "
		sts     = "ServiceName: com.amazonaws.us-east-1.sts, PolicyDocument: {Version: 2012-10-17, Statement: "
		every   = "{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}"
		states  = `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [{"address": "aws_vpc_endpoint.ecr", "mode": "managed", "type": "aws_vpc_endpoint", "name": "ecr", "values": {"service_name": "com.amazonaws.us-east-1.ecr.dkr", "policy": `
		refuses = `"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:BatchGetImage\",\"Resource\":\"*\"}]}"`
	)
	beside := func(id string) string {
		return `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [
			{"address": "aws_vpc_endpoint.e", "mode": "managed", "type": "aws_vpc_endpoint", "name": "e", "values": {"id": "vpce-1", "service_name": "com.amazonaws.us-east-1.ecr.api"}},
			{"address": "aws_vpc_endpoint.s", "mode": "managed", "type": "aws_vpc_endpoint", "name": "s", "values": {"id": "vpce-2", "service_name": "com.amazonaws.us-east-1.s3"}},
			{"address": "aws_vpc_endpoint_policy.ecr", "mode": "managed", "type": "aws_vpc_endpoint_policy", "name": "ecr", "values": {"vpc_endpoint_id": "` + id + `", "policy": ` + refuses + `}}]}}}`
	}
	for _, test := range []struct {
		name  string
		edits []edit
		more  map[string]string
		want  []string
		says  string
	}{
		{"without one", endpoint("ServiceName: com.amazonaws.us-east-1.ecr.api"), nil, []string{}, "no one else can"},
		{"that allows everything", endpoint(api + every + "}"), nil, []string{}, "no one else can"},
		{"that allows to pull", endpoint(api + "{Effect: Allow, Principal: '*', Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], Resource: '*'}}"), nil, []string{"KR132"},
			`the policy of VPC endpoint "Endpoint" does not allow it, and whether the request goes through it is not among the files`},
		{"of a resource", endpoint("ResourceConfigurationArn: arn:aws:vpc-lattice:us-east-1:111122223333:resourceconfiguration/r, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}}"), nil, []string{}, "no one else can"},
		{"of another region", endpoint("ServiceName: com.amazonaws.eu-west-1.ecr.api, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: '*', Action: 'ecr:BatchGetImage', Resource: '*'}}"), nil, []string{}, "no one else can"},
		{"of Docker's registry API that denies passwords", endpoint("ServiceName: com.amazonaws.us-east-1.ecr.dkr, PolicyDocument: {Version: 2012-10-17, Statement: [" + every + ", {Effect: Deny, Principal: '*', Action: 'ecr:GetAuthorizationToken', Resource: '*'}]}"), nil, []string{}, "no one else can"},
		{"of ECR's own API that denies passwords", endpoint(api + "[" + every + ", {Effect: Deny, Principal: '*', Action: 'ecr:GetAuthorizationToken', Resource: '*'}]}"), nil, []string{"KR132"}, `the policy of VPC endpoint "Endpoint" denies it`},
		{"that denies", endpoint(api + "[" + every + ", {Effect: Deny, Principal: '*', Action: 'ecr:PutImage', Resource: '*'}]}"), nil, []string{"KR132"}, `the policy of VPC endpoint "Endpoint" denies it`},
		{"that allows the role", endpoint(api + "{Effect: Allow, Principal: '*', Action: '*', Resource: '*', Condition: {ArnEquals: {'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/runners/build'}}}}"), nil, []string{}, "no one else can"},
		{"of another service", endpoint("ServiceName: com.amazonaws.us-east-1.s3, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}}"), nil, []string{}, "no one else can"},
		{"of STS that denies tokens", endpoint(sts + "[" + every + ", {Effect: Deny, Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*'}]}"), nil, []string{"KR130"},
			`the policy of VPC endpoint "Endpoint" denies it, and whether the request goes through it is not among the files`},
		{"of STS that allows no tokens", endpoint(sts + "{Effect: Allow, Principal: '*', Action: 'sts:AssumeRole', Resource: '*'}}"), nil, []string{"KR130"}, `the policy of VPC endpoint "Endpoint" does not allow it`},
		{"of STS that allows another role", endpoint(sts + "{Effect: Allow, Principal: '*', Action: 'sts:*', Resource: 'arn:aws:iam::111122223333:role/web'}}"), nil, []string{"KR130"}, `the policy of VPC endpoint "Endpoint" does not allow it`},
		{"of STS that allows the role", endpoint(sts + "{Effect: Allow, Principal: '*', Action: 'sts:*', Resource: 'arn:aws:iam::111122223333:role/runners/*'}}"), nil, []string{}, "no one else can"},
		{"of STS that denies pushes", endpoint(sts + "[" + every + ", {Effect: Deny, Principal: '*', Action: 'ecr:*', Resource: '*'}]}"), nil, []string{}, "no one else can"},
		{"of a service that is not known", endpoint("ServiceName: !ImportValue service, PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}}"), nil, []string{"KR130", "KR132"}, `the policy of VPC endpoint "Endpoint" does not allow it`},
		{"beside its endpoint in a state", nil, map[string]string{"zz.json": beside("vpce-1")}, []string{"KR132"}, `the policy of VPC endpoint "aws_vpc_endpoint_policy.ecr" does not allow it`},
		{"beside an endpoint of another service", nil, map[string]string{"zz.json": beside("vpce-2")}, []string{}, "no one else can"},
		{"beside an endpoint elsewhere", nil, map[string]string{"zz.json": beside("vpce-3")}, []string{"KR130", "KR132"}, `the policy of VPC endpoint "aws_vpc_endpoint_policy.ecr" does not allow it`},
		{"in a state", nil, map[string]string{"zz.json": states + refuses + "}}]}}}"}, []string{"KR132"}, `the policy of VPC endpoint "aws_vpc_endpoint.ecr" does not allow it`},
		{"in a state without one", nil, map[string]string{"zz.json": states + "null}}]}}}"}, []string{}, "no one else can"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, test.more)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
