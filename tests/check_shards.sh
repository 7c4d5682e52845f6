#!/bin/bash
# A check in parts: summarize and link give what check gives, however the parts
# are cut, ordered, lost, damaged or run. Engines are run as the pages say:
# ninja, make, GNU parallel, the last also over ssh with two logical hosts on a
# port of its own, where there is an sshd. Environment: PYMEMLINT, SOURCE.
set -u
untried=0
SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
: "${PYMEMLINT:?}"
top=$(mktemp -d)
sshd_pid=
trap '[ -z "$sshd_pid" ] || kill "$sshd_pid"; rm -rf "$top"' EXIT
export XDG_CACHE_HOME=$top/cache PYMEMLINT_PYTHON=/usr/bin/python3
unset SLURM_ARRAY_TASK_ID AWS_BATCH_JOB_ARRAY_INDEX JOB_COMPLETION_INDEX
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}

# A program whose findings need several of its units, one unit that is partial, and one compiled twice.
cd "$top" || exit 1
cp -r "$SOURCE/testdata/projects/sample" tree
mkdir tree/sub
printf '#include <no_such_header.h>\nint partial(void) { return unknown_thing(x); }\n' >tree/sub/partial.c
for i in 1 2 3 4 5; do printf '#include <stdlib.h>\nvoid drop%d(void *p) { free(p); }\n' $i >"tree/sub/f$i.c"; done

report() { # NAME COMMAND...: its text and its SARIF log; the status is checked by the caller
    local name=$1
    shift
    "$PYMEMLINT" "$@" --output "sarif=$top/$name.sarif" >"$top/$name.txt" 2>"$top/$name.err"
}
same() { # NAME WHAT: nothing may tell it from the check
    cmp -s "$top/check.txt" "$top/$1.txt" && cmp -s "$top/check.sarif" "$top/$1.sarif" || {
        fail "$2: link does not report what check reports"
        diff "$top/check.txt" "$top/$1.txt" | head -5
    }
}
report check check tree
[ $? = 1 ] || fail "the sample has no findings: $(tail -1 check.err)"
grep -q PML201 check.txt || fail "the finding that needs three units is missing"

# One part, several, in any order, in one folder or in several, as folder, files and lists.
"$PYMEMLINT" summarize -q -o one tree || fail "summarize"
report one link one
[ $? = 1 ] || fail "link has another status than check: $(tail -1 one.err)"
same one "one part"
for k in 3 1 2; do "$PYMEMLINT" summarize -q --shard $k/3 -o three tree; done
same_files() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k2); }
[ "$(same_files one)" = "$(same_files three)" ] || fail "the files of three parts are not those of one"
for k in 2 3 1; do "$PYMEMLINT" summarize -q --shard $k/3 -o "apart/$k" tree; done
report apart link apart/3 apart/1 apart/2
sed -i "s|$top/apart/[123]/||" apart.sarif
same apart "three folders"
for k in 1 2; do "$PYMEMLINT" summarize -q --shard $k/2 -o listed --stamp lists/$k tree; done
report listed link @lists/2 @lists/1
same listed "lists"
grep -q 'tree/lines.h' lists/1.d lists/2.d || fail "no depfile names the header"
# shellcheck disable=SC2046 # words
report files link $(find one -name '*.unit' | sort -r) one/project.json
same files "files in another order"
for k in $(seq 12); do "$PYMEMLINT" summarize -q --shard "$k/12" -o twelve tree || fail "part $k of 12"; done
[ "$(same_files one)" = "$(same_files twelve)" ] || fail "more parts than units"
grep -rlE "$top|/usr" one --include='*.unit' && fail "a unit file names an absolute path"

# Job arrays.
array() { # NAME=VALUE... -- OPTION...
    local set=()
    while [ "$1" != -- ]; do set+=("$1"); shift; done
    shift
    env "${set[@]}" "$PYMEMLINT" summarize -q -o array "$@" tree
}
arrays() { # NAME: what the four members wrote is the whole
    [ "$(same_files one)" = "$(same_files array)" ] || fail "a job array of $1"
    rm -rf array
}
for i in 5 6 7 8; do
    array SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=4 --
