/** Text in pictures, through Tesseract where it is installed: the only program a child starts. */
@NullMarked
package dev.zhiku.ingest.extract.ocr;

import org.jspecify.annotations.NullMarked;
