package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// meanings reads what was rendered below a folder as it is understood: by path, the
// documents of each file, in which two spellings of one thing are the same. Files
// that are not for deploying are left out.
func meanings(folder string) (map[string][]any, error) {
	files := map[string][]any{}
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		template := strings.HasSuffix(name, ".template.json")
		if !template && !strings.HasSuffix(name, ".yaml") && filepath.Base(name) != "Kustomization" {
			return nil
		}
		documents, err := read(file)
		if err == nil && template {
			err = settle(documents[0].(map[string]any))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		files[name] = documents
		return nil
	})
	return files, err
}

// read decodes the documents of a YAML file; JSON is YAML.
func read(file string) (documents []any, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	for {
		var document any
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

// settle gives everything in a template the name that it has in AWS, in place of the
// logical id, and leaves out what CloudFormation takes for granted.
func settle(template map[string]any) error {
	resources, _ := template["Resources"].(map[string]any)
	names := map[string]string{}
	for id, value := range resources {
		resource := value.(map[string]any)
		name, err := nameOf(resource)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		names[id] = name
		dropDefaults(resource)
	}
	rename(resources, names)
	outputs, _ := template["Outputs"].(map[string]any)
	names = map[string]string{}
	for id, output := range outputs {
		names[id] = fmt.Sprint(output.(map[string]any)["Description"])
	}
	rename(outputs, names)
	return nil
}

// nameOf is a resource's type and the property that names it in its account.
func nameOf(resource map[string]any) (string, error) {
	naming := map[string]string{
		"AWS::IAM::OIDCProvider":  "Url",
		"AWS::IAM::Role":          "RoleName",
		"AWS::IAM::ManagedPolicy": "ManagedPolicyName",
		"AWS::ECR::Repository":    "RepositoryName",
	}
	kind := fmt.Sprint(resource["Type"])
	properties, _ := resource["Properties"].(map[string]any)
	name, ok := properties[naming[kind]].(string)
	if !ok {
		return "", fmt.Errorf("no name is known for a resource of type %q", kind)
	}
	return kind + " " + name, nil
}

// dropDefaults leaves out a path of "/" and an encryption of AES256, which are what
// IAM and ECR do unasked.
func dropDefaults(resource map[string]any) {
	properties := resource["Properties"].(map[string]any)
	if properties["Path"] == "/" {
		delete(properties, "Path")
	}
	if encryption, _ := properties["EncryptionConfiguration"].(map[string]any); encryption["EncryptionType"] == "AES256" {
		delete(properties, "EncryptionConfiguration")
	}
}

// rename gives the members of a map other keys, and what refers to them follows.
func rename(members map[string]any, names map[string]string) {
	for id, name := range names {
		member := members[id]
		delete(members, id)
		follow(member, names)
		members[name] = member
	}
}

func follow(node any, names map[string]string) {
	switch node := node.(type) {
	case map[string]any:
		for key, value := range node {
			if name, ok := names[fmt.Sprint(value)]; ok && key == "Ref" {
				node[key] = name
			}
			follow(value, names)
		}
	case []any:
		for _, value := range node {
			follow(value, names)
		}
	}
}
