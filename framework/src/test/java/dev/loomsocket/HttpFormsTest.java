package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.FormLimits;
import dev.loomsocket.http.Part;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms with files, and JSON, over a loopback socket. */
class HttpFormsTest {
  private static RunningApp app;

  /** What JSON becomes here. */
  record Order(String what, int count) {}

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .post("/form", request -> Response.text(new TreeMap<>(request.form()).toString()))
            .post("/files", HttpFormsTest::files)
            .post(
                "/small",
                request ->
                    Response.text("" + request.parts(FormLimits.DEFAULT.withTotal(100)).size()))
            .post("/order", request -> Response.json(more(request.json(Order.class))))
            .post("/orders", request -> Response.text("" + request.json(Order[].class).length))
            .port(0)
            .start();
  }

  private static Response files(Request request) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Part part : request.parts()) {
      try (InputStream in = part.stream()) {
        long size = in.transferTo(OutputStream.nullOutputStream());
        text.append(part.name()).append(part.fileName()).append(size).append(' ');
      }
    }
    return Response.text(text.toString());
  }

  private static Order more(Order order) {
    return new Order(order.what, order.count + 1);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static HttpAnswer post(String path, String type, byte[] body) {
    try (RawClient client = RawClient.connect(app.port())) {
      client.send(
          request(
              "POST " + path + " HTTP/1.1",
              "Host: localhost",
              "Content-Type: " + type,
              "Content-Length: " + body.length),
          body);
      return client.answer();
    }
  }

  private static byte[] form(Map<String, String> parts) {
    return (parts.entrySet().stream()
                .map(part ->
                    "--x\r\nContent-Disposition: form-data; name="
                        + part.getKey()
                        + "\r\n\r\n"
                        + part.getValue()
                        + "\r\n")
                .collect(Collectors.joining())
            + "--x--\r\n")
        .getBytes(UTF_8);
  }

  private static final String MULTIPART = "multipart/form-data; boundary=x";

  @Test
  void fieldsOfAMultipartFormAreLikeOthers() {
    byte[] form = form(new TreeMap<>(Map.of("a", "größe", "b", "", "c; filename=d", "e")));
    HttpAnswer answer = post("/form", MULTIPART, form);
    assertEquals("{a=[größe], b=[]}", answer.text());
    answer = post("/files", MULTIPART, form);
    assertEquals("aOptional.empty7 bOptional.empty0 cOptional[d]1 ", answer.text());
  }

  @Test
  void whoAsksForFieldsOnlyTakesNoLargeFiles() {
    byte[] form = form(Map.of("f; filename=big", "x".repeat(5_000_000)));
    assertEquals(413, post("/form", MULTIPART, form).status());
  }

  @Test
  void aLargeFileArrives() {
    HttpAnswer answer =
        post("/files", MULTIPART, form(Map.of("f; filename=big", "x".repeat(5_000_000))));
    assertEquals("fOptional[big]5000000 ", answer.text());
  }

  @Test
  void whatIsNoFormOrTooLargeIsRefused() {
    assertEquals(415, post("/files", "text/plain", ascii("x")).status());
    assertEquals(400, post("/files", MULTIPART, ascii("x")).status());
    assertEquals(400, post("/files", "multipart/form-data", ascii("x")).status());
    assertEquals(413, post("/small", MULTIPART, form(Map.of("a", "x".repeat(100)))).status());
    assertEquals("1", post("/small", MULTIPART, form(Map.of("a", "x"))).text());
    assertEquals(413, post("/form", MULTIPART, form(Map.of("a", "x".repeat(2_000_000)))).status());
  }

  @Test
  void jsonBecomesARecordAndBack() {
    HttpAnswer answer =
        post("/order", "application/json", ascii("{\"what\":\"tea\",\"count\":1,\"more\":[]}"));
    assertEquals("{\"what\":\"tea\",\"count\":2}", answer.text());
    assertEquals(
        "2",
        post("/orders", "Application/X+JSON; charset=utf-8", ascii("[{\"count\":1},{\"count\":2}]"))
            .text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | application/json | ",
        "400 | application/json | {",
        "400 | application/json | null",
        "400 | application/json | {\"count\":\"many\"}",
        "400 | application/json | []",
        "415 | text/plain       | {\"what\":\"tea\",\"count\":1}",
        "415 | application/x-www-form-urlencoded | {\"what\":\"tea\",\"count\":1}",
      })
  void otherJsonIsRefusedAndTheMessageSaysWhy(int status, String type, String body) {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = post("/order", type, ascii(body == null ? "" : body));
      assertEquals(status, answer.status(), answer.text());
      assertFalse(answer.text().isBlank());
      assertTrue(answer.text().length() < 200, answer.text());
      assertEquals(List.of(), warnings.messages());
    }
  }
}
