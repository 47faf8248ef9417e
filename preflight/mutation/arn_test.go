package mutation_test

import "strings"

// segment is a part of an ARN.
type segment string

const (
	arnPrefix    segment = "prefix"
	arnPartition segment = "partition"
	arnService   segment = "service"
	arnRegion    segment = "region"
	arnAccount   segment = "account"
	arnType      segment = "type"
	arnPath      segment = "path"
	arnName      segment = "name"
)

// corruption is an ARN with one part changed.
type corruption struct {
	segment segment
	// what says how: "empty", "misspelt", "another" of those that there can be,
	// "in capitals", ...
	what, text string
}

// others is a valid value in place of a valid one.
var others = map[string]string{
	"aws": "aws-cn", "aws-cn": "aws-us-gov", "aws-us-gov": "aws",
	"iam": "sts", "ecr": "ecr-public",
	"us-east-1": "us-west-2", "us-west-2": "us-east-1", "cn-north-1": "cn-northwest-1", "us-gov-west-1": "us-gov-east-1",
	"111122223333": "444455556666", "444455556666": "777788889999", "777788889999": "111122223333",
	"role": "user", "repository": "registry", "oidc-provider": "saml-provider", "policy": "user",
}

// corruptions change each part of the ARN in every way that suits it.
func corruptions(arn string) []corruption {
	parts := strings.SplitN(arn, ":", 6)
	var found []corruption
	for i, part := range []segment{arnPrefix, arnPartition, arnService, arnRegion, arnAccount} {
		for what, text := range changes(parts[i]) {
			changed := append([]string{}, parts...)
			changed[i] = text
			found = append(found, corruption{part, what, strings.Join(changed, ":")})
		}
	}
	before := strings.Join(parts[:5], ":") + ":"
	of, rest, _ := strings.Cut(parts[5], "/")
	for what, text := range changes(of) {
		found = append(found, corruption{arnType, what, before + text + "/" + rest})
	}
	slash := strings.LastIndex(rest, "/") + 1
	folder, last := rest[:slash], rest[slash:]
	for what, text := range changes(strings.TrimSuffix(folder, "/")) {
		found = append(found, corruption{arnPath, what, before + of + "/" + strings.TrimPrefix(text+"/", "/") + last})
	}
	found = append(found,
		corruption{arnPath, "with an empty part", before + of + "/" + folder + "/" + last},
		corruption{arnName, "a wildcard", before + of + "/" + folder + "*"},
		corruption{arnName, "with a blank behind", arn + " "},
		corruption{arnName, "with a part more", arn + "/more"},
		corruption{arnName, "without its last letter", arn[:len(arn)-1]},
	)
	for what, text := range changes(last) {
		found = append(found, corruption{arnName, what, before + of + "/" + folder + text})
	}
	return found
}

// changes are other texts in place of a part of an ARN, by what they are.
func changes(part string) map[string]string {
	if part == "" {
		return map[string]string{"filled": "us-east-1"}
	}
	all := map[string]string{"empty": "", "misspelt": misspelt(part)}
	if strings.ToUpper(part) != part {
		all["in capitals"] = strings.ToUpper(part)
	} else if strings.ToLower(part) != part {
		all["in small letters"] = strings.ToLower(part)
	}
	if other := others[part]; other != "" {
		all["another"] = other
	}
	if strings.Trim(part, "0123456789") == "" {
		all["too short"] = part[1:]
		all["too long"] = part + "0"
	}
	return all
}

// misspelt is the word with one character another.
func misspelt(word string) string {
	middle := len(word) / 2
	other := byte('x')
	switch c := word[middle]; {
	case '0' <= c && c <= '8':
		other = c + 1
	case c == '9':
		other = '0'
	case 'A' <= c && c <= 'F':
		other = '7'
	case c == 'x':
		other = 'y'
	}
	return word[:middle] + string(other) + word[middle+1:]
}

// arns makes a mutant of each corruption of the ARN at a site.
func (g *generator) arns(what string, at site, want func(segment, string) outcome) {
	arn := g.text(at)
	for _, c := range corruptions(arn) {
		if c.text != arn {
			g.add(what+": "+string(c.segment)+" "+c.what, at, want(c.segment, c.what), at.set(c.text))
		}
	}
}
