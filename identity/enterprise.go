package identity

// Enterprise is the slug of an enterprise on GitHub, as its URL shows it after
// "/enterprises/": letters, digits and hyphens.
type Enterprise string

// Check reports a slug that GitHub does not give out.
func (e Enterprise) Check() error {
	return firstError(unwrapURL(string(e), "enterprises/").report("enterprise", checkEnterprise), checkEnterprise(string(e)))
}

func checkEnterprise(slug string) error {
	return firstError(
		checkPresent("enterprise", slug),
		checkAlphabet("enterprise", slug, alphanumeric+"-", "letters, digits and -"),
		checkHyphens("enterprise", slug),
	)
}
