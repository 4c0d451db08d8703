# A PostgreSQL cluster in a folder of its own, which lives as long as this script's standard input.
# Arguments: the folder of PostgreSQL's programs, the port on 127.0.0.1, "tls" or "plain", then settings NAME=VALUE.
# Standard input: the superuser's password, then the commands "stop MODE" and "start", a line each; the end of the
# input, which comes however the caller ends, stops the cluster and deletes its folder.
# Standard output: "ready FOLDER", then "done" or "failed: WHY" for each command.
set -uo pipefail
trap '' INT HUP TERM   # a Ctrl-C at the terminal is the caller's: its end is the end of the input
exec 2>/dev/null
bin=$1 port=$2 tls=$3
shift 3
IFS= read -r password || exit 1
umask 077
folder=$(mktemp -d "${TMPDIR:-/tmp}/sweep-postgres-XXXXXX") || exit 1

finish() {
    "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$folder"
}
trap finish EXIT

answer() {
    if "$@" >>"$folder/output" 2>&1; then
        echo "${done:-done}"
    else
        echo "failed: $(tail -n 3 "$folder/output" "$folder/log" 2>/dev/null | tr '\n' ' ')"
    fi
}

# A certificate authority, a certificate for "localhost" and no other name, one of another authority, and one for a client.
certify() {
    cd "$folder"
    local key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes" authority
    for authority in ca other; do
        openssl req -x509 $key -days 2 -subj "/CN=$authority" -keyout $authority.key -out $authority.crt
    done &&
        openssl req $key -subj /CN=localhost -keyout server.key -out server.csr &&
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
            -extfile <(echo subjectAltName=DNS:localhost) -out server.crt &&
        openssl req $key -subj /CN=postgres -keyout client.key -out client.csr &&
        openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out client.crt
}

make() {
    mkdir "$folder/socket" &&
        printf '%s\n' "$password" >"$folder/password" &&
        "$bin/initdb" -D "$folder/data" -U postgres --pwfile="$folder/password" -A scram-sha-256 \
            -E UTF8 --locale=C --no-sync --no-instructions || return
    rm "$folder/password"
    {
        echo "local all postgres trust"   # the folder of the socket is this user's alone
        [ "$tls" = tls ] && echo "hostnossl all all 127.0.0.1/32 reject"
        echo "host all all 127.0.0.1/32 scram-sha-256"
    } >"$folder/data/pg_hba.conf"
    {
        printf "listen_addresses = '127.0.0.1'\nport = %s\nmax_connections = 100\n" "$port"
        printf "unix_socket_directories = '%s/socket'\nshared_buffers = 64MB\n" "$folder"
        [ "$tls" = tls ] && printf "%s = '$folder/%s'\n" ssl_cert_file server.crt ssl_key_file server.key ssl_ca_file ca.crt
        [ "$tls" = tls ] && echo "ssl = on"
        local setting
        for setting; do
            printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}"
        done
    } >>"$folder/data/postgresql.conf"
    if [ "$tls" = tls ]; then
        certify || return
    fi
    start
}

start() {
    "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -t 60 -w start
}

done="ready $folder" answer make "$@"
while IFS=' ' read -r command mode; do
    case $command in
        stop) answer "$bin/pg_ctl" -D "$folder/data" -m "$mode" -t 60 -w stop ;;
        start) answer start ;;
        *) echo "failed: unknown command $command" ;;
    esac
done
