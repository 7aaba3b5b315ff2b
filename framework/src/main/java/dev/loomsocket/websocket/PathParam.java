package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter that receives the value of a variable of the endpoint's path, decoded and
 * converted: String, primitives and their boxes, enums, {@link java.util.UUID}, {@code java.time}
 * and any class with a static {@code valueOf}, {@code parse} or {@code fromString} of one String. A
 * value that does not convert is answered with 404.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PathParam {
  /**
   * The name of the variable; empty: the name of the parameter (needs {@code javac -parameters}).
   */
  String value() default "";
}
