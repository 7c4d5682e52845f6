#!/bin/bash
# Sources that crash, hang or starve a parser, and one good one beside them:
# the run comes to its end, the good one keeps its result, every bad one is
# named. Needs $PYMEMLINT and $PYMEMLINT_FRONT; makes its input itself.
set -u
top=$(mktemp -d /tmp/pymemlint-hostile-XXXXXX)
trap 'rm -rf "$top"' EXIT
failed=0
fail() {
        echo "FAILED: $*" >&2
        failed=1
}

mkdir "$top/tree" && cd "$top/tree" || exit 1
touch pyproject.toml
{
        echo 'int f(int x) { if (x == 0) return 0;'
        for i in $(seq 20000); do echo "else if (x == $i) return $i;"; done
        echo 'return -1; }'
} >else_if.c
{
        echo 'int f(int x) {'
        for _ in $(seq 100000); do echo 'if (x)'; done
        echo 'return 1; return 0; }'
} >nested_if.c
{
        echo '#define M0 x +'
        for i in $(seq 27); do echo "#define M$i M$((i - 1)) M$((i - 1))"; done
        echo 'int x; int f(void) { return M27 0; }'
} >doubling.c
mkfifo fifo.h
echo '#include "fifo.h"' >fifo.c
echo '#include "/dev/zero"' >zero.c
cat >good.c <<'C'
#include <stdlib.h>
int good(void)
{
        char *p = malloc(3);
        free(p);
        return p != 0;
}
C

# However slow the machine, every unit has its deadline: the limit is for a run that has no end.
timeout 1500 "$PYMEMLINT" check --no-cache --output json="$top/out.json" . >"$top/out" 2>"$top/err"
status=$?
[ $status -eq 3 ] || fail "the status of an incomplete run is 3, not $status"
for bad in fifo.c zero.c doubling.c nested_if.c; do
        grep -q "$bad" "$top/err" || fail "$bad is not named"
done
"$PYMEMLINT" dump --no-cache good.c >"$top/good.unit" 2>>"$top/err" || fail "dump good.c"
grep -q 'call malloc(3)' "$top/good.unit" || fail "good.c lost its call"
# However deep, 20,000 branches of one function are no reason to give up on it; if we do, we say so.
grep -q 'else_if.c' "$top/err" || {
        "$PYMEMLINT" dump --no-cache else_if.c 2>/dev/null | grep -q '^func f ' || fail "else_if.c is neither whole nor named"
}

