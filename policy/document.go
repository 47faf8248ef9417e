package policy

import (
	"bytes"
	"encoding/json"
)

// Version is the policy language that every document here is written in.
const Version = "2012-10-17"

// Document is an IAM policy document. Parse reads one that anybody wrote;
// encoding/json reads what JSON writes and checks nothing.
type Document struct {
	// Version is the policy language. "" means 2008-10-17, which knows no policy
	// variables (IAM user guide, "IAM JSON policy elements: Version").
	Version string `json:",omitempty"`
	// Id names the document; only resource policies have it.
	Id        string `json:",omitempty"`
	Statement []Statement
}

// Statement is one statement of a document. An element that is not set is not
// written.
type Statement struct {
	// Sid names the statement within its document.
	Sid string `json:",omitempty"`
	// Effect is EffectAllow or EffectDeny.
	Effect Effect
	// Principal names the principals that the statement applies to, NotPrincipal those that it
	// does not; only trust policies and resource-based policies have one of them.
	Principal    *Principal `json:",omitempty"`
	NotPrincipal *Principal `json:",omitempty"`
	// Action names the actions that the statement applies to, NotAction those that it does
	// not. A statement has one of them.
	Action    Values `json:",omitempty"`
	NotAction Values `json:",omitempty"`
	// Resource names the resources that the statement applies to, NotResource those that it
	// does not. Trust policies have neither.
	Resource    Values    `json:",omitempty"`
	NotResource Values    `json:",omitempty"`
	Condition   Condition `json:",omitempty"`
}

// Effect says what a statement does.
type Effect string

const (
	EffectAllow Effect = "Allow"
	EffectDeny  Effect = "Deny"
)

// Condition holds, by operator and condition key, the values that are compared.
type Condition map[string]map[string]Values

// StringEquals is the operator that compares letter by letter: a wildcard in its
// value has no meaning.
const StringEquals = "StringEquals"

// Values is one string or several. One is written as a string, several as a
// list; both are read.
type Values []string

// MarshalJSON writes a single value as a string.
func (v Values) MarshalJSON() ([]byte, error) {
	if len(v) == 1 {
		return encode(v[0])
	}
	return encode([]string(v))
}

// UnmarshalJSON reads a string or a list of strings.
func (v *Values) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("[")) {
		return json.Unmarshal(data, (*[]string)(v))
	}
	*v = make(Values, 1)
	return json.Unmarshal(data, &(*v)[0])
}

// JSON is the document without white space.
func (d Document) JSON() []byte {
	text, err := encode(d)
	if err != nil {
		panic(err) // strings, lists and maps of strings always encode
	}
	return text
}

// encode is json.Marshal without its escapes for HTML, which IAM would count.
func encode(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(text.Bytes()), err
}

// Tree is the document as maps, lists and strings, the form in which untyped
// interfaces such as a CloudFormation property take it.
func (d Document) Tree() map[string]any {
	var tree map[string]any
	if err := json.Unmarshal(d.JSON(), &tree); err != nil {
		panic(err) // JSON writes what json reads
	}
	return tree
}
