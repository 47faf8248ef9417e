package diff

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// Object says what kubectl apply does to a Kubernetes object.
type Object struct {
	Action Action
	// Folder is where its file is, and so which cluster it is for. From is where it was, if it is
	// moved.
	Folder, From string
	// Kind, Namespace and Name are the object's; Namespace is "" of an object without one.
	Kind, Namespace, Name string
	group                 string
	hash                  string
}

// Title names the object.
func (o Object) Title() string {
	if o.Namespace == "" {
		return o.Kind + " " + o.Name
	}
	return fmt.Sprintf("%s %s/%s", o.Kind, o.Namespace, o.Name)
}

// nameable are names that a shell takes as they are: all that Kubernetes has.
var nameable = regexp.MustCompile(`^[a-zA-Z0-9.-]*$`)

// Command deletes an object that no file has any more; "" if its name is not a valid one.
func (o Object) Command() string {
	if o.Action != Leave || o.Name == "" || !nameable.MatchString(o.Kind+o.group+o.Namespace+o.Name) {
		return ""
	}
	resource := strings.ToLower(o.Kind)
	if o.group != "" {
		resource += "." + o.group
	}
	if o.Namespace == "" {
		return fmt.Sprintf("kubectl delete %s %s", resource, o.Name)
	}
	return fmt.Sprintf("kubectl delete %s -n %s %s", resource, o.Namespace, o.Name)
}

func (o Object) key() string {
	return strings.Join([]string{o.group, o.Kind, o.Namespace, o.Name}, "\n")
}

// objectsOf are the objects of a state, each once.
func objectsOf(all []facts.Object) map[string]Object {
	found := map[string]Object{}
	for _, o := range all {
		object := Object{Folder: cmp.Or(path.Dir(o.Place.File), "."), Kind: o.Kind, Namespace: o.Namespace.Value, Name: o.Name.Value, group: o.Group, hash: o.Hash}
		found[object.Folder+"\n"+object.key()] = object
	}
	return found
}

// compareObjects finds what differs: folder by folder, and what moved from one to another.
func compareObjects(base, now []facts.Object) []Object {
	before, after := objectsOf(base), objectsOf(now)
	var found []Object
	var created, gone []Object
	for key, object := range after {
		switch old, was := before[key]; {
		case !was:
			created = append(created, object)
		case old.hash != object.hash:
			object.Action = Change
			found = append(found, object)
		}
	}
	for key, object := range before {
		if _, is := after[key]; !is {
			gone = append(gone, object)
		}
	}
	sortObjects(gone)
	sortObjects(created)
	for _, object := range created {
		object.Action = Create
		if i := slices.IndexFunc(gone, func(old Object) bool { return old.key() == object.key() }); i >= 0 {
			object.Action, object.From = Move, gone[i].Folder
			gone = slices.Delete(gone, i, i+1)
		}
		found = append(found, object)
	}
	for _, object := range gone {
		object.Action = Leave
		found = append(found, object)
	}
	sortObjects(found)
	return found
}

func sortObjects(objects []Object) {
	slices.SortFunc(objects, func(a, b Object) int {
		return cmp.Or(cmp.Compare(a.Folder, b.Folder), cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
}

// objectsLeft are the objects that no file has any more, by their folder: kubectl apply leaves
// them in the cluster.
func (c *comparison) objectsLeft() []Trouble {
	var folders []string
	left := map[string][]Object{}
	for _, object := range c.objects {
		if object.Action == Leave {
			if left[object.Folder] == nil {
				folders = append(folders, object.Folder)
			}
			left[object.Folder] = append(left[object.Folder], object)
		}
	}
	var found []Trouble
	for _, folder := range folders {
		var titles []string
		runners := ""
		for _, object := range left[folder] {
			titles = append(titles, object.Title())
			if runnerKinds[object.Kind] {
				runners = ", and the runners go on taking jobs"
			}
		}
		found = append(found, Trouble{false, folder, titles, nil, "in no file any more; kubectl apply deletes nothing" + runners, "delete with kubectl, as shown below"})
	}
	return found
}

// runnerKinds make runners.
var runnerKinds = map[string]bool{"RunnerDeployment": true, "RunnerSet": true, "AutoscalingRunnerSet": true, "RunnerReplicaSet": true, "Runner": true}
