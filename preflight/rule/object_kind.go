package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

var noSuchKind = kind("KR200", finding.Error, "kind that the API server does not know")

// arcKinds are the kinds of both generations of actions-runner-controller, by their group.
var arcKinds = map[string][]string{
	identity.GroupLegacy:   {"Runner", "RunnerReplicaSet", "RunnerDeployment", "RunnerSet", "HorizontalRunnerAutoscaler"},
	identity.GroupScaleSet: {"AutoscalingRunnerSet", "AutoscalingListener", "EphemeralRunner", "EphemeralRunnerSet"},
}

// arcVersion is the one that both groups have.
const arcVersion = "v1alpha1"

// objectKinds reports objects that name a group, a version or a kind of the controllers, or of a
// ServiceAccount, as there is none.
func objectKinds(v View, report reporter) {
	groups := slices.Sorted(maps.Keys(arcKinds))
	for n := range v.Objects {
		o := &v.Objects[n]
		if o.Version == "" {
			continue
		}
		if o.Kind == "ServiceAccount" && (o.Group != "" || o.Version != "v1") {
			reportKind(o, "v1", o.Kind, report)
			continue
		}
		group := o.Group
		if arcKinds[group] == nil {
			group = identity.Closest(group, groups)
		}
		if i := slices.IndexFunc(groups, func(of string) bool { return slices.Contains(arcKinds[of], o.Kind) }); i >= 0 && arcKinds[group] != nil {
			group = groups[i]
		}
		near := identity.Closest(o.Kind, arcKinds[group])
		if i := slices.IndexFunc(arcKinds[group], func(kind string) bool { return strings.EqualFold(kind, o.Kind) }); i >= 0 {
			near = arcKinds[group][i]
		}
		if near != "" && (group != o.Group || near != o.Kind || o.Version != arcVersion) {
			reportKind(o, group+"/"+arcVersion, near, report)
		}
	}
}

func reportKind(o *facts.Object, apiVersion, kind string, report reporter) {
	has := o.Version
	if o.Group != "" {
		has = o.Group + "/" + o.Version
	}
	report(noSuchKind, o.Place, fmt.Sprintf("%q is of apiVersion %s and kind %s, which the API server does not know", facts.Named(o.Namespace, o.Name), has, o.Kind),
		fmt.Sprintf("write apiVersion: %s and kind: %s", apiVersion, kind))
}