# Values and calls that share their parts: written out as a tree they would be 2^60.
mkdir "$top/shared" && cd "$top/shared" || exit 1
{
        echo '#include <Python.h>'
        echo 'int sum(unsigned x, unsigned y) {'
        for _ in $(seq 300); do echo 'y = x * y + (x ^ y); x = (y >> 7) + x * x;'; done
        echo 'if (x == 3 && y != x) return 1; char *p = malloc(x + y); p[0] = 1; free(p); return 0; }'
        for i in $(seq 60); do
                echo "static void *go$i(void *p); static void *or$i(void *p);"
                echo "static void *go$((i - 1))(void *p) { return p ? go$i(p) : or$i(p); }"
                echo "static void *or$((i - 1))(void *p) { or$i(p); return go$i(p); }"
        done
        echo 'static void *go60(void *p) { return p; } static void *or60(void *p) { Py_DECREF((PyObject *)p); return 0; }'
        echo 'void take(void *(*run)(void *)); void start(void) { take(go0); take(or0); }'
} >shared.c
cat >inside.c <<'C'
#include <stdlib.h>
struct node { struct node *next; int n; };
/* An address whose index is made of the address itself. */
int walk(struct node *base, int k, struct node *last)
{
        struct node x, *p = base + k;
        base[p - base].next = last;
        x = *p;
        free(last);
        return x.n;
}
C
# Who calls a function twice tells its story twice: in full it would have 2^60 steps.
{
        echo '#include <stdlib.h>'
        echo 'static void end0(char *p) { free(p); }'
        for i in $(seq 60); do echo "static void end$i(char *p) { end$((i - 1))(p); end$((i - 1))(p); }"; done
        echo 'void finish(char *p) { end60(p); }'
} >twice.c
# Three levels of 800 calls each, all of which are shown an object: 800^3 ways to lose it.
{
        echo '#include <Python.h>'
        echo 'typedef struct { PyObject_HEAD char *data; } box;'
        echo 'static void box_end(PyObject *o) { free(((box *)o)->data); PyObject_Free(o); }'
        echo 'static PyTypeObject box_type = {PyVarObject_HEAD_INIT(NULL, 0).tp_dealloc = box_end};'
        echo 'static void show3(PyObject *o) {}'
        for i in 2 1 0; do
                echo "static void show$i(PyObject *o) {"
                for _ in $(seq 800); do echo "show$((i + 1))(o);"; done
                echo '}'
        done
        echo 'void box_check(void) { box *b = PyObject_New(box, &box_type); if (!b) return;'
        echo 'b->data = malloc(3); show0((PyObject *)b); Py_DECREF(b); free(b->data); }'
} >shown.c
# A path that has met 3000 conditions keeps no more of them than are asked again.
{
        echo '#include <stdlib.h>'
        echo 'char *pick(int x) { char *p = malloc(3000); if (!p) return 0;'
        for i in $(seq 3000); do echo "if (x == $i) { p[$i] = 1; return p; }"; done
        echo 'return p; } int use(int x) { char *q = pick(x); q[0] = 1; free(q); return 0; }'
} >many_exits.c
# Nine pointers, each set to the next in twelve places: 12^8 ways from the first to the block.
{
        echo '#include <stdlib.h>'
        echo 'void pass_on(int k) { char *p0 = 0, *p1 = 0, *p2 = 0, *p3 = 0, *p4 = 0, *p5 = 0, *p6 = 0, *p7 = 0, *p8 = malloc(3);'
        for i in $(seq 7 -1 0); do
                for k in $(seq 12); do echo "if (k == $k) p$i = p$((i + 1));"; done
        done
        echo 'free(p0); free(p8); }'
} >copied.c
timeout 600 "$PYMEMLINT" check --no-cache --exit-zero --output-format concise . >"$top/out" 2>>"$top/err" ||
        fail "shared values and calls are not done in time"
grep -q 'shared.c:.*PML302' "$top/out" || fail "the unchecked allocation behind shared values is not told"
grep -q 'twice.c:62.*PML304' "$top/out" || fail "what is released twice 60 calls deep is not told"
grep -q 'shown.c:.*PML304' "$top/out" || fail "what an object released with its end and is released again is not told"
grep -q 'copied.c:.*PML304' "$top/out" || fail "a block released under two of nine names is not told"
grep -q 'many_exits.c:.*PML302' "$top/out" || fail "what 3000 exits return unchecked is not told"

# A table so long that nobody may look for the number beside each pointer from its start.
mkdir "$top/table" && cd "$top/table" || exit 1
{
        echo '#include <Python.h>'
        echo 'static void gone(PyObject *self) { PyObject_Free(self); }'
        echo 'static PyType_Slot slots[] = {'
        yes '{Py_tp_dealloc, gone},' | head -400000
        echo '{0, 0}}; PyType_Spec spec = {"t.T", 16, 0, 0, slots};'
} >slots.c
(
        ulimit -t 100 # of CPU; the square of this takes minutes
        "$PYMEMLINT" check --no-cache --exit-zero --output-format concise . >"$top/out" 2>>"$top/err"
) || fail "a long table of slots is not done in time"
grep -q 'slots.c:4:.*PML203' "$top/out" || fail "the slot of a long table is not read"

# As many callbacks of a library as calls of it: who asks for each how each is made takes the cube of it.
mkdir -p "$top/library" "$top/include/lib" && cd "$top/library" || exit 1
for i in $(seq 600); do echo "void lib_set$i(void (*call)(void *)); void lib_run$i(int n);"; done >"$top/include/lib/lib.h"
{
        echo '#include <Python.h>'
        echo '#include <lib/lib.h>'
        for i in $(seq 600); do echo "static void call$i(void *p) { PyErr_Clear(); }"; done
        echo 'void start(void) {'
        for i in $(seq 600); do echo "lib_set$i(call$i);"; done
        echo '} void run(int n) { Py_BEGIN_ALLOW_THREADS n++; Py_END_ALLOW_THREADS'
        for i in $(seq 600); do echo "if (n) lib_run$i(n);"; done
        echo '} void last(void) { Py_BEGIN_ALLOW_THREADS lib_set7(call7); Py_END_ALLOW_THREADS }'
} >many.c
(
        ulimit -t 100 # of CPU
        "$PYMEMLINT" check --no-cache --exit-zero --output-format concise . -- -isystem "$top/include" >"$top/out" 2>>"$top/err"
) || fail "many callbacks of one library are not done in time"
grep -q 'many.c:.*PML103' "$top/out" || fail "a callback of a library that is called without the lock is not told"

