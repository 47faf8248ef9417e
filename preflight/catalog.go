package preflight

import "slices"

// kinds are all sorts of findings, in the order of the files below.
var kinds []Kind

// Kinds returns every kind of finding, sorted by id.
func Kinds() []Kind {
	return slices.Clone(kinds)
}

func kind(id string, severity Severity, title string) Kind {
	k := Kind{id, severity, title}
	kinds = append(kinds, k)
	return k
}

// The files as a whole.
var (
	noWorkload       = kind("KR001", Warning, "no runner among the files")
	notKnown         = kind("KR002", Warning, "the files do not tell")
	idleWaiver       = kind("KR003", Warning, "waiver without effect")
	definedTwice     = kind("KR004", Error, "one name, two definitions")
	invalidDocument  = kind("KR005", Error, "policy document that IAM refuses")
	unknownAction    = kind("KR006", Error, "unknown action")
	accountsDisagree = kind("KR007", Error, "template of two accounts")
	looseDocument    = kind("KR008", Note, "document taken for the role's")
)

// Pod → ServiceAccount.
var (
	noServiceAccount     = kind("KR010", Error, "ServiceAccount is not among the files")
	noNamespace          = kind("KR011", Error, "no namespace")
	defaultAccount       = kind("KR012", Error, "Pod has the default ServiceAccount")
	jobsElsewhere        = kind("KR013", Error, "jobs run in other Pods")
	runnerSet            = kind("KR014", Warning, "RunnerSet may get no token")
	sharedAccount        = kind("KR017", Warning, "another workload has the runners' ServiceAccount")
	badScope             = kind("KR018", Error, "runner of no scope or of several")
	unknownContainerMode = kind("KR015", Error, "unknown container mode")
	noRole               = kind("KR016", Note, "runner without a role")
	podRefused           = kind("KR019", Error, "Pod that the API server refuses")
)

// ServiceAccount → role ARN.
var (
	noRoleAnnotation  = kind("KR020", Error, "ServiceAccount names no role")
	badRoleARN        = kind("KR021", Error, "role ARN that EKS cannot read")
	roleNotThere      = kind("KR022", Warning, "role is not among the files")
	otherRole         = kind("KR023", Error, "role ARN is not quite the role's")
	badExpiration     = kind("KR024", Warning, "token expiration out of range")
	unknownAnnotation = kind("KR025", Warning, "annotation that EKS does not know")
)

// Token → provider.
var (
	noProvider       = kind("KR030", Warning, "provider is not among the files")
	badProviderURL   = kind("KR031", Error, "provider URL that IAM or STS cannot use")
	audienceRefused  = kind("KR032", Error, "provider does not take the audience")
	otherIssuer      = kind("KR033", Error, "cluster has another issuer")
	providerTwice    = kind("KR034", Error, "two providers for one issuer")
	badIssuer        = kind("KR035", Error, "issuer that EKS does not have")
	providerAssumed  = kind("KR036", Note, "provider is taken as there")
	foreignPrincipal = kind("KR037", Error, "provider of another account")
)

// Token → trust policy.
var (
	notTrusted = kind("KR040", Error, "trust policy does not let the ServiceAccount in")
	otherKey   = kind("KR041", Error, "condition key of another issuer")
)

// Role → image repository.
var (
	actionMissing     = kind("KR050", Error, "role may not push")
	cacheUnreadable   = kind("KR051", Note, "layers cannot be read back")
	loginOnRepository = kind("KR052", Error, "GetAuthorizationToken on a resource")
	pushesNowhere     = kind("KR053", Error, "role may push nowhere")
	noImageRepository = kind("KR054", Warning, "image repository is not among the files")
	repositoryAssumed = kind("KR055", Note, "image repository is taken as there")
	noLogin           = kind("KR056", Warning, "job does not log in")
	sharedRepository  = kind("KR057", Warning, "image repository lets others push")
	idleLogin         = kind("KR058", Note, "job logs in and pushes to no image repository")
	notLookedAt       = kind("KR059", Note, "who else can push is not all known")
)

// Workflow → runner, registry, image repository.
var (
	noRunner        = kind("KR060", Error, "no runner has the job's labels")
	ambiguousRunner = kind("KR061", Error, "runners with different roles have the job's labels")
	wrongRegistry   = kind("KR062", Error, "registry that the job is not logged in to")
	pushUnknown     = kind("KR063", Warning, "where the job pushes is not known")
	storedKey       = kind("KR064", Error, "stored AWS key")
	secretInFile    = kind("KR065", Error, "secret in a file")
	jobContainer    = kind("KR066", Warning, "steps run in a container without the role")
	otherRoleWanted = kind("KR067", Error, "job names another role")
	fixedTag        = kind("KR068", Warning, "fixed tag in an immutable image repository")
	badRunnerLabel  = kind("KR069", Error, "runner label that is read as another")
)

