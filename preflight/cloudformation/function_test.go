package cloudformation_test

import (
	"strings"
	"testing"
)

// inJSON and inYAML are the same template around an expression, which becomes the
// name of the first role.
const inJSON = `{
"Parameters": {
  "Text": {"Type": "String", "Default": "text"},
  "Empty": {"Type": "String", "Default": ""},
  "Number": {"Type": "Number", "Default": 7},
  "List": {"Type": "CommaDelimitedList", "Default": "a, b ,c"},
  "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>", "Default": "subnet-1,subnet-2"},
  "Open": {"Type": "String"},
  "Image": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/images/base"},
  "Nested": {"Type": "String", "Default": {"Ref": "Text"}},
  "Secret": {"Type": "String", "Default": "{{resolve:ssm:/secret}}"}
},
"Mappings": {"Names": {"us-east-1": {"name": "east", "list": ["x", "y"], "odd": {"a": "b"}, "nested": [["a"]]}}},
"Conditions": {
  "Yes": {"Fn::Equals": ["a", "a"]},
  "No": {"Fn::Equals": [{"Ref": "Text"}, "other"]},
  "Maybe": {"Fn::Equals": [{"Ref": "Open"}, "a"]},
  "NotNo": {"Fn::Not": [{"Condition": "No"}]},
  "Both": {"Fn::And": [{"Condition": "Yes"}, {"Condition": "NotNo"}]},
  "OneIsFalse": {"Fn::And": [{"Condition": "Maybe"}, {"Condition": "No"}]},
  "OneIsTrue": {"Fn::Or": [{"Condition": "Maybe"}, {"Condition": "Yes"}]},
  "NoneIsTrue": {"Fn::Or": [{"Condition": "No"}, {"Condition": "No"}]},
  "Open": {"Fn::And": [{"Condition": "Yes"}, {"Condition": "Maybe"}]},
  "InChina": {"Fn::Equals": [{"Ref": "AWS::Partition"}, "aws-cn"]},
  "Round": {"Fn::Not": [{"Condition": "Again"}]},
  "Again": {"Condition": "Round"},
  "NotMaybe": {"Fn::Not": [{"Condition": "Maybe"}]},
  "OddEquals": {"Fn::Equals": ["a"]},
  "NoneEquals": {"Fn::Equals": ["a", {"Ref": "AWS::NoValue"}]},
  "OddNot": {"Fn::Not": {"Condition": "Yes"}},
  "OddAnd": {"Fn::And": {"Condition": "Yes"}},
  "OddName": {"Condition": ["Yes"]},
  "Odd": "yes"
},
"Resources": {
  "Subject": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": EXPRESSION}},
  "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "named", "Path": "/ci/"}},
  "Unnamed": {"Type": "AWS::IAM::Role", "Properties": {}},
  "Policy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "push"}},
  "Provider": {"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"}},
  "OldProvider": {"Type": "Custom::AWSCDKOpenIdConnectProvider", "Properties": {"Url": "https://token.actions.githubusercontent.com"}},
  "Images": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "team/app"}},
  "Made": {"Type": "AWS::ECR::Repository"},
  "Cluster": {"Type": "AWS::EKS::Cluster", "Properties": {"Name": "example"}},
  "Bucket": {"Type": "AWS::S3::Bucket"},
  "Gone": {"Type": "AWS::S3::Bucket", "Condition": "No"},
  "A": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Ref": "B"}}},
  "B": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Fn::Sub": "${A}-b"}}}
}}`

