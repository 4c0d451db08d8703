#!/bin/sh
# Prints which program this clone is; see ProgramVersion.cs. The first argument is the root of the clone.
cd "$1" || exit 1
folders="Shared Worker Training Torch"
if ! git rev-parse --verify -q HEAD >/dev/null 2>&1; then
    echo unversioned
    exit 0
fi
version=$(for f in $folders; do git rev-parse -q --verify "HEAD:$f" || echo none; done | sha256sum | cut -c1-16)
if [ -n "$(git status --porcelain -- $folders)" ]; then
    changed=$({ git diff HEAD -- $folders; git ls-files -o --exclude-standard -z -- $folders | xargs -0 -r sha256sum; } \
        | sha256sum | cut -c1-8)
    version="$version+$changed"
fi
echo "$version"
