package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that receives what another method of this endpoint threw, and messages that could
 * not be decoded ({@link BadMessageException}). The connection stays open unless this method throws
 * too or closes it.
 *
 * <p>One parameter is the {@link Throwable} type that it takes; of several methods the most
 * specific one is called. Besides it may take what {@link OnOpen} may take. What it returns is sent
 * to this client. Without such a method an exception is logged and closes the connection with 1011.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnError {}