// Workflow → image.
var (
	repeatedTag = kind("KR140", Note, "tag that a later run may push again")
	earlyPull   = kind("KR141", Warning, "image that is pulled without a login")
	refusedName = kind("KR142", Error, "image name that Docker refuses")
	badAccount  = kind("KR143", Error, "login for what is no account")
	hostedKey   = kind("KR144", Warning, "stored AWS key on a runner that GitHub hosts")
	noBuilder   = kind("KR145", Warning, "builder in the cluster without the rights for it")
	selfAssumed = kind("KR146", Error, "role that does not trust itself")
)

// Who else.
var (
	otherSubjects   = kind("KR070", Error, "other ServiceAccounts can take the role")
	namedSubject    = kind("KR071", Warning, "role trusts a ServiceAccount that is not among the files")
	otherProviders  = kind("KR072", Warning, "role trusts several issuers")
	everybodyTakes  = kind("KR073", Error, "everybody can take the role")
	otherPrincipals = kind("KR074", Warning, "role trusts others than ServiceAccounts")
	anyAudience     = kind("KR075", Note, "trust policy does not look at the audience")
	allPowerful     = kind("KR076", Error, "role may do everything")
	moreThanPush    = kind("KR077", Warning, "role may do more than push")
	everyRepository = kind("KR078", Warning, "role may push to image repositories by pattern")
	openRepository  = kind("KR079", Error, "everybody can push to the image repository")
)

// The Pod's own traps.
var (
	tokenUnreadable = kind("KR080", Note, "token may be unreadable")
	wrongGroup      = kind("KR081", Note, "file system group is not the image's")
	tokenInSidecar  = kind("KR082", Note, "privileged sidecar gets the token")
	nodeRole        = kind("KR083", Note, "runner can fall back to the node's role")
	keyInPod        = kind("KR084", Error, "Pod has an AWS key of its own")
	roleOverridden  = kind("KR085", Error, "Pod overrides the role")
	tokenSkipped    = kind("KR086", Error, "runner is kept from the token")
	noRights        = kind("KR087", Error, "container mode without the rights it needs")
	sourceNotThere  = kind("KR088", Warning, "variables that are not among the files")
	profileInPod    = kind("KR089", Warning, "Pod sends AWS tools to a file")
)

// Sizes and names.
var (
	trustTooLong     = kind("KR090", Error, "trust policy is too long")
	policyTooLong    = kind("KR091", Error, "policy is too long")
	badName          = kind("KR092", Error, "name that AWS or Kubernetes refuses")
	templateTooLarge = kind("KR093", Error, "template is too large")
	tooManyPolicies  = kind("KR094", Warning, "too many managed policies on a role")
	unknownRegion    = kind("KR095", Error, "unknown region or account")
	templateNeedsS3  = kind("KR096", Note, "template has to go through S3")
)

// Job → Docker and login.
var (
	lateLogin        = kind("KR100", Error, "push before the login")
	otherPassword    = kind("KR101", Error, "login with the password of another region")
	loginOnCondition = kind("KR102", Warning, "login on a condition that the push has not")
	loginUnknown     = kind("KR103", Warning, "whether the job is logged in is not known")
	noRegion         = kind("KR104", Error, "login without a region")
	profileInJob     = kind("KR105", Warning, "job sends AWS tools to a file")
	noDocker         = kind("KR106", Error, "no Docker where the job runs")
	unreadAction     = kind("KR107", Note, "action or workflow that is not read")
	nameForKey       = kind("KR108", Error, "name that is taken for an AWS key")
	otherUser        = kind("KR109", Error, "login of another user")
)

// Job → Pod.
var (
	containerRequired = kind("KR110", Error, "job without a container where one is required")
	hooksMissing      = kind("KR111", Error, "hook template without the hooks")
)

// Files that have to be rendered.
var (
	unrenderedRunners = kind("KR150", Warning, "runners that are not rendered")
	notFilledIn       = kind("KR151", Warning, "values that are not filled in")
	chartPassedOver   = kind("KR152", Note, "chart that is passed over")
)

// ServiceAccount → EKS Pod Identity association.
var (
	agentAssumed       = kind("KR120", Note, "EKS Pod Identity agent is assumed to exist")
	noAgent            = kind("KR121", Error, "EKS Pod Identity where there is no agent")
	twoWays            = kind("KR122", Note, "association beside IRSA")
	associationRefused = kind("KR123", Error, "association that EKS refuses")
	oldAction          = kind("KR124", Error, "action that cannot use EKS Pod Identity")
	preferredRole      = kind("KR125", Warning, "login with the Pod's role in place of the configured one")
	otherAssociations  = kind("KR126", Note, "other associations can have the role")
	unknownVersion     = kind("KR127", Note, "action whose version is not known")
)
