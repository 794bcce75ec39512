# 60,000 empty blocks with spaces, which all meet at one place.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { for (i = 0; i < 60000; i++)
    print "<fo:block space-before=\"3pt\" space-after=\"3pt\"/>" }'
echo '<fo:block>x</fo:block>'
close_doc
