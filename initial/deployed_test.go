package initial_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"keyless-runners/fleet"
)

// object is a value of JSON.
type object = map[string]any

// deployment writes what the commands of Plan print where a fleet is deployed as it is rendered
// below a folder.
type deployment struct {
	t *testing.T
	// rendered is the folder of the files, existing that of the outputs.
	rendered, existing string
	roles, policies    []object
	providers          []object
	repositories       []object
}

// deployed is a folder of outputs, for a fleet that is rendered to a folder. With templates, it
// has them as "aws cloudformation get-template" prints them.
func deployed(t *testing.T, f fleet.Fleet, rendered string, templates bool) string {
	t.Helper()
	d := &deployment{t: t, rendered: rendered, existing: t.TempDir()}
	for _, stack := range f.Stacks() {
		template := d.template(stack)
		if templates {
			d.write(fmt.Sprintf("stack-%s-%s.json", stack.Region, stack.Name), object{"TemplateBody": template, "StagesAvailable": []string{"Original", "Processed"}})
		}
		d.deploy(stack, template["Resources"].(object))
	}
	for _, cluster := range f.Clusters {
		d.describe(cluster)
		d.apply(cluster)
	}
	if account, err := os.ReadFile(filepath.Join(rendered, "account.json")); err == nil {
		var details struct{ RoleDetailList, Policies []object }
		if err := json.Unmarshal(account, &details); err != nil {
			t.Fatal(err)
		}
		d.roles, d.policies = append(d.roles, details.RoleDetailList...), append(d.policies, details.Policies...)
	}
	d.write("account.json", object{"UserDetailList": []object{}, "GroupDetailList": []object{}, "RoleDetailList": list(d.roles), "Policies": list(d.policies)})
	d.write("providers.json", object{"OpenIDConnectProviderList": list(d.providers)})
	d.write("repositories.json", object{"repositories": list(d.repositories)})
	workflows, err := os.ReadDir(filepath.Join(rendered, "workflows"))
	if err != nil {
		t.Fatal(err)
	}
	for _, workflow := range workflows {
		if !workflow.IsDir() {
			d.copy("workflows/"+workflow.Name(), "source/.github/workflows/"+workflow.Name())
		}
	}
	return d.existing
}

// list is [] in JSON where there is nothing.
func list(objects []object) []object { return append([]object{}, objects...) }

func (d *deployment) template(stack fleet.Stack) object {
	text, err := os.ReadFile(filepath.Join(d.rendered, stack.TemplatePath()))
	if err != nil {
		d.t.Fatal(err)
	}
	var template object
	if err := json.Unmarshal(text, &template); err != nil {
		d.t.Fatal(err)
	}
	return template
}

func (d *deployment) write(name string, value any) {
	text, err := json.MarshalIndent(value, "", "    ")
	if err != nil {
		d.t.Fatal(err)
	}
	d.writeText(name, text)
}

