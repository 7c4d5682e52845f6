/* Run-length coding, independent of any module. */
#ifndef RLE_H
#define RLE_H

#include <stddef.h>

struct rle_out {
    unsigned char *bytes;
    size_t length;
};

int rle_encode(const unsigned char *in, size_t length, struct rle_out *out);
void rle_out_free(struct rle_out *out);

#endif
