package dev.zhiku.server.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Gives a browser that opens the page a cookie by which its profile is known again. */
@ServerFilter("/")
final class DeviceFilter {
  private final Access access;

  DeviceFilter(Access access) {
    this.access = access;
  }

  @ResponseFilter
  void give(HttpRequest<?> request, MutableHttpResponse<?> response) {
    access.newDevice(request).ifPresent(response::cookie);
  }
}
