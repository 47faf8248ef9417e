package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// A stack holds 200 outputs: one for each pool, and one for each image repository,
// which three pools share.
const (
	poolsPerStack      = 150
	poolsPerRepository = 3
)

const (
	account = identity.AccountID("111122223333")
	region  = identity.Region("us-east-1")
	issuer  = identity.Issuer("https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")
)

// writeFleet writes what a fleet of so many pools renders to, without rendering it:
// the files have the form and the size of those in dist/.
func writeFleet(folder string, pools int) error {
	for first := 0; first < pools; first += poolsPerStack {
		name := fmt.Sprintf("infra/stack-%d.template.json", first/poolsPerStack)
		template, err := json.MarshalIndent(stack(first, min(first+poolsPerStack, pools)), "", " ")
		if err != nil {
			return err
		}
		if err := write(folder, name, template); err != nil {
			return err
		}
	}
	for i := range pools {
		if err := write(folder, fmt.Sprintf("manifests/example/%s.k8s.yaml", poolName(i)), fill(manifest, i)); err != nil {
			return err
		}
		if err := write(folder, fmt.Sprintf("workflows/push-%s.yaml", poolName(i)), fill(workflow, i)); err != nil {
			return err
		}
	}
	return nil
}

func write(folder, name string, content []byte) error {
	file := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

func poolName(i int) string { return fmt.Sprintf("pool-%05d", i) }

func repositoryOf(i int) identity.ImageRepository {
	return identity.ImageRepository{
		Registry: identity.Registry{Account: account, Region: region},
		Name:     identity.ImageRepositoryName(fmt.Sprintf("app-%05d", i/poolsPerRepository)),
	}
}

func roleOf(i int) identity.RoleARN {
	return identity.RoleARN{Partition: identity.PartitionAWS, Account: account, Path: "/runners/", Name: identity.RoleName(poolName(i))}
}

// fill puts a pool's names into a text.
func fill(text string, i int) []byte {
	repository := repositoryOf(i)
	for placeholder, value := range map[string]string{
		"POOL":     poolName(i),
		"ROLE_ARN": roleOf(i).String(),
		"REGISTRY": repository.Registry.String(),
		"APP":      string(repository.Name),
		"ACCOUNT":  string(account),
		"REGION":   string(region),
	} {
		text = string(bytes.ReplaceAll([]byte(text), []byte("<"+placeholder+">"), []byte(value)))
	}
	return []byte(text)
}

// stack is the template with the pools from first to last, and with the provider and
// the image repositories that they share.
func stack(first, last int) map[string]any {
	resources, outputs := map[string]any{}, map[string]any{}
	provider := identity.ProviderARN{Partition: identity.PartitionAWS, Account: account, Issuer: issuer}
	if first == 0 {
		resources["Provider"] = newResource("AWS::IAM::OIDCProvider", map[string]any{"Url": issuer, "ClientIdList": []any{identity.AudienceSTS}})
	}
	for i := first; i < last; i++ {
		name, repository := fmt.Sprintf("Pool%05d", i), repositoryOf(i)
		if i%poolsPerRepository == 0 {
			resources[fmt.Sprintf("App%05d", i)] = newResource("AWS::ECR::Repository", map[string]any{"RepositoryName": repository.Name})
			outputs[fmt.Sprintf("App%05d", i)] = map[string]any{"Value": repository.String()}
		}
		resources[name+"Policy"] = newResource("AWS::IAM::ManagedPolicy", map[string]any{
			"ManagedPolicyName": poolName(i) + "-push",
			"PolicyDocument":    policy.Push([]identity.ImageRepository{repository}),
		})
		resources[name+"Role"] = newResource("AWS::IAM::Role", map[string]any{
			"RoleName": poolName(i), "Path": "/runners/",
			"AssumeRolePolicyDocument": policy.Trust(provider, identity.Subject{Namespace: "runners", ServiceAccount: identity.ServiceAccount(poolName(i))}),
			"ManagedPolicyArns":        []any{map[string]any{"Ref": name + "Policy"}},
		})
		outputs[name] = map[string]any{"Value": roleOf(i).String()}
	}
	return map[string]any{"Resources": resources, "Outputs": outputs}
}

func newResource(kind string, properties map[string]any) map[string]any {
	return map[string]any{"Type": kind, "Properties": properties}
}
