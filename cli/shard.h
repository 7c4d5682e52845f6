/*
 * shard.h: which part of the work this process has, and the command line again
 * for processes that others will start.
 */
#ifndef CLI_SHARD_H
#define CLI_SHARD_H

#include "command.h"

/*
 * Sets opt.ship.shard and .shards from --shard, else from --shards and what
 * job arrays (Slurm, AWS Batch, Kubernetes) say in the environment; both 0 for
 * all of it. False after a message.
 */
bool shard_settle(struct use_of_command *use);

/* The options of GROUPS that the command line gave, as words. */
struct words said_again(struct use_of_command *use, unsigned groups);

#endif
