# Sourced by the cases that print their input: the frame around a flow.
open_doc() { # WIDTH HEIGHT
    cat <<EOF
<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"><fo:layout-master-set>
<fo:simple-page-master master-name="p" page-width="$1" page-height="$2">
<fo:region-body/></fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">
EOF
}
close_doc() { echo '</fo:flow></fo:page-sequence></fo:root>'; }
