package diagnose_test

import "keyless-runners/diagnose"

const oidc = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"

var stsSamples = []sample{
	{"trust, Python", noTrust, "the role's trust policy refuses the token", diagnose.TokenToTrust, ""},
	{"trust, Go v1", "WebIdentityErr: failed to retrieve credentials\ncaused by: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity\n\tstatus code: 403, request id: 5c3f9ce5", "the role's trust policy refuses the token", diagnose.TokenToTrust, ""},
	{"trust, Go v2", "failed to refresh cached credentials, failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: 4a8524d5, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity", "the role's trust policy refuses the token", diagnose.TokenToTrust, ""},
	{"trust, with a principal", "User: arn:aws:sts::111122223333:assumed-role/gha-pusher/s is not authorized to perform: sts:AssumeRoleWithWebIdentity on resource: arn:aws:iam::111122223333:role/gha-pusher", "the role's trust policy refuses the token", diagnose.TokenToTrust, ""},
	{"trust, GitHub's token", "Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity", "the job showed AWS GitHub's token, not the Pod's", diagnose.JobToSettings, ""},
	{"audience", "An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: Incorrect token audience", "the provider does not take the token's audience", diagnose.TokenToProvider, ""},
	{"no audience", `Aws::STS::Errors::InvalidIdentityToken "Missing a required claim: aud"`, "the token has no audience", diagnose.TokenToPod, ""},
	{"provider", "InvalidIdentityToken: No OpenIDConnect provider found in your account for " + oidc + "\n\tstatus code: 400, request id: 3714365f", "the role's account has no provider for the cluster's issuer", diagnose.TokenToProvider, "issuer=" + oidc + "; region=us-east-1"},
	{"no JWT", "api error InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)", "what the job shows STS is no token of a cluster", diagnose.TokenToPod, ""},
	{"provider, not of EKS", "No OpenIDConnect provider found in your account for https://example.com/op", "the role's account has no provider for the cluster's issuer", diagnose.TokenToProvider, "issuer=https://example.com/op"},
	{"provider, unnamed", "InvalidIdentityToken: No OpenIDConnect provider found in your account", "the role's account has no provider for the cluster's issuer", diagnose.TokenToProvider, ""},
	{"provider, GitHub's", "Error: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com", "the job showed AWS GitHub's token, not the Pod's", diagnose.JobToSettings, "issuer=https://token.actions.githubusercontent.com"},
	{"keys", "An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements", "STS could not fetch the issuer's keys", diagnose.TokenToProvider, ""},
	{"keys, from a page", "Couldn’t retrieve verification key from your identity provider", "STS could not fetch the issuer's keys", diagnose.TokenToProvider, ""},
	{"thumbprint", "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint", "the provider's thumbprint is not that of the issuer's certificate", diagnose.TokenToProvider, ""},
	{"expired, Python", "An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: Token expired: current date/time 1626271164 must be before the expiration date/time1626191469", "the token is expired", diagnose.TokenToProvider, ""},
	{"expired, XML", "<Code>ExpiredTokenException</Code>\n    <Message>Token too old: 441398</Message>", "the token is expired", diagnose.TokenToProvider, ""},
	{"issuer out of reach", "IDPCommunicationError: the identity provider could not be reached", "STS and the issuer did not come together", diagnose.TokenToProvider, "error=IDPCommunicationError"},
	{"SAML", "com.amazonaws.services.securitytoken.model.AWSSecurityTokenServiceException: Specified provider doesn't exist", "STS was asked with a provider that does not exist", diagnose.TokenToProvider, ""},
	{"ARN", "An error occurred (ValidationError) when calling the AssumeRoleWithWebIdentity\noperation: Request ARN is invalid", "what the Pod was given as its role is no ARN of a role", diagnose.ServiceAccountToRole, ""},
	{"ARN, too short", "api error ValidationError: 1 validation error detected: Value 'gha-pusher' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20", "what the Pod was given as its role is no ARN of a role", diagnose.ServiceAccountToRole, "role ARN=gha-pusher"},
	{"duration", "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", "the job asks for a longer session than the role allows", diagnose.JobToSettings, ""},
	{"root", "An error occurred (AccessDenied) when calling the AssumeRole operation: Roles may not be assumed by root accounts.", "the job holds a key of the account's root user", diagnose.JobToSettings, ""},
	{"region switched off", "RegionDisabledException: STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.", "STS is not activated in the region for the account", diagnose.TokenToProvider, "account=111122223333"},
	{"throttled, Python", "An error occurred (Throttling) when calling the AssumeRoleWithWebIdentity operation (reached max retries: 4): Rate exceeded", "STS throttles the requests for the role", diagnose.TokenToProvider, ""},
	{"throttled, Go v2", "operation error STS: AssumeRoleWithWebIdentity, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: 15810d8a-d7cf, api error Throttling: Rate exceeded", "STS throttles the requests for the role", diagnose.TokenToProvider, ""},
	{"out of reach, Python", `botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://sts.us-west-2.amazonaws.com/"`, "STS is out of the Pod's reach", diagnose.TokenToProvider, "endpoint=sts.us-west-2.amazonaws.com; region=us-west-2"},
	{"out of reach, Go", `Post "https://sts.amazonaws.com/": dial tcp: i/o timeout`, "STS is out of the Pod's reach", diagnose.TokenToProvider, "endpoint=sts.amazonaws.com"},
	{"out of reach, no such region", `Post "https://sts.us-esat-1.amazonaws.com/": dial tcp: lookup sts.us-esat-1.amazonaws.com on 172.20.0.10:53: no such host`, "STS is out of the Pod's reach", diagnose.TokenToProvider, "endpoint=sts.us-esat-1.amazonaws.com; region=us-esat-1"},
}
