package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/entry"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/doctor"
	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/live"
	"keyless-runners/preflight"
)

// Statuses: something is not proved or not as the files have it, and nothing could be read.
const (
	statusFinding = 1
	statusUnread  = 2
)

// examined names what doctor is to read.
type examined struct {
	clusters, registries, profiles []string
	region, context, save          string
	plan, permissions, only        bool
}

func doctorCommand(d entry.Declaration) *cobra.Command {
	var which examined
	cmd := &cobra.Command{
		Use:   "keyless-doctor [FILE|FOLDER]...",
		Short: "Prove what is deployed, and find what differs from dist/",
		Long: `Doctor reads the AWS accounts and the clusters of the fleet, and changes nothing. It
checks what is deployed as "keyless check" does files, compares it with dist/ or with the
files that are named, and finds Pods without their role, a webhook, agent or controller
that is missing, and quotas that are nearly used up. What it may not read is unknown, and
it names the permission.

Credentials are those of AWS's SDK (environment, profile, role) and of kubeconfig.

The exit status is 0 if all of it was read and is proved, 1 if something is not, and 2 if
nothing could be read.`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			request, err := which.request(d)
			if err == nil && which.only && which.save == "" {
				err = errors.New("--only does nothing without --save FOLDER")
			}
			if err != nil {
				return terminal.Status{Code: statusUnread, Err: err}
			}
			switch {
			case which.plan:
				return writePlan(cmd.OutOrStdout(), request)
			case which.permissions:
				return writePermissions(cmd.OutOrStdout(), request)
			}
			return which.examine(cmd, request, paths)
		},
	}
	cmd.Flags().StringSliceVar(&which.clusters, "cluster", nil, "NAME of a cluster in EKS, instead of those of the fleet")
	cmd.Flags().StringVar(&which.region, "region", "", "region of the clusters that --cluster names")
	cmd.Flags().StringSliceVar(&which.registries, "registry", nil, "ACCOUNT.dkr.ecr.REGION.amazonaws.com with image repositories, besides those of the clusters' accounts and regions")
	cmd.Flags().StringVar(&which.context, "context", "", "context of kubeconfig, for the one cluster that is read")
	cmd.Flags().StringSliceVar(&which.profiles, "profile", nil, "profile of AWS's configuration, for an account that the default credentials are not of")
	cmd.Flags().StringVar(&which.save, "save", "", "FOLDER to write what is read to, for \"keyless check\" and to look up places")
	cmd.Flags().BoolVar(&which.only, "only", false, "do nothing but --save, for \"keyless init\"")
	cmd.Flags().BoolVar(&which.plan, "plan", false, "list the calls, and make none")
	cmd.Flags().BoolVar(&which.permissions, "permissions", false, "print the least IAM policy and ClusterRole for the calls, and make none")
	return cmd
}

// request returns what to read: the clusters that are named, or those of the fleet.
func (w examined) request(d entry.Declaration) (live.Request, error) {
	request := live.Request{Profiles: w.profiles}
	for _, text := range w.registries {
		registry, err := identity.ParseRegistry(text)
		if err != nil {
			return request, fmt.Errorf("--registry: %w", err)
		}
		request.Registries = append(request.Registries, registry)
	}
	err := w.addClusters(d, &request)
	if err == nil && w.context != "" && len(request.Clusters) != 1 {
		err = fmt.Errorf("--context %q is of one cluster, and %d are read: name one with --cluster", w.context, len(request.Clusters))
	}
	for i := range request.Clusters {
		request.Clusters[i].Context = w.context
	}
	return request, err
}

