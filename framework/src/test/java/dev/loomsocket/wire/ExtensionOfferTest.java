package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionOfferTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        // field > offers; a value that was quoted has a q in front
        "a > a",
        "a,b > a|b",
        " a\t, ,b , > a|b",
        "a;x > a x",
        "a;x=1;y > a x=1 y",
        "a ; x = 1 ; y > a x=1 y",
        "a; x=\"1\" > a x=q1",
        "a; x=\"\\1\\0\" > a x=q10",
        "a; x=1, b; x=\"2\", a > a x=1|b x=q2|a",
        "a; x; x > a x x",
        "permessage-deflate; client_max_window_bits > permessage-deflate client_max_window_bits",
        "x-webkit-deflate-frame > x-webkit-deflate-frame",
      })
  void readsAListOfExtensions(String field, String offers) {
    assertEquals(Optional.of(offers), ExtensionOffer.all(List.of(field)).map(this::lines));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ", ,",
        ";",
        "=",
        "\"a\"",
        "a b",
        "a;",
        "a;;x",
        "a; ;x",
        "a;x y",
        "a;x=",
        "a;x=;y",
        "a;=1",
        "a;x=1=2",
        "a;x=\"",
        "a;x=\"1",
        "a;x=\"\"",
        "a;x=\"1 2\"",
        "a;x=\"1\"2",
        "a;x=\"1,2\"",
        "a;x=\"1\\",
        "a;x=\"\\\"\"",
        "a=1",
        "a/b",
        "a;x=ä",
        "é",
        "a;x=\"1\" y",
        "a\u0000",
        "(a)",
        "a;x={1}",
        "a, b c",
        "a;x:1",
        "a\n,b"
      })
  void whatBreaksTheSyntaxIsNoList(String field) {
    assertEquals(Optional.empty(), ExtensionOffer.all(List.of(field)));
  }

  @Test
  void severalFieldsAreOneList() {
    assertEquals(
        Optional.of("a|b x|c"), ExtensionOffer.all(List.of("a", "", "b;x, c")).map(this::lines));
    assertEquals(Optional.empty(), ExtensionOffer.all(List.of("a", "b c")));
    assertEquals(Optional.empty(), ExtensionOffer.all(List.of("a;x=\"1", "2\"")));
    assertEquals(Optional.of(List.of()), ExtensionOffer.all(List.of()));
  }

  private String lines(List<ExtensionOffer> offers) {
    return String.join("|", offers.stream().map(ExtensionOfferTest::line).toList());
  }

  private static String line(ExtensionOffer offer) {
    StringBuilder line = new StringBuilder(offer.name());
    for (ExtensionOffer.Parameter parameter : offer.parameters()) {
      line.append(' ').append(parameter.name());
      parameter.value().ifPresent(v -> line.append(parameter.quoted() ? "=q" : "=").append(v));
    }
    return line.toString();
  }
}
