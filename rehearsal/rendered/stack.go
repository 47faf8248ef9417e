package rendered

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"keyless-runners/identity"
)

// Stack is a template, and where it is deployed.
type Stack struct {
	Name identity.StackName
	// File is the template's.
	File    string
	Account identity.AccountID
	Region  identity.Region
}

const templateSuffix = ".template.json"

// Stacks are the fleet's templates, for who deploys without the CDK. One that names no account
// or region is an error.
func (f Fleet) Stacks() ([]Stack, error) {
	files, err := filepath.Glob(filepath.Join(f.Folder, "infra", "*"+templateSuffix))
	if err != nil {
		return nil, err
	}
	var stacks []Stack
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		stack := Stack{Name: identity.StackName(strings.TrimSuffix(filepath.Base(file), templateSuffix)), File: file}
		if err := stack.locate(string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		stacks = append(stacks, stack)
	}
	return stacks, nil
}

// What a template puts out names its account and region: the URI of an image repository both,
// the ARN of a role or a provider the account, and the role's cluster or the issuer the region.
var (
	outputURI    = regexp.MustCompile(`"Value": "(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.`)
	outputARN    = regexp.MustCompile(`"Value": "[a-z:-]+:iam::(\d{12}):`)
	namedCluster = regexp.MustCompile(`\boidc\.eks\.([a-z0-9-]+)\.|:eks:([a-z0-9-]+):`)
)

// locate finds the account and the region in the template, which states neither.
func (s *Stack) locate(template string) error {
	if uri := outputURI.FindStringSubmatch(template); uri != nil {
		s.Account, s.Region = identity.AccountID(uri[1]), identity.Region(uri[2])
		return nil
	}
	arn, cluster := outputARN.FindStringSubmatch(template), namedCluster.FindStringSubmatch(template)
	if arn == nil || cluster == nil {
		return errors.New("nothing that it puts out names its account and region")
	}
	s.Account, s.Region = identity.AccountID(arn[1]), identity.Region(cluster[1]+cluster[2])
	return nil
}
