package cdk

import (
	"os"
	"path/filepath"

	"keyless-runners/rehearsal/moto"
)

// deployer is the environment of a command that talks to an account. The key is not a real one:
// moto takes any. It names the account because the command line keeps, below its home,
// whose account a key is of.
func (c *CLI) deployer(account *moto.Server) []string {
	return append(c.isolated(),
		"HOME="+c.folder,
		"AWS_ENDPOINT_URL="+account.Endpoint,
		"AWS_ACCESS_KEY_ID=rehearsal-"+string(account.Account),
		"AWS_SECRET_ACCESS_KEY=rehearsal",
	)
}

// renderer is the environment of a command that talks to no account. It has the
// user's home, where jsii keeps the libraries that it unpacked.
func (c *CLI) renderer() []string {
	return append(c.isolated(), "HOME="+os.Getenv("HOME"))
}

// isolated hides the user's configuration of AWS, and has the pinned Node.js come
// first. CI keeps colours and progress bars out of the output.
func (c *CLI) isolated() []string {
	nowhere := filepath.Join(c.folder, "no-such-file")
	return []string{
		"PATH=" + filepath.Join(c.top, "node_modules", ".bin") + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"TMPDIR=" + c.folder,
		"AWS_CONFIG_FILE=" + nowhere,
		"AWS_SHARED_CREDENTIALS_FILE=" + nowhere,
		"AWS_EC2_METADATA_DISABLED=true",
		"CI=true",
		"NO_COLOR=1",
	}
}
