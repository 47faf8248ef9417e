package live

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	"keyless-runners/identity"
)

// readEKS reads what EKS shows of a cluster, and returns the endpoint of its Kubernetes API, ""
// if it is not known.
func (r *reader) readEKS(ctx context.Context, config aws.Config, c Cluster) (endpoint string) {
	client, where, folder := eks.NewFromConfig(config), inEKS(c), clusterFolder(c)
	r.try(describeCluster.in(where), func() error {
		found, err := client.DescribeCluster(ctx, &eks.DescribeClusterInput{Name: aws.String(string(c.Name))})
		if err != nil {
			return err
		}
		endpoint = aws.ToString(found.Cluster.Endpoint)
		return r.add(folder+"cluster", map[string]any{"cluster": printed(lowerFirst, found.Cluster)})
	})
	each([]func(){
		func() { r.readAssociations(ctx, client, c) },
		func() { r.readAgent(ctx, client, c) },
		func() { r.readFargateProfiles(ctx, client, c) },
	}, func(read func()) { read() })
	return endpoint
}

// clusterFolder begins the names of a cluster's documents.
func clusterFolder(c Cluster) string { return fmt.Sprintf("live:eks/%s/", c.label()) }

func (r *reader) readAssociations(ctx context.Context, client *eks.Client, c Cluster) {
	where := inEKS(c)
	r.try(listAssociations.in(where), func() error {
		ids, err := allOf(ctx, eks.NewListPodIdentityAssociationsPaginator(client, &eks.ListPodIdentityAssociationsInput{ClusterName: aws.String(string(c.Name))}),
			func(page *eks.ListPodIdentityAssociationsOutput) (ids []string) {
				for _, association := range page.Associations {
					ids = append(ids, aws.ToString(association.AssociationId))
				}
				return ids
			})
		if err != nil {
			return err
		}
		each(ids, func(id string) {
			r.try(describeAssociation.in(where), func() error {
				found, err := client.DescribePodIdentityAssociation(ctx, &eks.DescribePodIdentityAssociationInput{ClusterName: aws.String(string(c.Name)), AssociationId: aws.String(id)})
				if err != nil {
					return err
				}
				return r.add(clusterFolder(c)+"association-"+id, map[string]any{"association": printed(lowerFirst, found.Association)})
			})
		})
		return nil
	})
}

// readAgent reads the add-on of EKS Pod Identity, if the cluster has it.
func (r *reader) readAgent(ctx context.Context, client *eks.Client, c Cluster) {
	r.try(describeAddon.in(inEKS(c)), func() error {
		found, err := client.DescribeAddon(ctx, &eks.DescribeAddonInput{ClusterName: aws.String(string(c.Name)), AddonName: aws.String(identity.AddonPodIdentityAgent)})
		var none *types.ResourceNotFoundException
		if errors.As(err, &none) {
			return nil
		}
		if err != nil {
			return err
		}
		return r.add(clusterFolder(c)+"addon-"+identity.AddonPodIdentityAgent, map[string]any{"addon": printed(lowerFirst, found.Addon)})
	})
}

func (r *reader) readFargateProfiles(ctx context.Context, client *eks.Client, c Cluster) {
	where := inEKS(c)
	r.try(listFargateProfiles.in(where), func() error {
		names, err := allOf(ctx, eks.NewListFargateProfilesPaginator(client, &eks.ListFargateProfilesInput{ClusterName: aws.String(string(c.Name))}),
			func(page *eks.ListFargateProfilesOutput) []string { return page.FargateProfileNames })
		if err != nil {
			return err
		}
		each(names, func(name string) {
			r.try(describeFargateProfile.in(where), func() error {
				found, err := client.DescribeFargateProfile(ctx, &eks.DescribeFargateProfileInput{ClusterName: aws.String(string(c.Name)), FargateProfileName: aws.String(name)})
				if err != nil {
					return err
				}
				return r.add(clusterFolder(c)+"fargate-profile-"+name, map[string]any{"fargateProfile": printed(lowerFirst, found.FargateProfile)})
			})
		})
		return nil
	})
}
