package identity

// Organization is the login of an organization on GitHub: 1 to 39 letters,
// digits, hyphens and underscores.
type Organization string

// Check reports a login that GitHub does not give out.
func (o Organization) Check() error {
	const kind = "organization"
	check := func(name string) error { return checkOwner(kind, name) }
	return firstError(unwrapURL(string(o), "orgs/").report(kind, check), check(string(o)))
}

// checkOwner checks what organizations and users share. An underscore stands in
// the logins of users that an enterprise manages.
func checkOwner(kind, value string) error {
	return firstError(
		checkLength(kind, value, 39),
		checkAlphabet(kind, value, alphanumeric+"-_", "letters, digits, - and _"),
		checkHyphens(kind, value),
	)
}
