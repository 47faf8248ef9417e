package infra

import (
	"os"
	"unsafe"

	_ "github.com/aws/aws-cdk-go/awscdk/v2/jsii" // holds the archive
	"golang.org/x/sys/unix"
)

// archive is aws-cdk-lib as npm packs it, 37 MB of the program's file. jsii copies it for its
// kernel when the first construct is made, and it stays in memory though nothing reads it again.
//
//go:linkname archive github.com/aws/aws-cdk-go/awscdk/v2/jsii.tarball
var archive []byte

// releaseArchive has the system take back the memory of the archive, before the validation,
// which needs the most. Who reads it after all reads the program's file again.
func releaseArchive() error {
	page := uintptr(os.Getpagesize())
	start := uintptr(unsafe.Pointer(unsafe.SliceData(archive)))
	first := (page - start%page) % page
	last := uintptr(len(archive)) - (start+uintptr(len(archive)))%page
	return unix.Madvise(archive[first:last], unix.MADV_DONTNEED)
}
