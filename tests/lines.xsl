<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of an area tree, one line area a line; a leader shows as a tab,
     an image as [image], a new page as a line of its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/">
    <xsl:apply-templates select="//pageViewport"/>
  </xsl:template>

  <xsl:template match="pageViewport">
    <xsl:if test="position() > 1">
      <xsl:value-of select="concat('-- ', position(), '&#10;')"/>
    </xsl:if>
    <xsl:apply-templates select=".//lineArea[not(ancestor::lineArea)]"/>
  </xsl:template>

  <xsl:template match="lineArea">
    <xsl:for-each select=".//word | .//space | .//char | .//leader | .//image">
      <xsl:choose>
        <xsl:when test="self::leader"><xsl:text>&#9;</xsl:text></xsl:when>
        <xsl:when test="self::image">[image]</xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>
</xsl:stylesheet>
