# Hold every #include of src/ against the table src/DEPS (read first).
#
# A quoted include names a header of ours: "module/x.h", or "x.h" beside the
# file itself.  An angled one names the system's C library, which anyone may
# see, or a library of the table.  A header with a folder in its name that is
# neither sys/ nor in the table belongs to a library nobody has placed yet.

FNR == 1 { n = split(FILENAME, part, "/"); own = part[n - 1]
           path = own "/" part[n] }

FILENAME ~ /DEPS$/ {
    sub(/#.*/, "")
    if ($1 == "module")
        for (module[$2] = i = 4; i <= NF; i++) may[$2, $i] = 1
    if ($1 == "library")
        for (library[$2] = i = 4; i <= NF; i++) sees[$2, $i] = 1
    next
}

FNR == 1 && !(own in module) { fault("module " own " is not in src/DEPS") }

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, q, "\"")
    if (split(q[2], s, "/") > 1 && s[1] != own && !((own, s[1]) in may))
        fault(own " may not include " q[2])
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    split($0, q, /[<>]/)
    known = q[2] !~ /\// || q[2] ~ /^(sys|arpa|netinet|linux)\//
    for (l in library)
        if (index(q[2], l) == 1) {
            known = 1
            if (!((l, own) in sees) && !((l, path) in sees))
                fault(own " may not see <" q[2] ">")
        }
    if (!known) fault("library of <" q[2] "> is not in src/DEPS")
}

function fault(what) { print FILENAME ":" FNR ": " what; faults++ }

END { exit faults > 0 }
