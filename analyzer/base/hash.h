/*
 * hash.h: content hashes, from xxHash (XXH3, https://xxhash.com). The values
 * are the same on every machine, so they may be stored and shipped.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* 64 bits over LENGTH bytes. */
uint64_t hash_bytes(const void *bytes, size_t length);

/* 64 bits over two numbers; for hash tables keyed on pairs. */
static inline uint64_t hash_pair(uint64_t a, uint64_t b)
{
        uint64_t mixed = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdu;
        return mixed ^ (mixed >> 32);
}

#define HASH_HEX 33
/* 128 bits over LENGTH bytes as 32 hexadecimal digits and a zero byte into OUT. */
void hash_hex(const void *bytes, size_t length, char out[HASH_HEX]);

#endif