# Three levels of 300 calls, each of which gives a mode of its own: 300^3 ways to have the last one called.
mkdir "$top/modes" && cd "$top/modes" || exit 1
{
        echo '#include <stdlib.h>'
        echo 'static char *make0(int mode, size_t n) { if (mode == 1) return malloc(n); return NULL; }'
        for i in 1 2 3; do
                echo "static char *make$i(int mode, size_t n) { char *p = make$((i - 1))(mode, n);"
                for k in $(seq 300); do echo "free(make$((i - 1))($k, n));"; done
                echo 'return p; }'
        done
        echo 'void start(void) { char *p = make3(1, 9); p[0] = 1; free(p); }'
} >modes.c
(
        ulimit -t 100 # of CPU
        "$PYMEMLINT" check --no-cache --exit-zero --output-format concise . >"$top/out" 2>>"$top/err"
) || fail "many modes of one function are not done in time"
grep -q 'modes.c:909.*PML302' "$top/out" || fail "the unchecked allocation in one of many modes is not told"

# A function handed down 5000 helpers, each of which stands before its caller: a round per helper is the square
# of it. Tables whose rows each call site pairs anew, and a helper that registers what 3000 callers name in 3000
# places, are products.
mkdir "$top/handed" && cd "$top/handed" || exit 1
{
        echo '#include <Python.h>'
        echo 'typedef void (*hook)(void); static void leaf(void) { PyErr_Clear(); }'
        echo 'static void down0(hook f) { f(); }'
        for i in $(seq 5000); do echo "static void down$i(hook f) { down$((i - 1))(f); }"; done
        echo 'void start(void) { Py_BEGIN_ALLOW_THREADS down5000(leaf); Py_END_ALLOW_THREADS }'
} >down.c
{
        echo 'typedef int (*hook)(int); struct row { int (*run)(hook f, int x); hook f; };'
        for i in $(seq 4000); do
                echo "static int one$i(int x) { return x; } static int run$i(hook f, int x) { return f(x); }"
        done
        echo 'static struct row rows[] = {'
        for i in $(seq 4000); do echo "{run$i, one$i},"; done
        echo '};'
        for i in $(seq 1000); do echo "int call$i(struct row *row, int x) { return row->run(row->f, x); }"; done
        echo 'int first(int x) { return rows[x].run(rows[x].f, x); }'
} >rows.c
{
        echo 'typedef void (*hook)(void); void outside(hook f);'
        echo 'static void none(void) {} static void set(hook f) {'
        yes 'outside(f);' | head -3000
        echo '} void all(void) {'
        yes 'set(none);' | head -3000
        echo '}'
} >set.c
(
        ulimit -t 100 # of CPU
        "$PYMEMLINT" check --no-cache --exit-zero --output-format concise . >"$top/out" 2>>"$top/err"
) || fail "functions that are handed on are not done in time"
grep -q 'down.c:2:.*PML102' "$top/out" || fail "the call of a function handed down 5000 helpers is not told"

# Calls with fewer arguments than everybody knows the function to take.
mkdir "$top/fewer" && cd "$top/fewer" || exit 1
cat >fewer.c <<'C'
#include <Python.h>
void swap(void)
{
        PyThreadState *(*f)() = (PyThreadState * (*)()) PyThreadState_Swap;
        f();
        PyErr_CheckSignals();
}
C
"$PYMEMLINT" check --no-cache --exit-zero --output-format concise . >"$top/out" 2>>"$top/err" ||
        fail "a call without the argument that its function takes ends the run"
grep -q 'fewer.c:6:.*PML102' "$top/out" || fail "the call behind a swap without an argument is not told"
[ $failed -eq 0 ] || cat "$top/err"
exit $failed
