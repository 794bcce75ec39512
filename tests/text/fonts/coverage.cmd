# Every role prints the standard table and all Han of GB 18030-2022.
$SHENBAO fonts | sed -n 's/^\([^ ].*\)  .*/\1/p; s/^  \(通用.*\)  \([0-9]*\/[0-9]*\).*/  \1 \2/p; s/^  \(GB .*级别3\)  \([0-9]*\/[0-9]*\).*/  \1 \2/p'
$SHENBAO fonts --format json | python3 -c '
import json, sys
print(len(json.load(sys.stdin)["roles"]), "roles in JSON")'
