"""Build 'Shenbao Square', the font of the arithmetic tests.

Every glyph is exactly one em wide, so a line of n characters at size s is
n * s long and a test can be worked out by head.  The marks of Chinese carry
their ink where real fonts carry it (typically in one half of the em), since
the composer trims by measured ink and not by a list of names.  It holds
ASCII, the marks, and the 6,763 Han characters of GB 2312; anything else is
missing from it on purpose.  Units: 1000 an em, ascent 800, descent 200.
"""
import sys
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LEFT_LOW = (80, -80, 300, 200)       # ， 。 、 and their kin
LEFT_MID = (130, 0, 300, 560)        # ： ；
LEFT_HIGH = (80, 570, 430, 850)      # closing quotation marks
LEFT_TALL = (60, -90, 350, 850)      # closing brackets, ？ ！
RIGHT_HIGH = (570, 570, 920, 850)    # opening quotation marks
RIGHT_TALL = (650, -90, 940, 850)    # opening brackets
CENTRE = (440, 320, 560, 440)        # ·
DASH = (0, 350, 1000, 410)           # — joins with its like
ELLIPSIS = (110, 320, 890, 440)
SQUARE = (0, -200, 1000, 800)
NARROW = (60, -140, 940, 740)        # Han: a little white on all sides

INK = {
    '，、。．': LEFT_LOW,
    '：；': LEFT_MID,
    '！？）〕］｝》〉】〗': LEFT_TALL,
    '」』': LEFT_TALL,
    '（〔［｛《〈【〖「『': RIGHT_TALL,
    '“‘': RIGHT_HIGH,
    '”’': LEFT_HIGH,
    '·‧・': CENTRE,
    '—–～⸺―': DASH,
    '…⋯': ELLIPSIS,
    '／％￥№℃〇○●□■△▲☐☑☒★☆→←↑↓×÷±≥≤＋－＝㎡㎏㎜°′″': NARROW,
}


def gb2312():
    """The Han characters of GB 2312 in its own order."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode('gb2312')
            except UnicodeDecodeError:
                pass


def characters():
    """code point -> ink box, or None for a blank."""
    ink = {c: SQUARE for c in range(0x21, 0x7F)}
    ink.update({0x20: None, 0xA0: None, 0x3000: None})
    for marks, box in INK.items():
        ink.update({ord(m): box for m in marks})
    ink.update({ord(h): NARROW for h in gb2312()})
    return ink


def draw(box):
    pen = TTGlyphPen(None)
    if box:
        x0, y0, x1, y1 = box
        pen.moveTo((x0, y0))
        for point in (x0, y1), (x1, y1), (x1, y0):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def build(path):
    ink = characters()
    name = {c: 'u%04X' % c for c in ink}
    glyphs = {'.notdef': draw(SQUARE)}
    glyphs.update((name[c], draw(box)) for c, box in ink.items())
    fb = FontBuilder(1000, isTTF=True)
    fb.setupGlyphOrder(list(glyphs))
    fb.setupCharacterMap(name)
    fb.setupGlyf(glyphs)
    fb.setupHorizontalMetrics(
        {g: (1000, getattr(fb.font['glyf'][g], 'xMin', 0)) for g in glyphs})
    fb.setupHorizontalHeader(ascent=800, descent=-200)
    fb.setupNameTable({
        'familyName': 'Shenbao Square', 'styleName': 'Regular',
        'uniqueFontIdentifier': 'Shenbao Square 1', 'version': 'Version 1',
        'fullName': 'Shenbao Square', 'psName': 'ShenbaoSquare-Regular'})
    fb.setupOS2(sTypoAscender=800, sTypoDescender=-200, sTypoLineGap=0,
                usWinAscent=800, usWinDescent=200, sxHeight=800,
                sCapHeight=800, usWeightClass=400, fsType=0)
    fb.setupPost()
    # The same bytes whenever it is built.
    fb.font.recalcTimestamp = False
    fb.font['head'].created = fb.font['head'].modified = 0
    fb.save(path)


build(sys.argv[1])
