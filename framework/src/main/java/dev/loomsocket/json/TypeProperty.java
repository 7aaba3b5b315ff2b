package dev.loomsocket.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.VirtualAnnotatedMember;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.VirtualBeanPropertyWriter;
import tools.jackson.databind.util.SimpleBeanPropertyDefinition;

/**
 * The property {@code "type"} in front of the others of an object that has none itself; written
 * where the object is the whole message. Immutable.
 */
final class TypeProperty extends VirtualBeanPropertyWriter {
  private static final long serialVersionUID = 1;

  private static final String NAME = "type";
  private static final SerializableString ENCODED_NAME = new SerializedString(NAME);

  private final SerializedString value;

  private TypeProperty(
      BeanPropertyDefinition definition, AnnotatedClass of, JavaType type, String value) {
    super(definition, of.getAnnotations(), type);
    this.value = new SerializedString(value);
  }

  private static TypeProperty of(SerializationConfig config, AnnotatedClass type, String value) {
    JavaType text = config.constructType(String.class);
    var member = new VirtualAnnotatedMember(type, type.getRawType(), NAME, text);
    var definition =
        SimpleBeanPropertyDefinition.construct(config, member, PropertyName.construct(NAME));
    return new TypeProperty(definition, type, text, value);
  }

  @Override
  public void serializeAsProperty(Object bean, JsonGenerator out, SerializationContext context) {
    TokenStreamContext object = out.streamWriteContext();
    boolean first = object.getEntryCount() == 0; // else an annotation of Jackson's has named it
    if (first && object.getParent().inRoot()) {
      out.writeName(ENCODED_NAME);
      out.writeString(value);
    }
  }

  /** An object that is written as an array has no properties. */
  @Override
  public void serializeAsElement(Object bean, JsonGenerator out, SerializationContext context) {}

  @Override
  protected Object value(Object bean, JsonGenerator out, SerializationContext context) {
    return value.getValue();
  }

  @Override
  public VirtualBeanPropertyWriter withConfig(
      MapperConfig<?> config, AnnotatedClass of, BeanPropertyDefinition definition, JavaType type) {
    throw new UnsupportedOperationException("it is made as it is to be");
  }

  /** Gives the property to the classes that have a name. */
  static final class Giver extends ValueSerializerModifier {
    private static final long serialVersionUID = 1;

    private final transient Function<Class<?>, Optional<String>> names; // nobody sends it anywhere

    Giver(Function<Class<?>, Optional<String>> names) {
      this.names = names;
    }

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config,
        BeanDescription.Supplier description,
        List<BeanPropertyWriter> properties) {
      Optional<String> name = names.apply(description.getBeanClass());
      if (name.isEmpty() || mayHaveOne(description.get(), properties)) {
        return properties;
      }
      List<BeanPropertyWriter> all = new ArrayList<>(properties.size() + 1);
      all.add(of(config, description.getClassInfo(), name.get()));
      all.addAll(properties);
      return all;
    }

    /** What a map or another object contributes, only they know. */
    private static boolean mayHaveOne(BeanDescription type, List<BeanPropertyWriter> properties) {
      return type.findAnyGetter() != null
          || properties.stream()
              .anyMatch(property -> property.isUnwrapping() || property.getName().equals(NAME));
    }
  }
}
