package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that receives messages, one at a time, in the order in which the client sent them.
 *
 * <p>The type of its one message parameter tells which messages: {@code String} text, {@code byte[]} or {@link
 * java.nio.ByteBuffer} binary, {@link Pong} answers to pings, any other type is decoded from JSON text. Besides it may
 * take what {@link OnOpen} may take. What it returns is sent to this client: {@code null} nothing, a {@link
 * CharSequence} as text, {@code byte[]} and {@code ByteBuffer} as binary, anything else as JSON text.
 *
 * <p>With several JSON methods the property {@code "type"} of the message selects one, by {@link #value()} or by the
 * simple name of the class with a small first letter; a sealed interface stands for all its records.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnMessage {
  /** The {@code "type"} of the JSON messages that this method takes; empty: from the name of the parameter's class. */
  String value() default "";
}
