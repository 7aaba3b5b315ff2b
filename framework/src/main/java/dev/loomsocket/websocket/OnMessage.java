package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that receives messages, one at a time, in the order in which the client sent them.
 *
 * <p>The type of its one message parameter tells which messages: {@code String} or {@link
 * java.io.Reader} text, {@code byte[]}, {@link java.nio.ByteBuffer} or {@link java.io.InputStream}
 * binary, {@link Pong} answers to pings, any other type is decoded from JSON text: a record, a
 * class, a sealed interface, a {@code Map}, a {@code List}, or Jackson 3's {@code
 * tools.jackson.databind.JsonNode}. Besides it may take what {@link OnOpen} may take.
 *
 * <p>With a Reader or an InputStream the method starts as soon as the message begins to come, and
 * reading blocks until there is more of it. So a message of any size costs little memory; {@link
 * WebSocketEndpoint#maxStreamSize()} may limit it. It may be read until the method has returned and
 * what it returned is sent, and no longer; what is left unread then is skipped. If the message
 * stops in the middle, because the connection ends or the text is not UTF-8, reading throws an
 * {@link java.io.IOException}. A Reader gets every text: no method for a String or for JSON can
 * stand beside it.
 *
 * <p><b>Read on.</b> Until the method has seen the end of the message, the connection is read only
 * when the method reads: while it does something else instead, the client's pings and its Close
 * find no answer. Work that takes longer than the client waits for a Pong belongs behind the end of
 * the message, where both are answered as during any other handler.
 *
 * <p>What the method returns is sent to this client:
 *
 * <ul>
 *   <li>{@code null}: nothing
 *   <li>a {@link CharSequence}: a text message; {@code byte[]} and {@code ByteBuffer}: a binary one
 *   <li>a {@code Reader} or an {@code InputStream}: one text or binary message, sent in fragments
 *       while it is read (RFC 6455 §5.4), and closed at its end. If reading it throws, the
 *       connection is closed with 1011, so that the client takes no part for the whole; {@link
 *       OnError} can send nothing more
 *   <li>a {@link java.util.stream.Stream}: each element as a message of its own, when its turn
 *       comes, and closed at its end. What it throws goes to {@link OnError}; the elements before
 *       are sent
 *   <li>a {@link java.util.concurrent.CompletionStage}: its value, as soon as it is there; the next
 *       message waits for it. What it failed with goes to {@link OnError}
 *   <li>an {@link java.util.Optional}: its value, or nothing
 *   <li>anything else: JSON text
 * </ul>
 *
 * <p>With several JSON methods the property {@code "type"} of the message selects one, by {@link
 * #value()} or by the simple name of the class with a small first letter; a sealed interface stands
 * for all its records. The names go out as they come in: wherever a message of such a class is
 * sent, it carries its {@code "type"}, unless it has a property of that name itself. A class that
 * comes under several names goes out without.
 *
 * <p>A JSON object with a string {@code "@ask"} is routed as any other, and the method's result is
 * sent as the answer: <code>{"@answer":"…","value":…}</code>, where nothing is null, bytes are
 * base64 and a stream is an array. If the method throws, the answer is <code>
 * {"@answer":"…","error":{"code":…,"message":…}}</code> with the words of a {@link
 * BadMessageException}, or without any detail; the connection stays.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnMessage {
  /**
   * The {@code "type"} of the JSON messages that this method takes; empty: from the name of the
   * parameter's class.
   */
  String value() default "";
}
