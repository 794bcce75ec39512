# Fill a manual page's placeholders from the tables of src/fo:
#   awk -v version=V -f shenbao-fo.awk fo_objects.def fo_props.def \
#       fo_short.def page.in

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

/^PROP\(/ {
    own = argument($0, 2) ~ /^sb:/
    if (own) { name = argument($0, 2); row[++own_rows] = $0; named[own_rows] = name }
    else properties = properties property($0)
}

# What one of our own properties does stands in the page itself, so that a
# property without a word on it fails to build.
/^\.\\" sb:/ {
    name = $2
    note[name] = troff(substr($0, index($0, name) + length(name) + 1))
    next
}

function own_properties(    i, out) {
    for (i = 1; i <= own_rows; i++) {
        if (!(named[i] in note)) {
            print "shenbao-fo.5.in says nothing of " named[i] > "/dev/stderr"
            exit 1
        }
        out = out property(row[i]) note[named[i]] "\n"
    }
    return out
}

/^(SIDE|SIZE|SHORTHAND)\(/ { short = short (short ? ", " : "") troff(argument($0, 1)) }
/^NEVER\(/ { unset = unset (unset ? ", " : "") troff(argument($0, 1)) }

/@OBJECTS@$/ && !/^\./    { printf "%s", objects; next }
/@NEVER@$/ && !/^\./      { print never "."; next }
/@PROPERTIES@$/ && !/^\./ { printf "%s", properties; next }
/@OURS@$/ && !/^\./       { printf "%s", own_properties(); next }
/@SHORT@$/ && !/^\./      { print short "."; next }
/@UNSET@$/ && !/^\./      { print unset "."; next }
FILENAME ~ /\.in$/        { gsub(/@VERSION@/, "shenbao " version); print }

# "start | end | 400", and the kind of value where it is not only keywords.
function values(type, words,    kind) {
    kind["VALUE"] = kind["SHIFTS"] = kind["BORDER_STYLE"] = ""
    gsub(/=[^ ]*/, "", words)
    gsub(/ /, " | ", words)
    type = type in kind ? kind[type] : tolower(type)
    gsub(/_/, "-", type)
    type = type ? "<" type ">" : ""
    return type (type && words ? " | " : "") words
}

function property(row,    initial, base) {
    initial = argument(row, 6)
    base = argument(row, 7)
    return ".TP\n.B " troff(argument(row, 2)) \
        (argument(row, 5) == "INHERIT" ? " \\fR(i)" : "") "\n" \
        troff(values(argument(row, 3), argument(row, 4))) \
        (initial ? "; initially " troff(initial) : "") \
        (base ~ /^>=/ ? "; at least " substr(base, 3) : "") \
        (base && base !~ /^>=/ ? "; percentages of " troff(base) : "") \
        ". For: " troff(argument(row, 10)) ".\n"
}
