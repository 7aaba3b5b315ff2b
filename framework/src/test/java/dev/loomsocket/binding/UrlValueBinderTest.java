package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlValueBinderTest {
  private static final String CONVERTIBLE =
      "String, primitives and their boxes, enums, UUID, java.time and classes with a static valueOf, parse or"
          + " fromString that takes one String";

  @WebSocketEndpoint("/rooms/{room}/{seat}")
  private static class Fine {
    @OnOpen
    String open(
        @PathParam String room,
        @PathParam("seat") int number,
        @QueryParam long since,
        @QueryParam(defaultValue = "x") String name,
        @QueryParam("tag") List<Integer> tags,
        @QueryParam Optional<String> absent) {
      return room + number + since + name + tags + absent;
    }
  }

  @Test
  void parametersOfTheUrlAreConvertedAndPassed() throws Throwable {
    var instance =
        Bound.endpoint(Fine.class)
            .open(
                Map.of("room", "a", "seat", "7"),
                Map.of("since", List.of("9"), "tag", List.of("1", "2")));
    assertEquals("a79x[1, 2]Optional.empty", instance.open(null));
  }

  @WebSocketEndpoint("/a/{a}")
  private static class Both {
    @OnOpen
    void open(@PathParam @QueryParam String a) {}
  }

  @Test
  void aParameterIsNotOfPathAndQueryAtOnce() {
    assertEquals(
        List.of(
            problem(
                Both.class,
                ".open(String)",
                "the parameter \"a\" (String) is both @PathParam and @QueryParam",
                "one of the two",
                "take off the one that is not meant")),
        problems(Both.class));
  }

  @WebSocketEndpoint("/chat/{room}")
  private static class Misspelt {
    @OnOpen
    void open(@PathParam("rom") String name) {}
  }

  @WebSocketEndpoint("/chat")
  private static class NoVariable {
    @OnOpen
    void open(@PathParam String room) {}
  }

  @Test
  void aPathParameterThatIsNotInThePathIsReported() {
    assertEquals(
        List.of(
            problem(
                Misspelt.class,
                ".open(String)",
                "the parameter \"name\" (String) asks for the path variable \"rom\", which /chat/{room} does not have",
                "the variables of the path: room",
                "write @PathParam(\"room\"), or {rom} into the path")),
        problems(Misspelt.class));
    assertEquals(
        List.of(
            problem(
                NoVariable.class,
                ".open(String)",
                "the parameter \"room\" (String) asks for the path variable \"room\", which /chat does not have",
                "nothing: this path has no variables",
                "write {room} into the path, or remove the parameter")),
        problems(NoVariable.class));
  }

  @WebSocketEndpoint("/a/{a}")
  private static class Unconvertible {
    @OnOpen
    void open(
        @PathParam StringBuilder a,
        @QueryParam List<Object> q,
        @PathParam("a") Optional<String> o) {}
  }

  @Test
  void aTypeThatTextDoesNotConvertToIsReported() {
    String member = ".open(StringBuilder, List, Optional)";
    assertEquals(
        List.of(
            problem(
                Unconvertible.class,
                member,
                "the parameter \"a\" (StringBuilder): text does not convert to StringBuilder",
                CONVERTIBLE,
                "take a String, or give StringBuilder a static fromString(String)"),
            problem(
                Unconvertible.class,
                member,
                "the parameter \"q\" (List<Object>): text does not convert to Object",
                CONVERTIBLE + ", Optional or List of these",
                "take a String, or give Object a static fromString(String)"),
            problem(
                Unconvertible.class,
                member,
                "the parameter \"o\" (Optional<String>): text does not convert to Optional",
                CONVERTIBLE,
                "take a String, or give Optional a static fromString(String)")),
        problems(Unconvertible.class));
  }

  @WebSocketEndpoint("/a")
  private static class BadDefault {
    @OnOpen
    void open(@QueryParam(defaultValue = "many") int count) {}
  }

  @Test
  void aDefaultThatDoesNotConvertIsReported() {
    assertEquals(
        List.of(
            problem(
                BadDefault.class,
                ".open(int)",
                "the parameter \"count\" (int) has the default value \"many\"",
                "a whole number of type int",
                "correct the defaultValue of @QueryParam")),
        problems(BadDefault.class));
  }

  @Test
  void aNameThatTheClassFileDoesNotKeepIsReported(@TempDir Path directory) throws Exception {
    Path source = directory.resolve("Nameless.java");
    Files.writeString(
        source,
        """
        import dev.loomsocket.websocket.*;

        @WebSocketEndpoint("/{room}")
        class Nameless {
          @OnOpen void open(Session session, @PathParam String room) {}
        }
        """);
    Compiled.compile("-d", directory.toString(), source.toString());
    try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      Class<?> nameless = loader.loadClass("Nameless");
      assertEquals(
          List.of(
              problem(
                  nameless,
                  ".open(Session, String)",
                  "the parameter no. 2 (String) is @PathParam without a name, and the class file does not keep its own",
                  "the name in the annotation, or a class compiled with -parameters",
                  "write @PathParam(\"name\"), or compile with javac -parameters")),
          problems(nameless));
    }
  }
}
