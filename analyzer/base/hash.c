/* hash.c: see hash.h. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdio.h>

uint64_t hash_bytes(const void *bytes, size_t length)
{
        return XXH3_64bits(bytes, length);
}

uint64_t hash_pair(uint64_t a, uint64_t b)
{
        uint64_t mixed = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdu;
        return mixed ^ (mixed >> 32);
}

void hash_hex(const void *bytes, size_t length, char out[HASH_HEX])
{
        XXH128_hash_t hash = XXH3_128bits(bytes, length);
        snprintf(out, HASH_HEX, "%016llx%016llx", (unsigned long long)hash.high64,
                 (unsigned long long)hash.low64);
}
