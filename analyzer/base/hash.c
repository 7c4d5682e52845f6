/* hash.c: see hash.h. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdio.h>

uint64_t hash_bytes(const void *bytes, size_t length)
{
        return XXH3_64bits(bytes, length);
}

void hash_hex(const void *bytes, size_t length, char out[HASH_HEX])
{
        XXH128_hash_t hash = XXH3_128bits(bytes, length);
        snprintf(out, HASH_HEX, "%016llx%016llx", (unsigned long long)hash.high64,
                 (unsigned long long)hash.low64);
}
