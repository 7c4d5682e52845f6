/* main.c: the way in. Everything else is in the library, so that tests reach it. */
#include "command.h"

#include "base/arena.h"

int main(int argc, char **argv)
{
        arena_keep_memory();
        return command_run(argc, argv);
}