const inYAML = `
Parameters:
  Text: {Type: String, Default: text}
  Empty: {Type: String, Default: ""}
  Number: {Type: Number, Default: 7}
  List: {Type: CommaDelimitedList, Default: "a, b ,c"}
  Subnets: {Type: List<AWS::EC2::Subnet::Id>, Default: "subnet-1,subnet-2"}
  Open: {Type: String}
  Image: {Type: AWS::SSM::Parameter::Value<String>, Default: /images/base}
  Nested: {Type: String, Default: !Ref Text}
  Secret: {Type: String, Default: "{{resolve:ssm:/secret}}"}
Mappings:
  Names: {us-east-1: {name: east, list: [x, y], odd: {a: b}, nested: [[a]]}}
Conditions:
  Yes: !Equals [a, a]
  No: !Equals [!Ref Text, other]
  Maybe: !Equals [!Ref Open, a]
  NotNo: !Not [!Condition No]
  Both: !And [!Condition Yes, !Condition NotNo]
  OneIsFalse: !And [!Condition Maybe, !Condition No]
  OneIsTrue: !Or [!Condition Maybe, !Condition Yes]
  NoneIsTrue: !Or [!Condition No, !Condition No]
  Open: !And [!Condition Yes, !Condition Maybe]
  InChina: !Equals [!Ref AWS::Partition, aws-cn]
  Round: !Not [!Condition Again]
  Again: !Condition Round
  NotMaybe: !Not [!Condition Maybe]
  OddEquals: !Equals [a]
  NoneEquals: !Equals [a, !Ref AWS::NoValue]
  OddNot: !Not {Condition: Yes}
  OddAnd: !And {Condition: Yes}
  OddName: !Condition [Yes]
  Odd: yes
Resources:
  Subject: {Type: AWS::IAM::Role, Properties: {RoleName: EXPRESSION}}
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: named, Path: /ci/}}
  Unnamed: {Type: AWS::IAM::Role, Properties: {}}
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: push}}
  Provider: {Type: AWS::IAM::OIDCProvider, Properties: {Url: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"}}
  OldProvider: {Type: Custom::AWSCDKOpenIdConnectProvider, Properties: {Url: "https://token.actions.githubusercontent.com"}}
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: team/app}}
  Made: {Type: AWS::ECR::Repository}
  Cluster: {Type: AWS::EKS::Cluster, Properties: {Name: example}}
  Bucket: {Type: AWS::S3::Bucket}
  Gone: {Type: AWS::S3::Bucket, Condition: No}
  A: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref B}}
  B: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub "${A}-b"}}
`

