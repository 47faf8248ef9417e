package account

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/eks"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
)

// associations returns the EKS Pod Identity associations of every cluster of the region.
func (r region) associations(ctx context.Context, account identity.AccountID) ([]deployed.Association, error) {
	var associations []deployed.Association
	for pages := eks.NewListClustersPaginator(r.eks, &eks.ListClustersInput{}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, name := range page.Clusters {
			of, err := r.associationsOf(ctx, identity.ClusterARN{
				Partition: r.name.Partition(), Region: r.name, Account: account, Name: identity.ClusterName(name),
			})
			if err != nil {
				return nil, fmt.Errorf("EKS cluster %q: %w", name, err)
			}
			associations = append(associations, of...)
		}
	}
	return associations, nil
}

func (r region) associationsOf(ctx context.Context, cluster identity.ClusterARN) ([]deployed.Association, error) {
	name := string(cluster.Name)
	var associations []deployed.Association
	for pages := eks.NewListPodIdentityAssociationsPaginator(r.eks, &eks.ListPodIdentityAssociationsInput{ClusterName: &name}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, entry := range page.Associations {
			// A list leaves out the role.
			found, err := r.eks.DescribePodIdentityAssociation(ctx, &eks.DescribePodIdentityAssociationInput{
				ClusterName: &name, AssociationId: entry.AssociationId,
			})
			if err != nil {
				return nil, err
			}
			associations = append(associations, deployed.Association{
				ARN:     *found.Association.AssociationArn,
				ID:      *found.Association.AssociationId,
				Cluster: cluster,
				Subject: identity.Subject{
					Namespace:      identity.Namespace(*found.Association.Namespace),
					ServiceAccount: identity.ServiceAccount(*found.Association.ServiceAccount),
				},
				Role: *found.Association.RoleArn,
			})
		}
	}
	return associations, nil
}
