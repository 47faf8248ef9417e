package adopt

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// Formats are the formats of an import, named as the options of the command lines that take
// them.
var Formats = []string{ResourcesToImport, TemplateBody, ResourceMapping}

const (
	// ResourcesToImport and TemplateBody are options of "aws cloudformation create-change-set".
	ResourcesToImport = "resources-to-import"
	TemplateBody      = "template-body"
	// ResourceMapping is an option of "cdk import".
	ResourceMapping = "resource-mapping"
)

// CheckFormat returns an error unless the format is one of Formats.
func CheckFormat(format string) error {
	for _, known := range Formats {
		if format == known {
			return nil
		}
	}
	return fmt.Errorf("unknown format %q: want %s, %s or %s", format, ResourcesToImport, TemplateBody, ResourceMapping)
}

// Write writes the import in a format. It returns the error of CheckFormat or of the writer.
func (i Import) Write(out io.Writer, format string) error {
	if err := CheckFormat(format); err != nil {
		return err
	}
	var tree any
	switch format {
	case ResourcesToImport:
		tree = i.toImport()
	case ResourceMapping:
		tree = i.mapping()
	default:
		tree = i.template
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(tree); err != nil {
		return err
	}
	_, err := out.Write(text.Bytes())
	return err
}

// resourceToImport is CloudFormation's type of this name
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceToImport.html).
type resourceToImport struct {
	ResourceType       string
	LogicalResourceId  string
	ResourceIdentifier map[string]string
}

func (i Import) toImport() []resourceToImport {
	list := []resourceToImport{}
	for _, r := range i.resources {
		list = append(list, resourceToImport{r.kind, r.id, map[string]string{r.identifier: r.value}})
	}
	return list
}

// mapping is the file of "cdk import --resource-mapping": identifiers by logical ids.
func (i Import) mapping() map[string]map[string]string {
	mapping := map[string]map[string]string{}
	for _, r := range i.resources {
		mapping[r.id] = map[string]string{r.identifier: r.value}
	}
	return mapping
}
