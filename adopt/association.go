package adopt

import (
	"encoding/json"
	"fmt"
)

// association is one association as "aws eks describe-pod-identity-association" prints it
// (https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html).
type association struct {
	ClusterName, Namespace, ServiceAccount string
	AssociationArn, RoleArn, TargetRoleArn string
	DisableSessionTags                     bool
	Policy                                 string
}

func (a association) name() string {
	return a.ClusterName + "/" + a.Namespace + "/" + a.ServiceAccount
}

// associationName identifies an association, which has no name.
func associationName(properties map[string]any) string {
	return association{ClusterName: textOf(properties, "ClusterName"), Namespace: textOf(properties, "Namespace"), ServiceAccount: textOf(properties, "ServiceAccount")}.name()
}

// find is the association of the name among those that AWS shows.
func (s Stack) find(name string) (association, error) {
	for _, printed := range s.Associations {
		var shown struct{ Association association }
		if err := json.Unmarshal(printed, &shown); err != nil {
			return association{}, fmt.Errorf("not what aws eks describe-pod-identity-association prints: %w", err)
		}
		if shown.Association.name() == name && shown.Association.AssociationArn != "" {
			return shown.Association, nil
		}
	}
	return association{}, fmt.Errorf("AWS identifies EKS Pod Identity association %q by an ARN: give what aws eks describe-pod-identity-association prints of it, with --association", name)
}

func associationARN(s Stack, properties map[string]any) string {
	found, _ := s.find(associationName(properties)) // associationAsItIs returns the error
	return found.AssociationArn
}

func associationAsItIs(s Stack, properties map[string]any) (map[string]any, error) {
	found, err := s.find(associationName(properties))
	if err != nil {
		return nil, err
	}
	is := map[string]any{"RoleArn": found.RoleArn}
	if found.TargetRoleArn != "" {
		is["TargetRoleArn"] = found.TargetRoleArn
	}
	if found.DisableSessionTags {
		is["DisableSessionTags"] = true
	}
	if found.Policy != "" {
		is["Policy"] = found.Policy
	}
	return is, nil
}