done
arrays Slurm
for i in 0 1 2 3; do array AWS_BATCH_JOB_ARRAY_INDEX=$i AWS_BATCH_JOB_ARRAY_SIZE=4 --; done
arrays 'AWS Batch'
for i in 0 1 2 3; do array JOB_COMPLETION_INDEX=$i -- --shards 4; done
arrays Kubernetes
array SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=1 -- --shards 3
[ "$(find array -name '*.unit' | wc -l)" -lt "$(find one -name '*.unit' | wc -l)" ] || fail "one member run again reads all"
rm -rf array
array JOB_COMPLETION_INDEX=1 -- 2>err && fail "an index without a count is taken"
grep -q -- '--shards' err || fail "a missing count is not asked for: $(cat err)"
for wrong in 0/3 4/3 x 1/ 1/2/3 -1/2; do
    "$PYMEMLINT" summarize -o wrong --shard "$wrong" tree 2>err
    [ $? = 2 ] && grep -q 'shard' err || fail "--shard $wrong: $(cat err)"
done

# A part that was lost is named, and running it again is all it takes.
"$PYMEMLINT" summarize -q --shard 1/2 -o lost tree
report lost link lost
[ $? = 3 ] || fail "a lost part: status is not 3"
for unit in $(cd one && find . -name '*.unit'); do
    [ -e "lost/$unit" ] || grep -qF "${unit#./}" <(sed 's/\(\.c\): there is no unit file.*/\1.unit/; s/^  failed: //' lost.err) ||
        fail "the missing unit $unit is not named: $(cat lost.err)"
done
"$PYMEMLINT" summarize -q --shard 2/2 -o lost tree
report lost link lost
same lost "a part run again"

# A unit that cannot be read has a file all the same, and the link says so.
cp -r tree broken
mkfifo broken/pipe.h
printf '#include "pipe.h"\nint x;\n' >broken/hangs.c
"$PYMEMLINT" summarize -q -o broken.units broken 2>err || fail "summarize fails with a unit that cannot be read"
[ -s broken.units/hangs.c.unit ] || fail "a unit that failed has no file"
grep -q hangs.c err || fail "summarize does not name the unit that failed"
report broken link broken.units
[ $? = 3 ] && grep -q hangs.c broken.err || fail "link does not name the unit that failed"

# Damage: any flipped bit, a cut, other flags, another version, another Python.
RANDOM=77
for round in $(seq 40); do
    rm -rf flipped && cp -r one flipped
    file=$(find flipped -name '*.unit' | sort | sed -n "$((round % 6 + 1))p")
    at=$((RANDOM % (round % 2 ? 160 : $(stat -c %s "$file"))))
    old=$(od -An -tu1 -j $at -N1 "$file" | tr -d ' ')
    printf "\\x$(printf %x $((old ^ (1 << (RANDOM % 8)))))" | dd of="$file" bs=1 seek=$at conv=notrunc 2>/dev/null
    timeout 900 "$PYMEMLINT" link flipped >out 2>err
    status=$?
    [ $status = 3 ] || [ $status = 2 ] || fail "a flipped bit at $at of $file: status $status: $(head -c 300 err)"
