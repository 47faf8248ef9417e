// Package identity names what AWS, Kubernetes and GitHub must agree on before a
// runner can push an image without a stored key.
//
// Each kind of name is a separate type, so that one kind cannot be passed where
// another is meant, and each derivation (role ARN, provider ARN, condition key,
// subject, registry host) is written here and nowhere else. Start at RoleARN,
// Issuer and ImageRepository: the other names are their parts.
//
// A name made of one part is a string type with a Check method; a name made of
// several is a struct with String and a Parse function that is its inverse.
// Every error quotes the value and says what is allowed. The package imports
// nothing but the standard library.
package identity