func (w examined) addClusters(d entry.Declaration, request *live.Request) error {
	if len(w.clusters) == 0 {
		f, err := d.Checked()
		if err != nil {
			return err
		}
		addFleet(request, f.Fleet())
		return nil
	}
	region := identity.Region(w.region)
	if err := region.Check(); err != nil {
		return fmt.Errorf("--region: %w", err)
	}
	for _, name := range w.clusters {
		cluster := live.Cluster{Name: identity.ClusterName(name), Region: region}
		if err := cluster.Name.Check(); err != nil {
			return fmt.Errorf("--cluster: %w", err)
		}
		request.Clusters = append(request.Clusters, cluster)
	}
	return nil
}

// addFleet adds the clusters of a fleet and the registries of its image repositories, and of the pull
// through caches that it creates.
func addFleet(request *live.Request, f fleet.Fleet) {
	for _, c := range f.Clusters {
		request.Clusters = append(request.Clusters, live.Cluster{Label: string(c.Name), Name: c.ARN().Name, Region: c.Region, Account: c.Account})
	}
	for _, r := range f.ImageRepositories {
		registry := identity.Registry{Account: r.Account, Region: r.Region}
		if !slices.Contains(request.Registries, registry) {
			request.Registries = append(request.Registries, registry)
		}
	}
	for _, c := range f.PullThroughCaches {
		registry := identity.Registry{Account: c.Account, Region: c.Region}
		if !c.Existing && !slices.Contains(request.PullThroughCaches, registry) {
			request.PullThroughCaches = append(request.PullThroughCaches, registry)
		}
	}
}

// examine reads, judges, and writes what was found.
func (w examined) examine(cmd *cobra.Command, request live.Request, paths []string) error {
	if _, err := os.Stat(command.Dist); err == nil && len(paths) == 0 {
		paths = []string{command.Dist}
	}
	done := terminal.Progress(cmd.ErrOrStderr(), "reading accounts and clusters")
	reading := live.Read(cmd.Context(), request)
	done()
	if cmd.Context().Err() != nil {
		return terminal.Status{Code: statusUnread, Err: errors.New("interrupted, nothing was judged")}
	}
	if len(reading.Documents) == 0 {
		return terminal.Status{Code: statusUnread, Err: nothingRead(reading)}
	}
	if w.save != "" {
		if err := reading.Save(w.save); err != nil {
			return terminal.Status{Code: statusUnread, Err: err}
		}
	}
	if w.only {
		for _, unread := range reading.Unread {
			fmt.Fprintf(cmd.ErrOrStderr(), "not read: %s: %s: %s\n", unread.Where, unread.For, unread.Why)
		}
		return nil
	}
	diagnosis, err := doctor.Examine(reading, preflight.Input{Paths: paths})
	if err == nil {
		err = doctor.Write(cmd.OutOrStdout(), diagnosis)
	}
	switch {
	case err != nil:
		return terminal.Status{Code: statusUnread, Err: err}
	case !diagnosis.Proved():
		return terminal.Status{Code: statusFinding}
	}
	return nil
}

// nothingRead says why nothing could be read.
func nothingRead(reading live.Reading) error {
	problem := "nothing could be read"
	for _, unread := range reading.Unread {
		problem += fmt.Sprintf("\n  %s: %s: %s", unread.Where, unread.For, unread.Why)
	}
	return errors.New(problem)
}

func writePlan(out io.Writer, request live.Request) error {
	var text strings.Builder
	where := ""
	for _, call := range live.Plan(request) {
		if call.Where != where {
			where = call.Where
			fmt.Fprintf(&text, "%s\n", where)
		}
		fmt.Fprintf(&text, "  %-72s %s\n", call.Permission, call.For)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func writePermissions(out io.Writer, request live.Request) error {
	var text strings.Builder
	for _, permissions := range live.PermissionsPolicies(request) {
		fmt.Fprintf(&text, "# IAM policy for %s\n%s\n\n", permissions.Where, permissions.JSON())
	}
	fmt.Fprintf(&text, "# for each cluster; an EKS access entry puts the IAM role into the group\n%s", live.ClusterRole())
	_, err := io.WriteString(out, text.String())
	return err
}
