package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnOpen;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/** Classes that tests compile while they run, because Maven compiles all others in one way only. */
final class Compiled {
  private Compiled() {}

  /** The endpoint class of a module that forgot to open its package. */
  static Class<?> inClosedModule(Path directory) throws Exception {
    Path module = Files.writeString(directory.resolve("module-info.java"), "module closed {}");
    Path endpoint =
        Files.writeString(
            directory.resolve("Chat.java"),
            """
            package com.acme;

            @dev.loomsocket.websocket.WebSocketEndpoint("/chat")
            class Chat {
              @dev.loomsocket.websocket.OnOpen void open() {}
            }
            """);
    Path classes = directory.resolve("classes");
    compile(
        "--add-reads",
        "closed=ALL-UNNAMED",
        "-d",
        classes.toString(),
        module.toString(),
        endpoint.toString());
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("closed"));
    ClassLoader loader = OnOpen.class.getClassLoader();
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(configuration, List.of(boot), loader);
    layer.addReads(layer.layer().findModule("closed").orElseThrow(), OnOpen.class.getModule());
    return layer.layer().findLoader("closed").loadClass("com.acme.Chat");
  }

  /** An endpoint in whose package another class has lost its superclass. */
  static Class<?> besideOneWithoutItsSuperclass(Path directory) throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Chat.java"),
            """
            package com.acme;

            @dev.loomsocket.websocket.WebSocketEndpoint("/chat")
            class Chat {}

            class Absent {}

            class Helper extends Absent {
              @dev.loomsocket.websocket.OnOpen void open() {}
            }
            """);
    Path classes = directory.resolve("classes");
    compile("-d", classes.toString(), source.toString());
    Files.delete(classes.resolve("com/acme/Absent.class"));
    URL[] path = {classes.toUri().toURL()};
    return new URLClassLoader(path, OnOpen.class.getClassLoader()).loadClass("com.acme.Chat");
  }

  /** Compiles without {@code -parameters}, against the classes under test. */
  static void compile(String... arguments) throws Exception {
    Path classes =
        Path.of(OnOpen.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> all = new ArrayList<>(List.of("-proc:none", "-cp", classes.toString()));
    all.addAll(List.of(arguments));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, javac.run(System.out, System.err, all.toArray(String[]::new)));
  }
}
