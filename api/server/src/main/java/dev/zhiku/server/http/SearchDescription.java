package dev.zhiku.server.http;

import io.micronaut.http.MediaType;

/** The description of OpenSearch, by which a browser asks from its address bar. Pure. */
final class SearchDescription {
  static final MediaType TYPE =
      MediaType.of("application/opensearchdescription+xml; charset=utf-8");

  private SearchDescription() {}

  /**
   * @param base address of this service as the browser sees it, without a slash at its end
   */
  static String of(String base) {
    String address =
        base.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
      <ShortName>Zhiku</ShortName>
      <Description>Zhiku</Description>
      <InputEncoding>UTF-8</InputEncoding>
      <Image width="16" height="16" type="image/svg+xml">%1$s/favicon.svg</Image>
      <Url type="text/html" template="%1$s/?q={searchTerms}"/>
    </OpenSearchDescription>
    """
        .formatted(address);
  }
}
