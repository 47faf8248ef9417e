package rule

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Image repositories, and their own policies.
var (
	noImageRepository = kind("KR054", finding.Warning, "image repository is not among the files")
	repositoryAssumed = kind("KR055", finding.Note, "image repository is assumed to exist")
	sharedRepository  = kind("KR057", finding.Warning, "image repository lets others push")
	openRepository    = kind("KR079", finding.Error, "everybody can push to the image repository")
)

// imageRepositoryPolicies reports the principals that image repositories' own policies let push,
// beside the roles of runners.
func imageRepositoryPolicies(v View, report reporter) {
	for _, let := range v.LetIn() {
		at, name := let.Place, let.Repository.Name
		if let.Document != nil {
			at = let.Document.InStatement(let.Statement, "Principal")
		}
		switch {
		case let.Representative == "":
			report(sharedRepository, at, fmt.Sprintf("the principals that the policy of image repository %q lets push are %s", name, let.Who), decidedBy(let.Who))
		case let.Who == access.Everyone:
			report(openRepository, at, fmt.Sprintf("the image repository's policy lets everybody push to %q", name), "name the roles that may")
		case !let.Single:
			report(sharedRepository, at, fmt.Sprintf("the policy of image repository %q lets everybody push who meets a condition", name), "name the roles that may")
		case !let.Allowed():
			report(sharedRepository, at, fmt.Sprintf("the policy of image repository %q may let %q push, which is no runner's role: %s", name, let.Who, let.Why), "take it out, or waive this with the reason")
		default:
			report(sharedRepository, at, fmt.Sprintf("the policy of image repository %q lets %q push, which is no runner's role", name, let.Who), "take it out, or waive this with the reason")
		}
	}
}

// imageRepositoriesFound reports the image repositories that runners push to, or that the
// policies of their roles name, and that are not among the files.
func imageRepositoriesFound(v View, report reporter) {
	makes := makers(v)
	find := func(role *facts.Role, target identity.ImageRepository, at source.Place) {
		switch template := v.CreationTemplate(target); {
		case v.Repositories.Find(target) != nil:
			keyElsewhere(v.Repositories.Find(target), target, report)
		case template != nil && template.OnPush():
			createdOnPush(v, role, target, template, at, report)
		case makes[chain.Errand{Role: role, ARN: target.ARN()}] != nil && v.May(role, createRepository, target.ARN()).Allowed():
			report(repositoryAssumed, at, fmt.Sprintf("image repository %q is not among the files; a job makes it before it pushes", target),
				`add the output of "aws ecr describe-repositories" when it is there`, finding.Related{Place: makes[chain.Errand{Role: role, ARN: target.ARN()}].Place, What: "the request"})
		default:
			missingImageRepository(v, target, at, report)
		}
	}
	for _, r := range v.Runners {
		for _, push := range r.Pushes {
			if push.Target != (identity.ImageRepository{}) && !push.Assumed.There {
				find(push.Role, push.Target, push.Place)
			}
		}
	}
	for _, held := range v.Held {
		if len(held.Holders) == 0 {
			continue
		}
		for _, document := range v.PermissionsOf(held.Role).Identity {
			for n := range document.Policy.Statement {
				for _, target := range namedIn(document, n) {
					find(held.Role, target, document.Statement(n))
				}
			}
		}
	}
}

// keyElsewhere reports an image repository that Amazon ECR does not make, because its key is of another region
// (https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html).
func keyElsewhere(repository *facts.ImageRepository, target identity.ImageRepository, report reporter) {
	parts := strings.SplitN(repository.Key.Value, ":", 6)
	if len(parts) == 6 && parts[2] == "kms" && parts[3] != string(target.Registry.Region) {
		report(badName, repository.Key.Place, fmt.Sprintf("image repository %q has a KMS key of region %q, and Amazon ECR accepts a key of its own region", target, parts[3]),
			fmt.Sprintf("name a key of region %q", target.Registry.Region))
	}
}

