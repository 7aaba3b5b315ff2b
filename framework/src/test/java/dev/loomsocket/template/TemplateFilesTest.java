package dev.loomsocket.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFilesTest {
  @TempDir private Path temp;

  private static URLClassLoader loader(Path... places) throws IOException {
    URL[] urls = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      urls[i] = places[i].toUri().toURL();
    }
    return new URLClassLoader(urls, null);
  }

  private Path directory(String... files) throws IOException {
    Path root = Files.createTempDirectory(temp, "with spaces and 小");
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "größe of " + file);
    }
    return root;
  }

  private Path jar(String... entries) throws IOException {
    Path jar = temp.resolve("templates.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entriesOut = new JarOutputStream(out)) {
      for (String entry : entries) {
        entriesOut.putNextEntry(new JarEntry(entry));
      }
    }
    return jar;
  }

  @Test
  void theyAreUnderTemplatesAndHaveTheirEnding() throws IOException {
    Path root =
        directory(
            "templates/chat.mustache",
            "templates/admin/users.mustache",
            "templates/notes.txt",
            "other/no.mustache");
    try (URLClassLoader loader = loader(root)) {
      assertEquals(List.of("admin/users", "chat"), new TemplateFiles(loader).names());
    }
  }

  @Test
  void theyAreInJarsToo() throws IOException {
    Path jar = jar("templates/", "templates/a/b.mustache", "templates/c.mustache", "x/d.mustache");
    try (URLClassLoader loader = loader(jar)) {
      assertEquals(List.of("a/b", "c"), new TemplateFiles(loader).names());
    }
  }

  @Test
  void thoseOfLibrariesAreNotTheApplications() throws IOException {
    Path own = directory("templates/mine.mustache");
    try (URLClassLoader loader = loader(own, directory("templates/theirs.mustache"))) {
      assertEquals(List.of("mine"), new TemplateFiles(loader).names());
    }
  }

  @Test
  void whereThereAreNoneThereAreNone() throws IOException {
    try (URLClassLoader loader = loader(directory("public/index.html"))) {
      assertEquals(List.of(), new TemplateFiles(loader).names());
      assertNull(new TemplateFiles(loader).open("chat.mustache"));
    }
  }

  @Test
  void theyAreUtf8() throws IOException {
    try (URLClassLoader loader = loader(directory("templates/chat.mustache"));
        Reader text = new TemplateFiles(loader).open("chat.mustache")) {
      char[] start = new char[5];
      assertEquals(5, text.read(start));
      assertEquals("größe", new String(start));
    }
  }
}
