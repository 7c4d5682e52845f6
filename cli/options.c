/*
 * options.c: the option table, see options.h. An option that is added here is
 * parsed, explained, completed and configurable; it needs only a reader.
 */
#include "options.h"

#include <stddef.h>
#include <string.h>

#define AT(field) offsetof(struct settings, field)

const char *const group_titles[GROUP_COUNT] = {
    [GROUP_READ] = "What is read",
    [GROUP_MODEL] = "What is known of Python and of libraries",
    [GROUP_SELECT] = "Which rules",
    [GROUP_REPORT] = "What is reported, and how",
    [GROUP_KNOWN] = "Known findings",
    [GROUP_COMPARE] = "Only what is new",
    [GROUP_CENSUS] = "What is counted",
    [GROUP_PLAN] = "What is planned",
    [GROUP_MAP] = "What is drawn",
    [GROUP_PAGES] = "Pages",
    [GROUP_TABLE] = "Form of the answer",
    [GROUP_CHANGE] = "Changing the sources",
    [GROUP_MEND] = "Changing more of the sources",
    [GROUP_FAIL] = "Which findings fail",
    [GROUP_EXIT] = "When a run fails",
    [GROUP_RUN] = "How it runs",
    [GROUP_CACHE] = "The cache",
    [GROUP_CONFIG] = "Configuration",
    [GROUP_EXPLAIN] = "Explaining a place",
    [GROUP_BASELINE] = "Baseline",
    [GROUP_INTO] = "Where to",
    [GROUP_SHARDS] = "Parts",
    [GROUP_SHARD] = "Which part",
    [GROUP_ENGINE] = "For build engines",
    [GROUP_SOURCES] = "Sources",
    [GROUP_LIST] = "Listing",
    [GROUP_ORIGINS] = "Origins",
};

