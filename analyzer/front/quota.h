/*
 * quota.h: how many processors the quota of a control group pays for. In: the
 * two places where Linux tells it. Out: a number. Counts no processors itself.
 */
#ifndef FRONT_QUOTA_H
#define FRONT_QUOTA_H

/*
 * GROUPS is /proc/self/cgroup or its like, MOUNT the folder /sys/fs/cgroup. The
 * smallest quota of the process's group and of those above it, rounded up to
 * whole processors; 0 when there is none or it cannot be read.
 */
int quota_cores(const char *groups, const char *mount);

#endif
