package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	keyless := flag.String("keyless", "bin/keyless", "the program to measure")
	rounds := flag.Int("rounds", 5, "how often each command runs")
	flag.Parse()
	if err := run(*keyless, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(keyless string, rounds int) error {
	program, err := filepath.Abs(keyless)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "keyless-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	return checks(program, folder, rounds)
}
