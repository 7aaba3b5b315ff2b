package dev.loomsocket.json;

import dev.loomsocket.bench.MicroBenchmark;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Reads a chat message from JSON text into a record, and writes the record as JSON. */
public class JsonBenchmark extends MicroBenchmark {
  /** A message of a chat. */
  public record Line(String user, String text, long at) {}

  private final JsonDecoder decoder = Json.decoder(Line.class);
  private final Line line = new Line("guest-17", "hello, who is in this room?", 1_767_225_600_000L);
  private final JsonEncoder named = new JsonEncoder();
  private String text =
      "{\"user\":\"guest-17\",\"text\":\"hello, who is in this room?\",\"at\":1767225600000}";

  /** As if an endpoint took such messages. */
  @Setup
  public void name() {
    named.names(Map.of(Line.class, "line"));
  }

  @Benchmark
  public Object in() {
    return decoder.decode(text);
  }

  @Benchmark
  public byte[] out() {
    return Json.bytes(line);
  }

  @Benchmark
  public byte[] outWithItsType() {
    return named.bytes(line);
  }
}
