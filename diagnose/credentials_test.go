package diagnose_test

import "keyless-runners/diagnose"

var credentialSamples = []sample{
	{"token unreadable, Python", noReadToken, "the job may not read the token", diagnose.TokenToPod, ""},
	{"token unreadable, Go", "WebIdentityErr: failed fetching WebIdentity token: \ncaused by: WebIdentityErr: unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token\ncaused by: open /var/run/secrets/eks.amazonaws.com/serviceaccount/token: permission denied", "the job may not read the token", diagnose.TokenToPod, ""},
	{"token unreadable, Node.js", "Error: EACCES: permission denied, open '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'", "the job may not read the token", diagnose.TokenToPod, ""},
	{"token unreadable, .NET", "Access to the path '/var/run/secrets/eks.amazonaws.com/serviceaccount/token' is denied.", "the job may not read the token", diagnose.TokenToPod, ""},
	{"token missing, Go", "WebIdentityErr: failed fetching WebIdentity token: \ncaused by: open /var/run/secrets/eks.amazonaws.com/serviceaccount/token: no such file or directory", "the token is not where the job looks for it", diagnose.TokenToPod, ""},
	{"token missing, Node.js", "ENOENT: no such file or directory, open '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'", "the token is not where the job looks for it", diagnose.TokenToPod, ""},
	{"token missing, Python", "FileNotFoundError: [Errno 2] No such file or directory: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'", "the token is not where the job looks for it", diagnose.TokenToPod, ""},
	{"token missing, ls", "ls: cannot access '/var/run/secrets/eks.amazonaws.com/serviceaccount/token': No such file or directory", "the token is not where the job looks for it", diagnose.TokenToPod, ""},
	{"no role", "getting new session info:  WebIdentityErr: role ARN is not set", "the Pod has a token, but no role", diagnose.ServiceAccountToRole, ""},
	{"no role, Go v2", "operation error ECR: GetAuthorizationToken, get identity: get credentials: role ARN is not set", "the Pod has a token, but no role", diagnose.ServiceAccountToRole, ""},
	{"region, Go v2", "operation error ECR: GetAuthorizationToken, get identity: get credentials: failed to refresh cached credentials, failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, failed to resolve service endpoint, endpoint rule error, Invalid Configuration: Missing Region", "nobody told the job its region", diagnose.JobToSettings, ""},
	{"region, configure-aws-credentials", "##[error]Input required and not supplied: aws-region", "nobody told the job its region", diagnose.JobToSettings, ""},
	{"region, amazon-ecr-login", "Error: Region is missing", "nobody told the job its region", diagnose.JobToSettings, ""},
	{"region, invalid", "Error: Region is not valid: ${{env.REGION}}", "nobody told the job its region", diagnose.JobToSettings, "region=${{env.REGION}}"},
	{"region, CLI", `You must specify a region. You can also configure your region by running "aws configure".`, "nobody told the job its region", diagnose.JobToSettings, ""},
	{"profile", "The config profile (deploy) could not be found", "the job asks for an AWS profile that the runner does not have", diagnose.JobToSettings, "profile=deploy"},
	{"key unknown", "An error occurred (UnrecognizedClientException) when calling the GetAuthorizationToken operation: The security token included in the request is invalid.", "AWS does not know the key that the job uses", diagnose.JobToSettings, ""},
	{"session expired", "An error occurred (ExpiredTokenException) when calling the GetAuthorizationToken operation: The security token included in the request is expired", "the job outlived its AWS session", diagnose.JobToSettings, ""},
	{"no credentials, CLI", `Unable to locate credentials. You can configure credentials by running "aws configure".`, "the job found no AWS credentials", diagnose.TokenToPod, ""},
	{"no credentials, GitHub's action", "Error: Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers", "the job found no AWS credentials", diagnose.TokenToPod, ""},
	{"no credentials, Go v1", "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors", "the job found no AWS credentials", diagnose.TokenToPod, ""},
	{"no credentials, Go v2", `failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, access disabled to EC2 IMDS via client option, or "AWS_EC2_METADATA_DISABLED" environment variable`, "the job found no AWS credentials", diagnose.TokenToPod, ""},
}
