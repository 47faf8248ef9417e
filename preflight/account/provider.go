package account

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// scheme is omitted wherever IAM prints a provider's URL.
const scheme = "https://"

// readProviderList reads the providers, with their client ids where another command's output is
// joined, as package live joins it.
func readProviderList(all *facts.Facts, root *source.Node) {
	all.ProviderLists = append(all.ProviderLists, root.Place)
	for _, node := range root.Get("OpenIDConnectProviderList").Objects() {
		arn := arnOf(node, "Arn")
		all.Providers = append(all.Providers, facts.Provider{
			Place:          node.Place,
			URL:            urlOf(arn),
			Account:        arn.part(account),
			ClientIDs:      facts.TextsOf(node.Get("ClientIDList")),
			ClientIDsKnown: node.Has("ClientIDList"),
			Listed:         true,
		})
	}
}

func readProvider(all *facts.Facts, root *source.Node) {
	all.Providers = append(all.Providers, facts.Provider{
		Place:          root.Place,
		URL:            withScheme(stated(root, "Url")),
		Account:        facts.Unknown(`"aws iam get-open-id-connect-provider" does not print the account`, root.Place),
		ClientIDs:      facts.TextsOf(root.Get("ClientIDList")),
		ClientIDsKnown: root.Has("ClientIDList"),
		Listed:         true,
	})
}

func urlOf(arn parsedARN) facts.Text {
	url := arn.part(resource)
	if !url.Known() {
		return url
	}
	host, found := strings.CutPrefix(url.Value, "oidc-provider/")
	if !found || host == "" {
		return facts.Unknown(fmt.Sprintf("%q is not the ARN of an OIDC provider", arn.text.Value), url.Place)
	}
	url.Value = scheme + host
	return url
}

func withScheme(url facts.Text) facts.Text {
	if url.Known() && !strings.Contains(url.Value, "://") {
		url.Value = scheme + url.Value
	}
	return url
}
