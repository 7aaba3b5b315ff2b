package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A client in another language: a script that takes the endpoint and a file with the messages, and
 * prints how many came back as they were.
 */
final class ScriptPeer implements Peer {
  private final List<String> interpreters; // the first that has the library is used
  private final String script;
  private final String[] check; // arguments with which an interpreter proves to have the library
  private final String library;

  private ScriptPeer(List<String> interpreters, String script, String library, String... check) {
    this.interpreters = interpreters;
    this.script = script;
    this.library = library;
    this.check = check;
  }

  /** Python's websockets, as Debian's package python3-websockets brings it. */
  static ScriptPeer python() {
    List<String> interpreters = List.of("python3", "/usr/bin/python3");
    return new ScriptPeer(
        interpreters, "converse.py", "Python's websockets", "-c", "import websockets");
  }

  /** The package ws of npm, found the way Node finds packages: NODE_PATH names its folder. */
  static ScriptPeer node() {
    return new ScriptPeer(List.of("node"), "node.js", "npm's ws", "-e", "require('ws')");
  }

  private boolean hasLibrary(String interpreter) {
    return Program.succeeds(interpreter, check[0], check[1]);
  }

  @Override
  public String missing() {
    return interpreters.stream().anyMatch(this::hasLibrary) ? "" : library + " is not installed";
  }

  @Override
  public void converse(URI endpoint, List<Message> messages) throws Exception {
    String interpreter = interpreters.stream().filter(this::hasLibrary).findFirst().orElseThrow();
    Path file = Files.createTempFile("messages-", ".bin");
    try {
      Files.write(file, Message.file(messages));
      String printed =
          Program.run(
              List.of(
                  interpreter,
                  Program.script(script).toString(),
                  endpoint.toString(),
                  file.toString()));
      assertEquals(messages.size() + " echoed", printed);
    } finally {
      Files.delete(file);
    }
  }
}