const struct option_row option_rows[] = {
    {"build-dir", 'p', OPTION_PATH, GROUP_READ, TRUST_ANY, AT(opt.build_dir), "DIR", NULL,
     "folder of compile_commands.json; without it the usual build folders are searched"},
    {"python", 0, OPTION_TEXT, GROUP_READ, TRUST_USER, AT(opt.python), "EXE", "python3",
     "interpreter whose headers and defines are used where no command was recorded"},
    {"allow-derived", 0, OPTION_FLAG, GROUP_READ, TRUST_ANY, AT(opt.allow_derived), NULL, "yes",
     "read units without a recorded command with flags derived from their own includes"},
    {"exclude", 0, OPTION_WORDS, GROUP_READ, TRUST_ANY, AT(opt.exclude), "GLOB,...", NULL,
     "leave out files that match, patterns as in .gitignore"},
    {"generated", 0, OPTION_CHOICE, GROUP_READ, TRUST_ANY, AT(opt.generated), "report|skip", "report",
     "what to do with C that a generator such as Cython wrote"},
    {"prelude", 0, OPTION_PATH, GROUP_READ, TRUST_ANY, AT(opt.prelude), "FILE", NULL,
     "include FILE before every unit, for types that a missing header would define"},
    {"stub-header", 0, OPTION_WORDS, GROUP_READ, TRUST_ANY, AT(opt.stub_header), "NAME,...", NULL,
     "take the header NAME as empty where it cannot be found"},

    {"python-min", 0, OPTION_VERSION, GROUP_MODEL, TRUST_ANY, AT(opt.python_min), "X.Y", NULL,
     "oldest Python that the project supports"},
    {"python-max", 0, OPTION_VERSION, GROUP_MODEL, TRUST_ANY, AT(opt.python_max), "X.Y", NULL,
     "newest Python that the project supports"},
    {"model", 0, OPTION_PATHS, GROUP_MODEL, TRUST_ANY, AT(opt.model), "FILE", NULL,
     "read what a library's functions do from FILE, before the built-in models"},

    {"select", 0, OPTION_WORDS, GROUP_SELECT, TRUST_ANY, AT(select), "RULE,...", NULL,
     "report these alone: a code, the start of one, a name, a category, or 'all'"},
    {"extend-select", 0, OPTION_WORDS, GROUP_SELECT, TRUST_ANY, AT(extend_select), "RULE,...", NULL,
     "report these too"},
    {"ignore", 0, OPTION_WORDS, GROUP_SELECT, TRUST_ANY, AT(ignore), "RULE,...", NULL,
     "do not report these; the more exact word of select and ignore wins"},
    {"confidence", 0, OPTION_CHOICE, GROUP_SELECT, TRUST_ANY, AT(opt.confidence), "medium|high", "high",
     "lowest confidence that is reported"},

    {"output-format", 0, OPTION_WORD, GROUP_REPORT, TRUST_ANY, AT(format),
     "full|concise|json|jsonl|sarif|github|gitlab|junit|checkstyle|rdjson", "full",
     "form of the report on the standard output"},
    {"output", 0, OPTION_OUTPUT, GROUP_REPORT, TRUST_BELOW, AT(output), "FORMAT=FILE", NULL,
     "write the report to FILE too; may be repeated"},
    {"show-suppressed", 0, OPTION_FLAG, GROUP_REPORT, TRUST_ANY, AT(opt.show_suppressed), NULL, "no",
     "report findings that a comment suppresses, with their reasons"},
    {"require-suppression-reason", 0, OPTION_FLAG, GROUP_REPORT, TRUST_ANY, AT(opt.require_reason), NULL,
     "no", "a suppression without a reason suppresses nothing"},
    {"automation-id", 0, OPTION_TEXT, GROUP_REPORT, TRUST_ANY, AT(opt.automation_id), "ID", NULL,
     "category of the run in SARIF, such as 'pymemlint/py3.12/'"},
    {"pages-url", 0, OPTION_URL, GROUP_REPORT, TRUST_ANY, AT(opt.pages_url), "URL", NULL,
     "where the pages of 'rules --html' were put, for links in reports; Python's documentation by default"},
    {"statistics", 0, OPTION_FLAG, GROUP_REPORT, TRUST_ANY, AT(opt.statistics), NULL, "no",
     "count findings by rule and by file"},
    {"timing", 0, OPTION_FLAG, GROUP_REPORT, TRUST_ANY, AT(opt.timing), NULL, "no",
     "show where the time went and which units took most of it"},
    {"hyperlinks", 0, OPTION_FLAG, GROUP_REPORT, TRUST_ANY, AT(opt.hyperlinks), NULL, "no",
     "link rule codes in a coloured report"},

    {"baseline", 0, OPTION_PATH, GROUP_KNOWN, TRUST_BELOW, AT(opt.baseline), "FILE", NULL,
     "leave out the findings that FILE knows"},
    {"strict-baseline", 0, OPTION_FLAG, GROUP_KNOWN, TRUST_ANY, AT(opt.strict_baseline), NULL, "no",
     "a baseline entry that no longer matches is an error"},
    {"since", 0, OPTION_TEXT, GROUP_COMPARE, TRUST_ANY, AT(opt.since), "REF", NULL,
     "report what the commits since the merge base with REF brought"},
    {"compare", 0, OPTION_PATH, GROUP_COMPARE, TRUST_ANY, AT(opt.compare), "SARIF", NULL,
     "report what is not in the log of an earlier run"},
    {"only", 0, OPTION_PATHS, GROUP_COMPARE, TRUST_ANY, AT(opt.only), "PATH", NULL,
     "analyze everything, report findings in PATH alone; may be repeated"},
    {"within", 0, OPTION_PATH, GROUP_COMPARE, TRUST_USER, AT(within), "DIR", NULL,
     "the other way round: analyze DIR, report findings in the files named alone; for commit hooks"},

    {"stdin-filename", 0, OPTION_PATH, GROUP_COMPARE, TRUST_USER, AT(stdin_is), "FILE", NULL,
     "take the standard input for the content of FILE, report findings in FILE alone; for editors"},

    {"by", 0, OPTION_CHOICE, GROUP_CENSUS, TRUST_ANY, AT(opt.table.by), "family|file|function|field",
     "family", "what the sites are counted by"},
    {"sites", 0, OPTION_FLAG, GROUP_CENSUS, TRUST_ANY, AT(opt.table.sites), NULL, "no",
     "list every site; in CSV the sites instead of the counts"},
    {"fail-if", 0, OPTION_TEXTS, GROUP_CENSUS, TRUST_ANY, AT(opt.table.fail_if), "EXPR", NULL,
     "status 1 when EXPR holds, as in 'libc.alloc > 0 under src/'; may be repeated"},
    {"to", 0, OPTION_WORD, GROUP_PLAN, TRUST_ANY, AT(opt.table.to), "pymem|pyraw|pyobject|libc|auto", "auto",
     "the allocator that blocks are to move to"},
    {"from", 0, OPTION_WORDS, GROUP_PLAN, TRUST_ANY, AT(opt.table.from), "FAMILY,...", NULL,
     "plan only groups that use one of these families"},
    {"consumers", 0, OPTION_PATHS, GROUP_PLAN, TRUST_ANY, AT(opt.table.consumers), "TREE", NULL,
     "read TREE too, which calls what this tree exports; may be repeated"},
    {"show", 0, OPTION_PATHS, GROUP_MAP, TRUST_ANY, AT(opt.table.show), "FILE", NULL,
     "print the lines of FILE; may be repeated"},
    {"html", 0, OPTION_PATH, GROUP_PAGES, TRUST_BELOW, AT(opt.table.html), "DIR", NULL,
     "write static pages into DIR instead of text to the standard output"},
    {"format", 0, OPTION_WORD, GROUP_TABLE, TRUST_ANY, AT(opt.table.format), "text|json|csv|markdown|html",
     "text", "form of the answer on the standard output"},

    {"fix", 0, OPTION_FLAG, GROUP_CHANGE, TRUST_ANY, AT(opt.fix), NULL, "no",
     "make the changes that are safe"},
    {"diff", 0, OPTION_FLAG, GROUP_CHANGE, TRUST_ANY, AT(opt.diff), NULL, "no",
     "print these changes as a patch and make none"},

    {"unsafe-fixes", 0, OPTION_FLAG, GROUP_MEND, TRUST_ANY, AT(opt.unsafe_fixes), NULL, "no",
     "with --fix or --diff: those too that may change what the program does"},
    {"add-suppressions", 0, OPTION_FLAG, GROUP_MEND, TRUST_ANY, AT(opt.add_suppressions), NULL, "no",
     "write a suppression comment at every finding"},

    {"fail-on", 0, OPTION_CHOICE, GROUP_FAIL, TRUST_ANY, AT(opt.fail_on), "note|warning|error|never",
     "warning", "lowest level of a finding that makes the status 1"},
    {"exit-zero", 0, OPTION_FLAG, GROUP_EXIT, TRUST_ANY, AT(opt.exit_zero), NULL, "no",
     "status 0 in spite of findings"},
    {"min-coverage", 0, OPTION_NUMBER, GROUP_EXIT, TRUST_ANY, AT(opt.min_coverage), "PERCENT", "0",
     "status 3 when fewer of the statements could be read"},

    {"jobs", 'j', OPTION_NUMBER, GROUP_RUN, TRUST_ANY, AT(opt.jobs), "N", "0",
     "workers that read sources; 0 is one per usable processor"},
    {"deadline", 0, OPTION_NUMBER, GROUP_RUN, TRUST_ANY, AT(opt.deadline), "SECONDS", "0",
     "time that one unit may take; 0 follows its size"},
    {"color", 0, OPTION_WORD, GROUP_RUN, TRUST_ANY, AT(opt.color), "auto|always|never", "auto",
     "colours in the text report"},
    {"quiet", 'q', OPTION_FLAG, GROUP_RUN, TRUST_ANY, AT(opt.quiet), NULL, "no",
     "no progress line and no summary"},

    {"cache", 0, OPTION_FLAG, GROUP_CACHE, TRUST_ANY, AT(opt.cache), NULL, "yes",
     "keep what was read for the next run"},
    {"cache-dir", 0, OPTION_PATH, GROUP_CACHE, TRUST_USER, AT(opt.cache_dir), "DIR", NULL,
     "where it is kept; $XDG_CACHE_HOME/pymemlint by default"},

    {"config", 0, OPTION_PATH, GROUP_CONFIG, TRUST_USER, AT(config), "FILE", NULL,
     "read this configuration file instead of the nearest one"},
    {"isolated", 0, OPTION_FLAG, GROUP_CONFIG, TRUST_USER, AT(isolated), NULL, "no",
     "read no configuration file"},

    {"at", 0, OPTION_TEXT, GROUP_EXPLAIN, TRUST_USER, AT(at), "FILE:LINE", NULL,
     "tell what is known at this line, and what was lost"},
    {"accept-new", 0, OPTION_FLAG, GROUP_BASELINE, TRUST_USER, AT(accept_new), NULL, "no",
     "with 'baseline update': take new findings in without asking"},
    {"into", 'o', OPTION_PATH, GROUP_INTO, TRUST_USER, AT(into), "DIR", NULL, "folder that is written to"},
    {"shards", 0, OPTION_NUMBER, GROUP_SHARDS, TRUST_USER, AT(opt.ship.shards), "N", "0",
     "number of parts; 0 takes that of the job array, else one for each thing to do"},
    {"shard", 0, OPTION_TEXT, GROUP_SHARD, TRUST_USER, AT(shard), "K/N", NULL,
     "the K-th of N parts; by default the one that the variables of a job array name, else all"},
    {"self-contained", 0, OPTION_FLAG, GROUP_ENGINE, TRUST_USER, AT(opt.ship.self_contained), NULL, "no",
     "write the part with all headers into one file, K-of-N.parcel, for 'summarize' where there are none"},
    {"units", 0, OPTION_PATH, GROUP_ENGINE, TRUST_USER, AT(opt.ship.units), "FILE", NULL,
     "make the unit files that FILE lists, as 'emit' writes it"},
    {"stamp", 0, OPTION_PATH, GROUP_ENGINE, TRUST_USER, AT(opt.ship.stamp), "FILE", NULL,
     "list in FILE what was made, and in FILE.d as a rule of make what it was made from"},
    {"tree", 0, OPTION_PATH, GROUP_SOURCES, TRUST_USER, AT(opt.ship.tree), "DIR", NULL,
     "top folder of the sources, when they lie elsewhere than when they were read"},
    {"json", 0, OPTION_FLAG, GROUP_LIST, TRUST_USER, AT(json), NULL, "no", "print JSON"},
    {"origins", 0, OPTION_FLAG, GROUP_ORIGINS, TRUST_USER, AT(origins), NULL, "no",
     "tell where each value comes from"},
    {NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL},
};

const int option_count = sizeof option_rows / sizeof *option_rows - 1;

const struct option_row *option_find(const char *name)
{
        for (const struct option_row *row = option_rows; row->name; row++)
                if (!strcmp(row->name, name))
                        return row;
        return NULL;
}

bool option_is_list(const struct option_row *row)
{
        return row->kind == OPTION_WORDS || row->kind == OPTION_TEXTS || row->kind == OPTION_PATHS ||
               row->kind == OPTION_OUTPUT;
}

struct words option_choices(struct arena *arena, const struct option_row *row)
{
        struct words words = {0};
        for (const char *at = row->meta; *at;) {
                size_t length = strcspn(at, "|");
                VEC_PUSH(arena, &words, arena_strndup(arena, at, length));
                at += length + (at[length] == '|');
        }
        return words;
}
