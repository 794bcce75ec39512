/* The area tree as XML with the peer's names (Apache FOP's area tree), in
 * millipoints: a tested output in its own right, and what `make peer` reads. */
#ifndef LAYOUT_AREA_DUMP_H
#define LAYOUT_AREA_DUMP_H

struct area_sink;
struct arena;
struct buf;

/* A sink that appends the dump to OUT. */
struct area_sink *area_dump_sink(struct arena *a, struct buf *out);

#endif
