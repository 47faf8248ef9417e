package render_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// link is what one artefact says of a pool. Whatever two artefacts both say has
// to be the same, or the job fails in AWS.
type link struct {
	RoleARN           identity.RoleARN
	Subject           identity.Subject
	Audience          string
	ImageRepositories []identity.ImageRepository
	Labels            []string
}

func TestThreeArtefactsAgree(t *testing.T) {
	declared, err := fleet.Declared()
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]fleet.Fleet{
		"declared": declared,
		"article":  fleettest.Article(),
		"large":    fleettest.Large(),
	} {
		all := decode(t, rendered(t, f))
		aws := linksInAWS(t, all)
		if len(all.objects) != len(f.Pools) || len(all.workflows) != len(f.Pools) || len(aws) != len(f.Pools) {
			t.Fatalf("%s fleet: got %d roles, %d manifests, %d workflows, want %d of each",
				name, len(aws), len(all.objects), len(all.workflows), len(f.Pools))
		}
		for file, objects := range all.objects {
			_, pool, _ := strings.Cut(strings.TrimSuffix(file, ".k8s.yaml"), "/")
			kubernetes := linkInKubernetes(t, objects)
			github := linkInGitHub(t, all.workflows["push-"+pool+".yaml"])
			amazon := aws[kubernetes.RoleARN]

			// Labels are known to Kubernetes and GitHub, image repositories to AWS
			// and GitHub, the subject to Kubernetes and AWS.
			amazon.Labels = kubernetes.Labels
			kubernetes.ImageRepositories, kubernetes.Audience = amazon.ImageRepositories, amazon.Audience
			github.Subject, github.Audience = amazon.Subject, amazon.Audience
			if diff := cmp.Diff(amazon, kubernetes); diff != "" {
				t.Errorf("%s fleet, pool %s (-CloudFormation +Kubernetes):\n%s", name, pool, diff)
			}
			if diff := cmp.Diff(amazon, github); diff != "" {
				t.Errorf("%s fleet, pool %s (-CloudFormation +workflow):\n%s", name, pool, diff)
			}
			if amazon.Audience != "sts.amazonaws.com" {
				t.Errorf("%s fleet, pool %s: got audience %q, want sts.amazonaws.com", name, pool, amazon.Audience)
			}
		}
	}
}

// linksInAWS reads the templates: the trust of each role and what its policy
// allows.
func linksInAWS(t *testing.T, all artefacts) map[identity.RoleARN]link {
	t.Helper()
	links := map[identity.RoleARN]link{}
	for _, tmpl := range all.templates {
		outputs := map[string]bool{}
		for _, output := range tmpl.Outputs {
			outputs[output.Value] = true
		}
		policies := of[managedPolicy](t, tmpl, "AWS::IAM::ManagedPolicy")
		for _, r := range of[role](t, tmpl, "AWS::IAM::Role") {
			trust := r.AssumeRolePolicyDocument.Statement[0]
			provider := parsed(t, identity.ParseProviderARN, trust.Principal.Federated[0])
			arn := identity.RoleARN{Partition: provider.Partition, Account: provider.Account, Path: identity.RolePath(r.Path), Name: identity.RoleName(r.RoleName)}
			if !outputs[arn.String()] {
				t.Errorf("%s is not among the outputs", arn)
			}
			equals := trust.Condition[policy.StringEquals]
			push := policies[r.ManagedPolicyArns[0].Ref].PolicyDocument.Statement[1]
			l := link{
				RoleARN:  arn,
				Subject:  parsed(t, identity.ParseSubject, equals[provider.Issuer.SubjectKey()][0]),
				Audience: equals[provider.Issuer.AudienceKey()][0],
			}
			for _, text := range push.Resource {
				l.ImageRepositories = append(l.ImageRepositories, parsed(t, identity.ParseImageRepositoryARN, text))
			}
			links[arn] = l
		}
	}
	return links
}

// linkInKubernetes reads a pool's manifest.
func linkInKubernetes(t *testing.T, o objects) link {
	t.Helper()
	spec := o.deployment.Spec.Template.Spec
	if spec.ServiceAccountName != o.serviceAccount.Name {
		t.Errorf("RunnerDeployment runs as %q, the ServiceAccount is %q", spec.ServiceAccountName, o.serviceAccount.Name)
	}
	for _, namespace := range []string{o.serviceAccount.Namespace, o.deployment.Namespace} {
		if namespace != o.namespace.Name {
			t.Errorf("an object is in namespace %q, the Namespace is %q", namespace, o.namespace.Name)
		}
	}
	return link{
		RoleARN: parsed(t, identity.ParseRoleARN, o.serviceAccount.Annotations["eks.amazonaws.com/role-arn"]),
		Subject: identity.Subject{Namespace: identity.Namespace(o.namespace.Name), ServiceAccount: identity.ServiceAccount(o.serviceAccount.Name)},
		Labels:  spec.Labels,
	}
}

// acceptedRepository is a line of the script that lets a job go on.
var acceptedRepository = regexp.MustCompile(`(?m)^ +(\S+)\) ;;$`)

// linkInGitHub reads a pool's workflow.
func linkInGitHub(t *testing.T, workflow *actionlint.Workflow) link {
	t.Helper()
	registry := parsed(t, identity.ParseRegistry, workflow.Env.Vars["ecr_registry"].Value.Value)
	if region := workflow.Env.Vars["aws_region"].Value.Value; region != string(registry.Region) {
		t.Errorf("the region is %q, the registry's %q", region, registry.Region)
	}
	job := workflow.Jobs["push"]
	l := link{RoleARN: parsed(t, identity.ParseRoleARN, job.Steps[0].Env.Vars["want_role_arn"].Value.Value)}
	for _, label := range job.RunsOn.Labels {
		l.Labels = append(l.Labels, label.Value)
	}
	if i := slices.Index(l.Labels, "self-hosted"); i != 0 {
		t.Fatalf("runs on %q, want self-hosted first", l.Labels)
	}
	l.Labels = l.Labels[1:]
	script := job.Steps[0].Exec.(*actionlint.ExecRun).Run.Value
	for _, accepted := range acceptedRepository.FindAllStringSubmatch(script, -1) {
		l.ImageRepositories = append(l.ImageRepositories, identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(accepted[1])})
	}
	return l
}

func parsed[T any](t *testing.T, parse func(string) (T, error), text string) T {
	t.Helper()
	value, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
