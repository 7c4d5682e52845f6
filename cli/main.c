/* main.c: the way in. Everything else is in the library, so that tests reach it. */
#include "command.h"

int main(int argc, char **argv)
{
        return command_run(argc, argv);
}
