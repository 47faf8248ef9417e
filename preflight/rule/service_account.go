package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// Pod → ServiceAccount, and what EKS reads of the ServiceAccount.
var (
	noServiceAccount  = kind("KR010", finding.Error, "ServiceAccount is not among the files")
	noNamespace       = kind("KR011", finding.Error, "no namespace")
	defaultAccount    = kind("KR012", finding.Error, "Pod has the default ServiceAccount")
	noRole            = kind("KR016", finding.Note, "runner without a role")
	sharedAccount     = kind("KR017", finding.Warning, "another workload has the runners' ServiceAccount")
	noRoleAnnotation  = kind("KR020", finding.Error, "ServiceAccount names no role")
	badExpiration     = kind("KR024", finding.Warning, "token expiration out of range")
	unknownAnnotation = kind("KR025", finding.Warning, "annotation that EKS does not know")
)

// namespaces reports runners and their ServiceAccounts that are put into any namespace.
func namespaces(v View, report reporter) {
	for _, r := range v.Runners {
		if !r.Namespace.There && r.StartedBy == nil {
			fix := "set metadata.namespace to its ServiceAccount's"
			if !r.ServiceAccount.There {
				fix = "set metadata.namespace to the one of its Secrets and ServiceAccount"
			}
			report(noNamespace, r.Place, fmt.Sprintf("%s %q has no namespace, so kubectl uses whichever the current context names", r.Kind, r.Name), fix)
		}
	}
	for _, found := range v.Identities {
		if sa := found.ServiceAccount; !sa.Namespace.There {
			report(noNamespace, sa.Place,
				fmt.Sprintf("ServiceAccount %q has no namespace, so kubectl uses whichever the current context names, and the subject of its token is not known", sa.Name),
				"set metadata.namespace to the one that the trust policy names")
		}
	}
}

// serviceAccounts reports Pods whose ServiceAccount is not among the files.
func serviceAccounts(v View, report reporter) {
	for _, r := range v.Runners {
		for _, cause := range r.Causes {
			switch reason := cause.Reason.(type) {
			case chain.ServiceAccountUnknown:
				unknownServiceAccount(r, reason, report)
			case chain.ServiceAccountElsewhere:
				report(podUnknown, cause.Place, reason.Text(), "check each cluster's folder alone, or add its own ServiceAccount beside the runner", finding.Related{Place: reason.SA.Place, What: "the ServiceAccount"})
			case chain.ServiceAccountMissing:
				missingServiceAccount(v, r, reason, report)
			}
		}
	}
}

func unknownServiceAccount(r *chain.Runner, reason chain.ServiceAccountUnknown, report reporter) {
	if r.StartedBy != nil {
		report(podUnknown, reason.Name.Place, fmt.Sprintf("the ServiceAccount of the %s is not known: %s", r.Quoted(), reason.Name.Unknown), "add the ConfigMap with the template, and mount it where the runner looks for it")
		return
	}
	report(podUnknown, reason.Name.Place, reason.Text(), "write its name")
}

func missingServiceAccount(v View, r *chain.Runner, missing chain.ServiceAccountMissing, report reporter) {
	at, elsewhere := r.ServiceAccount.Place, v.ServiceAccountsNamed(missing.Name)
	switch {
	case len(elsewhere) > 0 && (!elsewhere[0].Namespace.There || !r.Namespace.There):
		// That the namespace is missing is reported already.
	case len(elsewhere) == 0 && v.MayLackObjects():
		// It may be in what is not rendered, which is reported.
	case len(elsewhere) > 0 && elsewhere[0].Namespace.Is(r.Namespace.Value):
		report(noServiceAccount, at,
			fmt.Sprintf("folder %q has no ServiceAccount %q; the one of folder %q is that of another %s of the name", index.Folder(r.Place), missing.Name, index.Folder(elsewhere[0].Place), r.Kind),
			"add the cluster's own ServiceAccount beside the runner", finding.Related{Place: elsewhere[0].Place, What: "the ServiceAccount"})
	case len(elsewhere) > 0:
		report(noServiceAccount, at,
			fmt.Sprintf("the Pods are in namespace %q, ServiceAccount %q is in namespace %q", r.Namespace, missing.Name, elsewhere[0].Namespace),
			"put both into one namespace", finding.Related{Place: elsewhere[0].Place, What: "the ServiceAccount"})
	default:
		report(noServiceAccount, at, missing.Text(), suggestServiceAccount(v, missing.Name))
	}
}

