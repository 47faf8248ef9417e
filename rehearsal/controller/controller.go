// Package controller runs the manager of actions-runner-controller as its own
// deployment would: with its CustomResourceDefinitions, its admission webhooks and
// no more rights than the role that it ships with. It talks to a fake of GitHub.
package controller

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"keyless-runners/rehearsal/authority"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/process"
)

// Options say which controller to start.
type Options struct {
	// Folder is where everything of the controller is kept; it is made.
	Folder string
	// Cluster is where it works.
	Cluster *cluster.Cluster
	// GitHub is the URL of GitHub's API, Token the personal access token for it.
	GitHub, Token string
}

// Controller is a manager that runs.
type Controller struct {
	Options
	authority *authority.Authority
	port      int
	manager   *process.Process
}

const (
	// user is the manager's user name in the cluster.
	user = "actions-runner-controller"
	// pause is the time between two looks at what is waited for.
	pause = 50 * time.Millisecond
)

// Start installs the controller in the cluster and starts it.
func Start(ctx context.Context, options Options) (*Controller, error) {
	c := &Controller{Options: options}
	if err := c.install(ctx); err != nil {
		return nil, err
	}
	if err := c.certify(); err != nil {
		return nil, err
	}
	kubeconfig, err := c.Cluster.User(user)
	if err != nil {
		return nil, err
	}
	if err := process.Retry(ctx, func() error { return c.start(ctx, kubeconfig) }); err != nil {
		return nil, err
	}
	if err := c.register(ctx); err != nil {
		c.Stop()
		return nil, err
	}
	return c, nil
}

// certificates is where controller-runtime looks for the webhooks' certificate, in
// the folder for temporary files.
const certificates = "k8s-webhook-server/serving-certs"

// certify makes the certificate of the webhooks.
func (c *Controller) certify() (err error) {
	if c.authority, err = authority.New(user); err != nil {
		return err
	}
	folder := filepath.Join(c.Folder, certificates)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	pair, err := c.authority.Server(process.Loopback)
	if err != nil {
		return err
	}
	_, _, err = pair.Write(folder, "tls")
	return err
}

func (c *Controller) start(ctx context.Context, kubeconfig string) (err error) {
	if c.port, err = process.Port(); err != nil {
		return err
	}
	c.manager, err = process.Start(ctx, process.Command{
		Name: user,
		Path: c.Cluster.Programs.Manager,
		Args: []string{
			"--port=" + strconv.Itoa(c.port),
			"--metrics-addr=0", // none
			"--sync-period=2s", // an autoscaler that met its RunnerDeployment too early waits as long
			"--github-url=" + c.GitHub,
			"--github-token=" + c.Token,
		},
		Env:   []string{"KUBECONFIG=" + kubeconfig, "TMPDIR=" + c.Folder, "HOME=" + c.Folder},
		Log:   filepath.Join(c.Folder, "log"),
		Ready: c.ready,
	})
	return err
}

// ready reports that the webhooks answer, under the certificate that they were given.
func (c *Controller) ready(ctx context.Context) error {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(c.authority.PEM)
	dialer := tls.Dialer{NetDialer: &net.Dialer{}, Config: &tls.Config{RootCAs: pool}}
	connection, err := dialer.DialContext(ctx, "tcp", process.Address(c.port))
	if err != nil {
		return err
	}
	return connection.Close()
}

// Stop stops the manager. What it installed stays in the cluster.
func (c *Controller) Stop() { c.manager.Stop() }

// Kill ends the manager at once.
func (c *Controller) Kill() { c.manager.Kill() }

// Restart starts the manager again, after Stop or Kill, with the webhooks where they
// were.
func (c *Controller) Restart(ctx context.Context) error {
	restarted, err := process.Start(ctx, c.manager.Command)
	if err != nil {
		return err
	}
	c.manager = restarted
	return nil
}
