package stage

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/agent"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/webhook"
)

// join makes a control plane a cluster of EKS, with its webhook, its nodes' agent and a
// published issuer. If that fails, it stops the cluster.
func (s *Stage) join(ctx context.Context, c *Cluster, eks identity.ClusterARN) (err error) {
	defer func() {
		if err != nil {
			c.Stop()
		}
	}()
	if c.webhook, err = webhook.Start(ctx, c.Cluster, eks.Region); err != nil {
		return err
	}
	if err := s.publish(c.Cluster); err != nil {
		return err
	}
	return s.Name(c, eks)
}

// Name has EKS call the cluster so, and its nodes' agent take it for that one.
func (s *Stage) Name(c *Cluster, eks identity.ClusterARN) error {
	if c.agent != nil {
		c.agent.Stop()
	}
	c.EKS = eks
	transport, err := s.Network.Peer().Transport()
	if err != nil {
		return err
	}
	if c.agent, err = agent.Start(agent.Options{Cluster: eks, Node: s.node(eks), Network: transport}); err != nil {
		return err
	}
	return s.Cloud.OpenCluster(eks, c.Issuer)
}

// node are the credentials that a node of the cluster has from its metadata service.
func (s *Stage) node(of identity.ClusterARN) aws.CredentialsProvider {
	role := identity.RoleARN{Partition: of.Partition, Account: of.Account, Path: "/", Name: account.Node}
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return s.Cloud.Sessions.Issue(session.Session{Role: role, Name: "i-0123456789abcdef0"}, time.Hour), nil
	})
}

// associate has the webhook know the associations that are deployed for the cluster.
func (s *Stage) associate(c *Cluster) {
	var subjects []identity.Subject
	for _, association := range s.Cloud.State.Account(c.EKS.Account).Associations {
		if association.Cluster == c.EKS {
			subjects = append(subjects, association.Subject)
		}
	}
	c.webhook.Associate(subjects)
}
