package preflight

import (
	"fmt"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

const (
	annotationPrefix     = "eks.amazonaws.com/"
	annotationRoleARN    = identity.AnnotationRoleARN
	annotationExpiration = identity.AnnotationTokenExpiration
	annotationSkip       = identity.AnnotationSkipContainers
)

var serviceAccountAnnotations = []string{annotationRoleARN, identity.AnnotationAudience, annotationExpiration, identity.AnnotationRegionalEndpoints}

// checkServiceAccounts looks at the annotations of each ServiceAccount.
func (p *proof) checkServiceAccounts() {
	for i := range p.ServiceAccounts {
		account := &p.ServiceAccounts[i]
		for _, annotation := range account.Annotations {
			p.checkAnnotation(annotation, serviceAccountAnnotations)
		}
	}
}

// followServiceAccounts follows those whose role may push and that no workload of the
// files was followed to. Others have to do with the chain only if a runner has them.
func (p *proof) followServiceAccounts() {
	for i := range p.ServiceAccounts {
		account := &p.ServiceAccounts[i]
		role := p.associatedRole(account)
		if role == nil {
			role = p.exactRole(account)
		}
		if role != nil && p.identities[account] == nil && p.namesPush(role) {
			p.identitiesOf(account, p.wayOf(account))
		}
	}
}

// indexTakers finds the ServiceAccounts that come to each role, by an annotation or an
// association.
func (p *proof) indexTakers() {
	for i := range p.ServiceAccounts {
		account := &p.ServiceAccounts[i]
		for _, role := range []*facts.Role{p.exactRole(account), p.associatedRole(account)} {
			if role != nil {
				p.take(role, account)
			}
		}
	}
}

// checkAnnotation reports an annotation that the webhook would leave unread.
func (p *proof) checkAnnotation(annotation facts.Annotation, known []string) {
	if !strings.HasPrefix(annotation.Key, annotationPrefix) {
		return
	}
	if annotation.Key == annotationExpiration {
		p.checkExpiration(annotation.Value)
	}
	for _, key := range known {
		if annotation.Key == key {
			return
		}
	}
	if near := identity.Closest(annotation.Key, known); near != "" {
		p.find(unknownAnnotation, annotation.Place,
			fmt.Sprintf("EKS does not know the annotation %q: did you mean %q?", annotation.Key, near),
			fmt.Sprintf("write %s", near))
	}
}

func (p *proof) checkExpiration(value facts.Text) {
	seconds, err := strconv.Atoi(value.Value)
	if value.Known() && (err != nil || seconds < identity.MinTokenSeconds || seconds > identity.DefaultTokenSeconds) {
		p.find(badExpiration, value.Place,
			fmt.Sprintf("token expiration %q: want %d to %d seconds", value.Value, identity.MinTokenSeconds, identity.DefaultTokenSeconds),
			"write the seconds in quotes, or leave the annotation out for 86400")
	}
}

// annotationOf returns the annotation with the key, nil if there is none.
func annotationOf(annotations []facts.Annotation, key string) *facts.Annotation {
	for i := range annotations {
		if annotations[i].Key == key {
			return &annotations[i]
		}
	}
	return nil
}

// defaultServiceAccount is whom a Pod runs as that names nobody.
const defaultServiceAccount = "default"

// serviceAccount finds the ServiceAccount of a workload's Pods, and reports it if
// there is none.
func (p *proof) serviceAccount(w *facts.Workload, r *runner) *facts.ServiceAccount {
	wanted := w.ServiceAccount
	if !wanted.There {
		wanted.Value, wanted.Place = defaultServiceAccount, w.Place
	} else if !wanted.Known() {
		p.find(notKnown, wanted.Place, "the Pod's ServiceAccount is not known: "+wanted.Unknown, "write its name")
		return nil
	}
	if accounts := p.serviceAccounts[accountKey(w.Namespace, wanted.Value)]; len(accounts) > 0 {
		return nearest(accounts, w.Place, accountPlace)
	}
	if !w.ServiceAccount.There {
		r.noRole = append(r.noRole, noAccount(w))
		return nil
	}
	p.reportNoServiceAccount(w, wanted)
	return nil
}

// noAccount is the finding about a workload that names no ServiceAccount. In container
// mode kubernetes the controller makes one for each runner (runner_controller.go).
func noAccount(w *facts.Workload) Finding {
	whose := fmt.Sprintf("its Pods run as %q", defaultServiceAccount)
	if w.Runner && startsPods(w) {
		whose = "the controller makes one for each of its runners"
	}
	return Finding{Kind: defaultAccount, Place: w.Place,
		Problem: fmt.Sprintf("%s names no ServiceAccount, so %s, which has no role", w.Kind, whose),
		Fix:     "set serviceAccountName to the ServiceAccount with the annotation " + annotationRoleARN}
}

func (p *proof) reportNoServiceAccount(w *facts.Workload, wanted facts.Text) {
	elsewhere := p.accountsByName[wanted.Value]
	switch {
	case len(elsewhere) > 0 && (!elsewhere[0].Namespace.There || !w.Namespace.There):
		// That the namespace is missing is reported already.
	case len(elsewhere) == 0 && p.unrendered:
		// It may be in what is not rendered, which is reported.
	case len(elsewhere) > 0:
		p.find(noServiceAccount, wanted.Place,
			fmt.Sprintf("the Pods are in namespace %q, ServiceAccount %q is in namespace %q", spell(w.Namespace), wanted.Value, spell(elsewhere[0].Namespace)),
			"put both into one namespace", Related{elsewhere[0].Place, "the ServiceAccount"})
	default:
		p.find(noServiceAccount, wanted.Place,
			fmt.Sprintf("ServiceAccount %q of namespace %q is not among the files", wanted.Value, spell(w.Namespace)),
			p.suggestServiceAccount(wanted.Value))
	}
}

func (p *proof) suggestServiceAccount(wanted string) string {
	names := candidates(p.accountsByName)
	if near := identity.Closest(wanted, names); near != "" {
		return fmt.Sprintf("name %q, or add the ServiceAccount's file", near)
	}
	if len(names) > 0 {
		return fmt.Sprintf("name one that is (%s), or add the ServiceAccount's file", quoted(names))
	}
	return "add the ServiceAccount's file"
}

// sameNamespace says whether kubectl puts two objects into one namespace. Two that
// name none go to the same one, whichever it is.
func sameNamespace(a, b facts.Text) bool {
	return a.There == b.There && a.Value == b.Value && a.Unknown == b.Unknown
}

// nearest is the object in the same folder, or else the first, nil if there is none:
// manifests of several clusters may have objects of one name, each cluster in its
// folder.
func nearest[T any](objects []*T, at source.Place, placeOf func(*T) source.Place) *T {
	for _, object := range objects {
		if folder(placeOf(object)) == folder(at) {
			return object
		}
	}
	if len(objects) == 0 {
		return nil
	}
	return objects[0]
}

// accountPlace is where a ServiceAccount is written.
func accountPlace(account *facts.ServiceAccount) source.Place { return account.Place }