// functions are expressions in YAML's short form and in JSON's long form, and what
// both come to.
var functions = []struct {
	name, yaml, json, want string
}{
	{"a literal", `plain`, `"plain"`, "plain"},
	{"a number", `4711`, `4711`, "4711"},
	{"a policy variable without Sub", `"${aws:username}"`, `"${aws:username}"`, "${aws:username}"},
	{"a dynamic reference", `"a-{{resolve:secretsmanager:x:SecretString:name}}"`, `"a-{{resolve:secretsmanager:x:SecretString:name}}"`, `unknown: "{{resolve:secretsmanager:x:SecretString:name}}" is read at deployment`},
	{"an object", `{a: b}`, `{"a": "b"}`, `unknown: RoleName of "Subject": want a string, got an object`},

	{"Ref of a parameter", `!Ref Text`, `{"Ref": "Text"}`, "text"},
	{"Ref of an empty parameter", `!Ref Empty`, `{"Ref": "Empty"}`, ""},
	{"Ref of a number", `!Ref Number`, `{"Ref": "Number"}`, "7"},
	{"Ref of a parameter without default", `!Ref Open`, `{"Ref": "Open"}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"Ref of a parameter in SSM", `!Ref Image`, `{"Ref": "Image"}`, `unknown: parameter "Image" is read from SSM at deployment`},
	{"Ref of a parameter with a function as default", `!Ref Nested`, `{"Ref": "Nested"}`, `unknown: parameter "Nested" has a default that is no string; give it with --parameter Nested=VALUE`},
	{"Ref of a parameter with a dynamic reference", `!Ref Secret`, `{"Ref": "Secret"}`, `unknown: "{{resolve:ssm:/secret}}" is read at deployment`},
	{"Ref of a role", `!Ref Role`, `{"Ref": "Role"}`, "named"},
	{"Ref of a role without name", `!Ref Unnamed`, `{"Ref": "Unnamed"}`, `unknown: CloudFormation makes the name of role "Unnamed" at deployment; state RoleName`},
	{"Ref of a managed policy", `!Ref Policy`, `{"Ref": "Policy"}`, "arn:aws:iam::111122223333:policy/push"},
	{"Ref of a provider", `!Ref Provider`, `{"Ref": "Provider"}`, "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
	{"Ref of a provider of the CDK", `!Ref OldProvider`, `{"Ref": "OldProvider"}`, "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
	{"Ref of an image repository", `!Ref Images`, `{"Ref": "Images"}`, "team/app"},
	{"Ref of an image repository without name", `!Ref Made`, `{"Ref": "Made"}`, `unknown: CloudFormation makes the name of image repository "Made" at deployment; state RepositoryName`},
	{"Ref of a cluster", `!Ref Cluster`, `{"Ref": "Cluster"}`, "example"},
	{"Ref of another resource", `!Ref Bucket`, `{"Ref": "Bucket"}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"Ref of a resource that is left out", `!Ref Gone`, `{"Ref": "Gone"}`, `unknown: Ref "Gone": the resource is not made, because condition "No" is false`},
	{"Ref of nothing", `!Ref Rol`, `{"Ref": "Rol"}`, `unknown: Ref "Rol": the template has no such parameter or resource; did you mean "Role"?`},
	{"Ref of nothing that is near", `!Ref Elsewhere`, `{"Ref": "Elsewhere"}`, `unknown: Ref "Elsewhere": the template has no such parameter or resource`},
	{"Ref of a list", `!Ref [a]`, `{"Ref": ["a"]}`, `unknown: Ref: want a string, got a list`},
	{"Ref in a circle", `!Ref A`, `{"Ref": "A"}`, `unknown: the name of "A" refers to itself`},
	{"Ref of itself", `!Ref Subject`, `{"Ref": "Subject"}`, `unknown: the name of "Subject" refers to itself`},

	{"account", `!Ref AWS::AccountId`, `{"Ref": "AWS::AccountId"}`, "111122223333"},
	{"region", `!Ref AWS::Region`, `{"Ref": "AWS::Region"}`, "us-east-1"},
	{"partition", `!Ref AWS::Partition`, `{"Ref": "AWS::Partition"}`, "aws"},
	{"URL suffix", `!Ref AWS::URLSuffix`, `{"Ref": "AWS::URLSuffix"}`, "amazonaws.com"},
	{"no value", `!Ref AWS::NoValue`, `{"Ref": "AWS::NoValue"}`, `unknown: CloudFormation makes the name of role "Subject" at deployment; state RoleName`},
	{"stack name", `!Ref AWS::StackName`, `{"Ref": "AWS::StackName"}`, "unknown: AWS::StackName is known only at deployment"},
	{"stack id", `!Ref AWS::StackId`, `{"Ref": "AWS::StackId"}`, "unknown: AWS::StackId is known only at deployment"},
	{"notification ARNs", `!Ref AWS::NotificationARNs`, `{"Ref": "AWS::NotificationARNs"}`, "unknown: AWS::NotificationARNs is known only at deployment"},
	{"no pseudo parameter", `!Ref AWS::AccountID`, `{"Ref": "AWS::AccountID"}`, `unknown: Ref "AWS::AccountID": there is no such pseudo parameter; did you mean "AWS::AccountId"?`},

	{"GetAtt of a role's ARN", `!GetAtt Role.Arn`, `{"Fn::GetAtt": ["Role", "Arn"]}`, "arn:aws:iam::111122223333:role/ci/named"},
	{"GetAtt with a list", `!GetAtt [Role, Arn]`, `{"Fn::GetAtt": "Role.Arn"}`, "arn:aws:iam::111122223333:role/ci/named"},
	{"GetAtt of a role's id", `!GetAtt Role.RoleId`, `{"Fn::GetAtt": ["Role", "RoleId"]}`, `unknown: Fn::GetAtt "Role.RoleId" is known only at deployment`},
	{"GetAtt of a role without name", `!GetAtt Unnamed.Arn`, `{"Fn::GetAtt": ["Unnamed", "Arn"]}`, `unknown: CloudFormation makes the name of role "Unnamed" at deployment; state RoleName`},
	{"GetAtt of a managed policy", `!GetAtt Policy.PolicyArn`, `{"Fn::GetAtt": ["Policy", "PolicyArn"]}`, "arn:aws:iam::111122223333:policy/push"},
	{"GetAtt of a provider", `!GetAtt Provider.Arn`, `{"Fn::GetAtt": ["Provider", "Arn"]}`, "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
	{"GetAtt of an image repository's ARN", `!GetAtt Images.Arn`, `{"Fn::GetAtt": ["Images", "Arn"]}`, "arn:aws:ecr:us-east-1:111122223333:repository/team/app"},
	{"GetAtt of an image repository's URI", `!GetAtt Images.RepositoryUri`, `{"Fn::GetAtt": ["Images", "RepositoryUri"]}`, "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app"},
	{"GetAtt of a cluster's issuer", `!GetAtt Cluster.OpenIdConnectIssuerUrl`, `{"Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"]}`, `unknown: Fn::GetAtt "Cluster.OpenIdConnectIssuerUrl" is known only at deployment`},
	{"GetAtt of a nested stack", `!GetAtt Bucket.Outputs.Name`, `{"Fn::GetAtt": ["Bucket", "Outputs.Name"]}`, `unknown: Fn::GetAtt "Bucket.Outputs.Name" is known only at deployment`},
	{"GetAtt of nothing", `!GetAtt Imags.Arn`, `{"Fn::GetAtt": ["Imags", "Arn"]}`, `unknown: Fn::GetAtt "Imags.Arn": the template has no such resource; did you mean "Images"?`},
	{"GetAtt by a parameter", `!GetAtt [Role, !Ref Open]`, `{"Fn::GetAtt": ["Role", {"Ref": "Open"}]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"GetAtt of a text without attribute", `!GetAtt Role`, `{"Fn::GetAtt": "Role"}`, `unknown: Fn::GetAtt: want RESOURCE.ATTRIBUTE, or [RESOURCE, ATTRIBUTE]`},
	{"GetAtt without attribute", `!GetAtt [Role]`, `{"Fn::GetAtt": ["Role"]}`, `unknown: Fn::GetAtt: want RESOURCE.ATTRIBUTE, or [RESOURCE, ATTRIBUTE]`},

	{"Sub of nothing", `!Sub plain`, `{"Fn::Sub": "plain"}`, "plain"},
	{"Sub of everything", `!Sub "${Text}.${Role}.${Role.Arn}.${AWS::Region}"`, `{"Fn::Sub": "${Text}.${Role}.${Role.Arn}.${AWS::Region}"}`, "text.named.arn:aws:iam::111122223333:role/ci/named.us-east-1"},
	{"Sub of a literal", `!Sub "${!aws:username}/${Text}/$Text/$${Text}/${Text"`, `{"Fn::Sub": "${!aws:username}/${Text}/$Text/$${Text}/${Text"}`, "${aws:username}/text/$Text/$text/${Text"},
	{"Sub with variables", `!Sub ["${Text}-${Own}-${Number}", {Own: !Ref Role, Text: mine}]`, `{"Fn::Sub": ["${Text}-${Own}-${Number}", {"Own": {"Ref": "Role"}, "Text": "mine"}]}`, "mine-named-7"},
	{"Sub of a variable alone", `!Sub ["${Own}", {Own: !Sub "<${Text}>"}]`, `{"Fn::Sub": ["${Own}", {"Own": {"Fn::Sub": "<${Text}>"}}]}`, "<text>"},
	{"Sub of something unknown", `!Sub "${Text}-${Open}-${Bucket}"`, `{"Fn::Sub": "${Text}-${Open}-${Bucket}"}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"Sub of a list", `!Sub "a-${List}"`, `{"Fn::Sub": "a-${List}"}`, `unknown: Fn::Sub "${List}": want a string, got a list`},
	{"Sub of no value", `!Sub "a${AWS::NoValue}"`, `{"Fn::Sub": "a${AWS::NoValue}"}`, `unknown: Fn::Sub "${AWS::NoValue}": want a string, got AWS::NoValue`},
	{"Sub of a name that is not there", `!Sub "x${Txt}"`, `{"Fn::Sub": "x${Txt}"}`, `unknown: Fn::Sub "${Txt}": the template has no such parameter or resource; did you mean "Text"?`},
	{"Sub of a resource that is not there", `!Sub "x${Rol.Arn}"`, `{"Fn::Sub": "x${Rol.Arn}"}`, `unknown: Fn::Sub "${Rol.Arn}": the template has no such resource; did you mean "Role"?`},
	{"Sub of a shell's variable", `!Sub "x${HOME:-/}"`, `{"Fn::Sub": "x${HOME:-/}"}`, `unknown: Fn::Sub "${HOME:-/}": want a name of letters, digits, "_", "." and ":"; for the text itself write "${!...}"`},
	{"Sub of a policy variable", `!Sub "x${aws:username}"`, `{"Fn::Sub": "x${aws:username}"}`, `unknown: Fn::Sub "${aws:username}": the template has no such parameter or resource`},
	{"Sub of a list of three", `!Sub [a, {}, b]`, `{"Fn::Sub": ["a", {}, "b"]}`, "unknown: Fn::Sub: want a text, or [TEXT, {VARIABLE: VALUE}]"},
	{"Sub with variables that are none", `!Sub [a, b]`, `{"Fn::Sub": ["a", "b"]}`, "unknown: Fn::Sub: want a text, or [TEXT, {VARIABLE: VALUE}]"},
	{"Sub of a function", `!Sub [!Ref Text, {}]`, `{"Fn::Sub": [{"Ref": "Text"}, {}]}`, "unknown: Fn::Sub: want a text, or [TEXT, {VARIABLE: VALUE}]"},
	{"Sub that makes a dynamic reference", `!Sub "{{resolve:ssm:/${Text}}}"`, `{"Fn::Sub": "{{resolve:ssm:/${Text}}}"}`, `unknown: "{{resolve:ssm:/text}}" is read at deployment`},

	{"Join", `!Join ["/", [a, !Ref Text, !Ref Number]]`, `{"Fn::Join": ["/", ["a", {"Ref": "Text"}, {"Ref": "Number"}]]}`, "a/text/7"},
	{"Join of nothing", `!Join ["/", []]`, `{"Fn::Join": ["/", []]}`, ""},
	{"Join without a value", `!Join ["", [a, !Ref AWS::NoValue, b]]`, `{"Fn::Join": ["", ["a", {"Ref": "AWS::NoValue"}, "b"]]}`, "ab"},
	{"Join of a parameter", `!Join ["+", !Ref List]`, `{"Fn::Join": ["+", {"Ref": "List"}]}`, "a+b+c"},
	{"Join of something unknown", `!Join ["", [a, !Ref Bucket]]`, `{"Fn::Join": ["", ["a", {"Ref": "Bucket"}]]}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"Join of an unknown list", `!Join ["", !GetAZs ""]`, `{"Fn::Join": ["", {"Fn::GetAZs": ""}]}`, "unknown: Fn::GetAZs is known only at deployment"},
	{"Join of a list in the list", `!Join ["", [a, [b]]]`, `{"Fn::Join": ["", ["a", ["b"]]]}`, "unknown: Fn::Join: want a string, got a list"},
	{"Join of a string", `!Join ["", a]`, `{"Fn::Join": ["", "a"]}`, "unknown: Fn::Join: want [DELIMITER, [VALUE, ...]]"},
	{"Join by something unknown", `!Join [!Ref Bucket, [a]]`, `{"Fn::Join": [{"Ref": "Bucket"}, ["a"]]}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"Join of one", `!Join [a]`, `{"Fn::Join": ["a"]}`, "unknown: Fn::Join: want [DELIMITER, [VALUE, ...]]"},
	{"Join as the CDK writes an ARN", `!Join ["", ["arn:", !Ref AWS::Partition, ":iam::aws:policy/ReadOnlyAccess"]]`, `{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/ReadOnlyAccess"]]}`, "arn:aws:iam::aws:policy/ReadOnlyAccess"},

	{"Select", `!Select [1, [a, !Ref Text]]`, `{"Fn::Select": [1, ["a", {"Ref": "Text"}]]}`, "text"},
	{"Select by a string", `!Select ["2", !Ref List]`, `{"Fn::Select": ["2", {"Ref": "List"}]}`, "c"},
	{"Select by a parameter", `!Select [!Ref Number, [a]]`, `{"Fn::Select": [{"Ref": "Number"}, ["a"]]}`, `unknown: Fn::Select: index "7" is not in a list of 1`},
	{"Select of a list of subnets", `!Select [1, !Ref Subnets]`, `{"Fn::Select": [1, {"Ref": "Subnets"}]}`, "subnet-2"},
	{"Select beside something unknown", `!Select [0, [a, !Ref Bucket]]`, `{"Fn::Select": [0, ["a", {"Ref": "Bucket"}]]}`, "a"},
	{"Select behind something unknown", `!Select [1, [!Ref Bucket, a]]`, `{"Fn::Select": [1, [{"Ref": "Bucket"}, "a"]]}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"Select by something unknown", `!Select [!Ref Bucket, [a]]`, `{"Fn::Select": [{"Ref": "Bucket"}, ["a"]]}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"Select of one", `!Select [0]`, `{"Fn::Select": [0]}`, "unknown: Fn::Select: want [INDEX, [VALUE, ...]]"},
	{"Select before the first", `!Select [-1, [a]]`, `{"Fn::Select": [-1, ["a"]]}`, `unknown: Fn::Select: index "-1" is not in a list of 1`},
	{"Select by a word", `!Select [first, [a]]`, `{"Fn::Select": ["first", ["a"]]}`, `unknown: Fn::Select: index "first" is not in a list of 1`},
	{"Select of a string", `!Select [0, a]`, `{"Fn::Select": [0, "a"]}`, "unknown: Fn::Select: want [INDEX, [VALUE, ...]]"},
	{"Select of AZs", `!Select [0, !GetAZs ""]`, `{"Fn::Select": [0, {"Fn::GetAZs": ""}]}`, "unknown: Fn::GetAZs is known only at deployment"},

	{"Split", `!Select [4, !Split [":", !GetAtt Images.Arn]]`, `{"Fn::Select": [4, {"Fn::Split": [":", {"Fn::GetAtt": ["Images", "Arn"]}]}]}`, "111122223333"},
	{"Split and Join", `!Join ["-", !Split ["/", a/b/]]`, `{"Fn::Join": ["-", {"Fn::Split": ["/", "a/b/"]}]}`, "a-b-"},
	{"Split of an issuer", `!Select [1, !Split ["//", !GetAtt Cluster.OpenIdConnectIssuerUrl]]`, `{"Fn::Select": [1, {"Fn::Split": ["//", {"Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"]}]}]}`, `unknown: Fn::GetAtt "Cluster.OpenIdConnectIssuerUrl" is known only at deployment`},
	{"Split at nothing", `!Select [0, !Split ["", a]]`, `{"Fn::Select": [0, {"Fn::Split": ["", "a"]}]}`, "unknown: Fn::Split: want [DELIMITER, TEXT] with a delimiter that is not empty"},
	{"Split of one", `!Select [0, !Split [a]]`, `{"Fn::Select": [0, {"Fn::Split": ["a"]}]}`, "unknown: Fn::Split: want [DELIMITER, TEXT]"},
	{"Split at something unknown", `!Split [!Ref Bucket, a]`, `{"Fn::Split": [{"Ref": "Bucket"}, "a"]}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"Split as a name", `!Split ["/", a/b]`, `{"Fn::Split": ["/", "a/b"]}`, `unknown: RoleName of "Subject": want a string, got a list`},

	{"If and Equals", `!If [Yes, a, b]`, `{"Fn::If": ["Yes", "a", "b"]}`, "a"},
	{"If not", `!If [No, a, !Ref Text]`, `{"Fn::If": ["No", "a", {"Ref": "Text"}]}`, "text"},
	{"If by Not and Condition", `!If [NotNo, a, b]`, `{"Fn::If": ["NotNo", "a", "b"]}`, "a"},
	{"If by And", `!If [Both, a, b]`, `{"Fn::If": ["Both", "a", "b"]}`, "a"},
	{"If by And, which something false decides", `!If [OneIsFalse, a, b]`, `{"Fn::If": ["OneIsFalse", "a", "b"]}`, "b"},
	{"If by Or, which something true decides", `!If [OneIsTrue, a, b]`, `{"Fn::If": ["OneIsTrue", "a", "b"]}`, "a"},
	{"If by Or", `!If [NoneIsTrue, a, b]`, `{"Fn::If": ["NoneIsTrue", "a", "b"]}`, "b"},
	{"If by And, unknown", `!If [Open, a, b]`, `{"Fn::If": ["Open", "a", "b"]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"If by the partition", `!If [InChina, a, b]`, `{"Fn::If": ["InChina", "a", "b"]}`, "b"},
	{"If, unknown, between equals", `!If [Maybe, text, !Ref Text]`, `{"Fn::If": ["Maybe", "text", {"Ref": "Text"}]}`, "text"},
	{"If, unknown, between unknowns", `!If [Maybe, !Ref Bucket, !Ref Bucket]`, `{"Fn::If": ["Maybe", {"Ref": "Bucket"}, {"Ref": "Bucket"}]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"If in If", `!If [Yes, !If [No, a, !Sub "${Text}!"], c]`, `{"Fn::If": ["Yes", {"Fn::If": ["No", "a", {"Fn::Sub": "${Text}!"}]}, "c"]}`, "text!"},
	{"If to no value", `!If [Yes, !Ref AWS::NoValue, b]`, `{"Fn::If": ["Yes", {"Ref": "AWS::NoValue"}, "b"]}`, `unknown: CloudFormation makes the name of role "Subject" at deployment; state RoleName`},
	{"If on a condition that is not there", `!If [Yess, a, b]`, `{"Fn::If": ["Yess", "a", "b"]}`, `unknown: condition "Yess": the template has no such condition; did you mean "Yes"?`},
	{"If on conditions in a circle", `!If [Round, a, b]`, `{"Fn::If": ["Round", "a", "b"]}`, `unknown: condition "Round" refers to itself`},
	{"If on what is no condition", `!If [Odd, a, b]`, `{"Fn::If": ["Odd", "a", "b"]}`, "unknown: a condition wants Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition"},
	{"If on something unknown", `!If [!Ref Bucket, a, b]`, `{"Fn::If": [{"Ref": "Bucket"}, "a", "b"]}`, `unknown: Ref "Bucket" is known only at deployment`},
	{"If, unknown, between equal lists", `!Join ["+", !If [Maybe, [a, b], [a, !Sub b]]]`, `{"Fn::Join": ["+", {"Fn::If": ["Maybe", ["a", "b"], ["a", {"Fn::Sub": "b"}]]}]}`, "a+b"},
	{"If, unknown, between lists", `!Join ["+", !If [Maybe, [a, b], [a, c]]]`, `{"Fn::Join": ["+", {"Fn::If": ["Maybe", ["a", "b"], ["a", "c"]]}]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"If, unknown, between a value and none", `!If [Maybe, a, !Ref AWS::NoValue]`, `{"Fn::If": ["Maybe", "a", {"Ref": "AWS::NoValue"}]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"If, unknown, between a string and a list", `!If [Maybe, a, [a]]`, `{"Fn::If": ["Maybe", "a", ["a"]]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"If on a malformed Equals", `!If [OddEquals, a, b]`, `{"Fn::If": ["OddEquals", "a", "b"]}`, "unknown: Fn::Equals: want [VALUE, VALUE]"},
	{"If on Equals of no value", `!If [NoneEquals, a, b]`, `{"Fn::If": ["NoneEquals", "a", "b"]}`, "unknown: Fn::Equals: want a value, got AWS::NoValue"},
	{"If on a malformed Not", `!If [OddNot, a, b]`, `{"Fn::If": ["OddNot", "a", "b"]}`, "unknown: Fn::Not: want [CONDITION]"},
	{"If on a malformed And", `!If [OddAnd, a, b]`, `{"Fn::If": ["OddAnd", "a", "b"]}`, "unknown: Fn::And: want [CONDITION, ...]"},
	{"If on a malformed Condition", `!If [OddName, a, b]`, `{"Fn::If": ["OddName", "a", "b"]}`, "unknown: Condition: want a string, got a list"},
	{"If on Not of something unknown", `!If [NotMaybe, a, b]`, `{"Fn::If": ["NotMaybe", "a", "b"]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"If with one value", `!If [Yes, a]`, `{"Fn::If": ["Yes", "a"]}`, "unknown: Fn::If: want [CONDITION, VALUE, VALUE]"},
	{"a condition as a value", `!Equals [a, b]`, `{"Fn::Equals": ["a", "b"]}`, "unknown: Fn::Equals is no value; it can stand in Conditions alone"},

	{"FindInMap", `!FindInMap [Names, !Ref AWS::Region, name]`, `{"Fn::FindInMap": ["Names", {"Ref": "AWS::Region"}, "name"]}`, "east"},
	{"FindInMap of a list", `!Join [",", !FindInMap [Names, us-east-1, list]]`, `{"Fn::Join": [",", {"Fn::FindInMap": ["Names", "us-east-1", "list"]}]}`, "x,y"},
	{"FindInMap of nothing", `!FindInMap [Names, us-west-2, name]`, `{"Fn::FindInMap": ["Names", "us-west-2", "name"]}`, `unknown: Fn::FindInMap: the mappings have no "Names.us-west-2.name"`},
	{"FindInMap with a default", `!FindInMap [Names, us-west-2, name, {DefaultValue: !Ref Text}]`, `{"Fn::FindInMap": ["Names", "us-west-2", "name", {"DefaultValue": {"Ref": "Text"}}]}`, "text"},
	{"FindInMap with a default that is not needed", `!FindInMap [Names, us-east-1, name, {DefaultValue: !Ref Text}]`, `{"Fn::FindInMap": ["Names", "us-east-1", "name", {"DefaultValue": {"Ref": "Text"}}]}`, "east"},
	{"FindInMap by something unknown", `!FindInMap [Names, !Ref Open, name]`, `{"Fn::FindInMap": ["Names", {"Ref": "Open"}, "name"]}`, `unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
	{"FindInMap of an object", `!FindInMap [Names, us-east-1, odd]`, `{"Fn::FindInMap": ["Names", "us-east-1", "odd"]}`, `unknown: Fn::FindInMap: "Names.us-east-1.odd" is no string and no list of strings`},
	{"FindInMap of a list of lists", `!FindInMap [Names, us-east-1, nested]`, `{"Fn::FindInMap": ["Names", "us-east-1", "nested"]}`, `unknown: Fn::FindInMap: "Names.us-east-1.nested" is no string and no list of strings`},
	{"FindInMap with a default that is none", `!FindInMap [Names, us-west-2, name, text]`, `{"Fn::FindInMap": ["Names", "us-west-2", "name", "text"]}`, "unknown: Fn::FindInMap: want [MAP, KEY, NAME], or [MAP, KEY, NAME, {DefaultValue: VALUE}]"},
	{"FindInMap of two", `!FindInMap [Names, name]`, `{"Fn::FindInMap": ["Names", "name"]}`, "unknown: Fn::FindInMap: want [MAP, KEY, NAME], or [MAP, KEY, NAME, {DefaultValue: VALUE}]"},

	{"Base64", `!Base64 {"Fn::Sub": "${Text}"}`, `{"Fn::Base64": {"Fn::Sub": "${Text}"}}`, "dGV4dA=="},
	{"Base64 of no value", `!Base64 {Ref: AWS::NoValue}`, `{"Fn::Base64": {"Ref": "AWS::NoValue"}}`, "unknown: Fn::Base64: want a string, got AWS::NoValue"},
	{"ImportValue", `!ImportValue x`, `{"Fn::ImportValue": "x"}`, `unknown: Fn::ImportValue "x" is another stack's output`},
	{"ImportValue of a function", `!ImportValue {"Fn::Sub": "${Text}-arn"}`, `{"Fn::ImportValue": {"Fn::Sub": "${Text}-arn"}}`, `unknown: Fn::ImportValue "text-arn" is another stack's output`},
	{"ImportValue of something unknown", `!ImportValue {"Fn::Sub": "${AWS::StackName}-arn"}`, `{"Fn::ImportValue": {"Fn::Sub": "${AWS::StackName}-arn"}}`, "unknown: Fn::ImportValue is another stack's output"},
	{"GetAZs", `!GetAZs us-east-1`, `{"Fn::GetAZs": "us-east-1"}`, "unknown: Fn::GetAZs is known only at deployment"},
	{"Cidr", `!Cidr [10.0.0.0/16, 2, 8]`, `{"Fn::Cidr": ["10.0.0.0/16", 2, 8]}`, "unknown: Fn::Cidr is known only at deployment"},
	{"Transform", `!Transform {Name: AWS::Include}`, `{"Fn::Transform": {"Name": "AWS::Include"}}`, "unknown: Fn::Transform is known only at deployment"},
	{"Length", `!Length [a]`, `{"Fn::Length": ["a"]}`, "unknown: Fn::Length is not resolved here; write its value"},
	{"ForEach", `{"Fn::ForEach::X": []}`, `{"Fn::ForEach::X": []}`, "unknown: what Fn::ForEach makes is known only at deployment"},
	{"no function", `!Subb a`, `{"Fn::Subb": "a"}`, `unknown: CloudFormation has no function "Fn::Subb"; did you mean "Fn::Sub"?`},
	{"a function beside a name", `{"Fn::If": [Yes, a, b], c: d}`, `{"Fn::If": ["Yes", "a", "b"], "c": "d"}`, "unknown: Fn::If beside other names is known only at deployment"},
}

func TestFunctionsComeToTheSameInBothForms(t *testing.T) {
	for _, c := range functions {
		t.Run(c.name, func(t *testing.T) {
			yaml := read(t, "yaml", strings.Replace(inYAML, "EXPRESSION", c.yaml, 1), at)
			wantText(t, c.yaml, yaml.Roles[0].Name, c.want)
			json := read(t, "json", strings.Replace(inJSON, "EXPRESSION", c.json, 1), at)
			wantText(t, c.json, json.Roles[0].Name, c.want)
		})
	}
}
