package rule

import (
	"fmt"

	"keyless-runners/preflight/finding"
)

var secretInFile = kind("KR065", finding.Error, "secret in a file")

func secretsInFiles(v View, report reporter) {
	for _, secret := range v.Secrets {
		report(secretInFile, secret.Place, fmt.Sprintf("this looks like %s", secret.What),
			"take it out of the file and out of its history, and make it useless where it was made")
	}
}
