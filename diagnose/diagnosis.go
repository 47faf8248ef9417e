package diagnose

// Diagnosis is one failure that a text shows.
type Diagnosis struct {
	// Name is that of its section in docs/failures.md.
	Name string
	// Title says in a few words what is wrong.
	Title string
	// Link is the link of the chain that broke.
	Link Link
	// Meaning is what the text means, in one or two sentences.
	Meaning string
	// Causes are what brings it about, the most likely first. There is at least
	// one.
	Causes []Cause
	// Values are what the text itself names, in the order in which they help most.
	Values []Value
	// Rules are the ids of keyless check's findings that are this failure before a
	// job, such as "KR040"; none if files can't show it.
	Rules []string
	// Source is the document or issue that describes the failure.
	Source string
}

// Cause is something that brings a failure about.
type Cause struct {
	// Subject says what of the declared files it is about.
	Subject Subject
	// What is wrong, Look is where it shows, Fix is what to do, each in one line.
	What, Look, Fix string
}

// Value is something that a text names.
type Value struct {
	// Name says what it is, such as "role" or "image repository".
	Name string
	Text string
}

// Value is the value of that name, "" if the text names none.
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

// The links in the order of the chain: a link behind a broken one fails too.
const (
	// Deployment is what has to be in AWS and in the cluster before any job.
	Deployment  Link = "deployment"
	JobToRunner Link = "job → runner"
	// JobToSettings is what the job itself tells AWS tools: region, profile, keys,
	// another role.
	JobToSettings        Link = "job → AWS settings"
	PodToServiceAccount  Link = "Pod → ServiceAccount"
	ServiceAccountToRole Link = "ServiceAccount → role ARN"
	TokenToPod           Link = "token → Pod"
	TokenToProvider      Link = "token → provider"
	TokenToTrust         Link = "token → trust policy"
	RoleToRepository     Link = "role → image repository"
	// RoleToService is the role's access to anything but image repositories.
	RoleToService Link = "role → other service"
	Registry      Link = "registry"
)

// chain is the order of the links.
var chain = []Link{
	Deployment, JobToRunner, JobToSettings, PodToServiceAccount, ServiceAccountToRole, TokenToPod,
	TokenToProvider, TokenToTrust, RoleToRepository, RoleToService, Registry,
}

// Subject is what of the declared files, or around them, a cause is about.
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
	// Cluster, Account and Network are not declared in the files that are judged.
	Cluster Subject = "cluster"
	Account Subject = "account"
	Network Subject = "network"
)
