package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/smithy-go"

	"keyless-runners/identity"
)

// Deploy creates the stack, or updates the one that has its name, and returns when
// all of it is there. The error names the resource that could not be made, and says
// why. Nothing is rolled back then: reset the account.
func (a *Account) Deploy(ctx context.Context, in identity.Region, stack identity.StackName, template []byte) error {
	client, err := a.stacks(in)
	if err != nil {
		return err
	}
	if err := put(ctx, client, stack, template); err != nil {
		return fmt.Errorf("stack %s in %s: %w", stack, in, reason(err))
	}
	return complete(ctx, client, stack)
}

func put(ctx context.Context, client *cloudformation.Client, stack identity.StackName, template []byte) error {
	capabilities := []types.Capability{types.CapabilityCapabilityNamedIam}
	_, err := client.CreateStack(ctx, &cloudformation.CreateStackInput{
		StackName:    aws.String(string(stack)),
		TemplateBody: aws.String(string(template)),
		Capabilities: capabilities,
	})
	var exists *types.AlreadyExistsException
	if !errors.As(err, &exists) {
		return err
	}
	_, err = client.UpdateStack(ctx, &cloudformation.UpdateStackInput{
		StackName:    aws.String(string(stack)),
		TemplateBody: aws.String(string(template)),
		Capabilities: capabilities,
	})
	return err
}

// complete looks once: moto has done all of it when it answers.
func complete(ctx context.Context, client *cloudformation.Client, stack identity.StackName) error {
	found, err := client.DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: aws.String(string(stack))})
	if err != nil {
		return reason(err)
	}
	switch status := found.Stacks[0].StackStatus; status {
	case types.StackStatusCreateComplete, types.StackStatusUpdateComplete:
		return nil
	default:
		return fmt.Errorf("stack %s is %s", stack, status)
	}
}

func (a *Account) stacks(in identity.Region) (*cloudformation.Client, error) {
	for _, r := range a.regions {
		if r.name == in {
			return r.stacks, nil
		}
	}
	return nil, fmt.Errorf("region %q is not one that the account was opened for", in)
}

// reason returns AWS's own words, without the SDK's.
func reason(err error) error {
	var said smithy.APIError
	if errors.As(err, &said) {
		return fmt.Errorf("%s: %s", said.ErrorCode(), said.ErrorMessage())
	}
	return err
}