func (d *deployment) writeText(name string, text []byte) {
	file := filepath.Join(d.existing, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *deployment) copy(from, to string) {
	text, err := os.ReadFile(filepath.Join(d.rendered, from))
	if err != nil {
		d.t.Fatal(err)
	}
	d.writeText(to, text)
}

// deploy shows the resources of a stack as the AWS command line shows them.
func (d *deployment) deploy(stack fleet.Stack, resources object) {
	account := string(stack.Account)
	iam := "arn:aws:iam::" + account + ":"
	arns := map[string]string{}
	for id, resource := range resources {
		properties := resource.(object)["Properties"].(object)
		switch resource.(object)["Type"] {
		case "AWS::IAM::ManagedPolicy":
			arns[id] = iam + "policy/" + properties["ManagedPolicyName"].(string)
			d.policies = append(d.policies, object{
				"PolicyName": properties["ManagedPolicyName"], "Arn": arns[id], "Path": "/", "DefaultVersionId": "v1",
				"PolicyVersionList": []object{{"Document": properties["PolicyDocument"], "VersionId": "v1", "IsDefaultVersion": true}},
			})
		case "AWS::IAM::Role":
			arns[id] = iam + "role" + properties["Path"].(string) + properties["RoleName"].(string)
		}
	}
	for id, resource := range resources {
		properties := resource.(object)["Properties"].(object)
		switch resource.(object)["Type"] {
		case "AWS::IAM::Role":
			role := object{
				"Path": properties["Path"], "RoleName": properties["RoleName"], "Arn": arns[id],
				"AssumeRolePolicyDocument": properties["AssumeRolePolicyDocument"], "RolePolicyList": []object{},
				"AttachedManagedPolicies": []object{},
			}
			if managed, has := properties["ManagedPolicyArns"]; has {
				policy := managed.([]any)[0].(object)["Ref"].(string)
				attached := []object{{"PolicyName": "push", "PolicyArn": arns[policy]}}
				for _, further := range managed.([]any)[1:] {
					attached = append(attached, object{"PolicyName": path.Base(further.(string)), "PolicyArn": further})
				}
				role["AttachedManagedPolicies"] = attached
			}
			if inline, has := properties["Policies"]; has {
				role["RolePolicyList"] = inline
			}
			if boundary, bound := properties["PermissionsBoundary"]; bound {
				role["PermissionsBoundary"] = object{"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary}
			}
			d.roles = append(d.roles, role)
		case "AWS::IAM::OIDCProvider":
			d.providers = append(d.providers, object{"Arn": iam + "oidc-provider/" + strings.TrimPrefix(properties["Url"].(string), "https://")})
		case "AWS::ECR::Repository":
			d.repository(stack, properties)
		case "AWS::EKS::PodIdentityAssociation":
			d.associate(stack, id, properties, arns)
		}
	}
}

func (d *deployment) repository(stack fleet.Stack, properties object) {
	name := properties["RepositoryName"].(string)
	d.repositories = append(d.repositories, object{
		"repositoryArn":  fmt.Sprintf("arn:aws:ecr:%s:%s:repository/%s", stack.Region, stack.Account, name),
		"registryId":     stack.Account,
		"repositoryName": name, "repositoryUri": fmt.Sprintf("%s.dkr.ecr.%s.amazonaws.com/%s", stack.Account, stack.Region, name),
		"imageTagMutability": properties["ImageTagMutability"],
	})
	policy := any(`{"Version": "2012-10-17", "Statement": []}`)
	if own, has := properties["RepositoryPolicyText"]; has {
		text, err := json.Marshal(own)
		if err != nil {
			d.t.Fatal(err)
		}
		policy = string(text)
		d.write(fmt.Sprintf("policy-%s-%s.json", stack.Region, strings.ReplaceAll(name, "/", "-")), object{"registryId": stack.Account, "repositoryName": name, "policyText": policy})
	}
}

func (d *deployment) associate(stack fleet.Stack, id string, properties object, arns map[string]string) {
	role := properties["RoleArn"]
	if attribute, created := role.(object); created {
		role = arns[attribute["Fn::GetAtt"].([]any)[0].(string)]
	}
	cluster := properties["ClusterName"].(string)
	association := object{
		"clusterName": cluster, "namespace": properties["Namespace"], "serviceAccount": properties["ServiceAccount"], "roleArn": role,
		"associationArn": fmt.Sprintf("arn:aws:eks:%s:%s:podidentityassociation/%s/a-%s", stack.Region, stack.Account, cluster, id),
		"associationId":  "a-" + id,
	}
	if target, has := properties["TargetRoleArn"]; has {
		association["targetRoleArn"] = target
	}
	if session, has := properties["Policy"]; has {
		association["disableSessionTags"], association["policy"] = properties["DisableSessionTags"], session
	}
	d.write(cluster+"/a-"+id+".json", object{"association": association})
}

// describe shows a cluster, and a provider that another made.
func (d *deployment) describe(c fleet.Cluster) {
	issuer := string(c.Issuer)
	if issuer == "" {
		issuer = fmt.Sprintf("https://oidc.eks.%s.amazonaws.com/id/%032X", c.Region, len(c.Name))
	}
	d.write(string(c.ARN().Name)+"/cluster.json", object{"cluster": object{
		"name": c.ARN().Name, "arn": c.ARN().String(), "version": "1.35", "identity": object{"oidc": object{"issuer": issuer}},
	}})
	if c.ExistingProvider {
		d.providers = append(d.providers, object{"Arn": c.ProviderARN().String()})
	}
}

// apply shows the objects of a cluster as kubectl does, with what the API server adds.
func (d *deployment) apply(c fleet.Cluster) {
	items := []object{}
	for _, file := range d.manifests(c) {
		text, err := os.ReadFile(file)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, document := range strings.Split(string(text), "\n---\n") {
			var item object
			if err := yaml.Unmarshal([]byte(document), &item); err != nil {
				d.t.Fatal(err)
			}
			metadata := item["metadata"].(object)
			metadata["uid"], metadata["resourceVersion"] = "8d8a6b63-7c0c-4b39-8a5f-0b8f1a3f5a11", "4711"
			metadata["creationTimestamp"], metadata["generation"] = "2026-11-01T08:00:00Z", 1
			item["status"] = object{}
			items = append(items, item)
		}
	}
	text, err := yaml.Marshal(object{"apiVersion": "v1", "kind": "List", "items": items, "metadata": object{"resourceVersion": ""}})
	if err != nil {
		d.t.Fatal(err)
	}
	d.writeText(string(c.ARN().Name)+"/objects.yaml", text)
}

func (d *deployment) manifests(c fleet.Cluster) []string {
	folder := filepath.Join(d.rendered, fleet.ManifestFolder(c.Name))
	files, err := fs.Glob(os.DirFS(folder), "*.k8s.yaml")
	if err != nil || len(files) == 0 {
		d.t.Fatalf("%s: got %d files, %v", folder, len(files), err)
	}
	for i, file := range files {
		files[i] = filepath.Join(folder, file)
	}
	return files
}
