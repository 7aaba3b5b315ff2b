package dev.loomsocket.template;

import dev.loomsocket.http.Templates;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The templates under {@code /templates} on the class path. No class of the library that renders
 * them is loaded before the first is there. Thread-safe.
 */
public final class ClassPathTemplates implements Templates {
  private static final String LIBRARY = "com.github.mustachejava.MustacheFactory";
  private static final String REMEDY =
      "the library for them is missing. Add com.github.spullara.mustache.java:compiler:0.9.14 to the"
          + " dependencies (with a module-info.java, `requires com.github.mustachejava` too), or"
          + " bring your own with app.templates(...).";

  private final ClassLoader loader;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable MustacheTemplates opened;

  /** Templates as this class loader finds them. */
  public ClassPathTemplates(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * What a person has to mend: a missing library, if there are templates, and those that are no
   * templates. Where an archive does not tell which there are, that comes out when they are used.
   */
  public List<String> problems() {
    List<String> names = new TemplateFiles(loader).names();
    if (names.isEmpty()) {
      return List.of();
    }
    if (!isLibraryThere()) {
      String all = String.join(", ", names);
      return List.of("There are templates under /templates (" + all + "), but " + REMEDY);
    }
    return open().problems(names);
  }

  @Override
  public String render(String name, Object model) {
    if (opened == null && !isLibraryThere()) {
      throw new IllegalStateException("There is a view, " + name + ", but " + REMEDY);
    }
    return open().render(name, model);
  }

  private static boolean isLibraryThere() {
    try {
      Class.forName(LIBRARY, false, ClassPathTemplates.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private MustacheTemplates open() {
    MustacheTemplates templates = opened;
    if (templates != null) {
      return templates;
    }
    opening.lock();
    try {
      templates = opened;
      if (templates == null) {
        templates = new MustacheTemplates(new TemplateFiles(loader));
        opened = templates;
      }
      return templates;
    } finally {
      opening.unlock();
    }
  }
}
