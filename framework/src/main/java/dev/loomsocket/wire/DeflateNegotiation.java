package dev.loomsocket.wire;

import static dev.loomsocket.wire.DeflateParameters.MAX_WINDOW_BITS;

import dev.loomsocket.wire.ExtensionOffer.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The server's choice among a client's offers of permessage-deflate (RFC 7692 §5, §7.1).
 *
 * <p>The offers are tried in the client's order of preference; the first that is acceptable is
 * taken. An offer is declined (§7.1) if it has a parameter that is unknown, doubled, or has a value
 * that it must not have: one where none is allowed, or window bits that are not a plain 8 to 15. A
 * value in quotes is declined as well, although RFC 6455 §9.1 reads {@code "10"} as {@code 10}: RFC
 * 7692 writes its values as bare numbers, so do all clients, and a server is free to decline what
 * it does not support. Offers of other extensions do not matter. Names are compared as they are:
 * nothing says that case is folded.
 *
 * <p>What breaks the syntax of the fields as a whole is no offer that could be declined: RFC 6455
 * §9.1 has the connection fail, which {@link OpeningHandshake} does with status 400.
 */
public final class DeflateNegotiation {
  private static final String EXTENSION = "permessage-deflate";
  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String CLIENT_WINDOW = "client_max_window_bits";

  private DeflateNegotiation() {}

  /**
   * What was agreed on.
   *
   * @param answer the value of the response's Sec-WebSocket-Extensions field
   * @param parameters what holds for the connection
   */
  public record Agreement(String answer, DeflateParameters parameters) {}

  /**
   * Chooses among the offers in a request.
   *
   * @param fieldValues of all its Sec-WebSocket-Extensions fields, in order
   * @return empty if the connection goes on without the extension
   */
  public static Optional<Agreement> negotiate(List<String> fieldValues, DeflateOptions options) {
    if (!options.enabled() || fieldValues.isEmpty()) {
      return Optional.empty();
    }
    for (ExtensionOffer offer : ExtensionOffer.all(fieldValues).orElse(List.of())) {
      Optional<Map<String, Parameter>> wanted = valid(offer);
      if (wanted.isPresent()) {
        return Optional.of(accept(wanted.get(), options));
      }
    }
    return Optional.empty();
  }

  /** The offer's parameters by name; empty if it must be declined, or is for something else. */
  private static Optional<Map<String, Parameter>> valid(ExtensionOffer offer) {
    if (!offer.name().equals(EXTENSION)) {
      return Optional.empty();
    }
    Map<String, Parameter> byName = new HashMap<>();
    for (Parameter parameter : offer.parameters()) {
      if (!isValid(parameter) || byName.put(parameter.name(), parameter) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(byName);
  }

  private static boolean isValid(Parameter parameter) {
    Optional<String> value = parameter.value();
    boolean isBits = !parameter.quoted() && value.filter(v -> v.matches("[89]|1[0-5]")).isPresent();
    return switch (parameter.name()) {
      case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value.isEmpty(); // §7.1.1
      case SERVER_WINDOW -> isBits; // §7.1.2.1
      case CLIENT_WINDOW -> value.isEmpty() || isBits; // §7.1.2.2
      default -> false;
    };
  }

  /**
   * The answer to a valid offer. It says what the client asked for, as a server that agrees must,
   * and what the options want beyond that. All but client_max_window_bits may be said unasked
   * (§7.1.1, §7.1.2).
   */
  private static Agreement accept(Map<String, Parameter> wanted, DeflateOptions options) {
    boolean canLimitClient = wanted.containsKey(CLIENT_WINDOW);
    DeflateParameters agreed =
        new DeflateParameters(
            wanted.containsKey(SERVER_NO_CONTEXT) || !options.serverContextTakeover(),
            wanted.containsKey(CLIENT_NO_CONTEXT) || !options.clientContextTakeover(),
            Math.min(options.maxWindowBits(), bits(wanted.get(SERVER_WINDOW))),
            canLimitClient
                ? Math.min(options.maxWindowBits(), bits(wanted.get(CLIENT_WINDOW)))
                : MAX_WINDOW_BITS);
    StringJoiner answer = new StringJoiner("; ").add(EXTENSION);
    if (agreed.serverNoContextTakeover()) {
      answer.add(SERVER_NO_CONTEXT);
    }
    if (agreed.clientNoContextTakeover()) {
      answer.add(CLIENT_NO_CONTEXT);
    }
    if (hasValue(wanted.get(SERVER_WINDOW)) || agreed.serverMaxWindowBits() < MAX_WINDOW_BITS) {
      answer.add(SERVER_WINDOW + "=" + agreed.serverMaxWindowBits());
    }
    if (hasValue(wanted.get(CLIENT_WINDOW)) || agreed.clientMaxWindowBits() < MAX_WINDOW_BITS) {
      answer.add(CLIENT_WINDOW + "=" + agreed.clientMaxWindowBits());
    }
    return new Agreement(answer.toString(), agreed);
  }

  private static boolean hasValue(@Nullable Parameter window) {
    return window != null && window.value().isPresent();
  }

  private static int bits(@Nullable Parameter window) {
    return Optional.ofNullable(window)
        .flatMap(Parameter::value)
        .map(Integer::parseInt)
        .orElse(MAX_WINDOW_BITS);
  }
}
