package dev.loomsocket.http;

/**
 * What makes pages of templates. {@link Response#view} renders with it; in its own right it makes
 * text for messages, and endpoints can take it as a parameter.
 *
 * <p>By default templates are files in Mustache's language, {@code /templates/<name>.mustache} on
 * the class path, for which the application needs the library Mustache.java. Another engine is a
 * line:
 *
 * <pre>{@code
 * app.templates((name, model) -> engine.process(name, Map.of("page", model)));
 * }</pre>
 *
 * <p>Whatever it is, it escapes what it puts into HTML.
 */
@FunctionalInterface
public interface Templates {

  /**
   * Makes a text; called from many threads at once.
   *
   * @param name of a template, such as {@code chat} or {@code admin/users}
   * @param model what the template shows: a record, an object, a map
   * @throws Exception if there is no such template, or it does not fit the model; the message says
   *     where
   */
  String render(String name, Object model) throws Exception;
}
