package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Input;
import dev.loomsocket.wire.DeflateNegotiation.Agreement;
import dev.loomsocket.wire.OpeningHandshake.Answer;
import dev.loomsocket.wire.OpeningHandshake.Offer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fuzzes the opening handshake and the extension's negotiation: whatever the fields say there is an
 * answer that the offers allow, and a list spread over fields is one list.
 *
 * <p>Behind the choices come the fields, a line each.
 */
public final class HandshakeFuzz {
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 405, 426);
  private static final List<String> SUBPROTOCOLS = List.of("chat", "superchat");
  private static final String EXTENSIONS = "sec-websocket-extensions";

  /** A good request, which the fields of the input are added to. */
  private static final Map<String, List<String>> GOOD =
      Map.of(
          "host", List.of("example.com"),
          "upgrade", List.of("websocket"),
          "connection", List.of("Upgrade"),
          "sec-websocket-version", List.of("13"),
          "sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));

  private HandshakeFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    boolean onGoodOne = input.flip();
    boolean local = input.flip();
    DeflateOptions options =
        new DeflateOptions(true, 6, 1024, input.flip(), input.flip(), 8 + input.choose(8));
    Map<String, List<String>> fields = fields(input.restAsText());
    if (onGoodOne) {
      GOOD.forEach(fields::putIfAbsent);
    }
    answer(fields, local);
    negotiate(fields.getOrDefault(EXTENSIONS, List.of()), options);
  }

  private static Map<String, List<String>> fields(String lines) {
    return lines
        .lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .collect(
            Collectors.groupingBy(
                parts -> parts[0].toLowerCase(Locale.ROOT),
                TreeMap::new,
                Collectors.mapping(parts -> parts[1].strip(), Collectors.toList())));
  }

  private static void answer(Map<String, List<String>> fields, boolean local) {
    switch (answer(headers(fields), local)) {
      case Answer.Accepted accepted -> {
        assertEquals(28, accepted.accept().length());
        accepted.subprotocol().ifPresent(it -> assertTrue(SUBPROTOCOLS.contains(it), it));
        Map<String, List<String>> joined = new HashMap<>(fields);
        joined.replaceAll((name, values) -> List.of(String.join(", ", values)));
        assertEquals(accepted, answer(headers(joined), local));
      }
      case Answer.Refused refused -> assertTrue(REFUSALS.contains(refused.status()));
    }
  }

  private static Answer answer(Function<String, List<String>> headers, boolean local) {
    Offer offer = new Offer("GET", 1, headers, local);
    return OpeningHandshake.answer(offer, SUBPROTOCOLS, Set.of("https://friend.example"));
  }

  private static Function<String, List<String>> headers(Map<String, List<String>> fields) {
    return name -> fields.getOrDefault(name, List.of());
  }

  private static void negotiate(List<String> values, DeflateOptions options) {
    Optional<Agreement> agreement = DeflateNegotiation.negotiate(values, options);
    if (ExtensionOffer.all(values).isPresent()) {
      String joined = String.join(",", values);
      assertEquals(agreement, DeflateNegotiation.negotiate(List.of(joined), options));
    }
    agreement.ifPresent(agreed -> check(agreed, values, options));
  }

  /** RFC 7692 §7.1: each word of the answer is allowed by an offer and by the options. */
  private static void check(Agreement agreed, List<String> values, DeflateOptions options) {
    Map<String, String> answer =
        Stream.of(agreed.answer().split("; "))
            .map(word -> (word + "=").split("=", 3))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    DeflateParameters parameters = agreed.parameters();
    assertTrue(answer.containsKey("permessage-deflate"));
    assertEquals(
        parameters.serverNoContextTakeover(), answer.containsKey("server_no_context_takeover"));
    assertEquals(
        parameters.clientNoContextTakeover(), answer.containsKey("client_no_context_takeover"));
    assertEquals(
        parameters.serverMaxWindowBits() + "", answer.getOrDefault("server_max_window_bits", "15"));
    assertEquals(
        parameters.clientMaxWindowBits() + "", answer.getOrDefault("client_max_window_bits", "15"));
    assertTrue(parameters.serverMaxWindowBits() <= options.maxWindowBits());
    assertTrue(parameters.serverNoContextTakeover() || options.serverContextTakeover());
    assertTrue(parameters.clientNoContextTakeover() || options.clientContextTakeover());
    if (answer.containsKey("client_max_window_bits")) {
      assertTrue(String.join(",", values).contains("client_max_window_bits"));
    }
    // a client that is offered what it was answered agrees
    assertEquals(
        Optional.of(agreed), DeflateNegotiation.negotiate(List.of(agreed.answer()), options));
  }
}
