/*
 * options.h: every option of the program, in one table. Parsing, the
 * environment, configuration files, --help, the man page and the completions
 * all read it; none of them names an option.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "pipeline.h"

enum option_kind {
        OPTION_FLAG,    /* bool: --name, --no-name, --name=yes|no */
        OPTION_CHOICE,  /* int: index of a word of `meta`, "high|medium" */
        OPTION_NUMBER,  /* int, not negative */
        OPTION_TEXT,    /* const char * */
        OPTION_URL,     /* const char *: the address of a folder */
        OPTION_PATH,    /* const char *, relative to where it is written */
        OPTION_VERSION, /* version: "3.12" */
        OPTION_WORDS,   /* struct words, repeatable, split at commas */
        OPTION_TEXTS,   /* struct words, repeatable, not split */
        OPTION_PATHS,   /* struct words of paths, repeatable */
        OPTION_WORD,    /* const char *: one of the words of `meta`, as for a choice */
        OPTION_OUTPUT,  /* struct words of FORMAT=FILE, repeatable */
};

/* The headings of --help. A command says which groups it takes. */
enum option_group {
        GROUP_READ,
        GROUP_MODEL,
        GROUP_SELECT,
        GROUP_REPORT,
        GROUP_KNOWN,
        GROUP_COMPARE,
        GROUP_CENSUS,
        GROUP_PLAN,
        GROUP_MAP,
        GROUP_PAGES,
        GROUP_TABLE,
        GROUP_CHANGE,
        GROUP_MEND,
        GROUP_FAIL,
        GROUP_EXIT,
        GROUP_RUN,
        GROUP_CACHE,
        GROUP_CONFIG,
        GROUP_EXPLAIN,
        GROUP_BASELINE,
        GROUP_INTO,
        GROUP_SHARDS,
        GROUP_SHARD,
        GROUP_ENGINE,
        GROUP_SOURCES,
        GROUP_LIST,
        GROUP_ORIGINS,
        GROUP_COUNT,
};
#define IN(group) (1u << (group))

/* Where a value was said; later ones win. */
enum layer { LAYER_DEFAULT, LAYER_FILE, LAYER_ENVIRONMENT, LAYER_COMMAND };

/* What a configuration file may say of an option: the file may come with somebody else's sources. */
enum trust {
        TRUST_ANY,
        TRUST_BELOW, /* a path that may be written: it must lie below the file's folder */
        TRUST_USER,  /* runs a program, or leaves the tree: command line and environment only */
};

struct option_row {
        const char *name;
        char letter; /* 0: none */
        enum option_kind kind;
        enum option_group group;
        enum trust trust;
        size_t offset;    /* in struct settings */
        const char *meta; /* the value in --help; for choices their names */
        const char *initial;
        const char *help;
};

/* What the options fill: those of the pipeline and those that only the command line needs. */
struct settings {
        struct options opt;
        struct words select, extend_select, ignore;
        const char *format;
        struct words output;
        const char *config; /* file to read instead of looking for one */
        bool isolated;
        const char *within;    /* check */
        const char *stdin_is;  /* check: the file that the standard input is */
        const char *at;        /* explain --at */
        bool accept_new;       /* baseline update */
        bool origins;          /* config show */
        const char *into;      /* capture, summarize, emit, batch */
        const char *shard;     /* summarize, batch: "K/N" */
        bool json;             /* rules */
        struct words per_file; /* "GLOB:WORD", from the file */
};

struct option_origin {
        enum layer layer;
        const char *where; /* "pyproject.toml:12", "PYMEMLINT_SELECT", "command line" */
};

extern const struct option_row option_rows[]; /* ended by a NULL name, in order of the groups */
extern const int option_count;
extern const char *const group_titles[GROUP_COUNT];

/* The row of a long name, or NULL. */
const struct option_row *option_find(const char *name);

/* Whether it may be said more than once. */
bool option_is_list(const struct option_row *row);

/* The words of a choice "a|b|c". */
struct words option_choices(struct arena *arena, const struct option_row *row);

#endif
