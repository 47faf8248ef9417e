package docker

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
)

// LoginAction plays aws-actions/amazon-ecr-login: it logs docker in to the registries
// that its input names, or to the one of its own account, with the credentials that the
// AWS SDK finds. Each argument is an input of the action, as NAME=VALUE. It returns the
// exit status.
func LoginAction(ctx context.Context, args []string) int {
	if err := loginAction(ctx, args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func loginAction(ctx context.Context, args []string) error {
	registries, err := wanted(args)
	if err != nil {
		return err
	}
	transport, err := Transport()
	if err != nil {
		return err
	}
	settings, err := config.LoadDefaultConfig(ctx, config.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		return err
	}
	got, err := ecr.NewFromConfig(settings).GetAuthorizationToken(ctx, &ecr.GetAuthorizationTokenInput{})
	if err != nil {
		return err
	}
	for _, data := range got.AuthorizationData {
		user, password, err := Credentials(aws.ToString(data.AuthorizationToken))
		if err != nil {
			return err
		}
		own := strings.TrimPrefix(aws.ToString(data.ProxyEndpoint), "https://")
		for _, host := range hosts(own, registries) {
			if err := Login(host, user, password); err != nil {
				return err
			}
			fmt.Println("Logging into registry", host)
		}
	}
	return nil
}

// wanted are the account ids of the input "registries".
func wanted(inputs []string) ([]string, error) {
	var registries []string
	for _, input := range inputs {
		name, value, _ := strings.Cut(input, "=")
		if name != "registries" {
			return nil, fmt.Errorf("input %q is not played here", name)
		}
		registries = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return registries, nil
}

// hosts are the registries of the accounts, in the region of the own one.
func hosts(own string, accounts []string) []string {
	if len(accounts) == 0 {
		return []string{own}
	}
	_, region, _ := strings.Cut(own, ".")
	var hosts []string
	for _, account := range accounts {
		hosts = append(hosts, account+"."+region)
	}
	return hosts
}

// Credentials are in an authorization token of ECR (Amazon ECR API reference,
// AuthorizationData). It returns an error for anything else.
func Credentials(token string) (user, password string, err error) {
	text, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return "", "", err
	}
	user, password, found := strings.Cut(string(text), ":")
	if !found {
		return "", "", errors.New("ECR gave no password")
	}
	return user, password, nil
}