done
rm -rf cut && cp -r one cut && truncate -s 300 cut/lines.c.unit
"$PYMEMLINT" link cut >out 2>err
[ $? = 3 ] && grep -q 'lines.c: .*damaged' err || fail "a cut file is not named: $(cat err)"
"$PYMEMLINT" summarize -q -o other tree -- -DOTHER
rm -rf mixed && cp -r one mixed && cp other/lines.c.unit mixed/
"$PYMEMLINT" link mixed >out 2>err
[ $? = 3 ] && grep -q 'lines.c: .*other flags' err || fail "other flags are not told: $(cat err)"
"$PYMEMLINT" link one other 2>err >out
[ $? = 2 ] && grep -q 'not of one program' err || fail "two plans are mixed: $(cat err)"
for change in 's/^# pymemlint [^ ]*/# pymemlint 9.9.9/' 's/\[Python [^,]*/[Python 3.99.0/' 's/, [^]]*\]/, other clang]/'; do
    rm -rf mixed && cp -r one mixed && sed -i "1$change" mixed/lines.c.unit
    "$PYMEMLINT" link mixed >out 2>err
    [ $? = 2 ] && grep -q 'lines.c.unit' err || fail "a mixed unit file ($change): $(cat err)"
    "$PYMEMLINT" link mixed/*.unit >out 2>err
    [ $? = 2 ] || fail "a mixed unit file among files ($change)"
done
rm -rf evil && cp -r one evil && sed -i 's|"name": "lines.c.unit"|"name": "../one/lines.c.unit"|' evil/project.json
"$PYMEMLINT" link evil 2>err >out
[ $? = 2 ] || fail "a plan leads out of its folder"
for plan in '' '[]' '{"plan":1}' '{"plan":1,"units":[{}]}' 'x'; do
    mkdir -p bad && printf '%s' "$plan" >bad/project.json
    "$PYMEMLINT" link bad 2>err >out
    [ $? = 2 ] && grep -q 'bad/project.json' err || fail "the plan '$plan': $(cat err)"
done
"$PYMEMLINT" link nowhere 2>err && fail "a folder that is not there"
"$PYMEMLINT" summarize tree 2>err && fail "summarize without -o"

# --- parcels: a part that is read where neither its sources nor a header are ---
# All that can go astray: a header over a linked folder and "..", one that a condition asks for, one that a macro
# names, a prelude, one that is missing, a type without a name in a message, the time of day, and __FILE__.
mkdir -p away/tree away/real/deep away/inc
ln -s ../real/deep away/inc/linked
echo '#define OVER 1' >away/real/over.h
echo '#define DEEP 2' >away/real/deep/deep.h
echo '#define ASKED 3' >away/inc/asked.h
echo '#define NAMED 4' >away/inc/named.h
echo 'typedef int prelude_int;' >away/prelude.h
cp tree/*.[ch] away/tree/
for i in 1 2 3 4; do # enough of them for a precompiled header
    cat >away/tree/strange$i.c <<'END'
#include <Python.h>
#include <linked/../over.h>
#include <linked/deep.h>
#include <in_no_folder_of_any_machine.h>
#if __has_include(<asked.h>)
int asked = 1;
#endif
static struct { prelude_int i; } *nameless;
int wrong = nameless;
PyObject *when(PyObject *o) { return PyErr_Format(o, __FILE__ " %s %d", __TIME__, OVER + DEEP); }
END
done
printf '#define WHICH <named.h>\n#include WHICH\nint named = NAMED;\n' >away/tree/named.c
parcel_flags=(--prelude "$top/away/prelude.h" --stub-header stubbed.h away/tree -- "-I$top/away/inc")
"$PYMEMLINT" summarize -q --no-cache -o there/units "${parcel_flags[@]}" || fail "summarize of strange sources"
grep -q '^int asked\|asked' there/units/strange1.c.unit || fail "the condition does not find its header"
grep -q '^diag .*unnamed struct at strange1.c' there/units/strange1.c.unit || fail "a message of the parser names a path"
grep -q '"00:00:00"' there/units/strange1.c.unit || fail "a unit file holds the time of day"
for k in 1 2; do
    "$PYMEMLINT" summarize --self-contained --shard $k/2 -o there/parcels "${parcel_flags[@]}" 2>err || fail "no parcel $k: $(cat err)"
done
cat there/parcels/*.parcel >all.parcels
grep -q '^done ' all.parcels || fail "a unit whose header a macro names is not read here"
[ "$(grep -c '^unit ' all.parcels)" -ge 7 ] || fail "units are read here that need not be"
"$PYMEMLINT" summarize -q --no-cache -o there/seen there/parcels/*.parcel || fail "summarize of parcels"
[ "$(same_files there/units)" = "$(same_files there/seen)" ] || fail "parcels give other unit files: $(diff -r there/units there/seen | head -5)"
mv away gone
for k in 2 1; do
    PYMEMLINT_PYTHON=/no/python CPATH=$top/gone/inc "$PYMEMLINT" summarize -q --no-cache -o there/moved there/parcels/$k-of-2.parcel ||
        fail "summarize of a parcel without its sources"
done
[ "$(same_files there/units)" = "$(same_files there/moved)" ] || fail "parcels give other unit files without their sources"
# Without a single header on the machine, where we may take them away from a process.
resource=$(sed -n '/^resource /{n;p;q}' all.parcels)
if unshare -m true 2>/dev/null; then
    # shellcheck disable=SC2016 # expanded inside
    unshare -m bash -c 'for dir in "$1/include" /usr/include /usr/local/include; do
            [ ! -d "$dir" ] || mount -t tmpfs none "$dir" || exit 9
        done
        [ ! -e /usr/include/stdio.h ] && [ ! -e "$1/include/stddef.h" ] || exit 9
        "$2" summarize -q --no-cache -o there/bare there/parcels/*.parcel' - "$resource" "$PYMEMLINT"
    case $? in
    0) [ "$(same_files there/units)" = "$(same_files there/bare)" ] || fail "parcels give other unit files where there are no headers" ;;
    9) echo "headers cannot be hidden here" && untried=77 ;;
    *) fail "summarize of a parcel where there are no headers" ;;
    esac
else
    echo "NOT TRIED: parcels without any header: unshare is not allowed"
    untried=77
fi
mv gone away
find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'pymemlint-parcel-*' -newer all.parcels 2>/dev/null | grep -q . && fail "a parcel was left unpacked"
printf x | dd of=there/parcels/1-of-2.parcel bs=1 seek=3000 conv=notrunc 2>/dev/null
"$PYMEMLINT" summarize -o there/damaged there/parcels/1-of-2.parcel 2>err
[ $? = 2 ] && grep -q '1-of-2.parcel.*damaged' err || fail "a damaged parcel is taken: $(cat err)"
"$PYMEMLINT" summarize --self-contained -o there/one tree 2>err && [ -s there/one/1-of-1.parcel ] || fail "a parcel of all: $(cat err)"
"$PYMEMLINT" summarize -q -o there/mixed there/one/1-of-1.parcel there/parcels/2-of-2.parcel 2>err
[ $? = 2 ] && grep -q 'differ\|knows' err || fail "parcels of two programs are mixed: $(cat err)"

# --- engines ---
ninja_steps() { ninja -C graph | grep -c '^\[.*reading'; }
"$PYMEMLINT" emit ninja -q -o graph --shards 3 tree || fail "emit ninja"
[ "$(ninja_steps)" = 3 ] || fail "ninja does not read three shards"
sed 's/"exitCode": [0-9]*/"exitCode": 1/; s/"exitCodeDescription": "[a-z]*"/"exitCodeDescription": "findings"/' \
    graph/report.sarif >graph.sarif
