package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.wire.DeflateNegotiation.Agreement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is offered and what is answered, a row each. For short, D stands for permessage-deflate, snc
 * and cnc for the server's and the client's no_context_takeover, smw and cmw for their
 * max_window_bits; fields are separated by a bar.
 */
class DeflateNegotiationTest {
  private static final DeflateOptions DEFAULTS = DeflateOptions.DEFAULTS;
  private static final DeflateOptions CONTEXT = keeping(true, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "D > D; snc; cnc",
        "D; cmw > D; snc; cnc", // every browser
        "D; snc > D; snc; cnc",
        "D; cnc > D; snc; cnc",
        "D; snc; cnc > D; snc; cnc",
        "D; cnc; snc > D; snc; cnc",
        "D; smw=15 > D; snc; cnc; smw=15",
        "D; smw=8 > D; snc; cnc; smw=8",
        "D; cmw=15 > D; snc; cnc; cmw=15",
        "D; cmw=8 > D; snc; cnc; cmw=8",
        "D; smw=10; cmw=11; snc; cnc > D; snc; cnc; smw=10; cmw=11",
        "D ;smw = 10 > D; snc; cnc; smw=10",
        "D;smw=10, D > D; snc; cnc; smw=10",
        "D, D;smw=10 > D; snc; cnc",
        "foo, D > D; snc; cnc",
        "D | foo > D; snc; cnc",
        "foo; smw=99 | bar; x=\"y\" | D > D; snc; cnc",
        "x-webkit-deflate-frame, D; cmw > D; snc; cnc",
      })
  void theDefaultsKeepNoContext(String offer, String answer) {
    assertEquals(Optional.of(answer), answer(offer, DEFAULTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "D > D",
        "D; cmw > D",
        "D; snc > D; snc",
        "D; cnc > D; cnc",
        "D; cnc; snc; cmw > D; snc; cnc",
        "D; smw=9 > D; smw=9",
        "D; smw=10 > D; smw=10",
        "D; smw=11 > D; smw=11",
        "D; smw=12 > D; smw=12",
        "D; smw=13 > D; smw=13",
        "D; smw=14 > D; smw=14",
        "D; cmw=12; smw=9 > D; smw=9; cmw=12",
        // an offer that is declined gives way to the next one
        "D; smw=16, D; smw=12 > D; smw=12",
        "D; unknown | D; smw=07 | D; cmw=9 > D; cmw=9",
        "D; snc=1, D; snc, D > D; snc",
        "D; snc; snc, D; cnc > D; cnc",
      })
  void contextIsKeptWhereBothSidesWantIt(String offer, String answer) {
    assertEquals(Optional.of(answer), answer(offer, CONTEXT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "D > D; smw=10", // the server may limit itself unasked
        "D; cmw > D; smw=10; cmw=10",
        "D; smw=8 > D; smw=8",
        "D; smw=15 > D; smw=10",
        "D; smw=15; cmw=15 > D; smw=10; cmw=10",
        "D; cmw=9 > D; smw=10; cmw=9",
      })
  void theClientsWindowIsLimitedOnlyIfItOffersThat(String offer, String answer) {
    DeflateOptions small = new DeflateOptions(true, 6, 0, true, true, 10);
    assertEquals(Optional.of(answer), answer(offer, small));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D; unknown", // a parameter that is not defined
        "D; unknown=1",
        "D; snc; unknown",
        "D; Snc",
        "D; smw", // needs a value
        "D; smw=7",
        "D; smw=16",
        "D; smw=0",
        "D; smw=08",
        "D; smw=010",
        "D; smw=-8",
        "D; smw=+8",
        "D; smw=8.0",
        "D; smw=1e1",
        "D; smw=0x8",
        "D; smw=ten",
        "D; smw=99999999999999999999",
        "D; smw=\"10\"", // see the Javadoc of DeflateNegotiation
        "D; cmw=\"10\"",
        "D; cmw=7",
        "D; cmw=16",
        "D; cmw=09",
        "D; cmw=true",
        "D; snc=1", // must not have a value
        "D; snc=true",
        "D; snc=\"1\"",
        "D; cnc=0",
        "D; snc; snc", // doubled
        "D; cnc; cnc",
        "D; cmw; cmw",
        "D; cmw; cmw=10",
        "D; smw=10; smw=10",
        "D; smw=10; smw=11",
        "d", // another name
        "D-2",
        "Permessage-deflate",
        "permessage-bzip2",
        "foo, bar; baz",
        "D; smw=16 | D; snc=1, D; unknown",
      })
  void whatCannotBeAcceptedIsDeclinedAndTheConnectionGoesOn(String offer) {
    assertEquals(Optional.empty(), answer(offer, DEFAULTS));
    assertEquals(Optional.empty(), answer(offer, CONTEXT));
    // and is tried in its turn only
    assertEquals(Optional.of("D; snc; cnc; smw=12"), answer(offer + " | D; smw=12", DEFAULTS));
    assertEquals(Optional.of("D; smw=12"), answer("D; smw=12, " + offer, CONTEXT));
  }

  @Test
  void theParametersAreWhatWasAnsweredAndWhatHoldsWhereNothingWasSaid() {
    assertEquals(new DeflateParameters(true, true, 15, 15), parameters("D; cmw", DEFAULTS));
    assertEquals(new DeflateParameters(false, false, 15, 15), parameters("D", CONTEXT));
    assertEquals(
        new DeflateParameters(false, true, 9, 12), parameters("D; smw=9; cmw=12; cnc", CONTEXT));
    assertEquals(new DeflateParameters(true, false, 15, 15), parameters("D", keeping(false, true)));
    DeflateOptions small = new DeflateOptions(true, 6, 0, true, true, 8);
    assertEquals(new DeflateParameters(false, false, 8, 15), parameters("D", small));
    assertEquals(new DeflateParameters(false, false, 8, 8), parameters("D; cmw", small));
  }

  @Test
  void nothingIsAgreedOnWhereNothingIsOfferedOrAllowed() {
    assertEquals(Optional.empty(), DeflateNegotiation.negotiate(List.of(), DEFAULTS));
    DeflateOptions off = new DeflateOptions(false, 6, 1024, true, true, 15);
    assertEquals(Optional.empty(), answer("D", off));
  }

  private static DeflateOptions keeping(boolean servers, boolean clients) {
    return new DeflateOptions(true, 6, 1024, servers, clients, 15);
  }

  @Test
  void fieldsThatBreakTheSyntaxMakeNoOffer() {
    assertEquals(Optional.empty(), answer("D | D; smw=", DEFAULTS));
  }

  private static Optional<String> answer(String offer, DeflateOptions options) {
    return negotiate(offer, options)
        .map(Agreement::answer)
        .map(answer ->
            answer
                .replace("permessage-deflate", "D")
                .replace("server_no_context_takeover", "snc")
                .replace("client_no_context_takeover", "cnc")
                .replace("server_max_window_bits", "smw")
                .replace("client_max_window_bits", "cmw"));
  }

  private static DeflateParameters parameters(String offer, DeflateOptions options) {
    return negotiate(offer, options).orElseThrow().parameters();
  }

  private static Optional<Agreement> negotiate(String offer, DeflateOptions options) {
    String full =
        offer
            .replace("D", "permessage-deflate")
            .replace("snc", "server_no_context_takeover")
            .replace("cnc", "client_no_context_takeover")
            .replace("smw", "server_max_window_bits")
            .replace("cmw", "client_max_window_bits");
    return DeflateNegotiation.negotiate(Stream.of(full.split("\\|")).toList(), options);
  }
}