func suggestServiceAccount(v View, wanted string) string {
	names, near := v.ServiceAccountNames(wanted)
	switch {
	case near != "":
		return fmt.Sprintf("name %q, or add the ServiceAccount's file", near)
	case len(names) > 0:
		return fmt.Sprintf("name one that is (%s), or add the ServiceAccount's file", facts.Quoted(names))
	}
	return "add the ServiceAccount's file"
}

// sharedServiceAccounts reports workloads that are no runners, and objects of kinds that are not
// known, which have a runner's ServiceAccount: their Pods can push too.
func sharedServiceAccounts(v View, report reporter) {
	of, named := map[*facts.ServiceAccount]*chain.Runner{}, map[string]*chain.Runner{}
	for _, r := range v.Runners {
		if r.SA != nil && r.IsRunner() && of[r.SA] == nil {
			of[r.SA], named[facts.Named(r.SA.Namespace, r.SA.Name)] = r, r
		}
	}
	for _, r := range v.Runners {
		if first := of[r.SA]; first != nil && !r.IsRunner() && (r.Identity != nil || !r.IsBystander()) {
			report(sharedAccount, r.Place, fmt.Sprintf("%s is no runner and has the ServiceAccount of %s, so it can push too", r.Quoted(), first.Quoted()),
				"give it its own ServiceAccount", finding.Related{Place: first.Place, What: "the runner"})
		}
	}
	for n := range v.Objects {
		o := &v.Objects[n]
		for _, name := range o.ServiceAccounts {
			if first := named[facts.Named(o.Namespace, name)]; first != nil {
				report(sharedAccount, name.Place, fmt.Sprintf("%s %q names the ServiceAccount of %s, so its Pods can push too", o.Kind, facts.Named(o.Namespace, o.Name), first.Quoted()),
					"give it its own ServiceAccount", finding.Related{Place: first.Place, What: "the runner"})
			}
		}
	}
}

// withoutRole reports runners that nothing gives a role: as an error if a job pushes from one,
// or if no others have one, so that some job has to.
func withoutRole(v View, report reporter) {
	others := slices.ContainsFunc(v.Runners, func(r *chain.Runner) bool { return r.Role() != nil })
	for _, r := range v.Runners {
		if r.NoRole != nil && others && len(r.Jobs) == 0 && !r.PushesToECR() {
			report(noRole, r.Place, fmt.Sprintf("%s has no role, and no job of the files pushes from it", r.Quoted()), "no action is needed if no job pushes from it")
			continue
		}
		if r.NoRole != nil && doesWithout(v, r) {
			continue
		}
		switch r.NoRole.(type) {
		case chain.NoServiceAccountNamed:
			namesNoServiceAccount(r, report)
		case chain.NamesNoRole:
			namesNoRole(v, r.SA, report)
		}
	}
}

// doesWithout reports whether all jobs on a runner take a role with GitHub's token: they need none of its own.
func doesWithout(v View, r *chain.Runner) bool {
	jobs := slices.DeleteFunc(slices.Clone(v.Jobs), func(job *chain.Job) bool { return !slices.Contains(job.Runners, r) })
	return len(jobs) > 0 && !r.PushesAlone && !slices.ContainsFunc(jobs, func(job *chain.Job) bool { return !job.IDToken || !job.AssumesRole.There })
}

