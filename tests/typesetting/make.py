"""Make the cases of breaks/ and widths/ from the two tables beside this file.

Run once, by hand, when a table changes; what it writes is committed.  The
expected lines and widths come from the tables, never from our own output.
A text without Latin is set in the square test font, so that a width is a
count; one with digits in 宋体, whose digits are half as wide as its Han.
"""
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = '''<?xml version="1.0" encoding="UTF-8"?>
<!-- %s -->
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" language="zh"
    font-family="%s" font-size="10pt">
  <fo:layout-master-set>
    <fo:simple-page-master master-name="p" page-width="%dpt"
        page-height="%dpt">
      <fo:region-body/>
    </fo:simple-page-master>
  </fo:layout-master-set>
  <fo:page-sequence master-reference="p">
    <fo:flow flow-name="xsl-region-body">
%s    </fo:flow>
  </fo:page-sequence>
</fo:root>
'''


def table(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as f:
        for line in f:
            if not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def write(path, text):
    with open(os.path.join(HERE, path), 'w', encoding='utf-8') as f:
        f.write(text)


def breaks():
    for row in table('breaks.tsv'):
        name, em, text, lines, rule = row[0], int(row[1]), row[2], row[3], row[-1]
        lines = re.sub(r' on ONE line.*', '', lines).split(' / ')
        family = '宋体' if re.search('[0-9A-Za-z]', text) else 'Shenbao Square'
        block = '      <fo:block text-align="justify">%s</fo:block>\n' % text
        write('breaks/%s.fo' % name, PAGE % (
            rule.replace('--', '- -'), family, em * 10, 200, block))
        write('breaks/%s.lines' % name, '\n'.join(lines) + '\n')


def widths():
    blocks, checks = [], []

    for row in table('widths.tsv'):
        run, want = row[0], row[1]
        if run.startswith('line-'):
            continue
        em = float(re.match('[0-9.]+', want).group())
        blocks.append('      <fo:block>中%s中</fo:block>\n' % run)
        checks.append('# 中%s中: %s em\n%d~1\tsum((//lineArea)[%d]//text/@ipd)'
                      ' - 20000\n' % (run, want, em * 10000, len(blocks)))
    write('widths/runs.fo', PAGE % (
        'Width of a run of marks between two Han characters', 'Shenbao Square',
        200, 800, ''.join(blocks)))
    write('widths/runs.checks', ''.join(checks))

    # A mark at the end of a line is half an em: nine Han and the mark, then
    # four more that cannot come up even when the mark is squeezed.
    blocks, checks = [], []
    for i, mark in enumerate('，。、；：！？）”》'):
        blocks.append('      <fo:block>甲乙丙丁戊己庚辛壬%s子丑寅卯'
                      '</fo:block>\n' % mark)
        checks.append('# %s at the end of a line: half an em\n95000~1\t'
                      'sum((//lineArea)[%d]//text/@ipd)\n' % (mark, 2 * i + 1))
    write('widths/line-end.fo', PAGE % (
        'A mark at the end of a line takes half an em (GB/T 15834 5.1.10)',
        'Shenbao Square', 100, 800, ''.join(blocks)))
    write('widths/line-end.checks', ''.join(checks))

    # At the start it may lose its blank half or keep it, the same for all.
    blocks, paths = [], []
    for i, mark in enumerate('（“《'):
        blocks.append('      <fo:block>甲乙丙丁戊己庚辛壬癸%s子丑'
                      '</fo:block>\n' % mark)
        paths.append('sum((//lineArea)[%d]//text/@ipd)' % (2 * i + 2))
    write('widths/line-start.fo', PAGE % (
        'An opening mark at the start of a line: half an em or one, for all',
        'Shenbao Square', 100, 800, ''.join(blocks)))
    write('widths/line-start.checks', ''.join(
        'true\t%s = 25000 or %s = 30000\n' % (p, p) for p in paths) + ''.join(
        'true\t%s = %s\n' % (paths[0], p) for p in paths[1:]))


breaks()
widths()
