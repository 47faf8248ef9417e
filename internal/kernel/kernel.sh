#!/bin/sh
# jsii starts this as its Node.js, with the path of its launcher. The launcher would
# start the kernel as a separate process and copy every request and response. Here
# the kernel takes requests from descriptor 3 and answers on 4 (kernel.cjs), and
# whatever else is printed goes to standard error. New objects get less room than
# Node.js gives them unasked. What its compilers have used goes back to the system: glibc
# raises its threshold for that, 131072 bytes at first, unless it is set. Together that
# spares 70 MB and costs no time.
program=${1%/bin/*}/lib/program.js
MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 \
  exec "$KEYLESS_NODE" --max-semi-space-size=4 --preserve-symlinks "${0%.sh}.cjs" "$program" 3<&0 4>&1 </dev/null >&2
