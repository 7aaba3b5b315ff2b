package dev.loomsocket.http;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that has a path, perhaps a query, and headers. */
record AskedFor(String method, String rawPath, Optional<String> query, Map<String, String> fields)
    implements Request {

  static AskedFor path(String rawPath) {
    return new AskedFor("GET", rawPath, Optional.empty(), Map.of());
  }

  AskedFor with(String header, String value) {
    Map<String, String> more = new HashMap<>(fields);
    more.put(header, value);
    return new AskedFor(method, rawPath, query, more);
  }

  @Override
  public String path() {
    return PercentEncoding.decode(rawPath).orElseThrow();
  }

  @Override
  public String pathParam(String name) {
    throw new IllegalArgumentException(name);
  }

  @Override
  public Optional<String> queryParam(String name) {
    return Optional.empty();
  }

  @Override
  public Map<String, List<String>> queryParams() {
    return Map.of();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  @Override
  public List<String> headers(String name) {
    return header(name).stream().toList();
  }

  @Override
  public Map<String, List<String>> headers() {
    return Map.of();
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.empty();
  }

  @Override
  public HttpSession session() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> bearerToken() {
    return Optional.empty();
  }

  @Override
  public Optional<Principal> user() {
    return Optional.empty();
  }

  @Override
  public Optional<String> form(String name) {
    return Optional.empty();
  }

  @Override
  public Map<String, List<String>> form() {
    return Map.of();
  }

  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public List<Part> parts(FormLimits limits) {
    return List.of();
  }

  @Override
  public Optional<Part> part(String name) {
    return Optional.empty();
  }

  @Override
  public <T> T json(Class<T> type) {
    throw new HttpException(415, type.getName());
  }

  @Override
  public byte[] body() {
    return new byte[0];
  }

  @Override
  public InputStream bodyStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream bodyStream(long most) {
    return bodyStream();
  }

  @Override
  public String text() {
    return "";
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("client", 1);
  }
}
