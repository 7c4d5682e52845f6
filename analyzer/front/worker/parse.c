/* parse.c: see parse.h. */
#include "parse.h"

#include "base/arena.h"
#include "base/file.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

enum {
        OPTIONS = CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_KeepGoing,
        PCH_OPTIONS = CXTranslationUnit_Incomplete | CXTranslationUnit_ForSerialization |
                      CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_KeepGoing,
};

struct args {
        const char **at;
        int n, room;
};

static bool has_suffix(const char *path, const char *suffix)
{
        size_t length = strlen(path), tail = strlen(suffix);
        return length > tail && strcmp(path + length - tail, suffix) == 0;
}

static bool is_given(const struct job *job, const char *flag)
{
        for (int i = 0; i < job->args.n; i++)
                if (strncmp(job->args.at[i], flag, strlen(flag)) == 0)
                        return true;
        return false;
}

static struct args arguments(struct arena *arena, const struct parser *parser, const struct job *job,
                             bool pch)
{
        struct args args = {0};
        bool c = has_suffix(job->path, ".c") || has_suffix(job->path, ".h");
        if (c && !is_given(job, "-x"))
                VEC_PUSH(arena, &args, job->make_pch ? "-xc-header" : "-xc");
        if (pch) {
                VEC_PUSH(arena, &args, "-include-pch");
                VEC_PUSH(arena, &args, job->pch);
        }
        for (int i = 0; i < job->args.n; i++)
                VEC_PUSH(arena, &args, job->args.at[i]);
        if (parser->resource && !is_given(job, "-resource-dir")) {
                VEC_PUSH(arena, &args, "-resource-dir");
                VEC_PUSH(arena, &args, parser->resource);
        }
        VEC_PUSH(arena, &args, "-w");
        VEC_PUSH(arena, &args, "-ferror-limit=0");
        return args;
}

static const char *error_text(enum CXErrorCode code)
{
        switch (code) {
        case CXError_Crashed:
                return "the parser crashed";
        case CXError_InvalidArguments:
                return "the parser refused the flags";
        case CXError_ASTReadError:
                return "the parser could not read a precompiled header or refused the flags";
        default:
                return "the parser gave up on its flags";
        }
}

/* --- what must not be opened ---------------------------------------------------------------- */

static bool is_irregular(const char *path)
{
        struct stat status;
        return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/* The header as the source's own folder, then the -I folders show it. */
static bool include_is_irregular(struct arena *arena, const struct job *job, const char *name)
{
        if (is_irregular(path_join(arena, path_dir(arena, job->path), name)))
                return true;
        for (int i = 0; i < job->args.n; i++) {
                const char *folder = job->args.at[i];
                if (strncmp(folder, "-I", 2) != 0)
                        continue;
                folder = folder[2] || i + 1 == job->args.n ? folder + 2 : job->args.at[i + 1];
                if (is_irregular(path_join(arena, path_join(arena, job->directory, folder), name)))
                        return true;
        }
        return false;
}

/* The first header that the source names and that must not be opened, or NULL. */
static const char *refused_include(struct arena *arena, const struct job *job, const struct text *source)
{
        for (size_t at = 0, next; at < source->length; at = next) {
                const char *line = source->bytes + at, *end = memchr(line, '\n', source->length - at);
                next = end ? (size_t)(end - source->bytes) + 1 : source->length;
                const char *p = line + strspn(line, " \t");
                if (*p != '#')
                        continue;
                p += 1 + strspn(p + 1, " \t");
                if (strncmp(p, "include", 7) != 0)
                        continue;
                p += 7 + strspn(p + 7, " \t");
                size_t length = *p == '"' || *p == '<' ? strcspn(p + 1, "\">\n") : 0;
                const char *name = arena_strndup(arena, p + (length > 0), length);
                if (length && include_is_irregular(arena, job, name))
                        return name;
        }
        return NULL;
}

static bool is_refused(struct arena *arena, const struct job *job, const char **error)
{
        struct text source;
        if (!file_read(arena, job->path, 0, &source)) {
                *error = arena_printf(arena, "cannot be read: %s",
                                      errno == EINVAL ? "not a regular file" : strerror(errno));
                return true;
        }
        const char *name = refused_include(arena, job, &source);
        if (name)
                *error = arena_printf(arena, "includes '%s', which is not a regular file", name);
        return name != NULL;
}

/* What is in the precompiled header of the job, read when it is met for the first time. */
static const struct headers *headers_of(struct parser *parser, const struct job *job)
{
        if (!job->pch)
                return NULL;
        for (int i = 0; i < parser->headers.n; i++)
                if (strcmp(parser->headers.at[i]->path, job->pch) == 0)
                        return parser->headers.at[i];
        struct headers *headers = headers_load(parser->arena, job->pch);
        if (!headers)
                headers = headers_read(parser->arena, parser->index, job->pch);
        if (headers)
                headers->path = arena_strndup(parser->arena, job->pch, strlen(job->pch));
        if (headers)
                VEC_PUSH(parser->arena, &parser->headers, headers);
        return headers;
}

struct parsed parser_parse(struct arena *arena, struct parser *parser, const struct job *job,
                           const char **error)
{
        enum CXErrorCode code = CXError_Failure;
        struct parsed parsed = {NULL, NULL};
        if (is_refused(arena, job, error))
                return parsed;
        parsed.headers = headers_of(parser, job);
        for (int with_pch = parsed.headers != NULL; with_pch >= 0 && !parsed.tu; with_pch--) {
                struct args args = arguments(arena, parser, job, with_pch);
                code = clang_parseTranslationUnit2(parser->index, job->path, args.at, args.n, NULL, 0,
                                                   OPTIONS, &parsed.tu);
                if (!with_pch)
                        parsed.headers = NULL;
                if (code == CXError_Crashed)
                        break;
                if (code != CXError_Success)
                        parsed.tu = NULL;
        }
        *error = error_text(code);
        return parsed;
}

bool parser_make_pch(struct arena *arena, const struct parser *parser, const struct job *job)
{
        CXTranslationUnit tu = NULL;
        struct args args = arguments(arena, parser, job, false);
        if (clang_parseTranslationUnit2(parser->index, job->path, args.at, args.n, NULL, 0, PCH_OPTIONS, &tu))
                return false;
        bool clean = true;
        for (unsigned i = 0; i < clang_getNumDiagnostics(tu); i++) {
                CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);
                clean &= clang_getDiagnosticSeverity(diagnostic) < CXDiagnostic_Error;
                clang_disposeDiagnostic(diagnostic);
        }
        if (clean)
                clean = clang_saveTranslationUnit(tu, job->make_pch, CXSaveTranslationUnit_None) ==
                        CXSaveError_None;
        if (clean)
                headers_write(headers_take(arena, tu), job->make_pch);
        clang_disposeTranslationUnit(tu);
        return clean;
}

