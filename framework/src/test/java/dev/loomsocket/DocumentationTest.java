package dev.loomsocket;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people read leads where it says. */
class DocumentationTest {
  private static final Path CHECKOUT = Path.of(".."); // of the module's directory
  private static final Path DOCS = Path.of("src", "docs");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

  @BeforeEach
  void inTheCheckout() {
    assumeTrue(
        Files.exists(CHECKOUT.resolve("README.md")),
        "skipped: the tests do not run in the checkout");
  }

  @Test
  void everyLinkToAFileFindsIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (Path target : links(page)) {
        links++;
        if (!Files.exists(target)) {
          broken.add(page + " → " + target);
        }
      }
    }
    assertFalse(links == 0, "no links: they are not recognised any more");
    assertEquals(List.of(), broken);
  }

  @Test
  void theReadmeLeadsToEachPageOfTheGuide() throws IOException {
    TreeSet<Path> linked =
        links(CHECKOUT.resolve("README.md")).stream()
            .map(target -> target.toAbsolutePath().normalize())
            .filter(target -> target.getParent().endsWith("guide"))
            .collect(toCollection(TreeSet::new));
    assertEquals(markdown(DOCS.resolve("guide")), linked);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(markdown(DOCS));
    try (Stream<Path> files = Files.list(CHECKOUT)) {
      files.filter(DocumentationTest::isMarkdown).forEach(pages::add);
    }
    return pages;
  }

  private static TreeSet<Path> markdown(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(DocumentationTest::isMarkdown)
          .map(file -> file.toAbsolutePath().normalize())
          .collect(toCollection(TreeSet::new));
    }
  }

  private static boolean isMarkdown(Path file) {
    return file.toString().endsWith(".md");
  }

  private static List<Path> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map((MatchResult link) -> page.resolveSibling(link.group(1)))
        .toList();
  }
}
