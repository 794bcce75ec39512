# From a .checks file make a stylesheet that puts each line to an area tree.
#
# A line is EXPECTED, a tab, an XPath: string(XPath) must be EXPECTED, or, for
# EXPECTED of the form 1200~5, the number must lie within 5 of 1200.  Lines
# beginning with # say what the next ones are about.  Printed for each check:
# "ok", or "no" and the words.

function quote(s) {
    gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/"/, "\\&quot;", s)
    return s
}

BEGIN {
    FS = "\t"
    print "<xsl:stylesheet version=\"1.0\" xmlns:xsl=" \
        "\"http://www.w3.org/1999/XSL/Transform\" xmlns:fo=" \
        "\"http://www.w3.org/1999/XSL/Format\"><xsl:output method=\"text\"" \
        " encoding=\"UTF-8\"/><xsl:template match=\"/\">"
}

/^[ \t]*(#|$)/ { next }

{
    path = quote($2)
    if ($1 ~ /^-?[0-9.]+~[0-9.]+$/) {
        split($1, n, "~")
        off = "(number(" path ") - " n[1] ")"
        good = off " &lt;= " n[2] " and -" off " &lt;= " n[2]
    } else
        good = "string(" path ") = $want"
    printf "<xsl:choose><xsl:when test=\"true()\"><xsl:variable" \
        " name=\"want\"><xsl:text>%s</xsl:text></xsl:variable>" \
        "<xsl:choose><xsl:when test=\"%s\">ok&#10;</xsl:when>" \
        "<xsl:otherwise><xsl:text>no line %d: expected %s, got </xsl:text>" \
        "<xsl:value-of select=\"string(%s)\"/><xsl:text>: %s&#10;" \
        "</xsl:text></xsl:otherwise></xsl:choose></xsl:when></xsl:choose>\n",
        quote($1), good, FNR, quote($1), path, path
}

END { print "</xsl:template></xsl:stylesheet>" }
