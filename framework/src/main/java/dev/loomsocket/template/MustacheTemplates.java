package dev.loomsocket.template;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheException;
import dev.loomsocket.http.Templates;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Templates that Mustache.java renders. Each is compiled once; what it shows is escaped unless the
 * template says otherwise with three braces. Thread-safe.
 */
final class MustacheTemplates implements Templates {
  /** Nothing that could lead out of the folder, even if a request has a say in the name. */
  private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

  private final DefaultMustacheFactory factory;

  MustacheTemplates(TemplateFiles files) {
    this.factory = new DefaultMustacheFactory(files::open);
    factory.setObjectHandler(new StrictValues());
  }

  /** A problem for each of these templates that cannot be compiled. */
  List<String> problems(List<String> names) {
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      try {
        factory.compile(name + TemplateFiles.SUFFIX);
      } catch (MustacheException e) {
        problems.add("The template " + name + " is none: " + e.getMessage());
      }
    }
    return problems;
  }

  @Override
  public String render(String name, Object model) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no template has the name \"" + name + "\"");
    }
    StringWriter page = new StringWriter();
    try {
      factory.compile(name + TemplateFiles.SUFFIX).execute(page, model);
    } catch (MustacheException e) {
      throw innermost(e);
    }
    return page.toString();
  }

  /** The one that knows what is wrong, and where: sections and parts wrap it. */
  private static MustacheException innermost(MustacheException e) {
    return e.getCause() instanceof MustacheException cause ? innermost(cause) : e;
  }
}
