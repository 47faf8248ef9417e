package cloudformation

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// RecognizeAssembly reports whether the tree is the manifest.json that "cdk synth" writes beside the
// templates of an app (aws-cdk, cloud-assembly-schema).
func RecognizeAssembly(root *source.Node) bool {
	return root.Has("version") && root.Has("artifacts")
}

// Environments returns, by the names of the templates' files, the settings with the account and the
// region to which CDK deploys each, as far as the app states them. Those of every stack alike are the nested templates'
// too, under NestedTemplate.
func (s Settings) Environments(assembly *source.Node) map[string]Settings {
	found := map[string]Settings{}
	differ := false
	for _, artifact := range assembly.Get("artifacts").Entries() {
		environment, ok := strings.CutPrefix(artifact.Value.Word("environment"), "aws://")
		if !ok || artifact.Value.Word("type") != "aws:cloudformation:stack" {
			continue
		}
		stack := s
		account, region, _ := strings.Cut(environment, "/")
		if identity.AccountID(account).Check() == nil {
			stack.Account = identity.AccountID(account)
		}
		if identity.Region(region).Check() == nil {
			stack.Region = identity.Region(region)
		}
		found[artifact.Value.Get("properties").Word("templateFile")] = stack
		before, there := found[NestedTemplate]
		differ = differ || there && (before.Account != stack.Account || before.Region != stack.Region)
		found[NestedTemplate] = stack
	}
	if differ {
		delete(found, NestedTemplate)
	}
	return found
}

// NestedTemplate ends the names of the files in which CDK writes the templates of nested stacks, which its manifest
// does not list.
const NestedTemplate = ".nested.template.json"