// namedIn are the image repositories to which a statement allows a push by name.
func namedIn(document *facts.Document, n int) []identity.ImageRepository {
	statement := document.Policy.Statement[n]
	if statement.Effect != policy.EffectAllow || isAllPowerful(statement) || !access.Includes(statement, access.PutImage) {
		return nil
	}
	var named []identity.ImageRepository
	for _, resource := range statement.Resource {
		if target, err := identity.ParseImageRepositoryARN(resource); err == nil {
			named = append(named, target)
		}
	}
	return named
}

// makers are the requests by which jobs make image repositories before they push, by role and image repository.
func makers(v View) map[chain.Errand]*facts.Request {
	found := map[chain.Errand]*facts.Request{}
	withRole(v, func(job *chain.Job, r *chain.Runner) {
		for _, errand := range v.ErrandsOf(job.Job, r) {
			if errand.Action == createRepository && errand.Request.Before {
				found[chain.Errand{Role: errand.Role, ARN: errand.ARN}] = errand.Request
			}
		}
	})
	return found
}

// createdOnPush reports an image repository that is not among the files, and that Amazon ECR makes when it
// is first pushed to. The guide does not say what the one who pushes needs for that (docs/decisions.md,
// "A creation template is rendered ..."), so it is certain of a role that may make it itself.
func createdOnPush(v View, role *facts.Role, target identity.ImageRepository, template *facts.CreationTemplate, at source.Place, report reporter) {
	related := finding.Related{Place: template.Place, What: "the creation template"}
	switch {
	case template.Policy.There:
		report(noImageRepository, at, fmt.Sprintf("image repository %q is not among the files, and the policy that creation template %q gives it is not looked at", target, template.Prefix),
			`add the output of "aws ecr describe-repositories" when it is there`, related)
	case v.May(role, createRepository, target.ARN()).Allowed():
		report(repositoryAssumed, at, fmt.Sprintf("creation template %q has Amazon ECR make image repository %q at the first push", template.Prefix, target),
			`add the output of "aws ecr describe-repositories" when it is there`, related)
	default:
		report(noImageRepository, at, fmt.Sprintf("image repository %q is not among the files; creation template %q has Amazon ECR make it at the first push, and whether the role needs ecr:CreateRepository for that is not documented", target, template.Prefix),
			`allow it, or add the output of "aws ecr describe-repositories" when it is there`, related)
	}
}

// missingImageRepository reports an image repository that is not among the files.
func missingImageRepository(v View, target identity.ImageRepository, at source.Place, report reporter) {
	if deletion := v.DeletedImageRepository(string(target.Name)); deletion != nil {
		report(noImageRepository, at, fmt.Sprintf("image repository %q is not among the files: the plan deletes one of that name", target),
			"keep it, or push elsewhere", finding.Related{Place: deletion.Place, What: "the image repository that the plan deletes"})
		return
	}
	if len(v.Templates) == 0 && len(v.ImageRepositories) == 0 {
		report(repositoryAssumed, at, fmt.Sprintf("the files cannot show image repositories; %q is assumed to exist", target),
			`add the output of "aws ecr describe-repositories" to prove it`)
		return
	}
	if pages := v.ImageRepositoryPages; len(pages) > 0 {
		report(repositoryAssumed, at, fmt.Sprintf("the files show one page of the image repositories; %q is assumed to exist", target),
			`run "aws ecr describe-repositories" without --max-items, --starting-token and --no-paginate`, finding.Related{Place: pages[0], What: "the page"})
		return
	}
	near := ""
	if unnamed := v.Repositories.ByName(""); len(unnamed) > 0 {
		near = fmt.Sprintf("; %s the name of one that is, so whether it is that is not known", termsAt(unnamed[0].Place).Unnamed)
	}
	if others := v.Repositories.ByName(string(target.Name)); len(others) > 0 {
		near = fmt.Sprintf("; there is one of account %q in region %q", others[0].Account, others[0].Region)
	} else if closest := identity.Closest(string(target.Name), v.Repositories.Names(index.MaxNames)); closest != "" {
		near = fmt.Sprintf("; there is %q", closest)
	}
	report(noImageRepository, at, fmt.Sprintf("image repository %q is not among the files%s", target, near),
		`define it, or add the output of "aws ecr describe-repositories"`)
}
