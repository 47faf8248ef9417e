// Package scaleset runs the controller of ARC's scale sets as its chart does: with its
// definitions, as its ServiceAccount, with the rights of the chart's roles and of those that
// manifests bring along.
//
// The module of actions-runner-controller, v0.27.6, has the controller of scale set 0.6.1; the
// manifests are for 0.14. What stands between the two is in bridge.go and definition.go.
package scaleset

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/process"
)

// Options say which controller to start.
type Options struct {
	// Folder is where everything of the controller is kept; it is made.
	Folder string
	// Cluster is where it works.
	Cluster *cluster.Cluster
	// ServiceAccount is the controller's, to which manifests give rights.
	ServiceAccount identity.Subject
	// GitHub is the URL that stands for https://github.com here, and Enterprise that for any GitHub
	// Enterprise Server, whose authority has the Certificate. Token is what the Secrets of scale
	// sets have for both.
	GitHub, Enterprise, Token string
	Certificate               []byte
	// Registered reports whether the Actions service has a runner of the name.
	Registered func(runner string) bool
}

// Controller is a manager of scale sets.
type Controller struct {
	Options
	manager *process.Process
	bridge  *bridge
}

// manager is the user that installed the controller.
const manager = "gha-runner-scale-set-controller"

// Start installs the controller in the cluster and starts it.
func Start(ctx context.Context, options Options) (*Controller, error) {
	c := &Controller{Options: options}
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return nil, err
	}
	if err := c.define(ctx); err != nil {
		return nil, err
	}
	if err := c.Authorize(ctx); err != nil {
		return nil, err
	}
	var err error
	if c.bridge, err = build(ctx, c.Cluster, c.GitHub, c.Enterprise); err != nil {
		return nil, err
	}
	if err := c.start(ctx); err != nil {
		c.bridge.Stop()
		return nil, err
	}
	return c, nil
}

func (c *Controller) start(ctx context.Context) error {
	namespace := string(c.ServiceAccount.Namespace)
	kubeconfig, err := c.Cluster.User(c.ServiceAccount.String(), "system:serviceaccounts", "system:serviceaccounts:"+namespace)
	if err != nil {
		return err
	}
	log := filepath.Join(c.Folder, "log")
	c.manager, err = process.Start(ctx, process.Command{
		Name: manager,
		Path: c.Cluster.Programs.Manager,
		Args: []string{"--auto-scaling-runner-set-only", "--metrics-addr=0", "--listener-metrics-addr=0"},
		Env: []string{
			"KUBECONFIG=" + kubeconfig, "TMPDIR=" + c.Folder, "HOME=" + c.Folder,
			"CONTROLLER_MANAGER_POD_NAMESPACE=" + namespace, "CONTROLLER_MANAGER_CONTAINER_IMAGE=listener",
		},
		Log:   log,
		Ready: func(context.Context) error { return works(log) },
	})
	return err
}

// works says by its log that the manager has begun: it answers on no port.
func works(log string) error {
	text, err := os.ReadFile(log)
	if err == nil && !bytes.Contains(text, []byte("Starting workers")) {
		err = errors.New("it has no workers yet")
	}
	return err
}

// Stop stops the manager. What it installed stays in the cluster.
func (c *Controller) Stop() {
	c.manager.Stop()
	c.bridge.Stop()
}
