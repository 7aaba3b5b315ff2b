package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files wherever class paths and modules have them. */
class ClassFilesTest {
  @TempDir Path directory;

  @Test
  void directoriesAreSearchedWithAllBelow() throws Exception {
    assertEquals(Set.of("com.acme.Main", "com.acme.below.Part"), find(compiled("a b+ü")));
  }

  @Test
  void jarsAreSearchedToo() throws Exception {
    assertEquals(
        Set.of("com.acme.Main", "com.acme.below.Part"), find(jar(compiled("classes"), true)));
  }

  @Test
  void aJarWithoutEntriesForDirectoriesIsKnownByTheClassThatIsInIt() throws Exception {
    assertEquals(
        Set.of("com.acme.Main", "com.acme.below.Part"), find(jar(compiled("classes"), false)));
  }

  @Test
  void aPackageMayBeInSeveralPlaces() throws Exception {
    Path classes = compiled("classes");
    Path jar = jar(classes, true);
    Files.delete(classes.resolve("com/acme/below/Part.class"));
    assertEquals(Set.of("com.acme.Main", "com.acme.below.Part"), find(classes, jar));
  }

  @Test
  void aJarCanBeDeletedAfterwards() throws Exception {
    Path jar = jar(compiled("classes"), true);
    find(jar);
    Files.delete(jar);
  }

  @Test
  void modulesAreSearched() throws Exception {
    Class<?> member = Compiled.inClosedModule(directory);
    assertEquals(Set.of("com.acme.Chat"), ClassFiles.find(member, bytes -> true));
  }

  @Test
  void onlyWhatIsWantedIsFound() throws Exception {
    try (URLClassLoader loader = loader(compiled("classes"))) {
      Class<?> member = loader.loadClass("com.acme.Main");
      assertEquals(Set.of(), ClassFiles.find(member, bytes -> false));
    }
  }

  private static Set<String> find(Path... places) throws Exception {
    try (URLClassLoader loader = loader(places)) {
      return ClassFiles.find(loader.loadClass("com.acme.Main"), bytes -> true);
    }
  }

  private static URLClassLoader loader(Path... places) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path place : places) {
      urls.add(place.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), null);
  }

  private Path compiled(String name) throws Exception {
    Path sources = Files.createDirectories(directory.resolve("sources"));
    Path main = Files.writeString(sources.resolve("Main.java"), "package com.acme; class Main {}");
    Path part =
        Files.writeString(sources.resolve("Part.java"), "package com.acme.below; class Part {}");
    Path other = Files.writeString(sources.resolve("Other.java"), "package com.other; class O {}");
    Path classes = directory.resolve(name);
    Compiled.compile("-d", classes.toString(), main.toString(), part.toString(), other.toString());
    Files.writeString(classes.resolve("com/acme/notes.txt"), "no class");
    return classes;
  }

  private Path jar(Path classes, boolean withDirectories) throws IOException {
    Path jar = directory.resolve("app.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> entries = Files.walk(classes)) {
      for (Path entry : entries.skip(1).toList()) {
        boolean isDirectory = Files.isDirectory(entry);
        String name = classes.relativize(entry).toString().replace('\\', '/');
        if (!isDirectory || withDirectories) {
          out.putNextEntry(new JarEntry(isDirectory ? name + '/' : name));
          out.write(isDirectory ? new byte[0] : Files.readAllBytes(entry));
          out.closeEntry();
        }
      }
    }
    return jar;
  }
}
