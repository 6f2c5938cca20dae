package dev.zhiku.ingest.extract.pdf;

/**
 * One line of a page as it was set.
 *
 * @param fontSize of most of its characters, in points as shown
 * @param bold whether most of its characters are
 * @param left left edge in points
 * @param right right edge in points
 * @param y distance of its base from the top of the page, in points
 * @param row whether it is a row of cells with wide gaps between
 */
record PdfLine(
    String text, float fontSize, boolean bold, float left, float right, float y, boolean row) {}
