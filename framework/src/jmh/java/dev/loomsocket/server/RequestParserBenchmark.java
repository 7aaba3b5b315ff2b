package dev.loomsocket.server;

import dev.loomsocket.bench.MicroBenchmark;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads the head of a request as a browser sends it for a page. */
public class RequestParserBenchmark extends MicroBenchmark {
  private final byte[] head =
      """
      GET /rooms/42?tab=members&sort=name HTTP/1.1
      Host: chat.example:8080
      Connection: keep-alive
      Cache-Control: max-age=0
      sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"
      sec-ch-ua-mobile: ?0
      sec-ch-ua-platform: "Linux"
      Upgrade-Insecure-Requests: 1
      User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36
      Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8
      Sec-Fetch-Site: same-origin
      Sec-Fetch-Mode: navigate
      Sec-Fetch-User: ?1
      Sec-Fetch-Dest: document
      Referer: http://chat.example:8080/rooms
      Accept-Encoding: gzip, deflate, br, zstd
      Accept-Language: en-GB,en;q=0.9,de;q=0.8
      Cookie: session=0123456789abcdef0123456789abcdef; theme=dark

      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final RequestParser parser = new RequestParser(HttpLimits.DEFAULT);

  @Benchmark
  public RequestHead parse() {
    parser.parse(head, 0, head.length);
    return parser.head();
  }
}
