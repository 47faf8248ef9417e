package preflight

import (
	"fmt"

	"keyless-runners/preflight/facts"
)

// Limits of a template (CloudFormation user guide, "Understand CloudFormation
// quotas").
const (
	maxResources    = 500
	maxOutputs      = 200
	maxParameters   = 200
	maxTemplateSize = 1_000_000
	maxTemplateBody = 51_200
)

func (p *proof) checkTemplates() {
	for i := range p.Templates {
		template := &p.Templates[i]
		p.checkCount(template, template.Resources, maxResources, "resources")
		p.checkCount(template, template.Outputs, maxOutputs, "outputs")
		p.checkCount(template, template.Parameters, maxParameters, "parameters")
		p.checkCount(template, template.Size, maxTemplateSize, "bytes")
		if template.Size > maxTemplateBody && template.Size <= maxTemplateSize {
			p.find(templateNeedsS3, template.Place, fmt.Sprintf("the template has %d bytes: above %d it has to go through S3", template.Size, maxTemplateBody),
				"give aws cloudformation deploy an --s3-bucket; cdk deploy has one")
		}
		for _, resource := range template.Conditional {
			p.find(notKnown, resource.Place, fmt.Sprintf("whether resource %s is made is not known: %s", resource.Value, resource.Unknown), "tell the parameter that decides it")
		}
		for _, generated := range template.Generated {
			p.find(notKnown, generated.Place, fmt.Sprintf("what %q makes of the template is in no file and was not looked at", spell(generated)),
				"check the template that CloudFormation made of it: aws cloudformation get-template --template-stage Processed")
		}
		p.checkConflicts(template)
	}
}

func (p *proof) checkCount(template *facts.Template, count, most int, what string) {
	if count > most {
		p.find(templateTooLarge, template.Place, fmt.Sprintf("the template has %d %s, CloudFormation takes %d", count, what, most), "split the stack")
	}
}

// checkConflicts reports literals that put one template into two places.
func (p *proof) checkConflicts(template *facts.Template) {
	if len(template.Conflicts) < 2 {
		return
	}
	first, second := template.Conflicts[0], template.Conflicts[1]
	p.find(accountsDisagree, second.Place, fmt.Sprintf("the template is deployed in one account and one region, and names %q here and %q on line %d", second.Value, first.Value, first.Place.Line),
		"name one, or say which with --account and --region", Related{first.Place, "the other"})
}
