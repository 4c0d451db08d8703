#!/bin/sh
# Run once by the image of PostgreSQL, in a new database: the roles of a store, a person's login and the workers'.
# Passwords go from their files to the server in psql's variables, not on a command line.
set -eu
psql -X -q -v ON_ERROR_STOP=1 -U postgres -d sweeps -f /roles.sql
psql -X -q -v ON_ERROR_STOP=1 -U postgres -d sweeps <<'END'
\set ann `cat /run/secrets/ann`
\set box `cat /run/secrets/box`
CREATE ROLE ann LOGIN PASSWORD :'ann' IN ROLE sweep_owner, sweep_user;
CREATE ROLE box LOGIN PASSWORD :'box' IN ROLE sweep_worker;
END
