package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Amazon ECR makes image repositories when they are first pushed to, where a creation template says so.
func TestCreationTemplates(t *testing.T) {
	const app = "  App:\n    Type: AWS::ECR::Repository\n    Properties:\n      RepositoryName: my-app\n      ImageTagMutability: IMMUTABLE\n"
	template := func(properties string) edit {
		return edit{"template.yaml", app, "  Template:\n    Type: AWS::ECR::RepositoryCreationTemplate\n    Properties: {" + properties + "}\n"}
	}
	creates := edit{"template.yaml", "          - ecr:PutImage\n", "          - ecr:PutImage\n          - ecr:CreateRepository\n"}
	const (
		everywhere = "Prefix: ROOT, AppliedFor: [CREATE_ON_PUSH]"
		listed     = `{"registryId": "111122223333", "repositoryCreationTemplates": [{"prefix": "ROOT", "appliedFor": ["CREATE_ON_PUSH"], "imageTagMutability": "IMMUTABLE"}]}`
	)
	for _, test := range []struct {
		name  string
		edits []edit
		more  map[string]string
		want  []string
		says  string
	}{
		{"for everything", []edit{template(everywhere)}, nil, []string{"KR054"}, "whether the role needs ecr:CreateRepository for that is not documented"},
		{"and a role that may make it", []edit{template(everywhere), creates}, nil, []string{"KR055"}, `creation template "ROOT" has Amazon ECR make image repository`},
		{"for pull through caches", []edit{template("Prefix: ROOT, AppliedFor: [PULL_THROUGH_CACHE]"), creates}, nil, []string{"KR054", "KR077"}, `my-app" is not among the files` + "\n"},
		{"for another prefix", []edit{template("Prefix: my, AppliedFor: [CREATE_ON_PUSH]"), creates}, nil, []string{"KR054", "KR077"}, `my-app" is not among the files` + "\n"},
		{"and a role that may make others too", []edit{template(everywhere), creates, {"template.yaml", "repository/my-app", "repository/*"}}, nil, []string{"KR055", "KR077", "KR078"}, "may do more than push: ecr:CreateRepository"},
		{"with a policy", []edit{template(everywhere + ", RepositoryPolicy: '{\"Version\":\"2012-10-17\",\"Statement\":[]}'"), creates}, nil, []string{"KR054"}, "the policy that creation template \"ROOT\" gives it is not looked at"},
		{"of the account", []edit{{"template.yaml", app, ""}, creates}, map[string]string{"account/templates.json": listed}, []string{"KR055"}, `creation template "ROOT" has`},
		{"of another account", []edit{{"template.yaml", app, ""}, creates}, map[string]string{"account/templates.json": strings.Replace(listed, "111122223333", "444455556666", 1)}, []string{"KR054", "KR077"}, `my-app" is not among the files` + "\n"},
		{"beside the image repository", []edit{{"template.yaml", app, app + "  Template:\n    Type: AWS::ECR::RepositoryCreationTemplate\n    Properties: {" + everywhere + "}\n"}}, nil, []string{}, "no one else can"},
		{"of Terraform", []edit{{"template.yaml", app, ""}, creates}, map[string]string{"zz.json": `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [{"address": "aws_ecr_repository_creation_template.x", "mode": "managed",
			"type": "aws_ecr_repository_creation_template", "name": "x", "values": {"prefix": "ROOT", "applied_for": ["CREATE_ON_PUSH"], "registry_id": "111122223333"}}]}}}`}, []string{"KR055"}, `creation template "ROOT" has`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, test.more)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}

// Who first pulls through a cache has Amazon ECR make the image repository and fetch the image.
func TestPullThroughCaches(t *testing.T) {
	pull := edit{"workflow.yaml", "        docker build", "        docker pull " + ourRegistry + "/hub/library/alpine:3\n        docker build"}
	rule := edit{"template.yaml", "Outputs:\n", "  Cache:\n    Type: AWS::ECR::PullThroughCacheRule\n    Properties: {EcrRepositoryPrefix: hub, UpstreamRegistryUrl: registry-1.docker.io}\nOutputs:\n"}
	allows := func(actions, resource string) edit {
		return edit{"template.yaml", "        - Effect: Allow\n          Action:\n", "        - {Effect: Allow, Action: [" + actions + "], Resource: 'arn:aws:ecr:us-east-1:111122223333:repository/" + resource + "'}\n        - Effect: Allow\n          Action:\n"}
	}
	const (
		reads = "ecr:BatchGetImage, ecr:GetDownloadUrlForLayer"
		all   = reads + ", ecr:BatchImportUpstreamImage, ecr:CreateRepository"
	)
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"all that it takes", []edit{pull, rule, allows(all, "hub/*")}, []string{}},
		{"on the image repository alone", []edit{pull, rule, allows(all, "hub/library/alpine")}, []string{}},
		{"that fetches nothing", []edit{pull, rule, allows(reads, "hub/*")}, []string{"KR132"}},
		{"that makes nothing", []edit{pull, rule, allows(reads+", ecr:BatchImportUpstreamImage", "hub/*")}, []string{"KR132"}},
		{"where there is no cache", []edit{pull, allows(all, "hub/*")}, []string{"KR077"}},
		{"beside the cache", []edit{pull, rule, allows(all, "hub*")}, []string{"KR077"}},
		{"that reads nothing", []edit{pull, rule}, []string{"KR216"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
