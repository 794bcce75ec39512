/* The command as its users meet it: exit codes, files whole or absent, pages
 * with numbers, standard input and output. */
#include "unit.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char binary[4096]; /* beside the folder of the unit programs */
static char folder[] = "/tmp/shenbao-test-XXXXXX";

#define HEAD                                                                   \
    "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\">"                 \
    "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" "          \
    "page-width=\"60pt\" page-height=\"60pt\"><fo:region-body/>"               \
    "</fo:simple-page-master></fo:layout-master-set>"                          \
    "<fo:page-sequence master-reference=\"p\"><fo:flow "                       \
    "flow-name=\"xsl-region-body\">"
#define TAIL "</fo:flow></fo:page-sequence></fo:root>"

static void
put(const char *name, const char *text)
{
    char path[200];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    if (f) {
        fputs(text, f);
        fclose(f);
    }
}

/* The exit code of `cd FOLDER; BINARY ARGS`, what it says thrown away. */
static int
run(const char *args)
{
    char command[9000];
    int status;

    snprintf(command, sizeof command, "cd %s && '%s' %s 2>err", folder, binary,
        args);
    status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000;
}

static int
shell(const char *what)
{
    char command[600];

    snprintf(command, sizeof command, "cd %s && %s", folder, what);
    return system(command);
}

static void
test_exits(void)
{
    CHECK_INT(run(""), 2);
    CHECK_INT(run("nonsense"), 2);
    CHECK_INT(run("help >out"), 0);
    CHECK_INT(run("fo --help >out"), 0);
    CHECK_INT(run("fo one.fo"), 2);
    CHECK_INT(run("fo one.fo -o a.pdf --format tiff"), 2);
    CHECK_INT(run("fo one.fo -o a.pdf --dpi 0"), 2);
    CHECK_INT(run("fo one.fo two.fo -o a.pdf"), 2);
    CHECK_INT(run("fo absent.fo -o a.pdf"), 4);
    CHECK_INT(run("fo text.fo -o a.pdf"), 4);
    CHECK_INT(run("fo doctype.fo -o a.pdf"), 4);
    CHECK_INT(run("fo other.fo -o a.pdf"), 4);
    CHECK_INT(run("fo two.fo -o a.pdf --page-limit 1"), 3);
    CHECK_INT(run("fo one.fo -o absent/a.pdf"), 3);
    CHECK_INT(run("fo one.fo -o ."), 3);
    CHECK_INT(shell("test ! -e a.pdf"), 0);
    CHECK_INT(run("fo error.fo -o e.pdf"), 1);
    CHECK_INT(shell("test -s e.pdf"), 0);
    CHECK_INT(run("fo one.fo -o a.pdf"), 0);
    CHECK_INT(shell("head -c 5 a.pdf | grep -q %PDF-"), 0);
}

/* U+E000 is in no font: an error, and no file, unless it is a draft. */
static void
test_missing_glyph(void)
{
    CHECK_INT(run("fo glyph.fo -o g.pdf"), 3);
    CHECK_INT(shell("test ! -e g.pdf"), 0);
    CHECK_INT(shell("grep -q 'U+E000.*render-glyph-missing' err"), 0);
    CHECK_INT(shell("echo old > g.pdf"), 0);
    CHECK_INT(run("fo glyph.fo -o g.pdf"), 3);
    CHECK_INT(shell("grep -q old g.pdf"), 0);
    CHECK_INT(run("fo glyph.fo -o g.pdf --draft"), 1);
    CHECK_INT(shell("head -c 5 g.pdf | grep -q %PDF-"), 0);
}

static void
test_pages(void)
{
    CHECK_INT(run("fo one.fo -o one.png"), 0);
    CHECK_INT(shell("test -s one.png -a ! -e one-01.png"), 0);
    CHECK_INT(run("fo two.fo -o two.png --dpi 30"), 0);
    CHECK_INT(shell("test -s two-01.png -a -s two-02.png -a ! -e two.png"), 0);
    CHECK_INT(run("fo two.fo -o second.svg --pages 2"), 0);
    CHECK_INT(shell("grep -q '</svg>' second.svg"), 0);
    CHECK_INT(run("fo two.fo -o two.area"), 0);
    CHECK_INT(shell("grep -c '<pageViewport' two.area | grep -qx 2"), 0);
    CHECK_INT(run("fo - -o - <one.fo >std.pdf"), 0);
    CHECK_INT(shell("cmp -s std.pdf a.pdf"), 0);
    CHECK_INT(run("fo one.fo -o again.pdf --repeat 3"), 0);
    CHECK_INT(shell("cmp -s again.pdf a.pdf"), 0);
    CHECK_INT(shell("ls | grep -c '\\.new' | grep -qx 0"), 0);
}

int
main(int argc, char **argv)
{
    char self[4000];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

    (void)argc;
    (void)argv;
    if (n <= 0 || !mkdtemp(folder))
        return 2;
    self[n] = '\0';
    *strrchr(self, '/') = '\0';
    *strrchr(self, '/') = '\0';
    snprintf(binary, sizeof binary, "%s/shenbao", self);
    put("one.fo", HEAD "<fo:block>a</fo:block>" TAIL);
    put("two.fo",
        HEAD "<fo:block>a</fo:block>"
             "<fo:block break-before=\"page\">b</fo:block>" TAIL);
    put("error.fo", HEAD "<fo:block>a<fo:table-row/></fo:block>" TAIL);
    put("glyph.fo", HEAD "<fo:block>a&#xE000;</fo:block>" TAIL);
    put("text.fo", "not XML");
    put("doctype.fo", "<!DOCTYPE a><a/>");
    put("other.fo", "<html/>");
    test_exits();
    test_missing_glyph();
    test_pages();
    shell("rm -f ./* && cd / && rmdir \"$OLDPWD\"");
    return unit_done();
}
