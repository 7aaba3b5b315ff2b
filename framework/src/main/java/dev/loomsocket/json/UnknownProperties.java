package dev.loomsocket.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Has Jackson skip the properties that a class does not have, as {@code @JsonIgnoreProperties} on
 * each would, whose other words count none the less. Without it Jackson keeps a copy of each until
 * the object is made, and only then forgets it: a message with its {@code "type"} takes a quarter
 * longer to read.
 */
final class UnknownProperties extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public JsonIgnoreProperties.Value findPropertyIgnoralByName(
      MapperConfig<?> config, Annotated type) {
    return JsonIgnoreProperties.Value.forIgnoreUnknown(true);
  }
}
