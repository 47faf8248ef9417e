package initial

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// findNamespaces declares what the pools' namespaces have. A Namespace that this project did not
// make is made elsewhere, and stays so.
func (a *declaration) findNamespaces() {
	for _, r := range a.runners {
		for _, c := range r.pool.Clusters() {
			s := fleet.NamespaceSettings{Cluster: c, Name: r.pool.Namespace}
			known := func(other fleet.NamespaceSettings) bool { return other.Name == s.Name && other.Cluster.Name == c.Name }
			if slices.ContainsFunc(a.settings, known) {
				continue
			}
			a.addSettings(&s, a.folderOf(c))
			a.settings = append(a.settings, s)
		}
	}
	a.settings = slices.DeleteFunc(a.settings, func(s fleet.NamespaceSettings) bool {
		return !s.Existing && s.ResourceQuota == nil && s.LimitRange == nil && s.NetworkPolicy == nil
	})
}

// folderOf is the folder of a cluster's manifests.
func (a *declaration) folderOf(c fleet.Cluster) string { return a.foldersOf[c.Name] }

// addSettings reads the objects of a namespace that this project made.
func (a *declaration) addSettings(s *fleet.NamespaceSettings, folder string) {
	s.Existing = true
	for _, object := range a.facts().Objects {
		node := a.objects[object.Place]
		if index.Folder(object.Place) != folder || node.Word("metadata", "labels", "app.kubernetes.io/managed-by") != fleet.ManagedBy {
			continue
		}
		if object.Kind == "Namespace" && object.Name.Is(string(s.Name)) {
			s.Existing = false
		}
		if object.Namespace.Is(string(s.Name)) && object.Name.Is("runners") {
			a.addSetting(s, object, node.Get("spec"))
		}
	}
}

func (a *declaration) addSetting(s *fleet.NamespaceSettings, object facts.Object, spec *source.Node) {
	var err error
	switch object.Kind {
	case "ResourceQuota":
		s.ResourceQuota = &corev1.ResourceQuotaSpec{}
		err = decode(spec, s.ResourceQuota)
	case "LimitRange":
		s.LimitRange = &corev1.LimitRangeSpec{}
		err = decode(spec, s.LimitRange)
	case "NetworkPolicy":
		s.NetworkPolicy = &fleet.NetworkPolicy{}
		s.NetworkPolicy.Ports, err = portsIn(spec)
	}
	if err != nil {
		a.result.ask(Question{Place: object.Place, Text: "the object cannot be read: " + err.Error(), Next: "correct it, and run keyless init again"})
	}
}

// portsIn are the ports that a NetworkPolicy lets Pods reach everywhere; nil for those that it has
// if none are declared.
func portsIn(node *source.Node) ([]int, error) {
	var spec struct {
		Egress []struct {
			To    []struct{ IPBlock struct{ CIDR string } }
			Ports []struct{ Port int }
		}
	}
	err := decode(node, &spec)
	var ports []int
	for _, rule := range spec.Egress {
		if len(rule.To) > 0 && rule.To[0].IPBlock.CIDR == "0.0.0.0/0" {
			for _, port := range rule.Ports {
				ports = append(ports, port.Port)
			}
		}
	}
	if slices.Equal(ports, (fleet.NetworkPolicy{}).AllPorts()) {
		return nil, err
	}
	return ports, err
}

// addExternalSecret declares the object of the External Secrets Operator that makes the Secret
// for GitHub, if this project made it.
func (a *declaration) addExternalSecret(r *runner) {
	for _, object := range a.facts().Objects {
		node := a.objects[object.Place]
		ours := node.Word("metadata", "labels", "app.kubernetes.io/managed-by") == fleet.ManagedBy && node.Word("metadata", "labels", identity.InstanceLabel) == string(r.pool.Name)
		if object.Kind != "ExternalSecret" || !ours || r.pool.GitHubSecret() == "" || !object.Name.Is(r.pool.GitHubSecret()) {
			continue
		}
		declared := &fleet.ExternalSecret{
			Store:     node.Word("spec", "secretStoreRef", "name"),
			StoreKind: fleet.StoreKind(node.Word("spec", "secretStoreRef", "kind")),
			Key:       node.Get("spec", "dataFrom").Item(0).Word("extract", "key"),
		}
		if declared.StoreKind == fleet.SecretStore {
			declared.StoreKind = ""
		}
		r.pool.ExternalSecret = declared
	}
}