/* --- the compiler's own headers ------------------------------------------------------------ */

struct probe {
        struct arena *arena;
        const char *folder;
};

static void see_include(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
        struct probe *probe = data;
        CXString name = clang_getFileName(file);
        const char *path = clang_getCString(name);
        (void)stack;
        if (depth && has_suffix(path, "/include/stddef.h"))
                probe->folder = arena_strndup(probe->arena, path, strlen(path) - strlen("/include/stddef.h"));
        clang_disposeString(name);
}

/* Where <stddef.h> comes from with RESOURCE as the folder to look in (NULL: libclang's own idea). */
static const char *probe_headers(struct arena *arena, CXIndex index, const char *resource)
{
        static const char text[] = "#include <stddef.h>\n#include <stdarg.h>\n";
        struct CXUnsavedFile file = {"pymemlint-probe.c", text, sizeof text - 1};
        const char *args[] = {"-w", "-resource-dir", resource};
        struct probe probe = {arena, NULL};
        CXTranslationUnit tu = NULL;
        if (clang_parseTranslationUnit2(index, file.Filename, args, resource ? 3 : 1, &file, 1, 0, &tu))
                return NULL;
        if (clang_getNumDiagnostics(tu) == 0)
                clang_getInclusions(tu, see_include, &probe);
        clang_disposeTranslationUnit(tu);
        return probe.folder;
}

struct parser *parser_new(struct arena *arena)
{
        struct parser *parser = NEW(arena, struct parser);
        parser->arena = arena;
        parser->index = clang_createIndex(1, 0);
        if (!probe_headers(arena, parser->index, NULL) && *PYMEMLINT_RESOURCE_DIR)
                parser->resource = PYMEMLINT_RESOURCE_DIR;
        return parser;
}

const char *parser_info(struct arena *arena, const struct parser *parser)
{
        CXString version = clang_getClangVersion();
        const char *resource = probe_headers(arena, parser->index, parser->resource);
        Dl_info library = {0};
        dladdr((void *)(uintptr_t)clang_createIndex, &library);
        const char *text =
            arena_printf(arena, "version %s\nlibrary %s\nresource %s\npch same\n", clang_getCString(version),
                         library.dli_fname ? library.dli_fname : "?", resource ? resource : "");
        clang_disposeString(version);
        return text;
}
