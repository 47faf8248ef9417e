// Package access decides, by policy documents of which a part may be unknown, who can take
// a role and what the role can push to.
//
// Every question has three answers, because what the files leave unknown is neither a yes
// nor a no. Start at Role.May, which asks about one request, at Role.Reaches, which finds
// every image repository, and at Trust, which finds every principal. The last two name no
// candidates: they cut what there can be into the classes that the documents distinguish
// (policy.Universe), and ask about one of each.
//
// The package is pure: it reads facts and reports nothing.
package access
