package preflight

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// checkObjects looks at the names of Kubernetes objects, and for two of one name.
func (p *proof) checkObjects() {
	first := map[string]*facts.Object{}
	for i := range p.Objects {
		object := &p.Objects[i]
		p.checkObject(object)
		group, _, _ := strings.Cut(object.APIVersion, "/")
		key := strings.Join([]string{folder(object.Place), group, object.Kind, object.Namespace.Value, object.Name.Value}, "\n")
		if before := first[key]; before != nil && before.Hash != object.Hash && object.Name.Known() {
			p.find(definedTwice, object.Place, fmt.Sprintf("%s %q is defined twice, and kubectl lets the last one win", object.Kind, name(object.Namespace, object.Name)),
				"rename one", Related{before.Place, "the other"})
		}
		first[key] = object
	}
}

// checkObject looks at the names of the kinds that the chain is made of.
func (p *proof) checkObject(object *facts.Object) {
	if object.Namespace.Known() {
		p.checkName(object.Namespace, identity.Namespace(object.Namespace.Value).Check())
	}
	if !object.Name.Known() {
		return
	}
	switch object.Kind {
	case "Namespace":
		p.checkName(object.Name, identity.Namespace(object.Name.Value).Check())
	case "ServiceAccount":
		p.checkName(object.Name, identity.ServiceAccount(object.Name.Value).Check())
	case "RunnerDeployment":
		p.checkName(object.Name, identity.RunnerDeployment(object.Name.Value).Check())
	}
}

func (p *proof) checkSecrets() {
	for _, secret := range p.Secrets {
		p.find(secretInFile, secret.Place, fmt.Sprintf("this looks like %s", secret.What),
			"take it out of the file and out of its history, and make it useless where it was made")
	}
}
