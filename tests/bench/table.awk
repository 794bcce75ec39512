# A nine-column Chinese table of ROWS rows as XSL-FO: awk -v ROWS=10000 -f this
#
# The rows differ from each other (numbers, length of text), since a cache must
# not be able to do the work once; the same ROWS gives the same bytes.

function cell(text) {
    return "<fo:table-cell border=\"0.5pt solid black\" padding=\"2pt\">" \
        "<fo:block>" text "</fo:block></fo:table-cell>"
}

function pick(list, i,    parts, n) {
    n = split(list, parts, " ")
    return parts[i % n + 1]
}

BEGIN {
    print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\"" \
        " font-family=\"宋体\" font-size=\"9pt\" line-height=\"13pt\"" \
        " language=\"zh\"><fo:layout-master-set>" \
        "<fo:simple-page-master master-name=\"p\" page-width=\"297mm\"" \
        " page-height=\"210mm\" margin=\"15mm\">" \
        "<fo:region-body margin-bottom=\"10mm\"/>" \
        "<fo:region-after extent=\"8mm\"/></fo:simple-page-master>" \
        "</fo:layout-master-set><fo:page-sequence master-reference=\"p\">" \
        "<fo:static-content flow-name=\"xsl-region-after\">" \
        "<fo:block text-align=\"center\">— <fo:page-number/> —</fo:block>" \
        "</fo:static-content><fo:flow flow-name=\"xsl-region-body\">" \
        "<fo:table table-layout=\"fixed\" width=\"267mm\"" \
        " border-collapse=\"collapse\">"
    n = split("12 45 30 22 28 25 40 25 40", width, " ")
    for (i = 1; i <= n; i++)
        print "<fo:table-column column-width=\"" width[i] "mm\"/>"
    print "<fo:table-header><fo:table-row>"
    n = split("序号 单位名称 统一代码 行政区 负责人 金额（万元） 主要内容 " \
        "起止时间 备注", head, " ")
    for (i = 1; i <= n; i++) print cell(head[i])
    print "</fo:table-row></fo:table-header><fo:table-body>"
    for (r = 1; r <= ROWS; r++) {
        print "<fo:table-row>" cell(r)
        print cell(pick("福州 厦门 泉州 漳州 三明 莆田 龙岩", r) \
            pick("启明 远大 海峡 中科 华信", int(r / 7)) "技术有限公司")
        print cell(sprintf("9135%014d", r * 7919))
        print cell(pick("鼓楼区 思明区 丰泽区 芗城区 梅列区", r * 3))
        print cell(pick("陈明 林晓东 王建国 黄丽 张伟", r * 5))
        print cell(sprintf("%d.%02d", r * 37 % 900 + 10, r * 13 % 100))
        print cell(pick("关键设备的研制、试验与推广应用； 高性能材料制备，" \
            "中试线建设； 软件平台开发（含移动端）与运维；", r) "第" r "项")
        print cell("2026年" (r % 12 + 1) "月至2028年" (r * 5 % 12 + 1) "月")
        print cell(r % 4 ? "无" : "已通过“初审”，待现场核查。")
        print "</fo:table-row>"
    }
    print "</fo:table-body></fo:table></fo:flow></fo:page-sequence></fo:root>"
}
