package dev.zhiku.ingest.testing;

import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import java.util.List;

class InMemoryDocumentCatalogTest extends DocumentCatalogContract {
  @Override
  protected DocumentCatalog holding(List<CatalogEntry> entries) {
    InMemoryDocumentCatalog catalog = new InMemoryDocumentCatalog();
    entries.forEach(catalog::put);
    return catalog;
  }
}
