package dev.zhiku.ingest.catalog;

/**
 * The catalogue cannot be read or written, though nothing is wrong with what was asked: its disk is
 * full or broken, or it is being opened again. Nothing was changed for certain; try again later.
 */
public final class CatalogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CatalogUnavailableException(String message) {
    super(message);
  }

  public CatalogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
