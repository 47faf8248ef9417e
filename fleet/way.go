package fleet

import (
	"cmp"
	"fmt"
)

// Way is how the Pods of a pool get its role.
type Way string

const (
	// WayIRSA is IAM roles for service accounts: the ServiceAccount names the role in
	// an annotation, and the role trusts the OIDC provider of the cluster's issuer.
	WayIRSA Way = "IRSA"
	// WayPodIdentity is EKS Pod Identity: an association in EKS gives the role to the
	// ServiceAccount, which has no annotation, and the role trusts EKS. It needs the
	// EKS Pod Identity agent on Linux EC2 nodes of the cluster (Amazon EKS user guide,
	// "Learn how EKS Pod Identity grants Pods access to AWS services").
	WayPodIdentity Way = "EKS Pod Identity"
	// WayBoth is for a move from one to the other. New Pods use EKS Pod Identity, and
	// those that run keep IRSA until they end.
	WayBoth Way = "IRSA and EKS Pod Identity"
)

// Check reports a way other than these and the zero value.
func (w Way) Check() error {
	switch w {
	case "", WayIRSA, WayPodIdentity, WayBoth:
		return nil
	}
	return fmt.Errorf("unknown way to the role %q: want %q, %q or %q", w, WayIRSA, WayPodIdentity, WayBoth)
}

// WayOrDefault is how Pods of the pool get the role.
func (p Pool) WayOrDefault() Way {
	return cmp.Or(p.Way, WayIRSA)
}

// UsesIRSA reports whether Pods of the pool may get the role by IRSA.
func (p Pool) UsesIRSA() bool {
	return p.WayOrDefault() == WayIRSA || p.Way == WayBoth
}

// CreatesAssociation reports whether the pool's stack holds its association of EKS Pod Identity.
func (p Pool) CreatesAssociation() bool {
	return p.UsesPodIdentity() && !p.ExistingAssociation
}

// UsesPodIdentity reports whether Pods of the pool get the role by EKS Pod Identity.
func (p Pool) UsesPodIdentity() bool {
	return p.Way == WayPodIdentity || p.Way == WayBoth
}
