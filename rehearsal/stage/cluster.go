package stage

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/agent"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/controller"
	"keyless-runners/rehearsal/github"
	"keyless-runners/rehearsal/scaleset"
	"keyless-runners/rehearsal/webhook"
)

// Cluster is a cluster with what makes runners' Pods in it.
type Cluster struct {
	*cluster.Cluster
	// EKS is its name in EKS.
	EKS        identity.ClusterARN
	Controller *controller.Controller
	// ScaleSets is the controller of scale sets; nil if StartScaleSets was not called.
	ScaleSets *scaleset.Controller
	GitHub    *github.Server
	webhook   *webhook.Webhook
	agent     *agent.Agent
}

// StartCluster starts a cluster with the controller, the webhook and the agent, and publishes
// its issuer. Several may start at once; Add takes them in.
func (s *Stage) StartCluster(ctx context.Context, name string, eks identity.ClusterARN, issuer identity.Issuer) (*Cluster, error) {
	folder := filepath.Join(s.Folder, "cluster-"+name)
	started, err := cluster.Start(ctx, cluster.Options{Folder: folder, Programs: s.Programs, Issuer: issuer})
	if err != nil {
		return nil, err
	}
	c := &Cluster{Cluster: started}
	if err := c.StartController(ctx); err != nil {
		c.Stop()
		return nil, err
	}
	if err := s.join(ctx, c, eks); err != nil {
		return nil, err
	}
	return c, nil
}

// Beside starts another cluster beside one, with another issuer and another name and without
// the controller, which the stage stops first at its end.
func (s *Stage) Beside(ctx context.Context, c *Cluster, eks identity.ClusterARN, issuer identity.Issuer) (*Cluster, error) {
	name := string(eks.Name)
	started, err := c.Beside(ctx, filepath.Join(s.Folder, "beside-"+name), issuer)
	if err != nil {
		return nil, err
	}
	beside := &Cluster{Cluster: started}
	if err := s.join(ctx, beside, eks); err != nil {
		return nil, err
	}
	s.Add(name, beside)
	return beside, nil
}

// Add has the stage stop the cluster at its end.
func (s *Stage) Add(name string, c *Cluster) {
	s.Clusters[name] = c
	s.stops = append(s.stops, c.Stop)
	s.associate(c)
}

// StartController starts the controller of RunnerDeployments, and the GitHub that it asks.
func (c *Cluster) StartController(ctx context.Context) (err error) {
	if c.GitHub, err = github.Start(); err != nil {
		return err
	}
	c.Controller, err = controller.Start(ctx, controller.Options{
		Folder: filepath.Join(c.Folder, "controller"), Cluster: c.Cluster, GitHub: c.GitHub.URL, Token: github.Token,
	})
	return err
}

// StartScaleSets starts the controller of scale sets in the cluster, too, as a ServiceAccount.
func (c *Cluster) StartScaleSets(ctx context.Context, as identity.Subject) (err error) {
	c.ScaleSets, err = scaleset.Start(ctx, scaleset.Options{
		Folder: filepath.Join(c.Folder, "scale-sets"), Cluster: c.Cluster, ServiceAccount: as, Token: github.Token, Registered: c.GitHub.Registered,
		GitHub: c.GitHub.URL, Enterprise: c.GitHub.EnterpriseURL, Certificate: c.GitHub.Certificate,
	})
	return err
}

// Clear empties the cluster but for its controllers.
func (c *Cluster) Clear(ctx context.Context) error {
	if err := c.Cluster.Clear(ctx); err != nil || c.ScaleSets == nil {
		return err
	}
	return c.ScaleSets.Authorize(ctx)
}

// Stop ends the cluster, and what runs in it before.
func (c *Cluster) Stop() {
	if c.Controller != nil {
		c.Controller.Stop()
	}
	if c.ScaleSets != nil {
		c.ScaleSets.Stop()
	}
	if c.webhook != nil {
		c.webhook.Stop()
	}
	if c.agent != nil {
		c.agent.Stop()
	}
	if c.GitHub != nil {
		c.GitHub.Stop()
	}
	c.Cluster.Stop()
}

// publish serves what a cluster's issuer publishes, under its own name.
func (s *Stage) publish(c *cluster.Cluster) error {
	at, err := url.Parse(string(c.Issuer))
	if err != nil {
		return err
	}
	s.issuers.Handle(at.Path+"/", c.Discovery())
	return s.Network.Serve(at.Host, s.issuers)
}

// Apply applies a folder or a file of manifests as the README says, and returns what
// kubectl printed. Its error is kubectl's.
func (c *Cluster) Apply(ctx context.Context, path string) ([]string, error) {
	text, err := c.kubectl(ctx, "apply", "--server-side", "--validate=strict", "-f", path)
	return strings.Split(strings.TrimSpace(text), "\n"), err
}

// Try is Apply, but that nothing is kept.
func (c *Cluster) Try(ctx context.Context, path string) error {
	_, err := c.kubectl(ctx, "apply", "--server-side", "--validate=strict", "--dry-run=server", "-f", path)
	return err
}

// Delete deletes what a file holds.
func (c *Cluster) Delete(ctx context.Context, path string) error {
	_, err := c.kubectl(ctx, "delete", "--wait=false", "-f", path)
	return err
}

// kubectl returns what kubectl prints; an error if it failed.
func (c *Cluster) kubectl(ctx context.Context, args ...string) (string, error) {
	result, err := c.Kubectl(ctx, nil, args...)
	if err != nil {
		return "", err
	}
	if result.Status != 0 {
		return "", fmt.Errorf("kubectl %s: %s", args[0], strings.TrimSpace(string(result.Stderr)))
	}
	return string(result.Stdout), nil
}

// ApplyAgain applies a folder that was applied, and returns an error if that changed
// what an object of it says. That Kubernetes counts another generation is no change:
// the controller's webhook adds a time that is null, and applying drops it.
func (c *Cluster) ApplyAgain(ctx context.Context, folder string) error {
	before, err := c.contents(ctx, folder)
	if err != nil {
		return err
	}
	if _, err := c.Apply(ctx, folder); err != nil {
		return err
	}
	after, err := c.contents(ctx, folder)
	if err != nil {
		return err
	}
	if before != after {
		return fmt.Errorf("objects were\n%s\nand are\n%s", before, after)
	}
	return nil
}

// contents returns a folder's objects as the cluster has them.
func (c *Cluster) contents(ctx context.Context, folder string) (string, error) {
	const fields = `{range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.labels} {.metadata.annotations} {.spec}{"\n"}{end}`
	return c.kubectl(ctx, "get", "-f", folder, "--output=jsonpath="+fields)
}
