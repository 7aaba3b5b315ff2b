package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicFilesTest {
  @TempDir private Path temp;

  private static boolean areThere(Path classPath) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
      thread.setContextClassLoader(loader);
      return PublicFiles.areThere();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aDirectoryOnTheClassPathIsEnough() throws IOException {
    assertFalse(areThere(temp));
    Files.createDirectory(temp.resolve("public"));
    assertTrue(areThere(temp));
  }

  @Test
  void anArchiveWithoutEntriesForDirectoriesTellsByItsPage() throws IOException {
    Path archive = temp.resolve("app.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(archive))) {
      jar.putNextEntry(new ZipEntry("public/index.html"));
    }
    assertTrue(areThere(archive));
  }
}
