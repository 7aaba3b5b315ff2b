package dev.loomsocket.template;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.codes.ValueCode;
import com.github.mustachejava.reflect.MissingWrapper;
import com.github.mustachejava.reflect.ReflectionObjectHandler;

/**
 * The values of models, where a misspelt name is an error with its file and line instead of a gap
 * in the page. A section may be about what is not there.
 */
final class StrictValues extends ReflectionObjectHandler {

  @Override
  public Binding createBinding(String name, TemplateContext place, Code code) {
    Binding lenient = super.createBinding(name, place, code);
    if (!(code instanceof ValueCode)) {
      return lenient;
    }
    return scopes -> {
      Object value = lenient.get(scopes);
      if (value == null && find(name, scopes) instanceof MissingWrapper) {
        throw new MustacheException("the model has no \"" + name + "\"", place);
      }
      return value;
    };
  }
}
