package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

  @Test
  void textIsUtf8() {
    Response response = Response.text("größe");
    assertEquals(200, response.status());
    assertEquals(List.of("text/plain; charset=utf-8"), response.headers().get("content-type"));
    assertArrayEquals(
        "größe".getBytes(StandardCharsets.UTF_8),
        assertInstanceOf(Response.Body.Bytes.class, response.entity()).bytes());
  }

  @Test
  void aValueStaysAValueUntilItIsSent() {
    Response response = Response.json(List.of(1));
    assertEquals(new Response.Body.Json(List.of(1)), response.entity());
    assertEquals(List.of("application/json"), response.headers().get("Content-Type"));
  }

  @Test
  void aFileIsTypedByItsName(@TempDir Path temp) throws IOException {
    Path page = Files.writeString(temp.resolve("page.html"), "<p>");
    Response response = Response.file(page);
    assertEquals(new Response.Body.FileRange(page, 0, 3), response.entity());
    assertEquals(List.of("text/html; charset=utf-8"), response.headers().get("Content-Type"));
  }

  @Test
  void aFileThatIsNotThereIsNotFound(@TempDir Path temp) {
    assertEquals(404, assertThrows(HttpException.class, () -> Response.file(temp)).status());
    assertEquals(
        404, assertThrows(HttpException.class, () -> Response.file(temp.resolve("x"))).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a?b=c#d, /a?b=c#d",
    "https://example.org/%20, https://example.org/%20",
    "/chat/größe 1, /chat/gr%C3%B6%C3%9Fe%201",
  })
  void aRedirectIsEscapedWhereItMustBe(String location, String header) {
    Response response = Response.redirect(location);
    assertEquals(303, response.status());
    assertEquals(List.of(header), response.headers().get("Location"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/\r\nSet-Cookie: a=b", "/\n", "/\0"})
  void aRedirectCannotSmuggleAHeader(String location) {
    assertThrows(IllegalArgumentException.class, () -> Response.redirect(location));
  }

  @Test
  void everyChangeIsAnotherResponse() {
    Response plain = Response.text("a");
    Response changed =
        plain.withStatus(201).header("X-A", "1").header("x-a", "2").cookie(Cookie.of("a", "b"));
    assertEquals(200, plain.status());
    assertEquals(1, plain.headers().size());
    assertEquals(201, changed.status());
    assertEquals(List.of("2"), changed.headers().get("X-A"));
    assertEquals(3, changed.headers().size());
  }

  @Test
  void cookiesAddUp() {
    Response response =
        Response.status(204).cookie(Cookie.of("a", "1")).cookie(Cookie.of("b", "2"));
    assertEquals(2, response.headers().get("Set-Cookie").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "a\0", "ä", "(a)"})
  void refusesNamesThatAreNoTokens(String name) {
    assertThrows(IllegalArgumentException.class, () -> Response.status(200).header(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb: c", "a\n", "\r", "a\0", "\u007f", "€"})
  void refusesValuesThatHeadersCannotCarry(String value) {
    assertThrows(IllegalArgumentException.class, () -> Response.status(200).header("X-A", value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length", "transfer-encoding", "CONNECTION", "Date", "Keep-Alive"})
  void refusesHeadersThatAreTheServers(String name) {
    assertThrows(IllegalArgumentException.class, () -> Response.status(200).header(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 101, 199, 600})
  void refusesStatusesThatAreNoAnswer(int status) {
    assertThrows(IllegalArgumentException.class, () -> Response.status(status));
    assertThrows(IllegalArgumentException.class, () -> Response.text("").withStatus(status));
  }
}
