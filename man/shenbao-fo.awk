# Fill a manual page's placeholders from the tables of src/fo:
#   awk -v version=V -f shenbao-fo.awk fo_objects.def fo_props.def page.in

function troff(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); return s }

# The N-th argument of a row, without quotes; arguments hold no parentheses
# outside quotes.
function argument(row, n,    i, c, quoted, count, out) {
    sub(/^[A-Z_]+\(/, "", row)
    for (i = 1; i <= length(row); i++) {
        c = substr(row, i, 1)
        if (c == "\"") quoted = !quoted
        else if (!quoted && (c == "," || c == ")")) {
            if (++count == n) break
            out = ""
        } else if (quoted || c != " ") out = out c
    }
    return out
}

/^OBJECT\(/ {
    name = troff(argument($0, 2))
    if (argument($0, 3) == "0")
        never = never (never ? ", " : "") name
    else {
        inside = troff(argument($0, 4))
        objects = objects ".TP\n.B " name "\n" (inside ? inside : "(empty)") "\n"
    }
}

/^PROP/ { properties = properties property($0) }

/@OBJECTS@$/ && !/^\./    { printf "%s", objects; next }
/@NEVER@$/ && !/^\./      { print never "."; next }
/@PROPERTIES@$/ && !/^\./ { printf "%s", properties; next }
FILENAME ~ /\.in$/        { gsub(/@VERSION@/, "shenbao " version); print }

function property(row) { return "" }
