package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.App;
import dev.loomsocket.Loomsocket;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Pages for HTTP clients that others wrote: what goes up and down in all the ways there are. */
final class ClientsPages {
  private ClientsPages() {}

  /** An application with these pages, and the files of a directory. */
  static App on(Path directory) throws IOException {
    Files.writeString(directory.resolve("large.txt"), "0123456789".repeat(1000));
    return Loomsocket.app()
        .post("/hash", ClientsPages::hash)
        .get("/blocks", request -> blocks(256))
        .get("/cut", request -> blocks(-1))
        .post("/form", request -> Response.json(new TreeMap<>(request.form())))
        .post("/sizes", ClientsPages::sizes)
        .post("/order", ClientsPages::order)
        .post("/refuse", request -> Response.text("no").withStatus(403))
        .files(StaticFiles.fromDirectory(directory).under("/files"))
        .port(0);
  }

  /** What JSON becomes here. */
  record Order(String what, int count) {}

  private static Response hash(Request request) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[1 << 16];
    InputStream in = request.bodyStream();
    for (int n; (n = in.read(buffer)) >= 0; ) {
      digest.update(buffer, 0, n);
    }
    return Response.text(HexFormat.of().formatHex(digest.digest()));
  }

  /** So many blocks, each of bytes of its own; less than none: an error in the middle. */
  private static Response blocks(int count) {
    return Response.stream(
        "application/octet-stream",
        out -> {
          for (int i = 0; i < Math.abs(count); i++) {
            byte[] block = new byte[1 << 16];
            Arrays.fill(block, (byte) i);
            out.write(block);
          }
          if (count < 0) {
            throw new IOException("on purpose");
          }
        });
  }

  private static Response sizes(Request request) {
    TreeMap<String, Long> sizes = new TreeMap<>();
    request.parts().forEach(part -> sizes.put(part.name(), part.size()));
    return Response.json(sizes);
  }

  private static Response order(Request request) {
    Order order = request.json(Order.class);
    return Response.json(new Order(order.what, order.count + 1));
  }

  /** Has all of them visited by Python's own client and by requests. */
  static void visitWithPython(URI app) throws Exception {
    String python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(each -> Program.succeeds(each, "-c", "import requests"))
            .findFirst()
            .orElse("");
    Program.require(!python.isEmpty(), "Python's requests");
    String script = Program.script("pages.py").toString();
    assertEquals("all well", Program.run(List.of(python, script, app.toString())));
  }
}
