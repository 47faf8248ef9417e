// Package cluster is the control plane of an EKS cluster, as far as a rehearsal needs
// one: a real etcd and a real kube-apiserver on loopback, with the issuer of the
// fleet's cluster. Nothing schedules or runs Pods; what the API server refuses or
// lets in, and whose tokens it signs, is real.
package cluster

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-logr/logr"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/klog/v2"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/authority"
	"keyless-runners/rehearsal/process"
	"keyless-runners/rehearsal/program"
)

// Options say which cluster to start.
type Options struct {
	// Folder is where everything of the cluster is kept; it is made.
	Folder string
	// Programs are etcd, kube-apiserver and kubectl.
	Programs program.Programs
	// Issuer is the issuer of tokens.
	Issuer identity.Issuer
}

// Cluster is a cluster that runs.
type Cluster struct {
	Options
	// Authority signs the certificates of the API server and of its users.
	Authority *authority.Authority
	// Kubeconfig is the path of an administrator's kubeconfig file.
	Kubeconfig string
	// Config, Client and Dynamic reach the API server as that administrator.
	Config  *rest.Config
	Client  kubernetes.Interface
	Dynamic dynamic.Interface

	url       string
	etcd      *etcd
	owner     bool
	apiServer *process.Process
	published published
	stop      context.CancelFunc
}

// client-go reports each watch that breaks on the terminal, among the lines of the
// rehearsal. What waits for something reports what did not come.
func init() { klog.SetLogger(logr.Discard()) }

// Start starts a cluster. It takes a few seconds.
func Start(ctx context.Context, options Options) (*Cluster, error) {
	etcd, err := startEtcd(ctx, options)
	if err != nil {
		return nil, err
	}
	c, err := start(ctx, options, etcd)
	if err != nil {
		etcd.process.Stop()
		return nil, err
	}
	c.owner = true
	return c, nil
}

// Beside starts another cluster, with other keys and another issuer, that keeps its
// objects in this one's etcd and has to be stopped before this one.
func (c *Cluster) Beside(ctx context.Context, folder string, issuer identity.Issuer) (*Cluster, error) {
	return start(ctx, Options{Folder: folder, Programs: c.Programs, Issuer: issuer}, c.etcd)
}

func start(ctx context.Context, options Options, etcd *etcd) (*Cluster, error) {
	if err := os.MkdirAll(options.Folder, 0o700); err != nil {
		return nil, err
	}
	a, err := authority.New("kubernetes")
	if err != nil {
		return nil, err
	}
	c := &Cluster{Options: options, Authority: a, etcd: etcd}
	if err := c.startAPIServer(ctx); err != nil {
		return nil, err
	}
	if err := c.play(ctx); err != nil {
		c.Stop()
		return nil, err
	}
	return c, nil
}

// play begins what needs the API server: what it publishes is read, and the
// controllers that are played here start.
func (c *Cluster) play(ctx context.Context) (err error) {
	if c.published, err = c.discover(ctx); err != nil {
		return fmt.Errorf("discovery of issuer %q: %w", c.Issuer, err)
	}
	lasting, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	return c.serviceAccounts(ctx, lasting)
}

// Stop stops the cluster, and etcd if it is this cluster's own.
func (c *Cluster) Stop() {
	if c.stop != nil {
		c.stop()
	}
	c.apiServer.Stop()
	if c.owner {
		c.etcd.process.Stop()
	}
}

// Kill ends kube-apiserver at once, as a node that loses its power does. What it
// wrote is in etcd.
func (c *Cluster) Kill() { c.apiServer.Kill() }

// Restart starts kube-apiserver again, on the port that it had, after Kill.
func (c *Cluster) Restart(ctx context.Context) error {
	restarted, err := process.Start(ctx, c.apiServer.Command)
	if err != nil {
		return err
	}
	c.apiServer = restarted
	return nil
}

// path is a file of the cluster.
func (c *Cluster) path(name string) string { return filepath.Join(c.Folder, name) }
