package kubernetes

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// sourceKinds are the kinds of which keys may be variables, by what the fields of a
// container that refer to them begin with.
var sourceKinds = map[string]string{"configMap": "ConfigMap", "secret": "Secret"}

func sources(envFrom *source.Node) []facts.EnvSource {
	var all []facts.EnvSource
	for _, item := range envFrom.Objects() {
		for _, kind := range []string{"configMap", "secret"} {
			if ref := item.Get(kind + "Ref"); ref.Is(source.Map) {
				of := sourceOf(kind, ref)
				of.Prefix = item.Word("prefix")
				all = append(all, of)
			}
		}
	}
	return all
}

func sourceOf(kind string, ref *source.Node) facts.EnvSource {
	return facts.EnvSource{Place: ref.Place, Kind: sourceKinds[kind], Name: textOf(ref.Get("name"), ref.Place)}
}

func (o object) keyValues() (kv facts.KeyValues, ok bool) {
	if !o.is("/ConfigMap") && !o.is("/Secret") {
		return kv, false
	}
	kv = facts.KeyValues{Place: o.root.Place, Kind: o.kind, Namespace: o.namespace, Name: o.name}
	for _, field := range []string{"data", "stringData"} {
		node := o.root.Get(field)
		if node == nil {
			continue
		}
		if node.Kind == source.Unknown {
			kv.Unknown = node.Text
		}
		for _, member := range node.Members {
			one := facts.KeyValue{Key: member.Name, Place: member.Place, Value: facts.Text{Place: member.Place}}
			if o.kind == "ConfigMap" {
				one.Value = facts.TextOf(member.Value, member.Place)
				one.Block = member.Value.Block
			}
			kv.Keys = append(kv.Keys, one)
		}
	}
	return kv, true
}
