package live

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"keyless-runners/identity"
)

// Request names what is read.
type Request struct {
	Clusters []Cluster
	// Registries are read besides that of each cluster's account and region.
	Registries []identity.Registry
	// PullThroughCaches are the registries of which the rules of pull through caches are read, and the
	// templates of the image repositories that these create.
	PullThroughCaches []identity.Registry
	// Profiles are names of profiles of AWS's configuration, for accounts that the default
	// credentials are not of. The default credentials are always tried.
	Profiles []string
}

// Cluster is an EKS cluster that is read, with its account.
type Cluster struct {
	// Label names the cluster in the documents. Zero: Name.
	Label string
	// Name is the cluster's in EKS.
	Name   identity.ClusterName
	Region identity.Region
	// Account is the cluster's. Zero: that of the default credentials.
	Account identity.AccountID
	// Context is one of kubeconfig. Zero: the one whose cluster has the ARN as its name, as
	// "aws eks update-kubeconfig" gives it, or has the endpoint that EKS shows.
	Context string
}

func (c Cluster) label() string { return cmp.Or(c.Label, string(c.Name)) }

func (c Cluster) arn() identity.ClusterARN {
	return identity.ClusterARN{Partition: c.Region.Partition(), Region: c.Region, Account: c.Account, Name: c.Name}
}

// Reading holds what was read.
type Reading struct {
	// Accounts are the accounts that credentials were found for, sorted.
	Accounts []identity.AccountID
	// Clusters are the labels of those of which Kubernetes' API answered, sorted.
	Clusters []string
	// Documents are sorted by name.
	Documents []Document
	// Unread lists what could not be read, sorted by where and permission.
	Unread []Unread
}

// Document is JSON as a command prints it.
type Document struct {
	// Name is such as "live:eks/prod/serviceaccounts". All of one cluster's are in one folder.
	Name string
	// Made reports that controllers made the objects in it, from others that are in other
	// documents.
	Made bool
	Text []byte
}

// Unread is something that could not be read.
type Unread struct {
	Call
	// Why is the reason that AWS, Kubernetes or the network gave, in one line.
	Why string
	// Denied reports that the permission is missing.
	Denied bool
}

// reader keeps what calls yield, from several goroutines at once.
type reader struct {
	mu      sync.Mutex
	reading Reading
}

// maxAtOnce is how many calls of one kind run at once: fewer than AWS throttles.
const maxAtOnce = 8

// add keeps a document.
func (r *reader) add(name string, value any) error { return r.addDocument(name, false, value) }

func (r *reader) addDocument(name string, made bool, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reading.Documents = append(r.reading.Documents, Document{name, made, text})
	return nil
}

// try makes a call. Failing is nothing that stops others.
func (r *reader) try(call Call, act func() error) {
	if err := act(); err != nil {
		r.failed(call, err)
	}
}

// failed keeps that a call failed, once.
func (r *reader) failed(call Call, err error) {
	why, denied := reason(err)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, known := range r.reading.Unread {
		if known.Permission == call.Permission && known.Where == call.Where {
			return
		}
	}
	r.reading.Unread = append(r.reading.Unread, Unread{call, why, denied})
}

func (r *reader) answered(label string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.reading.Clusters, label) {
		r.reading.Clusters = append(r.reading.Clusters, label)
	}
}

// sorted is the reading in an order that does not depend on which call was faster.
func (r *reader) sorted() Reading {
	slices.Sort(r.reading.Accounts)
	slices.Sort(r.reading.Clusters)
	slices.SortFunc(r.reading.Documents, func(a, b Document) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(r.reading.Unread, func(a, b Unread) int {
		return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.Permission, b.Permission))
	})
	return r.reading
}

// each calls act for each item, several at once.
func each[T any](items []T, act func(T)) {
	var group errgroup.Group
	group.SetLimit(maxAtOnce)
	for _, item := range items {
		group.Go(func() error {
			act(item)
			return nil
		})
	}
	_ = group.Wait() // act keeps what fails
}
