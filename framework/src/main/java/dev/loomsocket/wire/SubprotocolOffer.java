package dev.loomsocket.wire;

import java.util.List;
import java.util.Optional;

/**
 * What a client's Sec-WebSocket-Protocol fields offer (RFC 6455 §11.3.4): subprotocols and, as
 * pages can set no other header, perhaps a bearer token: the element behind {@code bearer}.
 * Immutable.
 */
public final class SubprotocolOffer {
  private static final String BEARER = "bearer";

  private static final SubprotocolOffer NONE = new SubprotocolOffer(List.of(), Optional.empty());

  private final List<String> names;
  private final Optional<String> bearerToken;

  private SubprotocolOffer(List<String> names, Optional<String> bearerToken) {
    this.names = List.copyOf(names);
    this.bearerToken = bearerToken;
  }

  /** Reads the values of all these fields, in order. */
  public static SubprotocolOffer of(List<String> fieldValues) {
    if (fieldValues.isEmpty()) {
      return NONE;
    }
    List<String> names = OpeningHandshake.elements(fieldValues);
    int token = names.indexOf(BEARER) + 1;
    return token > 0 && token < names.size()
        ? new SubprotocolOffer(names, Optional.of(names.remove(token)))
        : new SubprotocolOffer(names, Optional.empty());
  }

  /** The subprotocols in the client's order of preference, without a token. */
  public List<String> names() {
    return names;
  }

  /** The token, which is a secret. */
  public Optional<String> bearerToken() {
    return bearerToken;
  }

  /**
   * The subprotocol that is chosen: the first of the client's that is known. Else, where it brought
   * a token, {@code bearer}: a browser gives up a connection that chooses none of its offer.
   */
  Optional<String> choose(List<String> known) {
    for (String name : names) {
      if (known.contains(name)) {
        return Optional.of(name);
      }
    }
    return bearerToken.isPresent() ? Optional.of(BEARER) : Optional.empty();
  }

  /** Without the token, for it may be logged. */
  @Override
  public String toString() {
    return names.toString();
  }
}
