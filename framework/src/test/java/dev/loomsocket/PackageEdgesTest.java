package dev.loomsocket;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom: the packages are a spine of four on a floor of five, templates beside it, and
 * a kit for tests.
 */
class PackageEdgesTest {
  private static final String ROOT = "dev.loomsocket";

  /** From each package to those of ours that it uses. */
  private static final Map<String, Set<String>> EDGES =
      Map.ofEntries(
          entry("testing", Set.of("", "websocket", "wire", "json")),
          entry(
              "",
              Set.of(
                  "binding", "http", "json", "net", "server", "session", "template", "websocket")),
          entry("server", Set.of("session", "http", "wire", "net")),
          entry("session", Set.of("binding", "websocket", "wire", "net", "json")),
          entry("binding", Set.of("websocket", "http", "json")),
          entry("template", Set.of("http")),
          entry("websocket", Set.of()),
          entry("http", Set.of()),
          entry("wire", Set.of()),
          entry("net", Set.of()),
          entry("json", Set.of()));

  /** What a socket is made of; addresses and exceptions are not. */
  private static final Set<String> SOCKETS =
      Set.of(
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.net.DatagramSocket",
          "java.net.StandardSocketOptions",
          "java.nio.channels.SocketChannel",
          "java.nio.channels.ServerSocketChannel",
          "java.nio.channels.DatagramChannel",
          "java.nio.channels.AsynchronousSocketChannel",
          "java.nio.channels.AsynchronousServerSocketChannel",
          "java.nio.channels.Selector",
          "java.nio.channels.SelectionKey",
          "java.nio.channels.Channels",
          "java.net.http.HttpClient");

  /** What of the pure packages many connections use at a time. */
  private static final Set<String> SHARED = Set.of("Pool", "MemoryBudget");

  private static Path classes;
  private static ScanResult scan;

  @BeforeAll
  static void scan() throws URISyntaxException {
    classes = Path.of(Loomsocket.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    scan =
        new ClassGraph()
            .overrideClasspath(classes)
            .enableSystemJarsAndModules()
            .enableInterClassDependencies()
            .enableExternalClasses()
            .ignoreClassVisibility()
            .acceptPackages(ROOT)
            .scan();
  }

  @AfterAll
  static void forget() {
    scan.close();
  }

  private static Stream<ClassInfo> ours() {
    return scan.getAllClasses().stream().filter(PackageEdgesTest::isOurs);
  }

  private static boolean isOurs(ClassInfo type) {
    return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
  }

  private static String shortName(ClassInfo type) {
    return type.getPackageName().equals(ROOT)
        ? ""
        : type.getPackageName().substring(ROOT.length() + 1);
  }

  /** The packages of ours with a class that depends on such a class. */
  private static Set<String> usersOf(Predicate<ClassInfo> used) {
    return ours()
        .filter(type -> type.getClassDependencies().stream().anyMatch(used))
        .map(PackageEdgesTest::shortName)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> usersOfPackage(String name) {
    return usersOf(type -> (type.getPackageName() + ".").startsWith(name + "."));
  }

  @Test
  void packagesKnowExactlyTheseOthers() {
    Map<String, Set<String>> edges = new TreeMap<>();
    ours()
        .forEach(type -> {
          Set<String> targets = edges.computeIfAbsent(shortName(type), name -> new TreeSet<>());
          type.getClassDependencies().stream()
              .filter(PackageEdgesTest::isOurs)
              .map(PackageEdgesTest::shortName)
              .filter(target -> !target.equals(shortName(type)))
              .forEach(targets::add);
        });
    assertEquals(new TreeMap<>(EDGES), edges);
  }

  @Test
  void onlyNetTouchesSocketsAndPeersInTests() {
    assertEquals(Set.of("net", "testing"), usersOf(type -> SOCKETS.contains(type.getName())));
  }

  @Test
  void otherChannelsAreFiles() {
    Set<String> channels =
        ours()
            .filter(type -> !shortName(type).equals("net"))
            .flatMap(type -> type.getClassDependencies().stream())
            .filter(type -> type.getPackageName().equals("java.nio.channels"))
            .map(ClassInfo::getSimpleName)
            .filter(name -> !name.endsWith("Exception"))
            .collect(toCollection(TreeSet::new));
    assertEquals(Set.of("FileChannel"), channels);
  }

  @Test
  void onlyJsonTouchesJackson() {
    assertEquals(Set.of("json"), usersOfPackage("tools.jackson"));
    assertEquals(Set.of("json"), usersOfPackage("com.fasterxml.jackson.annotation"));
    assertEquals(Set.of(), usersOfPackage("com.fasterxml.jackson.databind")); // Jackson 2
  }

  @Test
  void onlyTemplateTouchesTheTemplateLibrary() {
    assertEquals(Set.of("template"), usersOfPackage("com.github.mustachejava"));
  }

  @Test
  void onlyTestsTouchClassGraph() {
    assertEquals(Set.of(), usersOfPackage("io.github.classgraph"));
  }

  /** What threads share is no thread; everything else of the package belongs to one connection. */
  @Test
  void wireHasNoThreadsAndNoInputOrOutput() {
    Set<String> foreign =
        Set.of("java.net", "java.nio.channels", "java.nio.file", "java.util.concurrent");
    List<String> found =
        ours()
            .filter(
                type -> shortName(type).equals("wire") && !SHARED.contains(type.getSimpleName()))
            .flatMap(type -> type.getClassDependencies().stream())
            .filter(type ->
                foreign.stream().anyMatch(type.getPackageName()::startsWith)
                    || type.getName().equals("java.lang.Thread"))
            .map(ClassInfo::getName)
            .toList();
    assertEquals(List.of(), found);
  }

  @Test
  void theModuleExportsWhatPeopleUse() {
    ModuleDescriptor module = ModuleFinder.of(classes).find(ROOT).orElseThrow().descriptor();
    assertEquals(
        Set.of(ROOT, ROOT + ".http", ROOT + ".testing", ROOT + ".websocket"),
        module.exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(toCollection(TreeSet::new)));
  }
}
