package dev.loomsocket.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathTemplatesTest {
  @TempDir private Path temp;
  private URLClassLoader loader;
  private ClassPathTemplates templates;

  private record Line(String user, String text) {}

  private record Page(String title, List<Line> lines, Optional<String> note) {}

  private static final Page PAGE =
      new Page("Tom & \"Ann\"", List.of(new Line("小明", "<script>'1'</script>")), Optional.of("n"));

  @BeforeEach
  void open() throws IOException {
    loader = new URLClassLoader(new URL[] {temp.toUri().toURL()}, null);
    templates = new ClassPathTemplates(loader);
  }

  @AfterEach
  void close() throws IOException {
    loader.close();
  }

  private ClassPathTemplatesTest file(String name, String text) throws IOException {
    Path file = temp.resolve("templates").resolve(name + ".mustache");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  private String failure(String name, Object model) {
    return assertThrows(RuntimeException.class, () -> templates.render(name, model)).getMessage();
  }

  @Test
  void whatIsShownIsEscaped() throws IOException {
    file("page", "<h1 title='{{title}}'>{{#lines}}<p>{{user}}: {{text}}</p>{{/lines}}</h1>");
    assertEquals(
        "<h1 title='Tom &amp; &quot;Ann&quot;'>"
            + "<p>小明: &lt;script&gt;&#39;1&#39;&lt;/script&gt;</p></h1>",
        templates.render("page", PAGE));
  }

  @Test
  void threeBracesShowWhatIsHtmlAlready() throws IOException {
    file("raw", "{{{html}}}");
    assertEquals("<b>", templates.render("raw", Map.of("html", "<b>")));
  }

  @Test
  void modelsAreRecordsMapsAndOptionals() throws IOException {
    file("model", "{{a.user}} {{b.c}}{{#note}} {{.}}{{/note}}{{^none}} none{{/none}}");
    Map<String, Object> model =
        Map.of(
            "a", new Line("Ann", ""),
            "b", Map.of("c", 7),
            "note", Optional.of("yes"),
            "none", Optional.empty());
    assertEquals("Ann 7 yes none", templates.render("model", model));
  }

  @Test
  void templatesHaveParts() throws IOException {
    file("page", "<ul>\n{{#lines}}\n{{>parts/line}}\n{{/lines}}\n</ul>\n");
    file("parts/line", "<li>{{user}}</li>");
    assertEquals("<ul>\n<li>小明</li>\n</ul>\n", templates.render("page", PAGE));
  }

  @Test
  void aNameThatTheModelHasNotIsAnErrorWithFileAndLine() throws IOException {
    file("page", "{{#lines}}\n{{>parts/line}}{{/lines}}");
    file("parts/line", "<li>\n\n{{usr}}</li>");
    assertEquals("the model has no \"usr\" @[parts/line.mustache:3]", failure("page", PAGE));
    assertEquals("the model has no \"usr\" @[parts/line.mustache:3]", failure("page", PAGE));
  }

  @Test
  void whatIsNullShowsNothing() throws IOException {
    file("page", "[{{note}}]{{#other}}x{{/other}}");
    Map<String, Object> model = new HashMap<>();
    model.put("note", null);
    assertEquals("[]", templates.render("page", model));
    file("line", "[{{user}}]");
    assertEquals("[]", templates.render("line", new Line(null, "")));
  }

  @Test
  void whatAModelThrowsIsAnErrorWithFileAndLine() throws IOException {
    file("page", "\n{{name}}");
    Object model =
        new Object() {
          @SuppressWarnings("unused")
          String name() {
            throw new IllegalStateException("no");
          }
        };
    String failure = failure("page", model);
    assertTrue(failure.contains("page.mustache:2"), failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/page", "../page", "a/../page", "a//page", ".page", "a\\page", "a:b"})
  void noNameLeadsOutOfTheFolder(String name) {
    assertEquals("no template has the name \"" + name + "\"", failure(name, PAGE));
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertTrue(failure("nowhere", PAGE).contains("nowhere.mustache"), failure("nowhere", PAGE));
    file("page", "\n{{>nobody}}");
    assertTrue(failure("page", PAGE).contains("nobody.mustache"), failure("page", PAGE));
  }

  @Test
  void whatIsNoTemplateIsAProblemAtTheStart() throws IOException {
    file("good", "{{title}}").file("bad", "\n\n{{#lines}}").file("part", "{{>nobody}}");
    assertEquals(
        List.of(
            "The template bad is none: Failed to close 'lines' tag @[bad.mustache:3]",
            "The template part is none: Template nobody.mustache not found"),
        templates.problems());
  }

  @Test
  void whereThereAreNoTemplatesThereIsNoProblem() {
    assertEquals(List.of(), templates.problems());
  }

  /** The framework alone, as an application has it that did not add the library. */
  private Object withoutLibrary(URLClassLoader framework) throws ReflectiveOperationException {
    return framework
        .loadClass(ClassPathTemplates.class.getName())
        .getConstructor(ClassLoader.class)
        .newInstance(loader);
  }

  @Test
  void withoutTheLibraryTemplatesAreAProblemWithItsRemedy() throws Exception {
    URL classes = ClassPathTemplates.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader java = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader framework = new URLClassLoader(new URL[] {classes}, java)) {
      Object missing = withoutLibrary(framework);
      assertEquals(List.of(), missing.getClass().getMethod("problems").invoke(missing));
      file("chat", "hi").file("admin/users", "hi");
      Object problems = missing.getClass().getMethod("problems").invoke(missing);
      assertEquals(
          "[There are templates under /templates (admin/users, chat), but the library for them is"
              + " missing. Add com.github.spullara.mustache.java:compiler:0.9.14 to the"
              + " dependencies (with a module-info.java, `requires com.github.mustachejava` too),"
              + " or bring your own with app.templates(...).]",
          problems.toString());
      Throwable failure =
          assertThrows(
                  InvocationTargetException.class,
                  () ->
                      missing
                          .getClass()
                          .getMethod("render", String.class, Object.class)
                          .invoke(missing, "chat", ""))
              .getCause();
      assertTrue(
          failure.getMessage().startsWith("There is a view, chat, but the library"),
          failure.getMessage());
    }
  }
}
