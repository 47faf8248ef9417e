package rule

import (
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// chart describes a chart's values.
type chart struct {
	// read is the version whose templates were read; what a newer one has besides is not known.
	read identity.Version
	// values are the values that the templates of all versions in use have, with dots between their
	// names, and spans those that some have. One without others below it has any.
	values []string
	spans  map[string]span
	// meant are values of another name than the chart has, and where they belong.
	meant map[string]string
}

// span is the versions of a chart that have a value.
type span struct {
	// since is the first that has it, zero if the oldest in use does; until is the first that no longer has it,
	// zero for none.
	since, until identity.Version
	// instead is the value that took its place.
	instead string
}

// names returns the names of all values, sorted.
func (c chart) names() []string {
	return slices.Sorted(slices.Values(slices.AppendSeq(slices.Clip(c.values), maps.Keys(c.spans))))
}

// charts are the charts of actions-runner-controller, by the templates and the changelog in
// docs/gha-runner-scale-set-controller of its repository.
var charts = map[string]chart{
	identity.ChartScaleSet: {
		read: identity.Version{0, 15, 0},
		values: strings.Fields(`
			containerMode.type containerMode.kubernetesModeWorkVolumeClaim controllerServiceAccount.name
			controllerServiceAccount.namespace fullnameOverride githubConfigSecret githubConfigUrl
			githubServerTLS.certificateFrom githubServerTLS.runnerMountPath listenerTemplate maxRunners minRunners nameOverride
			namespaceOverride proxy.http proxy.https proxy.noProxy runnerGroup runnerScaleSetName template.metadata.annotations
			template.metadata.labels template.spec`),
		spans: map[string]span{
			"annotations": {since: identity.Version{0, 11, 0}},
			"containerMode.kubernetesModeAdditionalRoleRules": {since: identity.Version{0, 13, 1}},
			"containerMode.kubernetesModeServiceAccount":      {until: identity.Version{0, 11, 0}, instead: "resourceMeta.kubernetesModeServiceAccount"},
			"keyVault":        {since: identity.Version{0, 12, 0}},
			"labels":          {since: identity.Version{0, 11, 0}},
			"listenerConfig":  {since: identity.Version{0, 15, 0}},
			"listenerMetrics": {since: identity.Version{0, 11, 0}},
			"resourceMeta":    {since: identity.Version{0, 11, 0}},
			"scaleSetLabels":  {since: identity.Version{0, 14, 0}},
		},
		meant: map[string]string{
			"image":                       "template.spec.containers",
			"resources":                   "template.spec.containers",
			"runnerLabels":                "scaleSetLabels",
			"serviceAccount":              "template.spec.serviceAccountName",
			"serviceAccountName":          "template.spec.serviceAccountName",
			"template.containers":         "template.spec.containers",
			"template.serviceAccountName": "template.spec.serviceAccountName",
		},
	},
	identity.ChartScaleSetController: {
		read: identity.Version{0, 14, 2},
		values: strings.Fields(`
			affinity env flags.logFormat flags.logLevel flags.updateStrategy flags.watchSingleNamespace fullnameOverride
			image.pullPolicy image.repository image.tag imagePullSecrets labels metrics nameOverride namespaceOverride
			nodeSelector podAnnotations podLabels podSecurityContext priorityClassName replicaCount resources securityContext
			serviceAccount.annotations serviceAccount.create serviceAccount.name tolerations`),
		spans: map[string]span{
			"flags.excludeLabelPropagationPrefixes": {since: identity.Version{0, 9, 3}},
			"flags.k8sClientRateLimiterBurst":       {since: identity.Version{0, 10, 0}},
			"flags.k8sClientRateLimiterQPS":         {since: identity.Version{0, 10, 0}},
			"flags.runnerMaxConcurrentReconciles":   {since: identity.Version{0, 10, 0}},
			"flags.workqueueRateLimiter":            {since: identity.Version{0, 14, 2}},
			"pprof":                                 {since: identity.Version{0, 14, 2}},
			"terminationGracePeriodSeconds":         {since: identity.Version{0, 15, 0}},
			"topologySpreadConstraints":             {since: identity.Version{0, 9, 1}},
			"volumeMounts":                          {since: identity.Version{0, 8, 3}},
			"volumes":                               {since: identity.Version{0, 8, 3}},
		},
		meant: map[string]string{
			"excludeLabelPropagationPrefixes": "flags.excludeLabelPropagationPrefixes",
			"k8sClientRateLimiterBurst":       "flags.k8sClientRateLimiterBurst",
			"k8sClientRateLimiterQPS":         "flags.k8sClientRateLimiterQPS",
			"logLevel":                        "flags.logLevel",
			"updateStrategy":                  "flags.updateStrategy",
			"watchSingleNamespace":            "flags.watchSingleNamespace",
		},
	},
}

// newestChart is the newest version of GitHub's two charts that is known, which is assumed where
// the files name none.
var newestChart = identity.Version{0, 15, 0}

// The legacy chart's last version, and the versions of the application that the chart never had.
var lastLegacyChart, firstApplication, lastApplication = identity.Version{0, 23, 7}, identity.Version{0, 24, 0}, identity.Version{0, 27, 6}
