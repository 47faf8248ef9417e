package preflight_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// An image repository's key has to be of its region.
func TestKeysOfImageRepositories(t *testing.T) {
	encrypted := func(configuration string) []edit {
		return []edit{{"template.yaml", "      ImageTagMutability: IMMUTABLE\n", "      ImageTagMutability: IMMUTABLE\n      EncryptionConfiguration: {" + configuration + "}\n"}}
	}
	for _, test := range []struct {
		name, configuration string
		want                []string
	}{
		{"of its region", "EncryptionType: KMS, KmsKey: 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000'", []string{}},
		{"of another account", "EncryptionType: KMS, KmsKey: 'arn:aws:kms:us-east-1:444455556666:key/00000000-0000-0000-0000-000000000000'", []string{}},
		{"of another region", "EncryptionType: KMS, KmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000'", []string{"KR092"}},
		{"of several regions", "EncryptionType: KMS_DSSE, KmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000000'", []string{"KR092"}},
		{"of the template's region", "EncryptionType: KMS, KmsKey: !Sub 'arn:aws:kms:${AWS::Region}:111122223333:key/00000000-0000-0000-0000-000000000000'", []string{}},
		{"of another region, by its alias", "EncryptionType: KMS, KmsKey: 'arn:aws:kms:eu-west-1:111122223333:alias/images'", []string{"KR092"}},
		{"by its alias", "EncryptionType: KMS, KmsKey: alias/images", []string{}},
		{"of ECR", "EncryptionType: KMS", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, encrypted(test.configuration), nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// An action of the source repository is read with the workflows that use it, wherever
// the source repository lies among the files.
func TestActionsOfTheSourceRepository(t *testing.T) {
	const action = "runs:\n  using: composite\n  steps:\n  - shell: bash\n    run: aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin " + ourRegistry + "\n"
	good, err := os.ReadFile("testdata/good/workflow.yaml")
	if err != nil {
		t.Fatal(err)
	}
	workflow := strings.NewReplacer(loginStep, "    - uses: ./.github/actions/login\n", loginImage, ourRegistry).Replace(string(good))
	for _, test := range []struct {
		name string
		more map[string]string
		want []string
	}{
		{"at the top", map[string]string{".github/workflows/push.yaml": workflow, ".github/actions/login/action.yml": action}, []string{}},
		{"in a folder", map[string]string{"app/.github/workflows/push.yaml": workflow, "app/.github/actions/login/action.yaml": action}, []string{}},
		{"beside the workflow", map[string]string{"app/push.yaml": workflow, "app/.github/actions/login/action.yml": action}, []string{}},
		{"of another source repository", map[string]string{"app/.github/workflows/push.yaml": workflow, "web/.github/actions/login/action.yml": action}, []string{"KR107", "KR056"}},
		{"in another region", map[string]string{".github/workflows/push.yaml": workflow, ".github/actions/login/action.yml": strings.ReplaceAll(action, "us-east-1 |", "eu-west-1 |")}, []string{"KR101"}},
		{"that is not there", map[string]string{".github/workflows/push.yaml": workflow}, []string{"KR107", "KR056"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.more["workflow.yaml"] = "on: push\njobs: {}\n"
			if got, text := ids(t, nil, test.more); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A workflow is proved as each of the files calls it.
func TestCalledWorkflows(t *testing.T) {
	call := "on: push\njobs:\n  release:\n    uses: ./.github/workflows/push.yaml\n    with: {name: NAME}\n"
	good, err := os.ReadFile("testdata/good/workflow.yaml")
	if err != nil {
		t.Fatal(err)
	}
	callee := strings.NewReplacer("on: push\n", "on: {workflow_call: {inputs: {name: {type: string, default: my-app}}}}\n", "/my-app:", "/${{ inputs.name }}:").Replace(string(good))
	for name, want := range map[string][]string{"my-app": {}, "another": {"KR050", "KR054"}} {
		t.Run(name, func(t *testing.T) {
			more := map[string]string{"workflow.yaml": "on: push\njobs: {}\n", ".github/workflows/push.yaml": callee, ".github/workflows/release.yaml": strings.ReplaceAll(call, "NAME", name)}
			if got, text := ids(t, nil, more); !cmp.Equal(got, want) {
				t.Errorf("got %q, want %q\n%s", got, want, text)
			}
		})
	}
}

func TestActionsAloneAreAKnownKind(t *testing.T) {
	write(t, map[string]string{"action.yml": "runs: {using: composite, steps: []}\n"})
	if found, text := check(t, cloudformation.Settings{}); len(found.Chains) > 0 {
		t.Error(text)
	}
}

// A name that begins with two registries is that of no image repository, and no permission helps.
// The filters of tags are read from what the AWS command line and Terraform print, too.
func TestFiltersOfImmutableTags(t *testing.T) {
	latest := []edit{
		{"workflow.yaml", "${{ github.sha }}", "latest"},
		{"template.yaml", "  App:\n    Type: AWS::ECR::Repository\n    Properties:\n      RepositoryName: my-app\n      ImageTagMutability: IMMUTABLE\n", ""},
	}
	const printed = `{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/my-app", "registryId": "111122223333", "repositoryName": "my-app", "policyText": null,
"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "%s"}]}]}`
	const state = `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [{"address": "aws_ecr_repository.app", "mode": "managed", "type": "aws_ecr_repository", "name": "app",
"values": {"arn": "arn:aws:ecr:us-east-1:111122223333:repository/my-app", "name": "my-app", "registry_id": "111122223333", "image_tag_mutability": "IMMUTABLE_WITH_EXCLUSION",
"image_tag_mutability_exclusion_filter": [{"filter": "%s", "filter_type": "WILDCARD"}]}}]}}}`
	for _, c := range []struct{ name, text, filter, want string }{
		{"AWS", printed, "dev-*", "KR068"}, {"AWS, excluded", printed, "l*", ""},
		{"Terraform", state, "dev-*", "KR068"}, {"Terraform, excluded", state, "l*", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, text := ids(t, latest, map[string]string{"repository.json": fmt.Sprintf(c.text, c.filter)}); strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

func TestRegistryTwice(t *testing.T) {
	_, text := ids(t, []edit{{"workflow.yaml", "/my-app:", "/" + ourRegistry + "/my-app:"}}, nil)
	const want = `, because the image's name has a registry twice: docker push fails when it looks which layers are there
    fix: take one of them out, so that the name of the image repository is "my-app"
`
	if !strings.Contains(text, want) {
		t.Error(text)
	}
}