cmp -s check.sarif graph.sarif || fail "ninja's report is not that of check"
ninja -C graph | grep -q 'no work to do' || fail "ninja reads again though nothing changed"
touch tree/sub/f3.c
[ "$(ninja_steps)" = 1 ] || fail "ninja: one source changed, not one shard is read"
printf 'int more;\n' >>tree/lines.h
steps=$(ninja_steps)
[ "$steps" -ge 1 ] && [ "$steps" -le 3 ] || fail "ninja: a changed header is not seen"
sed -i 's/free(self->separator)/PyMem_Free(self->separator)/' tree/tallymodule.c
ninja -C graph >out
grep -q PML201 out && fail "ninja: a mended source is reported still"
sed -i 's/PyMem_Free(self->separator)/free(self->separator)/' tree/tallymodule.c
sed -i '$d' tree/lines.h

"$PYMEMLINT" emit make -q -o made --shards 2 tree || fail "emit make"
make -s -j2 -C made >made.txt 2>made.err || fail "make: $(tail -2 made.err)"
cmp -s check.txt made.txt || fail "make's report is not that of check"
make -C made 2>&1 | grep -qE 'up to date|Nothing to be done' || fail "make reads again though nothing changed"
touch tree/lines.c
make -s -C made >made.txt 2>&1 && grep -q PML201 made.txt || fail "make does not see a changed source"

"$PYMEMLINT" emit list -q -o run --shards 4 tree || fail "emit list"
[ "$(wc -l <run/commands)" = 4 ] || fail "emit list: not four commands"
if command -v parallel >/dev/null; then
    parallel --will-cite -j2 <run/commands 2>err || fail "parallel: $(tail -1 err)"
    sh run/link >parallel.txt 2>err
    cmp -s check.txt parallel.txt || fail "parallel's report is not that of check"
else
    echo "no GNU parallel: its recipe was not tried"
fi

