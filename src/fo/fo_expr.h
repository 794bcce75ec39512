/* The expression language of XSL 1.1 5.9: numbers with units and percentages,
 * + - * div mod, parentheses, functions, colours, words and strings.  Knows
 * nothing of properties: what concerns them is asked through struct fo_env. */
#ifndef FO_FO_EXPR_H
#define FO_FO_EXPR_H

#include <stdbool.h>
#include <stdint.h>

/* abs + pct x a base that layout knows + tcu table column units, all of the
 * dimension length^dim; a plain number has dim 0 and only abs. */
struct fo_num {
    double abs; /* [mpt] when dim is 1 */
    double pct; /* 1 = 100 % */
    double tcu;
    int dim;
};

enum fo_val_kind { FO_VAL_NUM, FO_VAL_WORD, FO_VAL_STRING, FO_VAL_COLOR, FO_VAL_REF };

struct fo_val {
    enum fo_val_kind kind;
    struct fo_num num;
    const char *s;   /* WORD, STRING: not NUL-terminated, in the expression */
    int len;         /* [B] of s */
    uint32_t color;  /* 0xAARRGGBB */
    const void *ref; /* REF: whatever call made */
    int ref_id;
};

#define FO_EXPR_DEPTH 32   /* parentheses and calls inside each other */
#define FO_EXPR_ARGS 32    /* arguments of one call */

struct fo_env {
    double em;        /* [mpt] */
    double pct_of;    /* [mpt] of 100 %, when it is known; negative: left open */
    bool pct_number;  /* percentages are plain factors of pct_of (of dimension 0) */
    void *self;
    /* A function that this module does not know; false: it is not known or
     * its arguments are wrong.  NULL: there are none. */
    bool (*call)(void *self, const char *name, int len, const struct fo_val *args,
                 int n, struct fo_val *out);
    /* Makes a number of a REF inside arithmetic. */
    bool (*number)(void *self, const struct fo_val *ref, struct fo_num *out);
    const char *why;  /* set when false is answered */
};

/* The value of S, all of it. */
bool fo_expr_eval(struct fo_env *env, const char *s, struct fo_val *out);

/* The colour of a name, "#rgb", "#rrggbb"; false: none. */
bool fo_color(const char *s, int len, uint32_t *argb);

/* The next item of a list separated by blanks outside parentheses and quotes;
 * *S moves behind it.  Length of the item at *ITEM, 0 at the end. */
int fo_list_next(const char **s, const char **item);

#endif
