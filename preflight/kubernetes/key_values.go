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
	return facts.EnvSource{Place: ref.Place, Kind: sourceKinds[kind], Name: textOf(ref.Get("name"), ref.Place), Optional: flagOf(ref.Get("optional"), ref.Place).MayBe("true")}
}

func (o object) keyValues() (kv facts.KeyValues, ok bool) {
	switch {
	case o.is("external-secrets.io/ExternalSecret"):
		return o.externalSecret()
	case o.is("bitnami.com/SealedSecret"):
		return o.sealedSecret()
	case !o.is("/ConfigMap") && !o.is("/Secret"):
		return kv, false
	}
	kv = facts.KeyValues{Place: o.root.Place, Kind: o.kind, Namespace: o.namespace, Name: o.name}
	for _, field := range []string{"data", "stringData", "binaryData"} {
		node := o.root.Get(field)
		if node == nil {
			continue
		}
		if node.Kind == source.Unknown {
			kv.Unknown = node.Text
		}
		for _, member := range node.Members {
			one := facts.KeyValue{Key: member.Name, Place: member.Place, Value: facts.Text{Place: member.Place}}
			if o.kind == "ConfigMap" && field == "data" {
				one.Value = facts.TextOf(member.Value, member.Place)
				one.Block = member.Value.Block
			}
			kv.Keys = append(kv.Keys, one)
		}
	}
	return kv, true
}

// externalSecret is the Secret that an ExternalSecret makes; ok is false if that may have other keys
// than it lists.
func (o object) externalSecret() (kv facts.KeyValues, ok bool) {
	spec := o.root.Get("spec")
	target, data := spec.Get("target"), spec.Get("data").Objects()
	if spec.Has("dataFrom") || target.Has("template") || target.Has("creationPolicy") || len(data) == 0 {
		return kv, false
	}
	kv = o.madeSecret(target.Get("name"))
	for _, item := range data {
		kv.Keys = append(kv.Keys, facts.KeyValue{Key: item.Word("secretKey"), Place: item.Place, Value: facts.Text{Place: item.Place}})
	}
	return kv, true
}

// sealedSecret is the Secret that a SealedSecret makes, likewise.
func (o object) sealedSecret() (kv facts.KeyValues, ok bool) {
	spec := o.root.Get("spec")
	if spec.Has("template", "data") || len(spec.Get("encryptedData").Entries()) == 0 {
		return kv, false
	}
	kv = o.madeSecret(spec.Get("template", "metadata", "name"))
	for _, member := range spec.Get("encryptedData").Entries() {
		kv.Keys = append(kv.Keys, facts.KeyValue{Key: member.Name, Place: member.Place, Value: facts.Text{Place: member.Place}})
	}
	return kv, true
}

func (o object) madeSecret(name *source.Node) facts.KeyValues {
	kv := facts.KeyValues{Place: o.root.Place, Kind: "Secret", Namespace: o.namespace, Name: o.name}
	if made := textOf(name, o.name.Place); made.There {
		kv.Name = made
	}
	return kv
}