# Two logical hosts over ssh: an sshd of our own, with keys that live as long as the test.
sshd=$(command -v sshd || echo /usr/sbin/sshd)
if [ -x "$sshd" ] && command -v parallel >/dev/null && command -v ssh-keygen >/dev/null; then
    mkdir -m 700 ssh
    ssh-keygen -q -t ed25519 -N '' -f ssh/host && ssh-keygen -q -t ed25519 -N '' -f ssh/user
    cp ssh/user.pub ssh/authorized
    [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
    answers= # a port may be taken, and a machine may not let us in at all
    for try in 1 2 3 4; do
        port=$((20000 + ($$ * 4 + try) % 20000))
        "$sshd" -D -e -f /dev/null -h "$top/ssh/host" -o ListenAddress=127.0.0.1 -o Port=$port -o UsePAM=no \
            -o StrictModes=no -o PasswordAuthentication=no -o PermitRootLogin=prohibit-password \
            -o AuthorizedKeysFile="$top/ssh/authorized" -o PidFile=none 2>ssh/log &
        sshd_pid=$!
        for host in one two; do
            printf 'Host node-%s\n HostName 127.0.0.1\n Port %s\n IdentityFile %s\n UserKnownHostsFile %s\n' \
                $host $port "$top/ssh/user" "$top/ssh/known"
            printf ' StrictHostKeyChecking no\n IdentitiesOnly yes\n LogLevel ERROR\n ConnectTimeout 60\n'
        done >ssh/config
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            ssh -F ssh/config node-one true </dev/null 2>ssh/said && answers=yes && break 2
            kill -0 $sshd_pid 2>/dev/null || break
            sleep 1
        done
        kill $sshd_pid 2>/dev/null
        sshd_pid=
    done
fi
if [ -n "${answers:-}" ]; then
    rm -rf run/units
    PARALLEL_SSH="ssh -F $top/ssh/config" timeout 900 parallel --will-cite --env XDG_CACHE_HOME --env PYMEMLINT_PYTHON \
        -S 1/node-one,1/node-two --joblog ssh/jobs <run/commands 2>err || fail "parallel over ssh: $(tail -1 err) $(tail -2 ssh/log)"
    [ "$(awk 'NR > 1 { print $2 }' ssh/jobs | sort -u | wc -l)" = 2 ] || fail "not both hosts were used: $(cat ssh/jobs)"
    sh run/link >ssh.txt 2>err
    cmp -s check.txt ssh.txt || fail "the report over ssh is not that of check"
    if command -v rsync >/dev/null; then # parcels go there, units come back
        mkdir there/node
        (cd there && PARALLEL_SSH="ssh -F $top/ssh/config" timeout 900 parallel --will-cite --env PYMEMLINT_FRONT \
            --workdir "$top/there/node" -S 1/node-one,1/node-two --transferfile {} --return {.}.units --cleanup \
            "$PYMEMLINT" summarize -q --no-cache -o {.}.units {} ::: one/*.parcel) 2>err || fail "parcels over ssh: $(tail -1 err)"
        "$PYMEMLINT" link --tree tree there/one/*.units >ssh.txt 2>err
        cmp -s check.txt ssh.txt || fail "the report of parcels over ssh is not that of check: $(head -3 err)"
    fi
else
    echo "NOT TRIED: the recipe over ssh: $(cat ssh/said ssh/log 2>/dev/null | tail -2)"
    untried=77
fi

# Many trees: a line each, or in parts; nothing is run by us.
cp -r tree "$top/it's a tree"
printf '%s\n' tree "it's a tree" '# a remark' broken >trees
"$PYMEMLINT" batch trees -o reports >lines || fail "batch"
[ "$(wc -l <lines)" = 3 ] || fail "batch: not three lines"
[ ! -e reports ] || fail "batch runs something"
mkdir reports
sh lines
grep -q PML201 "reports/it's a tree.txt" && [ -s "reports/it's a tree.sarif" ] || fail "batch: no report of the tree with a strange name"
[ "$("$PYMEMLINT" batch trees --shards 2 | wc -l)" = 2 ] || fail "batch: not two parts"
cmp -s <("$PYMEMLINT" batch trees --shards 2) \
    <(for i in 0 1; do JOB_COMPLETION_INDEX=$i "$PYMEMLINT" batch trees --shards 2; done) || fail "batch in a job array"
echo nowhere >>trees
"$PYMEMLINT" batch trees >out 2>err && fail "batch takes a tree that is not there"
[ ! -s out ] && grep -q nowhere err || fail "batch does not name the tree that is not there"
[ $failed = 0 ] || exit 1
exit $untried
