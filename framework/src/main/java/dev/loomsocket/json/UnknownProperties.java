package dev.loomsocket.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.lang.reflect.Modifier;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Has Jackson skip the properties that a record or another final class does not have, as
 * {@code @JsonIgnoreProperties} on it would, whose other words count none the less. Without it
 * Jackson keeps a copy of each until the object is made, and only then forgets it. What may become
 * a subclass is left alone: its creator may make one, which has the properties.
 */
final class UnknownProperties extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public JsonIgnoreProperties.Value findPropertyIgnoralByName(
      MapperConfig<?> config, Annotated of) {
    return Modifier.isFinal(of.getRawType().getModifiers())
        ? JsonIgnoreProperties.Value.forIgnoreUnknown(true)
        : JsonIgnoreProperties.Value.empty();
  }
}
