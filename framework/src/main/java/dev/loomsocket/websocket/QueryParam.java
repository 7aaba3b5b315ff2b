package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter that receives a parameter of the handshake's query, decoded and converted as
 * {@link PathParam} tells. Absent without a {@link #defaultValue()}, or not convertible: the
 * handshake is answered with 400. {@code Optional<T>} takes an absent one too, {@code List<T>}
 * takes all of that name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface QueryParam {
  /**
   * The name of the parameter; empty: the name of the method's parameter (needs {@code javac
   * -parameters}).
   */
  String value() default "";

  /** What stands for an absent parameter. */
  String defaultValue() default NONE;

  /**
   * The value of {@link #defaultValue()} that says: there is no default, an absent parameter is an
   * error.
   */
  String NONE = "\u0000";
}
