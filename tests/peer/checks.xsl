<?xml version="1.0" encoding="UTF-8"?>
<!-- From one test of FOP's layout suite, make a stylesheet that puts its
     checks to an area tree.  Of each check it prints one line: "ok", or "no"
     and the check, what was expected and what was found.

     <eval> compares string(xpath), within a tolerance when one is given;
     <true> wants boolean(xpath).  Every namespace in scope of a check goes
     with it, since its XPath may use the prefixes.  Lists of elements and the
     checks of other renderers are FOP's own affair and left out. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:out="urn:shenbao:made-stylesheet">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:template match="/testcase">
    <out:stylesheet version="1.0">
      <out:output method="text" encoding="UTF-8"/>
      <out:template match="/">
        <out:if test="not(/areaTree/*)">
          <out:message terminate="yes">no area tree</out:message>
        </out:if>
        <xsl:apply-templates select="checks/eval | checks/true"/>
      </out:template>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="true">
    <xsl:call-template name="check">
      <xsl:with-param name="good" select="concat('boolean(', @xpath, ')')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="eval[@tolerance != 0]">
    <xsl:variable name="off"
        select="concat('(number(', @xpath, ') - (', @expected, '))')"/>
    <xsl:call-template name="check">
      <xsl:with-param name="good" select="concat($off, ' &lt;= ', @tolerance,
          ' and -', $off, ' &lt;= ', @tolerance)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The expected string travels as text, so that any quotes survive. -->
  <xsl:template match="eval">
    <xsl:call-template name="check">
      <xsl:with-param name="good"
          select="concat('string(', @xpath, ') = $want')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="check">
    <xsl:param name="good"/>
    <out:choose>
      <xsl:copy-of select="namespace::*[name() != 'xml' and name() != 'xsl']"/>
      <out:when test="true()">
        <out:variable name="want"><out:text><xsl:value-of
            select="@expected"/></out:text></out:variable>
        <out:choose>
          <out:when test="{$good}">ok&#10;</out:when>
          <out:otherwise>
            <out:text>no <xsl:value-of select="name()"/><xsl:text> </xsl:text>
              <xsl:value-of select="@xpath"/></out:text>
            <xsl:if test="self::eval">
              <out:text>: expected <xsl:value-of
                select="@expected"/>, got </out:text>
              <out:value-of select="string({@xpath})"/>
            </xsl:if>
            <out:text><xsl:text>&#10;</xsl:text></out:text>
          </out:otherwise>
        </out:choose>
      </out:when>
    </out:choose>
  </xsl:template>
</xsl:stylesheet>
