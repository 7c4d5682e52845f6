/*
 * utf8.c: bytes to characters and back, for columns, widths and clean output.
 * Bad bytes are replaced as browsers do it, one U+FFFD for each longest part
 * that could have begun a character. It does not normalise.
 */
#include "report/source.h"

#include <wchar.h>

/* The length that a first byte announces, and the range of its second byte; 0: none. */
static int announced(unsigned char c, unsigned char *low, unsigned char *high)
{
        *low = 0x80;
        *high = 0xbf;
        if (c >= 0xc2 && c <= 0xdf)
                return 2;
        if (c >= 0xe0 && c <= 0xef) {
                *low = c == 0xe0 ? 0xa0 : 0x80;
                *high = c == 0xed ? 0x9f : 0xbf;
                return 3;
        }
        if (c >= 0xf0 && c <= 0xf4) {
                *low = c == 0xf0 ? 0x90 : 0x80;
                *high = c == 0xf4 ? 0x8f : 0xbf;
                return 4;
        }
        return 0;
}

uint32_t utf8_next(const char **at, const char *end)
{
        unsigned char c = (unsigned char)*(*at)++, low, high;
        if (c < 0x80)
                return c;
        int length = announced(c, &low, &high);
        if (!length)
                return REPLACEMENT;
        uint32_t value = c & (0x7fu >> length);
        for (int i = 1; i < length; i++) {
                unsigned char next = *at < end ? (unsigned char)**at : 0;
                if (next < low || next > high)
                        return REPLACEMENT;
                value = value << 6 | (next & 0x3fu);
                (*at)++;
                low = 0x80;
                high = 0xbf;
        }
        return value;
}

void utf8_put(struct out *out, uint32_t c)
{
        if (c < 0x80) {
                out_char(out, (char)c);
                return;
        }
        static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
        int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        out_char(out, (char)(lead[more] | c >> (6 * more)));
        while (more--)
                out_char(out, (char)(0x80u | (c >> (6 * more) & 0x3fu)));
}

int utf8_width(uint32_t c)
{
        int width = wcwidth((wchar_t)c);
        return width < 0 ? 1 : width;
}
