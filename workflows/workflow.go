package workflows

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"text/template"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// The actions of the workflow, by full commit with its version: a tag can be
// moved (https://docs.github.com/en/actions/reference/security/secure-use).
const (
	checkout = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"
	login    = "aws-actions/amazon-ecr-login@f2e9fc6c2b355c1890b65e6f6f0e2ac3e6e22f78 # v2.1.2"

	setUpBuildx = "docker/setup-buildx-action@8d2750c68a42422c14e847fe6c8ac0403b4cbd6f # v3.12.0"
)

//go:embed push.yaml.tmpl
var source string

var push = parsed("push.yaml", source)

// parsed returns a template with other delimiters than Go's, which GitHub's expressions have.
func parsed(name, source string) *template.Template {
	return template.Must(template.New(name).Delims("[[", "]]").Funcs(template.FuncMap{
		"quote":      quote,
		"expression": expression,
	}).Parse(source))
}

// Render is the workflow of a pool. It returns an error if the fleet has no such pool.
func Render(f fleet.Checked, name identity.PoolName) ([]byte, error) {
	pool, ok := f.Pool(name)
	if !ok {
		return nil, fmt.Errorf("the checked fleet has no pool %q", name)
	}
	return renderPush(pool)
}

func renderPush(pool fleet.Pool) ([]byte, error) {
	registry := pool.Registry()
	roleARN, subject := waysOf(pool)
	var text bytes.Buffer
	err := push.Execute(&text, values{
		Mark:              fleet.Mark(pool.WorkflowPath()),
		Pool:              pool.Name,
		Region:            registry.Region,
		Registry:          registry.String(),
		ImageRepositories: names(pool.PushesTo),
		RunsOn:            runsOn(pool),
		JobImage:          jobImage(pool),
		Branches:          patterns(pool.Workflow.AllBranches()),
		Tags:              patterns(pool.Workflow.Tags),
		Environment:       pool.Workflow.Environment,
		RoleARN:           roleARN,
		Subject:           subject,
		Shared:            pool.Scope.SourceRepository == "",
		Docker:            pool.UsesDocker(),
		BuildKit:          pool.BuildKit(),
		TLSFolder:         tlsFolder(pool),
		Script:            indented(pool.Builder.Script),
		Cache:             cache(pool),
		Options:           options(pool),
		Logins:            logins(pool),
		LoginToBuild:      pool.UsesDocker() && len(pool.PullsFrom)+len(pool.PullsThrough) > 0,
		Secrets:           secretNames(pool.Workflow),
		Checkout:          checkout,
		Login:             login,
		SetUpBuildx:       setUpBuildx,
	})
	return text.Bytes(), err
}

// values fill in push.yaml.tmpl.
type values struct {
	Mark              string
	Pool              identity.PoolName
	Region            identity.Region
	Registry          string
	ImageRepositories []identity.ImageRepositoryName
	RunsOn            string
	// JobImage is the image that the job runs in, as YAML; "" if it runs in the runner's container.
	JobImage string
	// Branches and Tags are lists of patterns as YAML; "" for none.
	Branches, Tags, Environment string
	// RoleARN is the role that a Pod has by IRSA, and Subject the subject of its token for EKS
	// Pod Identity; "" if the pool does not use it.
	RoleARN, Subject string
	Shared           bool // among the source repositories of a scope
	// Docker, BuildKit's address or Script builds; TLSFolder has the certificates for
	// BuildKit, "" where it asks for none.
	Docker              bool
	BuildKit, TLSFolder string
	Script              string
	// Cache is where BuildKit keeps layers, without a tag; "" for nowhere.
	Cache  string
	Logins []signIn
	// LoginToBuild reports that Docker pulls base images from where the job has to sign in.
	// Otherwise it builds before the job does, and no instruction of the Dockerfile runs while
	// there is a password.
	LoginToBuild bool
	// Options are the options of "docker build", and Secrets the names of GitHub's secrets that
	// it may read.
	Options, Secrets             []string
	Checkout, Login, SetUpBuildx string
}

// patterns are a list as YAML, "" for none. What YAML might read as something else than
// text has quotes, and so has everything but the usual branch.
func patterns(all []string) string {
	if len(all) == 0 {
		return ""
	}
	list := make([]string, len(all))
	for i, pattern := range all {
		if list[i] = pattern; pattern != "main" {
			list[i] = strconv.Quote(pattern)
		}
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// waysOf returns by what the workflow knows that its runner has the pool's role.
func waysOf(pool fleet.Pool) (roleARN, subject string) {
	if pool.UsesIRSA() {
		roleARN = pool.RoleARN().String()
	}
	if pool.UsesPodIdentity() {
		subject = pool.Subject().String()
	}
	return roleARN, subject
}

// runsOn are the labels as YAML: one alone, or a list.
func runsOn(pool fleet.Pool) string {
	labels := pool.RunsOn()
	if pool.ScaleSet != nil {
		return strconv.Quote(string(labels[0]))
	}
	list := []string{string(labels[0])}
	for _, label := range labels[1:] {
		list = append(list, strconv.Quote(string(label)))
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// jobImage is the image that the job runs in as YAML, "" for none.
func jobImage(pool fleet.Pool) string {
	image := pool.JobImage()
	switch {
	case image == "":
		return ""
	case strings.Contains(image, "@sha256:"):
		return strconv.Quote(image)
	}
	return strconv.Quote(image) + " # zizmor: ignore[unpinned-images] the fleet names it by its tag, as it does the runner's"
}

func names(repositories []fleet.ImageRepository) []identity.ImageRepositoryName {
	list := make([]identity.ImageRepositoryName, len(repositories))
	for i, repository := range repositories {
		list[i] = repository.Name
	}
	return list
}

// quote makes a YAML string of a value, whatever YAML would read in it. Any JSON
// string is one.
func quote(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

// expression makes a string of GitHub's expressions of a name.
func expression(name identity.ImageRepositoryName) string {
	return "'" + strings.ReplaceAll(string(name), "'", "''") + "'"
}
