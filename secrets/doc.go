// Package secrets recognizes values that look like secrets: keys of AWS, tokens of
// GitHub, passwords of registries and in URLs, and private keys.
//
// It reads no file and knows no kind of file: it looks at one text, and at the name
// under which the text stands. What it finds it names in words; the value itself
// never leaves the package. Start at In.
package secrets
