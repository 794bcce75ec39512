/* Runs a fuzz target over the files named, without a fuzzer: what was found
 * once is tried again by every `make test`, under the sanitizers too. */
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int
main(int argc, char **argv)
{
    static unsigned char bytes[1 << 20];

    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        size_t n;

        if (!f) {
            perror(argv[i]);
            return 1;
        }
        n = fread(bytes, 1, sizeof bytes, f);
        fclose(f);
        /* A block of its own size, so that a read behind it is seen. */
        unsigned char *exact = malloc(n ? n : 1);
        for (size_t j = 0; j < n; j++)
            exact[j] = bytes[j];
        LLVMFuzzerTestOneInput(exact, n);
        free(exact);
    }
    return 0;
}
