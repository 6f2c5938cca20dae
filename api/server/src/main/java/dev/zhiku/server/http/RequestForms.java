package dev.zhiku.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses requests that a proxy before us may have read in another way (request smuggling): where a
 * body ends, which host is meant and what version is spoken is never a matter of opinion. Nothing
 * that follows on the connection is read. One per connection, used on its event loop only.
 */
final class RequestForms extends ChannelInboundHandlerAdapter {
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://([^/?#]*)(.*)", Pattern.DOTALL);

  private boolean refused;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!(message instanceof HttpRequest request)) {
      super.channelRead(context, message);
      return;
    }
    boolean readable = request.decoderResult().isSuccess();
    if (readable && isClear(request)) {
      super.channelRead(context, message);
      return;
    }
    refused = true;
    if (readable) {
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("a request that can be read twice")));
    }
    if (!isKnown(request.protocolVersion())) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    request.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    super.channelRead(context, request);
    if (!(message instanceof LastHttpContent)) {
      super.channelRead(context, LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private static boolean isClear(HttpRequest request) {
    return isKnown(request.protocolVersion())
        && hasClearLength(request.headers())
        && request.headers().getAll(HttpHeaderNames.CONTENT_TYPE).size() <= 1
        && namesOneHost(request);
  }

  private static boolean isKnown(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  private static boolean hasClearLength(HttpHeaders headers) {
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings.isEmpty()) {
      return lengths.size() <= 1;
    }
    return encodings.size() == 1
        && encodings.getFirst().strip().toLowerCase(Locale.ROOT).equals("chunked")
        && lengths.isEmpty();
  }

  /** An address with a host of its own has the one that Host names. */
  private static boolean namesOneHost(HttpRequest request) {
    Matcher absolute = ABSOLUTE.matcher(request.uri());
    if (!absolute.matches()) {
      return true;
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    return hosts.size() == 1 && hosts.getFirst().strip().equalsIgnoreCase(absolute.group(2));
  }
}