// namesNoServiceAccount reports a workload with the default ServiceAccount.
func namesNoServiceAccount(r *chain.Runner, report reporter) {
	names, at := "no ServiceAccount", r.Place
	if r.ServiceAccount.There {
		names, at = "the default ServiceAccount", r.ServiceAccount.Place
	}
	var related []finding.Related
	if r.Misplaced.There {
		related = append(related, finding.Related{Place: r.Misplaced.Place, What: fmt.Sprintf("%q stands where nothing reads it", r.Misplaced)})
	}
	report(defaultAccount, at, fmt.Sprintf("%s names %s, so its Pods run as %q, which has no role", r.Quoted(), names, index.DefaultServiceAccount),
		"set serviceAccountName to the ServiceAccount with the annotation "+identity.AnnotationRoleARN, related...)
}

func namesNoRole(v View, sa *facts.ServiceAccount, report reporter) {
	problem := fmt.Sprintf("ServiceAccount %q has no annotation %s%s", facts.Named(sa.Namespace, sa.Name), identity.AnnotationRoleARN, misspelt(sa))
	near := v.NearAssociation(sa)
	if near == nil {
		report(noRoleAnnotation, sa.Place, problem, "annotate it with the role's ARN, or give it an EKS Pod Identity association; of one that exists, add what \"aws eks describe-pod-identity-association\" shows")
		return
	}
	problem += fmt.Sprintf(", and an EKS Pod Identity association is of %q", facts.Named(near.Namespace, near.ServiceAccount))
	report(noRoleAnnotation, sa.Place, problem, "name the ServiceAccount in the association, or annotate it with the role's ARN",
		finding.Related{Place: near.Place, What: "the association"})
}

// misspelt says what a ServiceAccount has in place of the annotation.
func misspelt(sa *facts.ServiceAccount) string {
	for _, annotation := range sa.Annotations {
		if strings.Contains(strings.ToLower(annotation.Key), "role") || identity.Closest(annotation.Key, []string{identity.AnnotationRoleARN}) != "" {
			return fmt.Sprintf(", but %q, which EKS does not read", annotation.Key)
		}
	}
	return ""
}

// annotationPrefix begins the annotations that EKS reads.
const annotationPrefix = "eks.amazonaws.com/"

// What EKS' webhook reads of a ServiceAccount, and of a Pod.
var (
	serviceAccountAnnotations = []string{identity.AnnotationRoleARN, identity.AnnotationAudience, identity.AnnotationTokenExpiration, identity.AnnotationRegionalEndpoints}
	podAnnotations            = []string{identity.AnnotationSkipContainers, identity.AnnotationTokenExpiration}
)

// annotations reports those that the webhook would leave unread.
func annotations(v View, report reporter) {
	for _, sa := range v.ServiceAccounts {
		for _, annotation := range sa.Annotations {
			checkAnnotation(annotation, serviceAccountAnnotations, report)
		}
	}
	for _, r := range v.Runners {
		for _, annotation := range r.PodAnnotations {
			checkAnnotation(annotation, podAnnotations, report)
		}
	}
}

func checkAnnotation(annotation facts.Annotation, known []string, report reporter) {
	if !strings.HasPrefix(annotation.Key, annotationPrefix) {
		return
	}
	if annotation.Key == identity.AnnotationTokenExpiration {
		checkExpiration(annotation.Value, report)
	}
	if slices.Contains(known, annotation.Key) {
		return
	}
	if near := identity.Closest(annotation.Key, known); near != "" {
		report(unknownAnnotation, annotation.Place, fmt.Sprintf("EKS does not know the annotation %q%s", annotation.Key, identity.DidYouMean(near)), fmt.Sprintf("write %s", near))
	}
}

func checkExpiration(value facts.Text, report reporter) {
	seconds, err := strconv.Atoi(value.Value)
	if value.Known() && (err != nil || seconds < identity.MinTokenSeconds || seconds > identity.DefaultTokenSeconds) {
		report(badExpiration, value.Place,
			fmt.Sprintf("token expiration %q: want %d to %d seconds", value.Value, identity.MinTokenSeconds, identity.DefaultTokenSeconds),
			"write the seconds in quotes, or leave the annotation out for 86400")
	}
}
