package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/, /, {}",
    "/chat, /chat, {}",
    "/chat, /ch%61t, {}",
    "/größe, /gr%C3%B6%C3%9Fe, {}",
    "/chat/{room}, /chat/lobby, {room=lobby}",
    "/chat/{room}, /chat/a%20b, {room=a b}",
    "/chat/{room}, /chat/a+b, {room=a+b}",
    "/chat/{room}, /chat/a%2Fb, {room=a/b}",
    "/chat/{room}, /chat/%E2%82%AC, {room=€}",
    "/chat/{room}, /chat/..., {room=...}",
    "/{a}/x/{b}, /1/x/2, '{a=1, b=2}'",
    "/files/{rest*}, /files/, {rest=}",
    "/files/{rest*}, /files/a/b.txt, {rest=a/b.txt}",
    "/files/{rest*}, /files/a/%62//c/, {rest=a/b//c/}",
    "/{all*}, /, {all=}",
  })
  void takesTheValuesOfAMatchingPath(String pattern, String path, String values) {
    Optional<Map<String, String>> match = PathPattern.parse(pattern).match(path);
    assertEquals(Optional.of(values), match.map(Object::toString));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /a",
    "/, ''",
    "/, *",
    "/chat, /chat/",
    "/chat, /Chat",
    "/chat, /chat/a",
    "/chat, /ch%6",
    "/chat/, /chat",
    "/chat/{room}, /chat",
    "/chat/{room}, /chat/",
    "/chat/{room}, /chat/a/",
    "/chat/{room}, /chat/a/b",
    "/chat/{room}, /chat/%2Fetc%2Fpasswd",
    "/chat/{room}, /chat/%5Cetc",
    "/files/{rest*}, /files//etc/passwd",
    "/files/{rest*}, /files/%2Fetc/passwd",
    "/files/{rest*}, /files/a%2Fb",
    "/chat/{room}, /chat/%",
    "/chat/{room}, /chat/%4",
    "/chat/{room}, /chat/%zz",
    "/chat/{room}, /chat/%ff",
    "/chat/{room}, /chat/%C0%AF",
    "/chat/{room}, /chat/%ED%A0%80",
    "/chat/{room}, /chat/.",
    "/chat/{room}, /chat/..",
    "/chat/{room}, /chat/%2e%2E",
    "/files/{rest*}, /files",
    "/files/{rest*}, /files/a/../b",
    "/files/{rest*}, /files/a/%2e./b",
    "/files/{rest*}, /files/a/%ff/b",
    "/files/{rest*}, /files/a/..%2Fb", // an escaped slash does not hide what is beside it
    "/files/{rest*}, /files/a%2f%2e%2e/b",
    "/files/{rest*}, /files/a%5C..%5Cb",
    "/chat/{room}, /chat/..%2f..%2Fb",
    "/chat/{room}, /chat/a%2F.",
  })
  void doesNotMatchOtherPaths(String pattern, String path) {
    assertEquals(Optional.empty(), PathPattern.parse(pattern).match(path));
  }

  @ParameterizedTest
  @CsvSource({
    "chat, write \"/chat\"",
    "/admin/*, write {rest*}",
    "/admin/**, write {rest*}",
    "/*.js, write {rest*}",
    "'', does not start with a slash",
    "/a//b, two slashes",
    "/{a}/{a}, rename one",
    "/{a*}/b, must be the last",
    "/{}, stands a name",
    "/{*}, stands a name",
    "/{1}, stands a name",
    "/{a b}, stands a name",
    "/{{a}}, stands a name",
    "/room-{a}, a whole segment",
    "/{a}x, a whole segment",
    "/{a, a whole segment",
    "/a%20b, the character that it stands for",
    "/a?b=c, remove it",
    "/a#b, remove it",
    "/a b, remove it",
    "/a/../b, no client sends",
  })
  void explainsWhatIsWrongWithAPattern(String pattern, String remedy) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern)).getMessage();
    assertTrue(message.contains(remedy), message);
    assertTrue(message.contains('"' + pattern + '"'), message);
  }

  @Test
  void theMostSpecificPatternComesFirst() {
    List<String> sorted =
        List.of(
            "/",
            "/a",
            "/a/b",
            "/a/{x}",
            "/a/{x}/c",
            "/a/{x*}",
            "/b",
            "/{x}",
            "/{x}/b",
            "/{x}/{y}",
            "/{x*}");
    assertEquals(
        sorted,
        sorted.reversed().stream()
            .map(PathPattern::parse)
            .sorted()
            .map(PathPattern::toString)
            .toList());
  }

  @Test
  void patternsOfOneShapeOverlapWhateverTheirVariablesAreCalled() {
    assertTrue(overlap("/a/{x}", "/a/{y}"));
    assertTrue(overlap("/{x*}", "/{y*}"));
    assertTrue(overlap("/a", "/a"));
    assertFalse(overlap("/a", "/a/"));
    assertFalse(overlap("/a/{x}", "/b/{x}"));
    assertFalse(overlap("/a/{x}", "/a/{x*}"));
    assertFalse(overlap("/a/{x}", "/a/b"));
    assertFalse(overlap("/a/{x}", "/a/{x}/c"));
  }

  private static boolean overlap(String a, String b) {
    return PathPattern.parse(a).overlapsExactly(PathPattern.parse(b));
  }

  @Test
  void namesItsVariablesFromLeftToRight() {
    assertEquals(List.of("b", "a", "rest"), PathPattern.parse("/{b}/x/{a}/{rest*}").variables());
    assertEquals(List.of(), PathPattern.parse("/a/b").variables());
  }

  @Test
  void isEqualToAPatternOfTheSameText() {
    assertEquals(PathPattern.parse("/a/{b}"), PathPattern.parse("/a/{b}"));
    assertEquals(2, Stream.of("/{a}", "/{b}", "/{a}").map(PathPattern::parse).distinct().count());
  }
}
