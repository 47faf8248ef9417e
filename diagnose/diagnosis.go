package diagnose

// Diagnosis is one failure that a text shows.
type Diagnosis struct {
	// Name is the name of its section in docs/failures.md.
	Name string
	// Title is a short phrase.
	Title string
	// Link is the link of the chain that broke.
	Link Link
	// Meaning explains the text in one or two sentences.
	Meaning string
	// Causes are possible causes, the most likely first. There is at least one.
	Causes []Cause
	// Values are names that the text contains, the most helpful first.
	Values []Value
	// Rules are the ids of keyless check's findings that show this failure before a job, such
	// as "KR040"; none if files can't show it.
	Rules []string
	// Source is the document or issue that describes the failure.
	Source string
}

// Cause is a possible cause of a failure.
type Cause struct {
	// Subject is the part of the declared files, or around them, that has the fault.
	Subject Subject
	// What states the fault, Look the place that shows it and Fix the remedy, each in one line.
	What, Look, Fix string
}

// Value is a name that a text contains.
type Value struct {
	// Name is its kind, such as "role" or "image repository".
	Name string
	Text string
}

// Value returns the text of the value with the name, "" if there is none.
func (d Diagnosis) Value(name string) string {
	for _, value := range d.Values {
		if value.Name == name {
			return value.Text
		}
	}
	return ""
}

// Link is a link of the chain from the deployment to the registry.
type Link string

// The links in the order of the chain: every link after a broken one fails too.
const (
	// Deployment makes everything in AWS and in the cluster that a job needs.
	Deployment  Link = "deployment"
	JobToRunner Link = "job → runner"
	// JobToSettings gives AWS tools the job's own settings: region, profile, keys, another
	// role.
	JobToSettings        Link = "job → AWS settings"
	PodToServiceAccount  Link = "Pod → ServiceAccount"
	ServiceAccountToRole Link = "ServiceAccount → role ARN"
	TokenToPod           Link = "token → Pod"
	TokenToProvider      Link = "token → provider"
	TokenToTrust         Link = "token → trust policy"
	RoleToRepository     Link = "role → image repository"
	// RoleToService is the role's access to anything other than image repositories.
	RoleToService Link = "role → other service"
	Registry      Link = "registry"
)

var chain = []Link{
	Deployment, JobToRunner, JobToSettings, PodToServiceAccount, ServiceAccountToRole, TokenToPod,
	TokenToProvider, TokenToTrust, RoleToRepository, RoleToService, Registry,
}

// Subject is the part of the declared files, or around them, that has a fault.
type Subject string

const (
	Template                 Subject = "template"
	Provider                 Subject = "provider"
	Role                     Subject = "role"
	TrustPolicy              Subject = "trust policy"
	Policy                   Subject = "policy"
	Boundary                 Subject = "permissions boundary"
	ImageRepository          Subject = "image repository"
	ImageRepositoryPolicy    Subject = "image repository policy"
	ServiceAccount           Subject = "ServiceAccount"
	ServiceAccountAnnotation Subject = "ServiceAccount annotation"
	Workload                 Subject = "workload"
	Workflow                 Subject = "workflow"
	// Cluster, Account and Network are not in the declared files.
	Cluster Subject = "cluster"
	Account Subject = "account"
	Network Subject = "network"
)
